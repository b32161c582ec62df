#include "receivables/day_totals.h"

#include <algorithm>

#include "base/parallel.h"
#include "receivables/strands.h"

namespace countback {
namespace {

constexpr std::uint32_t chunk_days = std::tuple_size_v<DayChunk>;
constexpr std::size_t pieces_max = 8;

void add_block(DayChange& change, const BookStore& store, std::uint32_t number, const Postings& postings,
               DayChange::Sign sign) {
    const PostingBlock* block = number < postings.blocks.size() ? postings.blocks[number].get() : nullptr;
    if (block == nullptr) return;
    for (std::uint32_t place = 0; place < block->accounts(); ++place) {
        const AccountRow account{number * PostingBlock::accounts_max + place};
        const EntityId entity{store.account_entity[static_cast<std::uint32_t>(account)]};
        for (std::uint32_t part = block->first_part[place]; part < block->first_part[place + 1]; ++part)
            change.add(entity, block->strand(account, part), sign);
    }
}

void add(DaySum& to, const DaySum& one) {
    to.moved += one.moved;
    to.billed += one.billed;
    to.documents += one.documents;
    to.billings += one.billings;
}

}  // namespace

void DayChange::add(EntityId entity, const Strand& strand, Sign sign) {
    auto& chunks = rows_[{entity, strand.currency}];
    DayChunk* chunk = nullptr;
    std::uint32_t of = 0;
    const auto day_of = [&](const Posting& one) -> DaySum& {
        const std::uint32_t day = one.when & posting::day_mask;
        if (chunk == nullptr || day / chunk_days != of) {
            of = day / chunk_days;
            auto& held = chunks[of];
            if (!held) held = std::make_unique<DayChunk>();
            chunk = held.get();
        }
        return (*chunk)[day % chunk_days];
    };
    const std::int64_t factor = sign == Sign::in ? 1 : -1;
    for (const Posting& one : strand.all) {
        if ((one.when & posting::dso) != 0) day_of(one).moved += factor * one.amount;
    }
    for (const Posting& one : strand.documents) {
        DaySum& day = day_of(one);
        day.documents += static_cast<std::uint32_t>(factor);
        if ((one.when & posting::billing) == 0) continue;
        day.billings += static_cast<std::uint32_t>(factor);
        day.billed += factor * one.amount;
    }
}

void DayChange::apply_to(DayTotals& totals) const {
    for (const auto& [key, chunks] : rows_) {
        auto& row = totals.rows[key];
        for (const auto& [place, change] : chunks) {
            if (std::ranges::all_of(*change, [](const DaySum& day) { return day == DaySum{}; })) continue;
            auto& held = row[place];
            const auto fresh = std::make_shared<DayChunk>(*change);
            for (std::size_t day = 0; held && day < chunk_days; ++day)
                countback::add((*fresh)[day], (*held)[day]);
            held = fresh;
        }
    }
}

std::shared_ptr<const DayTotals> totals_of(const BookStore& store, const Postings& before,
                                           const Postings& after, std::span<const std::uint32_t> changed) {
    std::vector<DayChange> changes(std::min(changed.size(), pieces_max));
    in_parallel(changes.size(), [&](std::size_t piece) {
        for (std::size_t i = piece; i < changed.size(); i += changes.size()) {
            add_block(changes[piece], store, changed[i], before, DayChange::Sign::out);
            add_block(changes[piece], store, changed[i], after, DayChange::Sign::in);
        }
    });
    auto totals = before.totals ? std::make_shared<DayTotals>(*before.totals) : std::make_shared<DayTotals>();
    for (const DayChange& change : changes) change.apply_to(*totals);
    return totals;
}

DayTotals totals_now(const Snapshot& book) {
    StrandReader reader(book, known_now);
    DayChange change;
    for (std::uint32_t row = 0; row < book.account_count(); ++row) {
        const AccountRow account{row};
        if (reader.settled(account)) continue;
        const EntityId entity = book.entity(account);
        reader.each_settled_strand(
            account, [&](const Strand& strand) { change.add(entity, strand, DayChange::Sign::out); });
        reader.each_strand(account,
                           [&](const Strand& strand) { change.add(entity, strand, DayChange::Sign::in); });
    }
    DayTotals totals = reader.totals();
    change.apply_to(totals);
    return totals;
}

}  // namespace countback
