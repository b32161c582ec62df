#include "collections/item_json.h"

#include <algorithm>
#include <array>

namespace countback::collections {

namespace {

/// The first reason that explains a delay, in the order of the waterfall (DSO-4).
std::optional<StandingKind> reason_of(const Snapshot& book, const ItemView& item, Moment moment) {
    constexpr std::array order{StandingKind::litigation, StandingKind::insolvency, StandingKind::dispute,
                               StandingKind::plan,       StandingKind::promise,    StandingKind::payment_in_progress,
                               StandingKind::proposal,   StandingKind::processing, StandingKind::stop};
    std::size_t best = order.size();
    book.each_standing(item.account, moment.known_at, [&](const StandingView& standing) {
        if (!standing.holds_on(moment.as_of) || (standing.item && *standing.item != item.row)) return;
        const auto place = std::find(order.begin(), order.end(), standing.kind) - order.begin();
        best = std::min(best, static_cast<std::size_t>(place));
    });
    return best == order.size() ? std::nullopt : std::optional(order[best]);
}

json::array flags_json(const Snapshot& book, const ItemView& item, Moment moment) {
    json::array flags;
    if ((item.flags & item_flag::due_before_issue) != 0) flags.emplace_back("due_before_issue");
    if ((item.flags & item_flag::negative_invoice) != 0) flags.emplace_back("negative_invoice");
    if ((item.flags & item_flag::due_from_terms) != 0) flags.emplace_back("derived_due_date");
    if (item.version.value != item.id.value) flags.emplace_back("changed");
    if (item.issue > moment.as_of) flags.emplace_back("future");
    bool estimated = false;
    book.each_allocation(item.row, moment.known_at, [&](const AllocationView& one) { estimated |= one.estimated; });
    if (estimated) flags.emplace_back("estimated_clearing");
    return flags;
}

}  // namespace

std::string_view name_of(ItemType type) {
    constexpr std::array<std::string_view, 8> names{"",      "invoice", "credit_note", "payment",
                                                    "misc",  "draft",   "late_fee",    "down_payment_request"};
    return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(StandingKind kind) {
    constexpr std::array<std::string_view, 10> names{"",         "processing", "promise",             "plan", "dispute",
                                                     "litigation", "proposal", "payment_in_progress", "stop", "insolvency"};
    return names[static_cast<std::size_t>(kind)];
}

json::object item_row_json(const Snapshot& book, const ItemView& item, Moment moment, PageNames& names) {
    const std::int64_t open = book.open(item, moment);
    const auto reason = reason_of(book, item, moment);
    return {{"id", item.id.value},
            {"number", names.item_number(item.id)},
            {"type", name_of(item.type)},
            {"customer", names.customer_json(book.customer(item.account))},
            {"entity", names.entity_json(book.entity(item.account))},
            {"issue_date", item.issue.iso()},
            {"due_date", item.due.iso()},
            {"days_late", open > 0 ? std::max(0, moment.as_of - item.due) : 0},
            {"amount", decimal(item.amount, item.currency)},
            {"open", decimal(open, item.currency)},
            {"currency", item.currency.code()},
            {"reason", reason ? json::value(name_of(*reason)) : json::value(nullptr)},
            {"flags", flags_json(book, item, moment)}};
}

}  // namespace countback::collections
