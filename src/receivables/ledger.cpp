#include "receivables/ledger.h"

#include <algorithm>
#include <system_error>

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

constexpr std::int64_t kept_min = 100'000, kept_at_the_end_min = 20'000;

}  // namespace

Ledger::Ledger(store::Database& database, const Clock& clock, const std::filesystem::path& file)
    : database_(database), clock_(clock) {
    if (!file.empty()) {
        file_.emplace(file);
        start_from_file();
    }
    catch_up();
}

/// The file's facts are the database's when the chain of facts says the same at its fact.
void Ledger::start_from_file() {
    const auto mark = file_->read(book_, [this](const BookMark& found) {
        return database_.lease()->text(chain_at, {found.last.value}) == found.chain;
    });
    if (!mark) return;
    from_file_ = kept_ = mark->last;
    last_recorded_ = book_.snapshot().instant_of(mark->last).value();
}

std::optional<std::string> Ledger::keep(Keep when) {
    if (!file_) return std::nullopt;
    const Snapshot book = book_.snapshot();
    const std::int64_t facts = book.last_fact().value, fresh = facts - kept_.value;
    const bool at_the_end = when == Keep::at_the_end;
    if (fresh < (at_the_end ? kept_at_the_end_min : kept_min)) return std::nullopt;
    if (fresh < facts / (at_the_end ? 64 : 16)) return std::nullopt;
    const auto chain = database_.lease()->text(chain_at, {book.last_fact().value});
    ensure(chain.has_value(), "each published fact number ends a transaction");
    kept_ = book.last_fact();
    try {
        file_->write(book, {book.last_fact(), *chain});
        return std::nullopt;
    } catch (const std::system_error& failure) {
        return failure.what();
    }
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
