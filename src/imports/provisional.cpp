#include "imports/provisional.h"

#include <algorithm>
#include <set>

#include "imports/plan.h"
#include "imports/queries.h"

namespace countback::imports {
namespace {

ProvisionalPayment read_payment(const Snapshot& book, const ItemView& item) {
    ProvisionalPayment payment{item, book.customer(item.account), book.entity(item.account), {}, {}};
    std::set<std::uint32_t> debits;
    for (const LiveAllocation& live : live_allocations(book, item.row, known_now)) {
        if (live.allocation.counter) debits.insert(static_cast<std::uint32_t>(*live.allocation.counter));
    }
    for (const std::uint32_t debit : debits) {
        for (const LiveAllocation& live : live_allocations(book, ItemRow{debit}, known_now)) {
            if (live.allocation.counter == item.row)
                payment.parts.push_back({ItemRow{debit}, live.allocation, live.left});
        }
    }
    return payment;
}

/// What the load makes of an item, before its provisional cash is looked at.
struct Settled {
    std::int64_t amount = 0;    ///< of the item after the load, without sign
    std::int64_t base = 0;      ///< settled before, without provisional cash
    std::int64_t planned = 0;   ///< settled by this load, as the source says
    std::int64_t standing = 0;  ///< by provisional cash that stays, or that came in again as a line
    bool moved = false;         ///< its amount or issue date is corrected too
};

class Replacements {
public:
    Replacements(const Snapshot& book, Plan& plan) : book_(book), plan_(plan), file_(*plan.file) {}

    void run() {
        find_settled();
        find_lines();
        std::vector<std::size_t> staying;
        for (std::size_t at = 0; at < payments().size(); ++at) {
            const auto line = brought_by(payments()[at]);
            const bool replaced = line || clears_its_items(payments()[at]);
            if (!replaced || touches_moved(payments()[at])) {
                staying.push_back(at);
                continue;
            }
            for (const auto& part : payments()[at].parts) settled(part.debit).standing -= part.left;
            plan_.replacements.push_back({at, line});
        }
        for (const Replacement& one : plan_.replacements) {
            if (one.line) say_again(payments()[one.payment], *one.line);
        }
        leave_room();
        for (const std::size_t at : staying) list_when_late(payments()[at]);
    }

private:
    const std::vector<ProvisionalPayment>& payments() const { return plan_.provisional.payments; }
    Settled& settled(ItemRow item) { return settled_.at(static_cast<std::uint32_t>(item)); }

    void find_settled() {
        for (const auto& [row, sum] : plan_.provisional.on) {
            Settled& item = settled_[row];
            item.amount = std::abs(book_.view(ItemRow{row}, known_now)->amount);
            item.standing = sum;
            item.base = -sum;
            book_.each_allocation(ItemRow{row}, known_now,
                                  [&](const AllocationView& a) { item.base += a.amount; });
        }
        for (const Settlement& one : plan_.settlements) {
            const auto found =
                one.item ? settled_.find(static_cast<std::uint32_t>(*one.item)) : settled_.end();
            if (found != settled_.end()) found->second.planned += one.amount;
        }
        for (const Correction& one : plan_.corrections) {
            const auto found = settled_.find(static_cast<std::uint32_t>(one.item));
            if (found == settled_.end()) continue;
            const auto view = book_.view(one.item, known_now);
            const ItemLine& line = file_.lines[one.line];
            found->second.moved = view->amount != line.amount || view->issue != line.issue;
            found->second.amount = std::abs(line.amount);
        }
    }

    // New credits of customers who have provisional cash.
    void find_lines() {
        for (const ProvisionalPayment& payment : payments()) lines_[payment.customer];
        for (const std::uint32_t at : plan_.new_lines) {
            const ItemLine& line = file_.lines[at];
            if (line.amount >= 0) continue;
            const auto found = lines_.find(file_.parties.customers[line.customer].id);
            if (found != lines_.end()) found->second.push_back(at);
        }
    }

    bool has_reference(const ItemLine& line, const std::string& reference) const {
        return line.number == reference || line.source_id == reference ||
               (line.extra != 0 && file_.extras[line.extra - 1].order_reference == reference);
    }

    std::optional<std::uint32_t> brought_by(const ProvisionalPayment& payment) {
        auto& lines = lines_[payment.customer];
        const auto take = [&](auto same) -> std::optional<std::uint32_t> {
            const auto found = std::find_if(lines.begin(), lines.end(), [&](std::uint32_t at) {
                return file_.lines[at].currency == payment.item.currency && same(file_.lines[at]);
            });
            if (found == lines.end()) return std::nullopt;
            const std::uint32_t at = *found;
            lines.erase(found);
            return at;
        };
        if (const auto at =
                take([&](const ItemLine& line) { return has_reference(line, payment.reference); }))
            return at;
        return take([&](const ItemLine& line) {
            return line.type == ItemType::payment && line.amount == payment.item.amount &&
                   std::abs(line.issue - payment.item.issue) <= provisional_days;
        });
    }

    bool clears_its_items(const ProvisionalPayment& payment) {
        for (const auto& part : payment.parts) {
            if (settled(part.debit).planned < part.left) return false;
        }
        return !payment.parts.empty();
    }

    // A corrected amount or issue date cuts and moves allocations already (LED-3): one thing at a time.
    bool touches_moved(const ProvisionalPayment& payment) {
        return std::any_of(payment.parts.begin(), payment.parts.end(),
                           [this](const auto& part) { return settled(part.debit).moved; });
    }

    // The line that brings the payment settles what the recorded one did, as far as the source left it open.
    void say_again(const ProvisionalPayment& payment, std::uint32_t at) {
        std::int64_t room = std::abs(file_.lines[at].amount);
        for (const Settlement& one : plan_.settlements) room -= !one.item && one.line == at ? one.amount : 0;
        for (const auto& part : payment.parts) {
            Settled& item = settled(part.debit);
            const std::int64_t open = item.amount - item.base - item.planned - item.standing;
            Settlement again;
            again.item = part.debit;
            again.counter_line = at;
            again.amount = std::min({part.left, room, open});
            again.day = std::max(part.allocation.effective, file_.lines[at].issue);
            again.cause = ClearingCause::link;
            if (again.amount <= 0) continue;
            room -= again.amount;
            item.base += again.amount;
            plan_.settlements.push_back(again);
        }
    }

    // Cash that stays is settled already: the source's clearing takes what is left.
    void leave_room() {
        for (Settlement& one : plan_.settlements) {
            const auto found = one.item && !one.counter_line
                                   ? settled_.find(static_cast<std::uint32_t>(*one.item))
                                   : settled_.end();
            if (found == settled_.end() || found->second.standing <= 0) continue;
            Settled& item = found->second;
            one.amount = std::min(one.amount, item.amount - item.base - item.standing);
            item.base += std::max<std::int64_t>(one.amount, 0);  // it may be settled on several days
        }
        std::erase_if(plan_.settlements, [](const Settlement& one) { return one.amount <= 0; });
    }

    void list_when_late(const ProvisionalPayment& payment) {
        const auto& entities = file_.parties.entities;
        const bool asked = std::any_of(entities.begin(), entities.end(),
                                       [&](const FileEntity& entity) { return entity.id == payment.entity; });
        if (asked && payment.item.issue + provisional_days < plan_.scope.as_of)
            plan_.unreplaced.push_back(payment.item.id);
    }

    const Snapshot& book_;
    Plan& plan_;
    const ItemFile& file_;
    std::unordered_map<std::uint32_t, Settled> settled_;
    std::map<CustomerId, std::vector<std::uint32_t>> lines_;
};

}  // namespace

std::int64_t Provisional::settles_on(ItemRow item, Date day) const {
    if (!on.contains(static_cast<std::uint32_t>(item))) return 0;
    std::int64_t sum = 0;
    for (const ProvisionalPayment& payment : payments) {
        for (const auto& part : payment.parts)
            sum += part.debit == item && part.allocation.effective <= day ? part.left : 0;
    }
    return sum;
}

Provisional find_provisional(const Snapshot& book, store::Connection& connection) {
    Provisional found;
    for (std::uint32_t row = 0; row < book.item_count(); ++row) {
        const auto item = book.view(ItemRow{row}, known_now);
        if (!item || (item->flags & item_flag::provisional) == 0 || item->amount == 0) continue;
        found.payments.push_back(read_payment(book, *item));
        found.payments.back().reference = connection.text(number_of_item, {item->id.value}).value_or("");
        for (const auto& part : found.payments.back().parts)
            found.on[static_cast<std::uint32_t>(part.debit)] += part.left;
    }
    std::stable_sort(found.payments.begin(), found.payments.end(),
                     [](const auto& a, const auto& b) { return a.item.issue < b.item.issue; });
    return found;
}

void plan_replacements(const Snapshot& book, Plan& plan) {
    if (!plan.provisional.payments.empty()) Replacements(book, plan).run();
}

}  // namespace countback::imports
