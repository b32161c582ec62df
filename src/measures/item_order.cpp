#include "measures/item_order.h"

#include <algorithm>
#include <array>

#include "parties/directory.h"

namespace countback {
namespace {

constexpr std::array<std::string_view, 12> sort_names{"due_date",  "issue_date", "amount", "open",
                                                      "days_late", "id",         "type",   "currency",
                                                      "entity",    "reason",     "number", "customer"};

/// The words of a sort, in the order of what they are of: types, currencies, reasons (none first).
std::vector<std::string> words_of(ItemSort sort) {
    std::vector<std::string> words;
    if (sort == ItemSort::type) {
        for (int type = 0; type <= static_cast<int>(ItemType::down_payment_request); ++type)
            words.emplace_back(name_of(static_cast<ItemType>(type)));
    } else if (sort == ItemSort::currency) {
        for (int index = 0; index < Currency::count(); ++index)
            words.emplace_back(Currency::at(static_cast<std::uint8_t>(index)).code());
    } else if (sort == ItemSort::reason) {
        for (int kind = 0; kind <= static_cast<int>(StandingKind::insolvency); ++kind)
            words.emplace_back(name_of(static_cast<StandingKind>(kind)));
    }
    return words;
}

}  // namespace

std::string sort_text(std::string_view text) {
    constexpr std::size_t bytes_max = 120;
    return std::string(text.substr(0, bytes_max));
}

std::int64_t days_late(const ListedItem& listed, Date as_of) {
    return listed.open > 0 && listed.item.due < as_of ? as_of - listed.item.due : 0;
}

Result<ItemSort> parse_item_sort(std::string_view name) {
    if (name.empty()) return ItemSort::due_date;
    const auto found = std::ranges::find(sort_names, name);
    if (found == sort_names.end())
        return refuse(RefusalCode::field_invalid, {{"field", "sort"}, {"reason", std::string(name)}});
    return static_cast<ItemSort>(found - sort_names.begin());
}

ItemOrder::ItemOrder(ItemSort sort, const MeasureRequest& request, const RowRates& rates, ListNames& names)
    : sort_(sort), request_(request), rates_(rates) {
    if (!by_word()) return;
    std::vector<std::string> given = words_of(sort);
    std::vector<Entity> entities;
    if (sort == ItemSort::entity) {
        entities = parties::entities(names.connection());
        for (const Entity& one : entities) given.push_back(sort_text(one.code));
    }
    words_ = given;
    std::ranges::sort(words_);
    words_.erase(std::ranges::unique(words_).begin(), words_.end());
    for (const std::string& word : given)
        places_.push_back(static_cast<std::size_t>(std::ranges::lower_bound(words_, word) - words_.begin()));
    for (std::size_t i = 0; i < entities.size(); ++i) entity_words_[entities[i].id] = places_[i];
}

std::size_t ItemOrder::word_of(const ListedItem& row) const {
    const ItemView& item = row.item;
    if (sort_ == ItemSort::type) return places_[static_cast<std::size_t>(item.type)];
    if (sort_ == ItemSort::currency) {
        const Currency shown = rates_.converts(item.currency) ? *rates_.reporting() : item.currency;
        return places_[shown.index()];
    }
    if (sort_ == ItemSort::entity) return entity_words_.at(request_.book.entity(item.account));
    const auto reason = reason_of(request_.book, item, request_.query.moment);
    return places_[reason ? static_cast<std::size_t>(*reason) : 0];
}

std::int64_t ItemOrder::key(const ListedItem& row) const {
    const ItemView& item = row.item;
    switch (sort_) {
        case ItemSort::due_date:
            return item.due.days();
        case ItemSort::issue_date:
            return item.issue.days();
        case ItemSort::amount:
            return rates_.rounded(item.currency, item.amount);
        case ItemSort::open:
            return rates_.rounded(item.currency, row.counted);
        case ItemSort::days_late:
            return days_late(row, request_.query.moment.as_of);
        case ItemSort::id:
            return item.id.value;
        default:
            return 2 * static_cast<std::int64_t>(word_of(row));
    }
}

Cursor ItemOrder::cursor(std::int64_t key, ItemId id) const {
    if (!by_word()) return {{key, {}}, id.value};
    return {{0, words_[static_cast<std::size_t>(key / 2)]}, id.value};
}

std::int64_t ItemOrder::key(const Cursor& cursor) const {
    if (!by_word()) return cursor.value.number;
    const auto at = std::ranges::lower_bound(words_, cursor.value.text);
    const std::int64_t key = 2 * (at - words_.begin());
    return at != words_.end() && *at == cursor.value.text ? key : key - 1;
}

std::optional<Figure> ItemOrder::figure() const {
    if (sort_ == ItemSort::amount) return Figure::amount;
    return sort_ == ItemSort::open ? std::optional(Figure::counted) : std::nullopt;
}

}  // namespace countback
