// Makes postings from the Book's lists, an account at a time; inside receivables only.
#pragma once
#include <optional>
#include <vector>

#include "receivables/postings.h"

namespace countback {

struct BookStore;

/// Whether what a block has of an account still stands at a fact, so that newer facts only add to it. The
/// block may be null, and may not hold the account.
bool carries_on(const BookStore& store, const PostingBlock* from, std::uint32_t account, FactNo known);

/// Keeps its memory from account to account.
class PostingMaker {
public:
    explicit PostingMaker(const BookStore& store) : store_(store) {}

    /// The account's postings as known at a fact: carried on from a block that holds it where only additions
    /// came since, else from the lists. The block may be null.
    void make(AccountRow account, FactNo known, const PostingBlock* from);

    /// The account's postings from some that carry their currency (posting::currency_shift); empty ones are
    /// passed over.
    void take(std::span<const Posting> documents, std::span<const Posting> allocations);

    /// The item's own posting as known at a fact, when it has one.
    std::optional<Posting> document(std::uint32_t item, std::int64_t known) const;
    /// What a row of the allocations moves, against its item's posting.
    Posting allocation(std::uint32_t row, const Posting& document) const;

    std::uint32_t currencies() const { return used_; }
    Strand strand(AccountRow account, std::uint32_t place);
    /// Adds what was made to a block, as its next account.
    void move_to(PostingBlock& block);

private:
    struct OfCurrency {
        Currency currency;
        std::vector<Posting> documents, allocations;
    };
    struct Settled {
        std::uint32_t day;
        std::int64_t amount;
    };
    OfCurrency& of(Currency currency);
    void copy(AccountRow account, const PostingBlock& from);
    void add_lists(std::uint32_t account, std::int64_t known);
    void add_newer(std::uint32_t account, std::int64_t known, std::int64_t than);
    void add_item(std::uint32_t item, std::int64_t known);
    void add_allocations(std::uint32_t item, std::int64_t known, const Posting& document, OfCurrency& to);
    void sort_documents();
    void stop_at_zero(std::int64_t whole, const Posting& document, OfCurrency& to, std::size_t from);

    const BookStore& store_;
    std::vector<OfCurrency> parts_;
    std::uint32_t used_ = 0;
    std::vector<Settled> settled_;  ///< of one item
};

}  // namespace countback
