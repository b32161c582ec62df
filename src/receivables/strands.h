// Reads accounts as strands of postings at a fact, whatever the Book holds of them: the one door of every
// figure over many accounts.
#pragma once
#include "receivables/book.h"
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
        const auto row = static_cast<std::uint32_t>(account);
        const PostingBlock* block = block_of(row);
        if (block != nullptr && holds(*block, row)) {
            const std::uint32_t place = row % PostingBlock::accounts_max;
            for (std::uint32_t part = block->first_part[place]; part < block->first_part[place + 1]; ++part)
                visit(block->strand(account, part));
            return;
        }
        maker_.make(account, known_, block);
        for (std::uint32_t i = 0; i < maker_.currencies(); ++i) visit(maker_.strand(account, i));
    }

private:
    const PostingBlock* block_of(std::uint32_t row) const {
        const auto& blocks = book_.postings_->blocks;
        const std::uint32_t at = row / PostingBlock::accounts_max;
        return at < blocks.size() ? blocks[at].get() : nullptr;
    }
    /// No fact of the account lies between the block and what is asked.
    bool holds(const PostingBlock& block, std::uint32_t row) const {
        if (row % PostingBlock::accounts_max >= block.accounts()) return false;
        const std::int64_t touched = book_.store_->account_touched.peek(row);
        return touched <= block.known.value && touched <= known_.value;
    }

    const Snapshot& book_;
    FactNo known_;
    PostingMaker maker_;
};

}  // namespace countback
