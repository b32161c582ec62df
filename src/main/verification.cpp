#include "main/verification.h"

#include <fmt/format.h>

#include <stdexcept>

#include "access/audit.h"
#include "base/row_hash.h"
#include "receivables/chain.h"
#include "receivables/strands.h"

namespace countback {

namespace {

constexpr store::Sql structure{"main_structure_check", "pragma quick_check"};

void check_structure(store::Connection& connection, Verification& found) {
    if (connection.postgresql()) return;
    const auto answer = connection.text(structure);
    if (answer == "ok") {
        found.good.push_back("The database file is sound.");
    } else {
        found.bad.push_back("The database file is damaged: " + answer.value_or("no answer") + ".");
    }
}

void check_facts(store::Database& database, Verification& found) {
    const ChainVerdict facts = verify_chain(database);
    if (facts.broken_at) {
        found.bad.push_back(
            fmt::format("The facts do not fit their chain from fact {} on.", facts.broken_at.value));
    } else {
        found.good.push_back(fmt::format("The chain of facts is whole: {} facts in {} transactions.",
                                         facts.facts, facts.transactions));
    }
}

void check_audit(store::Connection& connection, Verification& found) {
    const auto audit = access::verify_audit(connection);
    if (audit.broken_at) {
        found.bad.push_back(fmt::format("The audit log does not fit from line {} on.", *audit.broken_at));
    } else {
        found.good.push_back(fmt::format("The audit log is whole: {} lines, the last sealed {}.", audit.lines,
                                         audit.last_hash.substr(0, 16)));
    }
}

/// What figures over everything are drawn from, in one number: each item with what stays open of it after
/// every fact, through the lists, and each posting.
class Digest {
public:
    explicit Digest(const Snapshot& book) : book_(book), postings_(book, known_now) {
        book.each_account(Perimeter::whole(), {}, after_all_, [&](AccountRow account) { add(account); });
    }
    friend bool operator==(const Digest& one, const Digest& other) { return one.sum_ == other.sum_; }

private:
    void add(AccountRow account) {
        book_.each_item(account, known_now, [&](const ItemView& item) {
            add({item.id.value, item.amount, item.issue.days(), item.due.days(),
                 book_.open(item, after_all_)});
        });
        postings_.each_strand(account, [&](const Strand& strand) {
            for (const Posting& one : strand.all)
                add({static_cast<std::int64_t>(account), one.when, one.due, one.amount});
        });
    }
    /// Whatever the order: neighbours of one day have none.
    void add(std::initializer_list<std::int64_t> row) {
        std::uint64_t hash = row.size();
        for (const std::int64_t value : row) hash = mixed(hash, static_cast<std::uint64_t>(value));
        sum_ += hash;
    }

    const Moment after_all_{*Date::of(2258, 1, 1)};
    const Snapshot& book_;
    StrandReader postings_;
    std::uint64_t sum_ = 0;
};

}  // namespace

void check_book(Company& company, Verification& found) {
    const Snapshot book = company.ledger().book();
    const FactNo from_file = company.ledger().from_file();
    if (from_file) {
        Ledger again(company.database(), company.clock());
        const Snapshot read = again.book();
        if (!(Digest(read) == Digest(book)))
            found.bad.push_back("book.snapshot does not agree with the facts: delete it and start again.");
        else
            found.good.push_back(fmt::format("The Book's file is true to the facts it was made of (fact {}).",
                                             from_file.value));
    }
    found.good.push_back(fmt::format("The ledger was read again: {} items, {} allocations.",
                                     book.item_count(), book.allocation_count()));
}

void tell_or_throw(const Verification& found, std::string_view otherwise) {
    for (const std::string& sentence : found.good) fmt::print("{}\n", sentence);
    if (!found.bad.empty()) throw std::runtime_error(fmt::format("{} {}", found.bad.front(), otherwise));
}

Verification verify_database(store::Database& database) {
    Verification found;
    const auto connection = database.lease();
    check_structure(*connection, found);
    check_facts(database, found);
    check_audit(*connection, found);
    return found;
}

}  // namespace countback
