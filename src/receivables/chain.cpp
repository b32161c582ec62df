#include "receivables/chain.h"

#include <vector>

#include "crypto/hash.h"
#include "receivables/fact_rows.h"
#include "receivables/queries.h"

namespace countback {
namespace {

using namespace receivables;
using store::Row;

void put(std::string& bytes, char kind, std::initializer_list<std::int64_t> numbers) {
    bytes += kind;
    for (const std::int64_t number : numbers) {
        for (int shift = 0; shift < 64; shift += 8) {
            bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
        }
    }
}

struct Link {
    std::int64_t last, first;
    std::string chain;
};

/// The facts of one transaction, in the order in which they were chained; counts them.
std::string bytes_of(store::Connection& connection, const Link& link, std::int64_t& facts) {
    std::string bytes;
    const std::int64_t before = link.first - 1;
    const auto chain = [&](const auto& fact) {
        chain_fact(bytes, fact);
        ++facts;
    };
    connection.each(items_after, {before, link.last}, [&](const Row& row) { chain(read_item(row)); });
    connection.each(allocations_after, {before, link.last},
                    [&](const Row& row) { chain(read_allocation(row)); });
    connection.each(standings_after, {before, link.last}, [&](const Row& row) { chain(read_standing(row)); });
    connection.each(attributes_after, {before, link.last},
                    [&](const Row& row) { chain(read_attribute(row)); });
    connection.each(loads_after, {before, link.last}, [&](const Row& row) { chain(read_load(row)); });
    return bytes;
}

}  // namespace

void chain_fact(std::string& bytes, const ItemFact& f) {
    bytes += f.currency.code();
    put(bytes, 'i',
        {f.fact.value, f.item.value, f.customer.value, static_cast<int>(f.type), f.amount, f.issue.days(),
         f.due.days(), f.flags, static_cast<std::int64_t>(f.key), f.instalment});
}

void chain_fact(std::string& bytes, const AllocationFact& f) {
    put(bytes, 'a',
        {f.fact.value, f.item.value, f.counter.value, static_cast<int>(f.cause), f.amount, f.effective.days(),
         f.estimated ? 1 : 0, f.reverses.value});
}

void chain_fact(std::string& bytes, const StandingFact& f) {
    put(bytes, 's',
        {f.fact.value, f.standing.value, f.customer.value, f.item.value, static_cast<int>(f.kind),
         f.amount.value_or(0), f.cause.value, static_cast<int>(f.source), f.from.days(),
         f.to ? f.to->days() : 0, f.cancelled ? 1 : 0});
}

void chain_fact(std::string& bytes, const AttributeFact& f) {
    put(bytes, 't', {f.fact.value, f.customer.value, static_cast<int>(f.attribute), f.value, f.from.days()});
}

void chain_fact(std::string& bytes, const LoadFact& f) {
    put(bytes, 'l',
        {f.fact.value, f.load.value, f.entity.value, f.as_of.days(), static_cast<int>(f.mode),
         f.undone ? 1 : 0});
}

std::string next_link(const std::string& link_before, const std::string& bytes) {
    return crypto::sha256_hex(link_before + bytes);
}

ChainVerdict verify_chain(store::Database& database) {
    const auto connection = database.lease();
    std::vector<Link> links;
    connection->each(journal_links, {}, [&](const Row& row) {
        links.push_back({row.integer(0), row.integer(1), std::string(row.text(2))});
    });
    ChainVerdict verdict;
    std::string before;
    std::int64_t last = 0;
    for (const Link& link : links) {
        std::int64_t facts = 0;
        const std::string expected = next_link(before, bytes_of(*connection, link, facts));
        const bool whole = link.first == last + 1 && facts == link.last - link.first + 1;
        if (!whole || expected != link.chain) {
            verdict.broken_at = FactNo{link.last};
            return verdict;
        }
        ++verdict.transactions;
        verdict.facts += facts;
        before = link.chain;
        last = link.last;
    }
    if (last != store::last_allotted(*connection, "fact")) verdict.broken_at = FactNo{last + 1};
    return verdict;
}

}  // namespace countback
