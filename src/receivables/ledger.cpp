#include "receivables/ledger.h"

#include <algorithm>

#include "base/ensure.h"
#include "crypto/hash.h"
#include "receivables/flush.h"
#include "receivables/queries.h"

namespace countback {
namespace {

using namespace receivables;
using store::Row;

std::optional<Date> day_or_none(const Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return Date(static_cast<std::int32_t>(row.integer(column)));
}

Date day(const Row& row, int column) { return Date(static_cast<std::int32_t>(row.integer(column))); }

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

}  // namespace

Ledger::Ledger(store::Database& database, const Clock& clock) : database_(database), clock_(clock) {
    catch_up();
}

void Ledger::catch_up() {
    const std::lock_guard lock(writer_);
    const auto connection = database_.lease();
    if (FactNo{store::last_allotted(*connection, "fact")} == book_.snapshot().last_fact()) return;
    store::Transaction transaction(*connection);  // facts of one commit are seen together
    read_facts_after(*connection, book_.snapshot().last_fact());
    transaction.commit();
}

void Ledger::read_facts_after(store::Connection& connection, FactNo known) {
    connection.each(attributes_after, {known.value},
                    [&](const Row& row) { book_.append(read_attribute(row)); });
    connection.each(items_after, {known.value}, [&](const Row& row) { book_.append(read_item(row)); });
    connection.each(allocations_after, {known.value},
                    [&](const Row& row) { book_.append(read_allocation(row)); });
    connection.each(standings_after, {known.value},
                    [&](const Row& row) { book_.append(read_standing(row)); });
    connection.each(loads_after, {known.value}, [&](const Row& row) { book_.append(read_load(row)); });
    connection.each(journal_after, {known.value}, [&](const Row& row) {
        last_recorded_ = Instant{row.integer(1)};
        book_.publish(FactNo{row.integer(0)}, last_recorded_);
    });
}

Result<FactNo> Ledger::write(const Author& author, const std::function<Result<void>(Writing&)>& decide) {
    const std::lock_guard lock(writer_);
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    if (FactNo{store::last_allotted(*connection, "fact")} != book_.snapshot().last_fact()) {
        read_facts_after(*connection, book_.snapshot().last_fact());
    }
    Writing writing(*connection, book_.snapshot());
    if (auto decided = decide(writing); !decided) return tl::unexpected(std::move(decided.error()));
    Flush flush(writing);
    if (flush.empty()) {
        transaction.commit();
        return book_.snapshot().last_fact();
    }
    if (auto checked = flush.check(); !checked) return tl::unexpected(std::move(checked.error()));

    const FactNo first{store::allot(*connection, "fact", flush.count())};
    const FactNo last{first.value + flush.count() - 1};
    ensure(first.value == book_.snapshot().last_fact().value + 1, "fact numbers have no gap");
    flush.number(first);
    flush.insert();
    const Instant recorded = std::max(clock_.now(), last_recorded_);
    const std::string before = connection->text(last_chain).value_or("");
    const std::string chain = crypto::sha256_hex(before + flush.chained_bytes());
    connection->run(add_journal, {last.value, first.value, recorded.micros,
                                  author.user ? store::Value(author.user.value) : store::Value(nullptr),
                                  author.source, chain});
    if (auto done = flush.run_steps(first); !done) return tl::unexpected(std::move(done.error()));
    transaction.commit();

    flush.append_to(book_);
    book_.publish(last, recorded);
    last_recorded_ = recorded;
    return last;
}

}  // namespace countback
