// IMP-3, stock: what was open and is not in the file any more.
//
// Example: open before: F1 100, F2 50, A1 −50; the file holds F1 only. F2 and A1 are one customer's, vanish
// together and sum to zero: both cleared at the as-of date as an offset. Had only F2 gone: cleared, cause
// unknown. All dates are flagged as estimated. Never cleared: items named by a refused line, items made in
// the product.
#include <algorithm>
#include <map>
#include <set>

#include "imports/plan.h"
#include "imports/room_by_day.h"

namespace countback::imports {
namespace {

struct Absent {
    ItemView item;
    std::int64_t open = 0;
};

// Open items of one entity and currency, and how many of them would go.
struct Weight {
    std::int64_t count = 0, gross = 0;
    std::int64_t cleared_count = 0, cleared_gross = 0;

    bool beyond(int percent) const {
        return cleared_count * 100 > count * percent ||
               static_cast<__int128>(cleared_gross) * 100 > static_cast<__int128>(gross) * percent;
    }
    std::int64_t percent() const {
        return std::max(cleared_count * 100 / std::max<std::int64_t>(count, 1),
                        cleared_gross / std::max<std::int64_t>(gross / 100, 1));
    }
};

class AbsentItems {
public:
    AbsentItems(const Snapshot& book, const Perimeter& perimeter, Plan& plan)
        : book_(book),
          perimeter_(perimeter),
          plan_(plan),
          moment_{plan.scope.as_of, known_now},
          named_(book.item_count(), false) {}

    void run() {
        mark_named();
        Selection selection;
        for (const FileEntity& entity : plan_.file->parties.entities) {
            if (entity.id && in_scope(entity)) selection.entities.push_back(entity.id);
        }
        if (selection.entities.empty()) return;
        book_.each_account(perimeter_, selection, moment_, [this](AccountRow account) { look_at(account); });
        ask_when_too_many();
        if (standing_count_ > 0) {
            plan_.notices.push_back({"absent_under_standing", {{"count", std::to_string(standing_count_)}}});
        }
        if (protected_count_ > 0)
            plan_.notices.push_back({"absent_protected", {{"count", std::to_string(protected_count_)}}});
    }

private:
    bool in_scope(const FileEntity& entity) const {
        const auto& scope = plan_.scope.entities;
        return scope.empty() || std::find(scope.begin(), scope.end(), entity.code) != scope.end();
    }

    void mark_named() {
        const auto mark = [this](ItemRow row) { named_[static_cast<std::uint32_t>(row)] = true; };
        for (const ItemRow row : plan_.matched) mark(row);
        for (const std::uint64_t key : plan_.file->protect.keys) {
            for (const ItemRow row : book_.items_with_key(key)) {
                protected_.insert(static_cast<std::uint32_t>(row));
            }
        }
        for (const std::uint32_t place : plan_.file->protect.customers)
            protected_customers_.insert(plan_.file->parties.customers[place].id);
        for (const std::uint32_t place : plan_.file->protect.entities)
            protected_entities_.insert(plan_.file->parties.entities[place].id);
    }

    bool is_protected(AccountRow account, ItemRow item) const {
        return plan_.file->protect.everything || protected_.contains(static_cast<std::uint32_t>(item)) ||
               protected_customers_.contains(book_.customer(account)) ||
               protected_entities_.contains(book_.entity(account));
    }

    void look_at(AccountRow account) {
        std::vector<Absent> absent;
        book_.each_item(account, known_now, [&](const ItemView& item) {
            const std::int64_t open =
                book_.open(item, moment_) + plan_.provisional.settles_on(item.row, moment_.as_of);
            if (open == 0) return;
            Weight& weight = weights_[{book_.entity(account), item.currency}];
            ++weight.count;
            weight.gross += std::abs(open);
            if (named_[static_cast<std::uint32_t>(item.row)] || (item.flags & item_flag::made_here) != 0)
                return;
            if (is_protected(account, item.row)) {
                ++protected_count_;
                return;
            }
            ++weight.cleared_count;
            weight.cleared_gross += std::abs(open);
            absent.push_back({item, open});
        });
        if (!absent.empty()) clear(account, absent);
    }

    void clear(AccountRow account, const std::vector<Absent>& absent) {
        std::map<Currency, std::pair<std::int64_t, bool>> sums;
        std::map<Currency, bool> has_credit;
        for (const Absent& one : absent) {
            sums[one.item.currency].first += one.open;
            has_credit[one.item.currency] = has_credit[one.item.currency] || one.open < 0;
        }
        for (const Absent& one : absent) {
            const bool offset = sums[one.item.currency].first == 0 && has_credit[one.item.currency];
            clear(one.item, offset ? ClearingCause::offset : ClearingCause::unknown);
        }
        note_standings(account, absent);
    }

    // Allocations dated later than the as-of date leave less to clear, and those taken back later more then.
    void clear(const ItemView& item, ClearingCause cause) {
        const auto settled = settled_by_day(book_, plan_, item.row);
        const auto parts = settlements_to(settled, plan_.scope.as_of, std::abs(item.amount));
        for (const DayAmount& part : parts) {
            Settlement settlement;
            settlement.item = item.row;
            settlement.amount = part.amount;
            settlement.day = part.day;
            settlement.cause = cause;
            settlement.estimated = true;
            plan_.settlements.push_back(settlement);
        }
        plan_.counts.cleared += parts.empty() ? 0 : 1;
    }

    void note_standings(AccountRow account, const std::vector<Absent>& absent) {
        std::set<std::uint32_t> rows;
        for (const Absent& one : absent) rows.insert(static_cast<std::uint32_t>(one.item.row));
        book_.each_standing(account, known_now, [&](const StandingView& standing) {
            const bool live =
                standing.holds_on(plan_.scope.as_of) &&
                (standing.kind == StandingKind::promise || standing.kind == StandingKind::dispute);
            if (live && (!standing.item || rows.contains(static_cast<std::uint32_t>(*standing.item))))
                ++standing_count_;
        });
    }

    void ask_when_too_many() {
        for (const auto& [place, weight] : weights_) {
            if (!weight.beyond(plan_.guard_percent)) continue;
            std::string code;
            for (const FileEntity& entity : plan_.file->parties.entities) {
                if (entity.id == place.first) code = entity.code;
            }
            plan_.questions.push_back({"guard_would_clear",
                                       {{"entity", code},
                                        {"currency", std::string(place.second.code())},
                                        {"percent", std::to_string(weight.percent())},
                                        {"count", std::to_string(weight.cleared_count)},
                                        {"of", std::to_string(weight.count)}}});
        }
    }

    const Snapshot& book_;
    const Perimeter& perimeter_;
    Plan& plan_;
    Moment moment_;
    std::vector<bool> named_;
    std::set<std::uint32_t> protected_;
    std::set<CustomerId> protected_customers_;
    std::set<EntityId> protected_entities_;
    std::map<std::pair<EntityId, Currency>, Weight> weights_;
    std::int64_t standing_count_ = 0;
    std::int64_t protected_count_ = 0;
};

}  // namespace

void plan_absent(const Snapshot& book, const Perimeter& perimeter, Plan& plan) {
    AbsentItems(book, perimeter, plan).run();
}

}  // namespace countback::imports
