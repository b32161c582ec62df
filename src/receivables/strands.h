// Reads accounts as strands of postings at a fact, whatever the Book holds of them: the one door of every
// figure over many accounts.
#pragma once
#include "receivables/book.h"
#include "receivables/day_totals.h"
#include "receivables/posting_maker.h"

namespace countback {

/// One a thread: what is not in the postings is made in its own memory, until the next account.
class StrandReader {
public:
    StrandReader(const Snapshot& book, FactNo known_at)
        : book_(book), known_(book.visible(known_at)), maker_(*book.store_) {}

    /// Calls `visit(const Strand&)` for each currency of the account.
    template <class Visit>
    void each_strand(AccountRow account, Visit visit) {
        if (settled(account)) {
            each_settled_strand(account, visit);
            return;
        }
        maker_.make(account, known_, book_.postings_->block_of(static_cast<std::uint32_t>(account)));
        for (std::uint32_t i = 0; i < maker_.currencies(); ++i) visit(maker_.strand(account, i));
    }

    /// Whether the account's block has all that is asked: no fact of it lies between.
    bool settled(AccountRow account) const {
        const auto row = static_cast<std::uint32_t>(account);
        const PostingBlock* block = book_.postings_->block_of(row);
        if (block == nullptr) return false;
        const std::int64_t touched = book_.store_->account_touched.peek(row);
        return touched <= block->known.value && touched <= known_.value;
    }
    /// What the account's block has of it, whatever came since.
    template <class Visit>
    void each_settled_strand(AccountRow account, Visit visit) const {
        const auto row = static_cast<std::uint32_t>(account);
        const PostingBlock* block = book_.postings_->block_of(row);
        if (block == nullptr) return;
        const std::uint32_t place = row % PostingBlock::accounts_max;
        for (std::uint32_t part = block->first_part[place]; part < block->first_part[place + 1]; ++part)
            visit(block->strand(account, part));
    }
    /// Of the blocks.
    const DayTotals& totals() const {
        static const DayTotals nothing;
        return book_.postings_->totals ? *book_.postings_->totals : nothing;
    }

private:
    const Snapshot& book_;
    FactNo known_;
    PostingMaker maker_;
};

}  // namespace countback
