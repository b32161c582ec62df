#include "receivables/open_until.h"

#include <algorithm>

#include "receivables/book.h"
#include "receivables/posting_maker.h"

namespace countback {
namespace {

bool longer_open(const OpenUntil& a, const OpenUntil& b) {
    return a.day != b.day ? a.day > b.day : a.item < b.item;
}

/// Changed since the block: new items, and items with a new allocation; each once, ascending.
std::vector<std::uint32_t> changed_items(const BookStore& store, std::uint32_t account, FactNo known,
                                         FactNo since) {
    std::vector<std::uint32_t> items;
    std::uint32_t item = store.account_items.get(account);
    for (; item != no_row && store.item_id[item] > since.value; item = store.item_next[item]) {
        if (store.item_id[item] <= known.value) items.push_back(item);
    }
    std::uint32_t row = since ? store.account_allocations.get(account) : no_row;
    for (; row != no_row && store.allocation_fact[row] > since.value;
         row = store.allocation_account_next[row])
        items.push_back(store.allocation_item[row]);
    std::ranges::sort(items);
    items.erase(std::ranges::unique(items).begin(), items.end());
    return items;
}

/// The item's day as known at a fact by which it was recorded.
OpenUntil open_until(const BookStore& store, std::uint32_t item, FactNo known) {
    if (static_cast<ItemType>(store.item_type[item]) == ItemType::down_payment_request) return {item};
    std::uint32_t version = store.item_versions.get(item);
    while (version != no_row && store.version_fact[version] > known.value)
        version = store.version_older[version];
    if (version == no_row) return {item};
    std::int64_t left = std::abs(store.version_amount[version]);
    std::int32_t last = std::numeric_limits<std::int32_t>::min();
    for (std::uint32_t row = store.item_allocations.get(item); row != no_row;
         row = store.allocation_next[row]) {
        if (store.allocation_fact[row] > known.value) continue;
        left -= store.allocation_amount[row];
        last = std::max(last, store.allocation_day[row]);
    }
    return left > 0 ? OpenUntil{item} : OpenUntil{item, last};
}

}  // namespace

void add_open_until(const BookStore& store, AccountRow account, FactNo known, const PostingBlock* from,
                    PostingBlock& block) {
    const auto row = static_cast<std::uint32_t>(account);
    auto& items = block.items;
    const auto begin = static_cast<std::ptrdiff_t>(items.size());
    const bool carried = carries_on(store, from, row, known);
    if (carried) {
        const std::span<const OpenUntil> before = from->items_of(account);
        items.insert(items.end(), before.begin(), before.end());
    }
    if (!carried || store.account_touched.peek(row) > from->known.value) {
        const auto changed = changed_items(store, row, known, carried ? from->known : FactNo{});
        const auto anew = [&](const OpenUntil& one) { return std::ranges::binary_search(changed, one.item); };
        items.erase(std::remove_if(items.begin() + begin, items.end(), anew), items.end());
        for (const std::uint32_t item : changed) items.push_back(open_until(store, item, known));
        std::sort(items.begin() + begin, items.end(), longer_open);
    }
    block.first_item.push_back(static_cast<std::uint32_t>(items.size()));
}

}  // namespace countback
