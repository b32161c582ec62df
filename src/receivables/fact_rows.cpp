#include "receivables/fact_rows.h"

#include "base/ensure.h"

namespace countback::receivables {
namespace {

using store::Row;

std::optional<Date> day_or_none(const Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return Date(static_cast<std::int32_t>(row.integer(column)));
}

Date day(const Row& row, int column) { return Date(static_cast<std::int32_t>(row.integer(column))); }

}  // namespace

ItemFact read_item(const Row& row) {
    ItemFact fact;
    fact.fact = FactNo{row.integer(0)};
    fact.item = ItemId{row.integer(1)};
    fact.customer = CustomerId{row.integer(2)};
    fact.type = static_cast<ItemType>(row.integer(3));
    const auto currency = Currency::parse(row.text(4));
    ensure(currency.has_value(), "a recorded currency is listed");
    fact.currency = *currency;
    fact.amount = row.integer(5);
    fact.issue = day(row, 6);
    fact.due = day(row, 7);
    fact.flags = static_cast<std::uint32_t>(row.integer(8));
    fact.key = static_cast<std::uint64_t>(row.integer(9));
    fact.instalment = static_cast<int>(row.integer(10));
    return fact;
}

AllocationFact read_allocation(const Row& row) {
    AllocationFact fact;
    fact.fact = FactNo{row.integer(0)};
    fact.item = ItemId{row.integer(1)};
    fact.counter = ItemId{row.integer(2)};
    fact.cause = static_cast<ClearingCause>(row.integer(3));
    fact.amount = row.integer(4);
    fact.effective = day(row, 5);
    fact.estimated = row.integer(6) != 0;
    fact.reverses = FactNo{row.integer(7)};
    return fact;
}

StandingFact read_standing(const Row& row) {
    StandingFact fact;
    fact.fact = FactNo{row.integer(0)};
    fact.standing = StandingId{row.integer(1)};
    fact.customer = CustomerId{row.integer(2)};
    fact.item = ItemId{row.integer(3)};
    fact.kind = static_cast<StandingKind>(row.integer(4));
    if (!row.is_null(5)) fact.amount = row.integer(5);
    fact.cause = LabelId{row.integer(6)};
    fact.source = static_cast<StandingSource>(row.integer(7));
    fact.from = day(row, 8);
    fact.to = day_or_none(row, 9);
    fact.cancelled = row.integer(10) != 0;
    return fact;
}

AttributeFact read_attribute(const Row& row) {
    return {FactNo{row.integer(0)}, CustomerId{row.integer(1)}, static_cast<Attribute>(row.integer(2)),
            row.integer(3), day(row, 4)};
}

LoadFact read_load(const Row& row) {
    return {FactNo{row.integer(0)},
            LoadId{row.integer(1)},
            EntityId{row.integer(2)},
            day(row, 3),
            static_cast<LoadMode>(row.integer(4)),
            row.integer(5) != 0};
}

}  // namespace countback::receivables
