#include "measures/item_pages.h"

#include <algorithm>
#include <bit>

#include "base/parallel.h"

namespace countback {
namespace {

/// So many texts are read one by one and sorted; of more the index is walked until the page is full.
constexpr std::size_t few_texts_max = 500;

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

ItemPlaces ItemPages::places(const PageRequest& wish, ListNames& names) {
    if (sort_ == ItemSort::number) return places_by_number(wish, names);
    if (sort_ == ItemSort::customer) return places_by_customer(wish, names);
    return places_by_key(wish, names);
}

ShownItem ItemPages::shown(const PlacedItem& placed) const {
    const Moment moment = request_.query.moment;
    const auto view = request_.book.view(placed.row, moment.known_at);
    return amounts_->of({*view, request_.book.open(*view, moment), placed.counted});
}

ItemPage ItemPages::page(const PageRequest& wish, ListNames& names) {
    ItemPlaces found = places(wish, names);
    ItemPage page{{}, std::move(found.next), amounts_->count(), amounts_->totals()};
    for (const PlacedItem& one : found.rows) page.rows.push_back(shown(one));
    return page;
}

void ItemPages::take_sums(const std::vector<ItemSums>& pieces) {
    ItemSums all;
    for (const ItemSums& piece : pieces) all.add(piece);
    amounts_.emplace(all, row_rates_, rates_, request_.query.moment.as_of);
}

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

ItemPlaces ItemPages::places_by_key(const PageRequest& wish, ListNames& names) {
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
    ItemPlaces page{std::move(selection).in_order(), {}};
    correct_bearer(page.rows, order, selection);
    if (page.rows.size() > wish.limit) {
        page.rows.resize(wish.limit);
        if (!page.rows.empty()) page.next = order.cursor(page.rows.back().key, ItemId{page.rows.back().id});
    }
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
        const bool passed = from && (down ? sort_text(text) > *from : sort_text(text) < *from);
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

ItemPlaces ItemPages::places_by_number(const PageRequest& wish, ListNames& names) {
    look_over();
    const Snapshot& book = request_.book;
    const Moment moment = request_.query.moment;
    ItemPlaces page;
    Cursor last;
    const NextSpelled next = spelled(wish, names);
    while (const auto one = next()) {
        const auto row = book.item(ItemId{one->id});
        if (!row || !marks_->has(static_cast<std::uint32_t>(*row))) continue;
        Cursor here{{0, sort_text(one->text)}, one->id};
        if (wish.after && !before(*wish.after, here, wish.direction)) continue;
        if (page.rows.size() == wish.limit) {
            page.next = std::move(last);
            break;
        }
        const ItemView view = *book.view(*row, moment.known_at);
        page.rows.push_back({0, one->id, *row, filter_.billed_in ? view.amount : book.open(view, moment)});
        last = std::move(here);
    }
    if (filter_.part) count_parts(page.rows);
    return page;
}

/// Customers of one code, of several entities, are one group: its rows stand by their ids.
ItemPlaces ItemPages::places_by_customer(const PageRequest& wish, ListNames& names) {
    look_over();
    ItemPlaces page;
    std::vector<PlacedItem>& rows = page.rows;
    std::string last;
    const ItemWalk walk(request_.perimeter, request_.book, request_.query, filter_);
    const NextSpelled next = spelled(wish, names);
    for (auto one = next(); one && rows.size() <= wish.limit;) {
        const std::string code = sort_text(one->text);
        std::optional<ItemSelection::Place> after;
        if (wish.after && wish.after->value.text == code) after = {0, wish.after->id};
        ItemSelection selection(wish.direction, after, wish.limit + 1 - rows.size());
        {
            ItemSelection::Offer offer(selection);
            for (; one && sort_text(one->text) == code; one = next()) {
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
    return page;
}

/// Shares of a part come from their whole account.
void ItemPages::count_parts(std::vector<PlacedItem>& rows) const {
    std::unordered_map<std::uint32_t, std::size_t> places;
    std::vector<AccountRow> accounts;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        places[static_cast<std::uint32_t>(rows[i].row)] = i;
        accounts.push_back(request_.book.view(rows[i].row, request_.query.moment.known_at)->account);
    }
    std::ranges::sort(accounts);
    accounts.erase(std::ranges::unique(accounts).begin(), accounts.end());
    const ItemWalk walk(request_.perimeter, request_.book, request_.query, filter_);
    for (const AccountRow account : accounts) {
        walk.walk_account(account, [&](const ListedItem& row) {
            const auto place = places.find(static_cast<std::uint32_t>(row.item.row));
            if (place != places.end()) rows[place->second].counted = row.counted;
        });
    }
}

}  // namespace countback
