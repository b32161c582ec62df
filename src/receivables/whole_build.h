// The postings of a whole Book at once: columns are read from end to end and what belongs to an account is
// put beside its neighbours, where walking each account's lists would wait for memory at every step.
#pragma once
#include <memory>
#include <vector>

#include "receivables/book.h"
#include "receivables/postings.h"

namespace countback {

/// All blocks as known at the Book's last fact. The appending thread only, everything appended being
/// published.
std::vector<std::shared_ptr<const PostingBlock>> build_whole(const BookStore& store, FactNo known);

}  // namespace countback
