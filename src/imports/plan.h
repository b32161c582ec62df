// What a load would do, as plain data: what the preview shows and what apply carries out. Made by rules that
// read the file and a Snapshot, no clock, no database.
#pragma once
#include <memory>
#include <vector>

#include "imports/item_lines.h"
#include "imports/provisional.h"
#include "parties/ownership.h"
#include "receivables/book.h"

namespace countback::imports {

/// A new name and its data for the user's text `import.notice.<code>` or `import.question.<code>`.
struct Note {
    std::string code;
    std::vector<std::pair<std::string, std::string>> data;
};

struct Counts {
    std::int64_t lines = 0;
    std::int64_t new_items = 0;  ///< of a file of allocations: new allocations; of contacts: new contacts
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    std::int64_t cleared = 0;  ///< items known before that are settled by this load
    std::int64_t refused = 0;
    std::int64_t new_customers = 0;
    bool operator==(const Counts&) const = default;
};

/// Open amounts of one entity and currency, minor units at the load's as-of date (LED-5).
struct EntityTotal {
    std::string entity;
    Currency currency;
    std::int64_t in_file = 0;
    std::int64_t before = 0;
    std::int64_t after = 0;
};

/// An amount that settles an item from a day on.
struct Settlement {
    std::uint32_t line = 0;       ///< of a new item: its place in ItemFile::lines
    std::optional<ItemRow> item;  ///< of an item known before
    std::optional<ItemRow> counter;
    std::optional<std::uint32_t> counter_line;  ///< of a new credit: its place in ItemFile::lines
    std::int64_t amount = 0;                    ///< minor units, > 0
    Date day;
    ClearingCause cause = ClearingCause::cash;
    bool estimated = false;
};

/// An allocation of the ledger that the source no longer confirms.
struct Return {
    ItemRow item{};
    AllocationView allocation;
    std::int64_t amount = 0;  ///< minor units, > 0
    Date day;
};

struct Correction {
    ItemRow item{};
    std::uint32_t line = 0;
};

/// One customer or contact of a file of parties.
struct PartyLine {
    std::int64_t line = 0;
    std::uint32_t customer = 0;
    Customer texts;  ///< what the file has; empty = not said
    std::string collector, segment, risk_class;
    Contact contact;  ///< in a file of contacts
    bool changes = true;
};

/// IMP-8: a payment recorded in the product that this load replaces.
struct Replacement {
    std::size_t payment = 0;            ///< its place in Plan::provisional
    std::optional<std::uint32_t> line;  ///< the new line that brings it; none = its items are cleared
};

/// IMP-6: what the lines of a file of allocations settle with one account in one currency, and what of it the
/// ledger had before, minor units.
struct AllocationSum {
    AccountRow account{};
    Currency currency;
    std::string entity;
    std::int64_t in_file = 0;
    std::int64_t known = 0;  ///< lines that an equal allocation of the ledger answers for
};

/// One number for an account in a currency.
inline std::uint64_t key_of(AccountRow account, Currency currency) {
    return static_cast<std::uint64_t>(account) << 8U | currency.index();
}

struct LoadScope {
    ImportKind kind = ImportKind::items;
    LoadMode mode = LoadMode::delta;
    Date as_of;
    std::vector<std::string> entities;  ///< stock: narrows those of the file; empty = all of them
};

struct Plan {
    FactNo known;  ///< the ledger's last fact when it was made
    Date today;
    LoadScope scope;
    int guard_percent = 20;          ///< stock: clearing more than this asks first (IMP-3)
    std::shared_ptr<ItemFile> file;  ///< parties, lines, refusals
    std::vector<std::uint32_t> new_lines;
    std::vector<Correction> corrections;
    std::vector<Return> returns;
    std::vector<Settlement> settlements;
    std::vector<ItemRow> matched;  ///< items of the ledger that the file names, for the reconciliation
    std::vector<PartyLine> party_lines;
    Provisional provisional;                           ///< cash recorded here before this load (IMP-8)
    std::vector<Replacement> replacements;             ///< those that this load replaces
    std::vector<ItemId> unreplaced;                    ///< those that it should have replaced by now
    std::map<CustomerId, parties::OwnedFields> owned;  ///< fields that the product owns (IMP-5)
    std::vector<AllocationSum> allocation_sums;        ///< of a file of allocations, for the reconciliation
    std::vector<std::string> kept;                     ///< what the file says otherwise: "C1 name"
    std::vector<std::uint32_t> renamed;  ///< known customers whose name changes, places in the file's parties
    bool clearing_dates_given = false;   ///< the file has a column of cleared dates
    Counts counts;
    std::vector<EntityTotal> totals;
    std::vector<Note> notices;
    std::vector<Note> questions;

    bool changes_nothing() const {
        return counts.new_items == 0 && counts.changed == 0 && counts.cleared == 0 &&
               counts.new_customers == 0;
    }
};

/// IMP-1, IMP-3: the lines of an items file against the Book. Fills everything but what the parties' names
/// say. Refusals of the load itself: stock_file_older.
Result<void> plan_items(const Snapshot& book, const Perimeter& perimeter, Plan& plan);

/// IMP-3, stock: items open before and absent now, with the guard; called by plan_items.
void plan_absent(const Snapshot& book, const Perimeter& perimeter, Plan& plan);

/// IMP-8: which cash of the product this load replaces, after lines and absent items are settled as the
/// source says; called by plan_items.
void plan_replacements(const Snapshot& book, Plan& plan);

/// Fills `totals` (open amounts per entity and currency at the as-of date); called by plan_items.
void plan_totals(const Snapshot& book, Plan& plan);

/// What a line says is open on a day: its amount less what it says is settled.
std::int64_t open_in_file(const ItemLine& line, Date day);

}  // namespace countback::imports
