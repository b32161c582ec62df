// LED-3, LED-4, IMP-4 on random histories through the ledger: an undone load never was, seen from then on;
// the past, as it was known, never changes; a Book read anew from the facts says the same.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <memory>
#include <set>

#include "receivables/corrections.h"
#include "receivables/test_ledger.h"

namespace countback {
namespace {

const Date first_day = *Date::of(2026, 1, 1);
constexpr int span_days = 60;
const Moment at_the_end{first_day + 1000};

Date random_day() { return first_day + *rc::gen::inRange(0, span_days); }

/// What is said of one item: its version, and what is open of it on some days.
using Said = std::vector<std::int64_t>;

Said said_of(const Snapshot& book, ItemId item, FactNo known_at) {
    const auto row = book.item(item);
    const auto view = row ? book.view(*row, known_at) : std::nullopt;
    if (!view) return {};
    Said said{view->amount, view->issue.days(), view->due.days()};
    for (int day = -1; day < 3 * span_days; day += 3)
        said.push_back(book.open(*view, {first_day + day, known_at}));
    return said;
}

/// One customer's items in a company that other histories share.
class History {
public:
    explicit History(Company& company) : company_(company) {}

    void load();
    void undo();
    /// Each item, as known after each transaction, is what was said then.
    void check_past(const Ledger& ledger) const {
        const Snapshot book = ledger.book();
        for (const auto& [known, all] : past_) {
            for (std::size_t i = 0; i < all.size(); ++i) RC_ASSERT(said_of(book, items_[i], known) == all[i]);
        }
    }

private:
    struct Load {
        FactRange facts;
        std::set<ItemId> touched;
        std::optional<FactRange> undo;
    };

    std::optional<FactRange> write(const std::function<Result<void>(Writing&)>& decide) {
        const FactNo before = company_.ledger->book().last_fact();
        const auto last = company_.ledger->write({{}, "test"}, decide);
        if (!last || *last == before) return std::nullopt;
        return FactRange{FactNo{before.value + 1}, *last};
    }
    void settle(Writing& writing, const ItemView& item, std::set<ItemId>& busy) const;
    void change(Writing& writing, ItemRow item, std::set<ItemId>& busy) const;
    void remember() {
        const Snapshot book = company_.ledger->book();
        std::vector<Said> all;
        for (const ItemId item : items_) all.push_back(said_of(book, item, book.last_fact()));
        past_.emplace_back(book.last_fact(), std::move(all));
    }

    Company& company_;
    std::vector<ItemId> items_;
    std::vector<Load> loads_;
    std::vector<std::pair<FactNo, std::vector<Said>>> past_;
};

/// The item and those that its allocations link it with: one writing changes each of them once.
std::set<ItemId> related(const Snapshot& book, ItemId item) {
    std::set<ItemId> all{item};
    book.each_allocation(*book.item(item), known_now, [&](const AllocationView& one) {
        if (one.counter) all.insert(book.item_id(*one.counter));
    });
    return all;
}

/// Settled in part, by cash or with an item of the other sign.
void History::settle(Writing& writing, const ItemView& item, std::set<ItemId>& busy) const {
    const Snapshot& book = writing.book();
    AllocationFact part;
    part.item = item.id;
    part.cause = ClearingCause::cash;
    part.given = random_day();
    std::int64_t most = std::abs(book.open(item, at_the_end));
    if (*rc::gen::inRange(0, 2) == 0) {
        const ItemId with = items_[*rc::gen::inRange<std::size_t>(0, items_.size())];
        const auto other = book.view(*book.item(with), known_now);
        if (other && other->debit() != item.debit() && !busy.contains(with)) {
            busy.merge(related(book, with));
            part.item = item.debit() ? item.id : with;
            part.counter = item.debit() ? with : item.id;
            part.cause = ClearingCause::link;
            most = std::min(most, std::abs(book.open(*other, at_the_end)));
        }
    }
    if (most == 0) return;
    part.amount = *rc::gen::inRange<std::int64_t>(1, most + 1);
    writing.add(part);
}

/// Settled, taken back, cleared of every allocation, or corrected.
void History::change(Writing& writing, ItemRow item, std::set<ItemId>& busy) const {
    const Snapshot& book = writing.book();
    const auto view = book.view(item, known_now);
    if (!view) return;
    const auto live = live_allocations(book, item, known_now);
    const int what = *rc::gen::inRange(0, 6);
    if (what < 3) {
        settle(writing, *view, busy);
    } else if (what == 3 && !live.empty()) {
        const auto& one = live[*rc::gen::inRange<std::size_t>(0, live.size())];
        take_back(writing, item, one.allocation, *rc::gen::inRange<std::int64_t>(1, one.left + 1),
                  random_day());
    } else if (what == 4) {
        cancel_allocations(writing, item);
    } else {
        ItemFact after;
        const std::int64_t amount = *rc::gen::inRange<std::int64_t>(1, 2 * std::abs(view->amount) + 1);
        after.amount = view->debit() ? amount : -amount;
        after.issue = *rc::gen::inRange(0, 3) == 0 ? random_day() : view->issue;
        after.due = view->due + *rc::gen::inRange(-10, 20);
        correct_item(writing, *view, after);
    }
}

void History::load() {
    const auto written = write([&](Writing& writing) -> Result<void> {
        const Snapshot& book = writing.book();
        std::set<ItemId> busy;
        for (int i = *rc::gen::inRange(0, 4); i > 0 && !items_.empty(); --i) {
            const ItemId item = items_[*rc::gen::inRange<std::size_t>(0, items_.size())];
            std::set<ItemId> own = related(book, item);
            if (std::ranges::any_of(own, [&](ItemId one) { return busy.contains(one); })) continue;
            busy.merge(own);
            change(writing, *book.item(item), busy);
        }
        for (int fresh = *rc::gen::inRange(items_.empty() ? 1 : 0, 4); fresh > 0; --fresh) {
            const Date issue = random_day();
            const int sign = *rc::gen::inRange(0, 3) == 0 ? -1 : 1;
            writing.add(company_.invoice(sign * *rc::gen::inRange<std::int64_t>(1, 1000), issue, issue + 30));
        }
        return {};
    });
    if (!written) return;
    const Snapshot book = company_.ledger->book();
    for (std::uint32_t row = book.item_count(); row > 0; --row) {
        const ItemId item = book.item_id(ItemRow{row - 1});
        if (item.value < written->first.value) break;
        items_.push_back(item);
    }
    Load load{*written, {}, {}};
    for (const ItemId item : items_) {
        if (has_later_facts(book, *book.item(item), FactNo{written->first.value - 1}, {}))
            load.touched.insert(item);
    }
    loads_.push_back(std::move(load));
    remember();
}

void History::undo() {
    if (loads_.empty()) return;
    Load& load = loads_[*rc::gen::inRange<std::size_t>(0, loads_.size())];
    if (load.undo) return;
    std::vector<FactRange> undone;
    for (const Load& other : loads_) {
        if (!other.undo || other.facts.first < load.facts.first) continue;
        undone.push_back(other.facts);
        undone.push_back(*other.undo);
    }
    const Snapshot before = company_.ledger->book();
    for (const ItemId item : load.touched) {
        if (has_later_facts(before, *before.item(item), load.facts.last, undone)) return;
    }
    load.undo = write(
        [&](Writing& writing) { return undo_facts(writing, load.facts.first, load.facts.last, undone); });
    RC_ASSERT(load.undo.has_value());
    const Snapshot after = company_.ledger->book();
    const FactNo never{load.facts.first.value - 1};
    for (const ItemId item : items_) {
        const bool its = load.touched.contains(item);
        const Said wanted = its ? said_of(before, item, never) : said_of(before, item, before.last_fact());
        RC_ASSERT(said_of(after, item, known_now) == wanted);
    }
    remember();
}

TEST(UndoHistory, AnUndoneLoadNeverWasAndThePastStays) {
    constexpr int histories_of_a_company = 200;
    auto company = std::make_unique<Company>();
    int count = 0;
    EXPECT_TRUE(rc::check("LED-3, LED-4, IMP-4", [&] {
        if (++count % histories_of_a_company == 0) company = std::make_unique<Company>();
        History history(*company);
        for (int i = *rc::gen::inRange(1, 12); i > 0; --i) {
            history.load();
            if (*rc::gen::inRange(0, 3) == 0) history.undo();
        }
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i) history.undo();
        history.check_past(*company->ledger);
        if (*rc::gen::inRange(0, 20) == 0) history.check_past(Ledger(*company->database, company->clock));
    }));
}

}  // namespace
}  // namespace countback
