// Book::settle: the postings of blocks are made again from the lists, and published beside the facts.
#include <algorithm>
#include <numeric>

#include "base/parallel.h"
#include "receivables/book.h"
#include "receivables/day_totals.h"
#include "receivables/open_until.h"
#include "receivables/posting_maker.h"
#include "receivables/whole_build.h"

namespace countback {
namespace {

constexpr std::uint32_t facts_min = 64;
constexpr std::uint32_t items_for_whole = 20'000;
constexpr std::size_t postings_a_span = 1U << 18;

std::shared_ptr<const PostingBlock> make_block(const BookStore& store, AccountSpan span, FactNo known,
                                               const PostingBlock* before) {
    PostingBlock block;
    block.known = known;
    PostingMaker maker(store);
    for (std::uint32_t account = span.first; account < span.last; ++account) {
        maker.make(AccountRow{account}, known, before);
        maker.move_to(block);
        add_open_until(store, AccountRow{account}, known, before, block);
    }
    return fitted(block);
}

}  // namespace

std::shared_ptr<const PostingBlock> fitted(const PostingBlock& block) {
    return std::make_shared<const PostingBlock>(
        PostingBlock{block.known,
                     {block.first_part.begin(), block.first_part.end()},
                     {block.parts.begin(), block.parts.end()},
                     {block.postings.begin(), block.postings.end()},
                     {block.first_item.begin(), block.first_item.end()},
                     {block.items.begin(), block.items.end()}});
}

std::vector<std::uint32_t> Book::blocks_to_settle(Settle where) const {
    std::vector<std::uint32_t> found;
    const auto& blocks = published_.postings_->blocks;
    for (std::uint32_t block = 0; block < unsettled_.size(); ++block) {
        const std::size_t held = block < blocks.size() && blocks[block] ? blocks[block]->postings.size() : 0;
        const std::size_t enough =
            where == Settle::everywhere ? 1 : std::max<std::size_t>(facts_min, held / 64);
        if (unsettled_[block] >= enough) found.push_back(block);
    }
    return found;
}

void Book::settle(Settle where) {
    std::vector<std::uint32_t> chosen = blocks_to_settle(where);
    if (chosen.empty()) return;
    const Snapshot now = snapshot();
    auto postings = std::make_shared<Postings>(*now.postings_);
    if (postings->blocks.empty() && now.item_count() >= items_for_whole) {
        postings->blocks = build_whole(*store_, now.last_fact());
        chosen.resize(postings->blocks.size());
        std::iota(chosen.begin(), chosen.end(), 0U);
    } else {
        postings->blocks.resize(std::max(postings->blocks.size(), unsettled_.size()));
        in_parallel(chosen.size(), [&](std::size_t i) {
            const std::uint32_t first = chosen[i] * PostingBlock::accounts_max;
            const std::uint32_t last = std::min(first + PostingBlock::accounts_max, now.account_count());
            auto& block = postings->blocks[chosen[i]];
            block = make_block(*store_, {first, last}, now.last_fact(), block.get());
        });
    }
    postings->totals = totals_of(*store_, *now.postings_, *postings, chosen);
    for (const std::uint32_t block : chosen) unsettled_[block] = 0;
    const std::lock_guard lock(mutex_);
    published_.postings_ = std::move(postings);
}

std::vector<AccountSpan> Snapshot::spans(const Selection& selection) const {
    if (!selection.customers.empty()) return {{0, accounts_}};
    std::vector<AccountSpan> spans{{0, 0}};
    std::size_t postings = 0;
    for (const auto& block : postings_->blocks) {
        if (postings >= postings_a_span) {
            spans.push_back({spans.back().last, spans.back().last});
            postings = 0;
        }
        postings += block ? block->postings.size() : 0;
        spans.back().last = std::min(spans.back().last + PostingBlock::accounts_max, accounts_);
    }
    spans.back().last = accounts_;
    return spans;
}

}  // namespace countback
