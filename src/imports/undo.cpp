// IMP-4: a load undone as a whole, by counter-facts, with the texts it changed; refused while something later
// stands on what it made. A later load that was undone, and what undid it, say nothing.
//
// Example: a file brings F1 of 100, a file of allocations settles 40, a full file settles the other 60. The
// file of allocations can be undone once the full file is.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "imports/before_load.h"
#include "imports/folder_turn.h"
#include "imports/queries.h"
#include "imports/reachability.h"
#include "imports/service.h"
#include "receivables/corrections.h"

namespace countback::imports {
namespace {

std::vector<FactRange> undone_after(store::Connection& connection, LoadId load) {
    std::vector<FactRange> ranges;
    connection.each(undone_facts, {load.value}, [&](const store::Row& row) {
        ranges.push_back({FactNo{row.integer(0)}, FactNo{row.integer(1)}});
    });
    return ranges;
}

std::set<std::uint32_t> items_of(const Snapshot::Recorded& recorded) {
    std::set<std::uint32_t> items;
    for (const auto& [item, fact] : recorded.versions) items.insert(static_cast<std::uint32_t>(item));
    for (const auto& [item, allocation] : recorded.allocations) {
        items.insert(static_cast<std::uint32_t>(item));
        if (allocation.counter) items.insert(static_cast<std::uint32_t>(*allocation.counter));
    }
    return items;
}

// A later word on the same attribute of the same account from the same day on would be lost.
bool attributes_said_again(const Snapshot& book, const Snapshot::Recorded& recorded, FactNo last,
                           std::span<const FactRange> undone) {
    using Said = std::tuple<std::uint32_t, Attribute, Date>;
    const auto is_own = [](Attribute attribute) {
        return attribute != Attribute::entity && attribute != Attribute::no_contact;
    };
    std::set<Said> said;
    for (const auto& [account, fact] : recorded.attributes) {
        if (is_own(fact.attribute))
            said.insert({static_cast<std::uint32_t>(account), fact.attribute, fact.from});
    }
    if (said.empty()) return false;
    for (const auto& [account, fact] : book.recorded(FactNo{last.value + 1}, book.last_fact()).attributes) {
        const bool void_ =
            std::any_of(undone.begin(), undone.end(),
                        [&, number = fact.fact](const auto& range) { return range.has(number); });
        if (!void_ && said.contains({static_cast<std::uint32_t>(account), fact.attribute, fact.from}))
            return true;
    }
    return false;
}

bool is_depended_on(const Snapshot& book, store::Connection& connection, const LoadRecord& load) {
    if (texts_changed_later(connection, load.id)) return true;
    if (load.last_fact == book.last_fact()) return false;
    const auto undone = undone_after(connection, load.id);
    const auto recorded = book.recorded(load.first_fact, load.last_fact);
    for (const std::uint32_t item : items_of(recorded)) {
        if (has_later_facts(book, ItemRow{item}, load.last_fact, undone)) return true;
    }
    return attributes_said_again(book, recorded, load.last_fact, undone);
}

Refusal not_undoable(const LoadRecord& load, const char* reason) {
    return {RefusalCode::load_not_undoable, {{"load", std::to_string(load.id.value)}, {"reason", reason}}};
}

}  // namespace

std::optional<Refusal> Imports::why_not_undone(const LoadRecord& load) {
    if (load.undone) return not_undoable(load, "undone");
    const auto connection = ledger_.database().lease();
    if (is_depended_on(ledger_.book(), *connection, load)) return not_undoable(load, "later");
    return std::nullopt;
}

Result<void> Imports::write_undo(Writing& writing, const LoadRecord& load, const std::string& reason) {
    store::Connection& connection = writing.connection();
    if (is_depended_on(writing.book(), connection, load)) return tl::unexpected(not_undoable(load, "later"));
    const auto undone = undone_after(connection, load.id);
    if (auto done = undo_facts(writing, load.first_fact, load.last_fact, undone); !done) return done;
    for (const LoadView& view : writing.book().loads(known_now)) {
        if (view.load == load.id)
            writing.add(LoadFact{{}, load.id, view.entity, view.as_of, view.mode, true});
    }
    const Date today = ledger_.clock().today();
    std::map<CustomerId, Date> reached;
    for (const CustomerId customer : restore_texts(connection, load.id))
        reached.emplace(customer, load.as_of);
    for (const auto& [account, fact] : writing.book().recorded(load.first_fact, load.last_fact).attributes) {
        if (fact.attribute == Attribute::no_contact) reached.emplace(fact.customer, fact.from);
    }
    for (const auto& [customer, day] : reached) say_reachability(writing, customer, {day, today});
    connection.run(forget_replacements, {load.id.value});
    writing.then([&connection, &reason, id = load.id,
                  at = ledger_.clock().now().micros](const Numbers& numbers) -> Result<void> {
        const FactNo first_of_this_writing{-1};
        connection.run(mark_import_undone, {id.value, at, reason, numbers(first_of_this_writing).value});
        return {};
    });
    return {};
}

Result<LoadReport> Imports::undo(const Sender& sender, LoadId id, const std::string& reason) {
    if (trim(reason).empty()) return refuse(RefusalCode::reason_missing);
    const auto load = find_load(id);
    if (!load) return refuse(RefusalCode::not_found, {{"what", "load"}});
    if (load->undone) return tl::unexpected(*why_not_undone(*load));
    const std::unique_lock turn(loading_, std::try_to_lock);
    const FolderTurn folder_turn(folder_);
    if (!turn.owns_lock() || !folder_turn.held()) return refuse(RefusalCode::load_in_progress);
    const auto written = ledger_.write({sender.user, sender.source},
                                       [&](Writing& writing) { return write_undo(writing, *load, reason); });
    if (!written) return tl::unexpected(written.error());
    return report(id);
}

}  // namespace countback::imports
