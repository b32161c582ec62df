#include "receivables/whole_build.h"

#include <algorithm>
#include <numeric>
#include <thread>

#include "base/parallel.h"
#include "receivables/open_until.h"
#include "receivables/posting_maker.h"

namespace countback {
namespace {

/// Postings of neighbouring accounts, each account's side by side.
class ByAccount {
public:
    explicit ByAccount(AccountSpan span) : span_(span), begin_(span.last - span.first + 1, 0) {}
    ~ByAccount() {
        if (postings_ != nullptr) release_zeroed(postings_, bytes());
    }
    ByAccount(const ByAccount&) = delete;
    ByAccount& operator=(const ByAccount&) = delete;

    bool has(std::uint32_t account) const { return account >= span_.first && account < span_.last; }
    void count(std::uint32_t account) { ++begin_[account - span_.first]; }
    void counted() {
        std::exclusive_scan(begin_.begin(), begin_.end(), begin_.begin(), 0U);
        postings_ = static_cast<Posting*>(reserve_zeroed(bytes()));  // large pages: writes jump about
        next_ = begin_;
    }
    void put(std::uint32_t account, const Posting& posting) {
        postings_[next_[account - span_.first]++] = posting;
    }
    std::span<const Posting> of(std::uint32_t account) const {
        const std::uint32_t place = account - span_.first;
        return {postings_ + begin_[place], begin_[place + 1] - begin_[place]};
    }

private:
    std::size_t bytes() const { return (begin_.back() + std::size_t{1}) * sizeof(Posting); }

    AccountSpan span_;
    std::vector<std::uint32_t> begin_, next_;
    Posting* postings_ = nullptr;
};

class Build {
public:
    Build(const BookStore& store, FactNo known, AccountSpan span)
        : store_(store), known_(known), span_(span), documents_(span), allocations_(span), maker_(store) {}

    void run(std::vector<std::shared_ptr<const PostingBlock>>& blocks) {
        put_documents();
        put_allocations();
        const std::uint32_t step = PostingBlock::accounts_max;
        for (std::uint32_t first = span_.first; first < span_.last; first += step)
            blocks[first / step] = block({first, std::min(first + step, span_.last)});
    }

private:
    void put_documents() {
        const std::uint32_t items = store_.counts.items;
        for (std::uint32_t item = 0; item < items; ++item) {
            if (documents_.has(store_.item_account[item])) documents_.count(store_.item_account[item]);
        }
        documents_.counted();
        for (std::uint32_t item = 0; item < items; ++item) {
            const std::uint32_t account = store_.item_account[item];
            if (!documents_.has(account)) continue;
            const auto made = maker_.document(item, known_.value);
            documents_.put(account, made ? marked(*made, item) : Posting{});
        }
    }

    void put_allocations() {
        const std::uint32_t rows = store_.counts.allocations;
        const auto account_of = [&](std::uint32_t row) {
            return store_.item_account[store_.allocation_item[row]];
        };
        for (std::uint32_t row = 0; row < rows; ++row) {
            if (allocations_.has(account_of(row))) allocations_.count(account_of(row));
        }
        allocations_.counted();
        for (std::uint32_t row = 0; row < rows; ++row) {
            const std::uint32_t account = account_of(row);
            if (!allocations_.has(account)) continue;
            const std::uint32_t item = store_.allocation_item[row];
            const auto made = maker_.document(item, known_.value);
            allocations_.put(account, made ? marked(maker_.allocation(row, *made), item) : Posting{});
        }
    }

    Posting marked(Posting posting, std::uint32_t item) const {
        posting.when |= static_cast<std::uint32_t>(store_.item_currency[item]) << posting::currency_shift;
        return posting;
    }

    std::shared_ptr<const PostingBlock> block(AccountSpan span) {
        block_.known = known_;
        block_.first_part.assign(1, 0);
        block_.parts.assign(1, {});
        block_.postings.clear();
        block_.first_item.assign(1, 0);
        block_.items.clear();
        for (std::uint32_t account = span.first; account < span.last; ++account) {
            if (store_.account_corrected.peek(account) != 0) {
                maker_.make(AccountRow{account}, known_, nullptr);
            } else {
                maker_.take(documents_.of(account), allocations_.of(account));
            }
            maker_.move_to(block_);
            add_open_until(store_, AccountRow{account}, known_, nullptr, block_);
        }
        return fitted(block_);
    }

    const BookStore& store_;
    FactNo known_;
    AccountSpan span_;
    ByAccount documents_, allocations_;
    PostingMaker maker_;
    PostingBlock block_;
};

}  // namespace

std::vector<std::shared_ptr<const PostingBlock>> build_whole(const BookStore& store, FactNo known) {
    const std::uint32_t step = PostingBlock::accounts_max;
    const std::uint32_t count = (store.counts.accounts + step - 1) / step;
    std::vector<std::shared_ptr<const PostingBlock>> blocks(count);
    const std::uint32_t pieces = std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
    in_parallel(pieces, [&](std::size_t i) {
        const auto piece = static_cast<std::uint32_t>(i);
        const AccountSpan span{count * piece / pieces * step,
                               std::min(count * (piece + 1) / pieces * step, store.counts.accounts)};
        Build(store, known, span).run(blocks);
    });
    return blocks;
}

}  // namespace countback
