// Until when each item has something open: how a question about open items passes over settled ones.
//
//   until(item) = the day of its last allocation, where all of it is allocated
//
// From then on open(item, D) = 0 and nothing moves, as known at a block's fact (LED-3). For good where
// something is left; a memo item is never passed over.
//
// Example: 100 issued 1 Mar, 40 allocated on 10 Mar and 60 on 20 Mar: until 20 Mar. Asked at 19 Mar it is
// met, at 20 Mar it is not. Source: the definition of the open amount.
//
// How it rests: in the account's posting block, those open longest first, so that a question at D walks as
// far as the day is later than D: past dates cost what was open then. Inside receivables only.
#pragma once
#include <vector>

#include "receivables/postings.h"

namespace countback {

struct BookStore;

/// Adds the account's items as known at a fact: carried on from a block that holds it where only additions
/// came since, else from the lists. `from` may be null.
void add_open_until(const BookStore& store, AccountRow account, FactNo known, const PostingBlock* from,
                    PostingBlock& block);

}  // namespace countback
