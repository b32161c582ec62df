#include "receivables/ledger.h"

#include <algorithm>
#include <future>
#include <system_error>
#include <variant>

#include "base/ensure.h"
#include "crypto/hash.h"
#include "receivables/chain.h"
#include "receivables/fact_rows.h"
#include "receivables/flush.h"
#include "receivables/queries.h"
#include "store/news.h"

namespace countback {
namespace {

using namespace receivables;
using store::Row;

using Fact = std::variant<AttributeFact, ItemFact, AllocationFact, StandingFact, LoadFact>;

/// By kind, in the order in which the Book takes them.
template <class Take>
void each_fact_after(store::Connection& connection, FactNo known, const Take& take) {
    const auto rows = [&](const store::Sql& sql, const auto& read) {
        connection.each(sql, {known.value, known_now.value}, [&](const Row& row) { take(read(row)); });
    };
    rows(attributes_after, read_attribute);
    rows(items_after, read_item);
    rows(allocations_after, read_allocation);
    rows(standings_after, read_standing);
    rows(loads_after, read_load);
}

constexpr std::int64_t kept_min = 100'000, kept_at_the_end_min = 20'000;

}  // namespace

Ledger::Ledger(store::Database& database, const Clock& clock, const std::filesystem::path& file)
    : database_(database), clock_(clock) {
    if (!file.empty()) {
        file_.emplace(file);
        start_from_file();
    }
    catch_up();
    open_ = true;
}

/// The file's facts are the database's when the chain of facts says the same at its fact.
void Ledger::start_from_file() {
    const auto mark = file_->read(book_, [this](const BookMark& found) {
        return database_.lease()->text(chain_at, {found.last.value}) == found.chain;
    });
    if (!mark) return;
    from_file_ = kept_ = mark->last;
    chain_ = mark->chain;
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
    if (is_current(*connection)) return;
    const store::Reading reading(*connection);  // facts of one commit are seen together
    read_newer_facts(*connection);
    book_.settle();
}

bool Ledger::is_current(store::Connection& connection) const {
    const FactNo known = book_.snapshot().last_fact();
    const FactNo last{store::last_allotted(connection, "fact")};
    const bool ours = !known || connection.text(chain_at, {known.value}) == chain_;
    if (last < known || !ours) throw SetBack();
    return last == known;
}

/// Whole or not at all: a connection that is lost half way leaves the Book as it was. Only at the start, when
/// nobody has it yet, it takes facts as they come.
void Ledger::read_newer_facts(store::Connection& connection) {
    const FactNo known = book_.snapshot().last_fact();
    const auto append = [this](const auto& fact) { book_.append(fact); };
    std::vector<Fact> facts;
    if (open_) {
        each_fact_after(connection, known, [&](const auto& fact) { facts.emplace_back(fact); });
    } else {
        each_fact_after(connection, known, append);
    }
    std::vector<std::pair<FactNo, Instant>> commits;
    connection.each(journal_after, {known.value}, [&](const Row& row) {
        commits.emplace_back(FactNo{row.integer(0)}, Instant{row.integer(1)});
    });
    std::string chain = connection.text(last_chain).value_or("");
    for (const Fact& fact : facts) std::visit(append, fact);
    for (const auto& [last, at] : commits) book_.publish(last, at);
    if (!commits.empty()) last_recorded_ = commits.back().second;
    chain_ = std::move(chain);
}

/// A large writing is checked and chained by a second processor while its rows go in: a refusal rolls them
/// back.
Result<std::string> Ledger::insert_proved(const Flush& flush) const {
    constexpr std::int64_t large = 10'000;
    const auto prove = [&]() -> Result<std::string> {
        if (auto checked = flush.check(); !checked) return tl::unexpected(std::move(checked.error()));
        return next_link(chain_, flush.chained_bytes());
    };
    if (flush.count() < large) {
        auto link = prove();
        if (link) flush.insert();
        return link;
    }
    auto link = std::async(std::launch::async, prove);
    flush.insert();
    return link.get();
}

Result<FactNo> Ledger::write(const Author& author, const std::function<Result<void>(Writing&)>& decide) {
    const std::lock_guard lock(writer_);
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    store::hold(*connection, "fact");  // another server's facts come before or after this writing
    if (!is_current(*connection)) read_newer_facts(*connection);
    Writing writing(*connection, book_.snapshot());
    if (auto decided = decide(writing); !decided) return tl::unexpected(std::move(decided.error()));
    Flush flush(writing);
    if (flush.empty()) {
        transaction.commit();
        return book_.snapshot().last_fact();
    }
    const FactNo first{store::allot(*connection, "fact", flush.count())};
    const FactNo last{first.value + flush.count() - 1};
    ensure(first.value == book_.snapshot().last_fact().value + 1, "fact numbers have no gap");
    flush.number(first);
    const auto chain = insert_proved(flush);
    if (!chain) return tl::unexpected(chain.error());
    const Instant recorded = std::max(clock_.now(), last_recorded_);
    connection->run(add_journal, {last.value, first.value, recorded.micros,
                                  author.user ? store::Value(author.user.value) : store::Value(nullptr),
                                  author.source, *chain});
    if (auto done = flush.run_steps(first); !done) return tl::unexpected(std::move(done.error()));
    store::tell_news(*connection);
    transaction.commit();

    flush.append_to(book_);
    book_.publish(last, recorded);
    last_recorded_ = recorded;
    chain_ = *chain;
    book_.settle();
    return last;
}

}  // namespace countback
