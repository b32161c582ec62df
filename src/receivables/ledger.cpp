#include "receivables/ledger.h"

#include <algorithm>

#include "base/ensure.h"
#include "crypto/hash.h"
#include "receivables/chain.h"
#include "receivables/fact_rows.h"
#include "receivables/flush.h"
#include "receivables/queries.h"

namespace countback {
namespace {

using namespace receivables;
using store::Row;

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
    book_.settle();
}

void Ledger::read_facts_after(store::Connection& connection, FactNo known) {
    const std::int64_t last = known_now.value;
    connection.each(attributes_after, {known.value, last},
                    [&](const Row& row) { book_.append(read_attribute(row)); });
    connection.each(items_after, {known.value, last}, [&](const Row& row) { book_.append(read_item(row)); });
    connection.each(allocations_after, {known.value, last},
                    [&](const Row& row) { book_.append(read_allocation(row)); });
    connection.each(standings_after, {known.value, last},
                    [&](const Row& row) { book_.append(read_standing(row)); });
    connection.each(loads_after, {known.value, last}, [&](const Row& row) { book_.append(read_load(row)); });
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
    const std::string chain = next_link(before, flush.chained_bytes());
    connection->run(add_journal, {last.value, first.value, recorded.micros,
                                  author.user ? store::Value(author.user.value) : store::Value(nullptr),
                                  author.source, chain});
    if (auto done = flush.run_steps(first); !done) return tl::unexpected(std::move(done.error()));
    transaction.commit();

    flush.append_to(book_);
    book_.publish(last, recorded);
    last_recorded_ = recorded;
    book_.settle();
    return last;
}

}  // namespace countback
