#include "measures/item_pages.h"

#include <algorithm>
#include <bit>

#include "base/parallel.h"

namespace countback {
namespace {

constexpr std::size_t sort_text_bytes_max = 120;
/// So many texts are read one by one and sorted; of more the index is walked until the page is full.
constexpr std::size_t few_texts_max = 500;

std::string cut(std::string_view text) { return std::string(text.substr(0, sort_text_bytes_max)); }

bool before(const Cursor& a, const Cursor& b, Direction direction) {
    return direction == Direction::descending ? b < a : a < b;
}

}  // namespace

/// One bit for each row of a kind; set from several threads.
class ItemPages::Marks {
public:
    explicit Marks(std::size_t rows) : words_(rows / 64 + 1) {}
    void set(std::uint32_t row) {
        words_[row / 64].fetch_or(std::uint64_t{1} << (row % 64), std::memory_order_relaxed);
    }
    bool has(std::uint32_t row) const {
        return (words_[row / 64].load(std::memory_order_relaxed) >> (row % 64) & 1) != 0;
    }
    std::size_t count() const {
        std::size_t sum = 0;
        for (const auto& word : words_) sum += static_cast<std::size_t>(std::popcount(word.load()));
        return sum;
    }
    template <class Visit>
    void each(Visit visit) const {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            for (std::uint64_t left = words_[at].load(); left != 0; left &= left - 1)
                visit(static_cast<std::uint32_t>(at * 64) +
                      static_cast<std::uint32_t>(std::countr_zero(left)));
        }
    }

private:
    std::vector<std::atomic<std::uint64_t>> words_;
};

ItemPages::ItemPages(MeasureRequest request, ItemFilter filter, ItemSort sort, const RateTable& rates)
    : request_(std::move(request)),
      filter_(std::move(filter)),
      sort_(sort),
      rates_(rates),
      row_rates_(rates, request_.query.moment.as_of, request_.query.reporting) {}

ItemPages::~ItemPages() = default;

ItemPage ItemPages::page(const PageRequest& wish, ListNames& names) {
    if (sort_ == ItemSort::number) return page_by_number(wish, names);
    if (sort_ == ItemSort::customer) return page_by_customer(wish, names);
    return page_by_key(wish, names);
}

void ItemPages::take_sums(const std::vector<ItemSums>& pieces) {
    ItemSums all;
    for (const ItemSums& piece : pieces) all.add(piece);
    amounts_.emplace(all, row_rates_, rates_, request_.query.moment.as_of);
}

ItemPage ItemPages::empty_page() const { return {{}, {}, amounts_->count(), amounts_->totals()}; }

void ItemPages::look_over() {
    if (marks_) return;
    const bool items = sort_ == ItemSort::number;
    const Snapshot& book = request_.book;
    marks_ = std::make_unique<Marks>(items ? book.item_count() : book.account_count());
    const ItemWalk walk(request_.perimeter, book, request_.query, filter_);
    std::vector<ItemSums> sums(walk.pieces());
    in_parallel(sums.size(), [&](std::size_t piece) {
        walk.walk(piece, [&](const ListedItem& row) {
            sums[piece].add(row, row_rates_);
            marks_->set(items ? static_cast<std::uint32_t>(row.item.row)
                              : static_cast<std::uint32_t>(row.item.account));
        });
    });
    take_sums(sums);
}

/// The largest row was placed by what it was rounded to: now it goes where what it shows belongs.
void ItemPages::correct_bearer(std::vector<PlacedItem>& rows, const ItemOrder& order,
                               const ItemSelection& selection) const {
    const auto figure = order.figure();
    if (!figure || !amounts_->rest(*figure)) return;
    const ShownAmounts::Rest& rest = *amounts_->rest(*figure);
    const std::int64_t id = rest.bearer.id.value;
    std::erase_if(rows, [id](const PlacedItem& one) { return one.id == id; });
    const auto view = request_.book.view(rest.bearer.row, request_.query.moment.known_at);
    const ListedItem listed{*view, 0, rest.bearer.counted};
    const PlacedItem bearer{order.key(listed) + rest.rest, id, rest.bearer.row, rest.bearer.counted};
    if (!selection.wants({bearer.key, id})) return;
    const auto at = std::ranges::find_if(rows, [&](const PlacedItem& one) {
        return selection.before({bearer.key, id}, {one.key, one.id});
    });
    rows.insert(at, bearer);
}

ItemPage ItemPages::page_by_key(const PageRequest& wish, ListNames& names) {
    const ItemOrder order(sort_, request_, row_rates_, names);
    std::optional<ItemSelection::Place> after;
    if (wish.after) after = {order.key(*wish.after), wish.after->id};
    // One more tells whether there is a next page; another stands in for a bearer that leaves.
    ItemSelection selection(wish.direction, after, wish.limit + 2);
    const ItemWalk walk(request_.perimeter, request_.book, request_.query, filter_);
    std::vector<ItemSums> sums(walk.pieces());
    const bool sum_up = !amounts_;
    in_parallel(sums.size(), [&](std::size_t piece) {
        ItemSelection::Offer offer(selection);
        walk.walk(piece, [&](const ListedItem& row) {
            if (sum_up) sums[piece].add(row, row_rates_);
            offer.take({order.key(row), row.item.id.value, row.item.row, row.counted});
        });
    });
    if (sum_up) take_sums(sums);
    std::vector<PlacedItem> rows = std::move(selection).in_order();
    correct_bearer(rows, order, selection);
    ItemPage page = empty_page();
    if (rows.size() > wish.limit) {
        rows.resize(wish.limit);
        if (!rows.empty()) page.next = order.cursor(rows.back().key, ItemId{rows.back().id});
    }
    for (const ListedItem& one : listed(rows)) page.rows.push_back(amounts_->of(one));
    return page;
}

ItemPages::NextSpelled ItemPages::spelled(const PageRequest& wish, ListNames& names) const {
    const bool numbers = sort_ == ItemSort::number;
    std::optional<std::string> from;
    if (wish.after) from = wish.after->value.text;
    if (marks_->count() > few_texts_max) {
        const Spelling spelling = numbers ? Spelling::item_number : Spelling::customer_code;
        const auto walk = std::make_shared<SpellingWalk>(names.connection(), spelling, wish.direction, from);
        return [walk] { return walk->next(); };
    }
    const bool down = wish.direction == Direction::descending;
    std::vector<Spelled> few;
    const auto take = [&](std::string text, std::int64_t id) {
        const bool passed = from && (down ? cut(text) > *from : cut(text) < *from);
        if (!passed) few.push_back({std::move(text), id});
    };
    marks_->each([&](std::uint32_t row) {
        if (numbers) {
            const ItemId id = request_.book.item_id(ItemRow{row});
            take(names.item_number(id), id.value);
        } else {
            const CustomerId id = request_.book.customer(AccountRow{row});
            take(names.customer(id).code, id.value);
        }
    });
    std::ranges::sort(few, [down](const Spelled& a, const Spelled& b) {
        return down ? std::tie(b.text, b.id) < std::tie(a.text, a.id)
                    : std::tie(a.text, a.id) < std::tie(b.text, b.id);
    });
    return [few = std::move(few), at = std::size_t{0}]() mutable {
        return at < few.size() ? std::optional(few[at++]) : std::nullopt;
    };
}

ItemPage ItemPages::page_by_number(const PageRequest& wish, ListNames& names) {
    look_over();
    ItemPage page = empty_page();
    std::vector<ItemRow> rows;
    Cursor last;
    const NextSpelled next = spelled(wish, names);
    while (const auto one = next()) {
        const auto row = request_.book.item(ItemId{one->id});
        if (!row || !marks_->has(static_cast<std::uint32_t>(*row))) continue;
        Cursor here{{0, cut(one->text)}, one->id};
        if (wish.after && !before(*wish.after, here, wish.direction)) continue;
        if (rows.size() == wish.limit) {
            page.next = std::move(last);
            break;
        }
        rows.push_back(*row);
        last = std::move(here);
    }
    for (const ListedItem& one : listed_items(rows)) page.rows.push_back(amounts_->of(one));
    return page;
}

/// Customers of one code, of several entities, are one group: its rows stand by their ids.
ItemPage ItemPages::page_by_customer(const PageRequest& wish, ListNames& names) {
    look_over();
    ItemPage page = empty_page();
    std::vector<PlacedItem> rows;
    std::string last;
    const ItemWalk walk(request_.perimeter, request_.book, request_.query, filter_);
    const NextSpelled next = spelled(wish, names);
    for (auto one = next(); one && rows.size() <= wish.limit;) {
        const std::string code = cut(one->text);
        std::optional<ItemSelection::Place> after;
        if (wish.after && wish.after->value.text == code) after = {0, wish.after->id};
        ItemSelection selection(wish.direction, after, wish.limit + 1 - rows.size());
        {
            ItemSelection::Offer offer(selection);
            for (; one && cut(one->text) == code; one = next()) {
                const auto account = request_.book.account(CustomerId{one->id});
                if (!account || !marks_->has(static_cast<std::uint32_t>(*account))) continue;
                walk.walk_account(*account, [&](const ListedItem& row) {
                    offer.take({0, row.item.id.value, row.item.row, row.counted});
                });
            }
        }
        const auto found = std::move(selection).in_order();
        if (!found.empty() && rows.size() < wish.limit) last = code;
        rows.insert(rows.end(), found.begin(), found.end());
    }
    if (rows.size() > wish.limit) {
        rows.resize(wish.limit);
        if (!rows.empty()) page.next = Cursor{{0, last}, rows.back().id};
    }
    for (const ListedItem& one : listed(rows)) page.rows.push_back(amounts_->of(one));
    return page;
}

std::vector<ListedItem> ItemPages::listed(const std::vector<PlacedItem>& placed) const {
    const Moment moment = request_.query.moment;
    std::vector<ListedItem> rows;
    rows.reserve(placed.size());
    for (const PlacedItem& one : placed) {
        const auto view = request_.book.view(one.row, moment.known_at);
        rows.push_back({*view, request_.book.open(*view, moment), one.counted});
    }
    return rows;
}

/// Rows of the list, by what the Book holds of them; shares of a part come from their whole account.
std::vector<ListedItem> ItemPages::listed_items(const std::vector<ItemRow>& items) const {
    const Moment moment = request_.query.moment;
    std::vector<ListedItem> rows;
    rows.reserve(items.size());
    std::unordered_map<std::uint32_t, std::size_t> places;
    std::vector<AccountRow> accounts;
    for (const ItemRow item : items) {
        const auto view = request_.book.view(item, moment.known_at);
        const std::int64_t open = request_.book.open(*view, moment);
        rows.push_back({*view, open, filter_.billed_in ? view->amount : open});
        places[static_cast<std::uint32_t>(item)] = rows.size() - 1;
        accounts.push_back(view->account);
    }
    if (!filter_.part) return rows;
    std::ranges::sort(accounts);
    accounts.erase(std::ranges::unique(accounts).begin(), accounts.end());
    const ItemWalk walk(request_.perimeter, request_.book, request_.query, filter_);
    for (const AccountRow account : accounts) {
        walk.walk_account(account, [&](const ListedItem& row) {
            const auto place = places.find(static_cast<std::uint32_t>(row.item.row));
            if (place != places.end()) rows[place->second] = row;
        });
    }
    return rows;
}

}  // namespace countback
