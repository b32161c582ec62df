// IMP-1, LED-3: allocations from a file.
// Example: F1 of 100 with 60 already allocated. A line F1, 2026-03-31, 50 is refused: only 40 is open on F1.
#include "imports/allocation_lines.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "imports/row_reader.h"

namespace countback::imports {
namespace {

constexpr int years_back = 6;
constexpr ItemType number_types[] = {ItemType::invoice, ItemType::credit_note, ItemType::payment,
                                     ItemType::misc,    ItemType::draft,       ItemType::late_fee};

std::optional<ClearingCause> cause_of(std::string_view word) {
    const std::string folded(trim(fold(word)));
    if (folded == "cash" || folded == "payment" || folded == "reglement" || folded == "paiement")
        return ClearingCause::cash;
    if (folded == "credit note" || folded == "avoir") return ClearingCause::credit_note;
    if (folded == "offset" || folded == "compensation") return ClearingCause::offset;
    if (folded == "write off" || folded == "perte" || folded == "passage en perte")
        return ClearingCause::write_off;
    if (folded == "unknown" || folded == "inconnu") return ClearingCause::unknown;
    return std::nullopt;
}

// What the ledger has settled of an item, and what lines of this file add.
struct Account {
    ItemView view;
    std::int64_t settled = 0;
    std::vector<AllocationView> unclaimed;  ///< of the ledger, not yet met by a line
    std::size_t sum = 0;                    ///< place of its account's sum in the plan
};

class AllocationRows {
public:
    AllocationRows(const ItemReading& reading, const Snapshot& book, const Perimeter& perimeter, Plan& plan)
        : columns_(reading.columns),
          book_(book),
          perimeter_(perimeter),
          plan_(plan),
          file_(*plan.file),
          row_(reading.columns, reading.formats),
          short_rows_allowed_(reading.short_rows_allowed) {}

    void read(const formats::TableRow& row) {
        ++file_.lines_read;
        row_.begin(row);
        if (short_rows_allowed_ || row_.readable_width(row)) read_line();
        if (row_.refused()) file_.refused.push_back(row_.take_refusal());
    }

private:
    void read_line() {
        const auto day = row_.date(Field::date);
        if (!day) row_.refuse(Field::date, RefusalCode::value_missing);
        Account* item = find(Field::source_id, Field::number);
        if (row_.refused() || item == nullptr) return;
        auto amount = row_.amount(Field::amount, item->view.currency);
        if (!amount) row_.refuse(Field::amount, RefusalCode::value_missing);
        if (row_.refused()) return;
        if (item->view.amount < 0) amount = std::abs(*amount);
        if (*amount <= 0) return row_.refuse(Field::amount, RefusalCode::amount_not_positive);
        plan_.allocation_sums[item->sum].in_file += *amount;
        Settlement line;
        line.item = item->view.row;
        line.amount = *amount;
        line.day = *day;
        if (!read_counter(*item, line) || !read_cause(*item, line)) return;
        place(*item, line);
    }

    bool read_counter(Account& item, Settlement& line) {
        const bool given =
            !row_.text(Field::counter_source_id).empty() || !row_.text(Field::counter_number).empty();
        if (!given) return true;
        Account* counter = find(Field::counter_source_id, Field::counter_number);
        if (counter == nullptr) return false;
        const Field field =
            row_.text(Field::counter_source_id).empty() ? Field::counter_number : Field::counter_source_id;
        const bool opposite = (counter->view.amount < 0) != (item.view.amount < 0);
        if (!opposite) row_.refuse(field, RefusalCode::item_differs);
        if (counter->view.currency != item.view.currency) row_.refuse(field, RefusalCode::currency_mismatch);
        line.counter = counter->view.row;
        line.cause = ClearingCause::link;
        return !row_.refused();
    }

    bool read_cause(const Account& item, Settlement& line) {
        if (line.counter) return true;
        const std::string_view word = row_.text(Field::cause);
        line.cause = item.view.amount > 0 ? ClearingCause::cash : ClearingCause::offset;
        if (word.empty()) return true;
        const auto cause = cause_of(word);
        if (!cause) {
            row_.refuse(Field::cause, RefusalCode::field_invalid);
            row_.add_data({{"reason", "cash, credit note, offset, write off or unknown expected"}});
        }
        line.cause = cause.value_or(line.cause);
        return cause.has_value();
    }

    void place(Account& item, const Settlement& line) {
        Account* counter = line.counter ? &accounts_.at(static_cast<std::uint32_t>(*line.counter)) : nullptr;
        Date effective = std::max(line.day, item.view.issue);
        if (counter != nullptr) effective = std::max(effective, counter->view.issue);
        if (claim(item, line, effective)) {
            ++plan_.counts.unchanged;
            plan_.allocation_sums[item.sum].known += line.amount;
            return;
        }
        for (Account* side : {&item, counter}) {
            if (side == nullptr) continue;
            const std::int64_t open = std::abs(side->view.amount) - side->settled;
            if (line.amount > open) return exceeds(line, open);
        }
        item.settled += line.amount;
        if (counter != nullptr) counter->settled += line.amount;
        plan_.settlements.push_back(line);
        ++plan_.counts.new_items;
    }

    // An equal allocation of the ledger answers for the line.
    bool claim(Account& item, const Settlement& line, Date effective) {
        const auto same =
            std::find_if(item.unclaimed.begin(), item.unclaimed.end(), [&](const AllocationView& known) {
                return known.effective == effective && known.amount == line.amount &&
                       known.counter == line.counter;
            });
        if (same == item.unclaimed.end()) return false;
        item.unclaimed.erase(same);
        return true;
    }

    std::size_t sum_of(const ItemView& item) {
        const auto [place, is_new] =
            sums_.try_emplace(key_of(item.account, item.currency), plan_.allocation_sums.size());
        if (is_new) {
            plan_.allocation_sums.push_back(
                {item.account, item.currency, file_.parties.code_of(book_.entity(item.account)), 0, 0});
        }
        return place->second;
    }

    void exceeds(const Settlement& line, std::int64_t open) {
        const auto view = book_.view(*line.item, known_now);
        const std::string_view source = row_.text(Field::source_id);
        const std::string name(source.empty() ? row_.text(Field::number) : source);
        row_.refuse(Field::amount, RefusalCode::allocation_exceeds_item);
        row_.add_data({{"amount", decimal(line.amount, view->currency)},
                       {"open", decimal(std::max<std::int64_t>(open, 0), view->currency)},
                       {"item", name}});
    }

    Account* find(Field source_field, Field number_field) {
        const std::string_view source = row_.text(source_field);
        const std::string_view number = row_.text(number_field);
        std::vector<ItemView> found;
        if (!source.empty()) add_known(found, {source, {}, ItemType::invoice, {}, 0, 0});
        if (found.empty() && !number.empty()) find_by_number(found, number);
        if (found.empty() && !number.empty()) add_known(found, {number, {}, ItemType::invoice, {}, 0, 0});
        if (found.empty()) {
            row_.refuse(source.empty() ? number_field : source_field, RefusalCode::item_unknown);
            return nullptr;
        }
        return best_of(found);
    }

    // The key holds the type and the year of issue, which the line does not say: try those that could be.
    void find_by_number(std::vector<ItemView>& found, std::string_view number) {
        const std::string_view code = row_.text(Field::entity);
        const auto entity =
            columns_.has(Field::entity) ? file_.parties.entity(code) : file_.parties.only_entity();
        const auto day = row_.date(Field::date);
        if (!entity || !day) return;
        for (int year = day->year() + 1; year >= day->year() - years_back; --year) {
            for (const ItemType type : number_types)
                add_known(found, {{}, file_.parties.entities[*entity].code, type, number, year, 0});
        }
    }

    void add_known(std::vector<ItemView>& found, const ItemKey& key) const {
        for (const ItemRow row : book_.items_with_key(hash_of(key))) {
            const auto view = book_.view(row, known_now);
            if (view && view->amount != 0 &&
                book_.admits(perimeter_, {}, {plan_.scope.as_of, known_now}, view->account))
                found.push_back(*view);
        }
    }

    // Of several items of one number: the earliest due that is still open.
    Account* best_of(std::vector<ItemView>& found) {
        std::sort(found.begin(), found.end(),
                  [](const ItemView& a, const ItemView& b) { return a.due < b.due; });
        for (const ItemView& view : found) {
            Account& account = account_of(view);
            if (account.settled < std::abs(view.amount)) return &account;
        }
        return &account_of(found.front());
    }

    Account& account_of(const ItemView& view) {
        const auto [place, is_new] = accounts_.try_emplace(static_cast<std::uint32_t>(view.row));
        if (is_new) {
            place->second.view = view;
            place->second.sum = sum_of(view);
            book_.each_allocation(view.row, known_now, [&](const AllocationView& allocation) {
                place->second.settled += allocation.amount;
                if (allocation.amount > 0) place->second.unclaimed.push_back(allocation);
            });
        }
        return place->second;
    }

    const Columns& columns_;
    const Snapshot& book_;
    const Perimeter& perimeter_;
    Plan& plan_;
    ItemFile& file_;
    RowReader row_;
    bool short_rows_allowed_;
    std::unordered_map<std::uint32_t, Account> accounts_;
    std::unordered_map<std::uint64_t, std::size_t> sums_;  ///< by account and currency
};

}  // namespace

Result<void> plan_allocations(formats::TableSource& rows, const ItemReading& reading, const Snapshot& book,
                              const Perimeter& perimeter, Plan& plan) {
    AllocationRows reader(reading, book, perimeter, plan);
    formats::TableRow row;
    while (true) {
        const auto more = rows.next(row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        reader.read(row);
    }
    plan.counts.lines = plan.file->lines_read;
    plan.counts.refused = static_cast<std::int64_t>(plan.file->refused.size());
    return {};
}

}  // namespace countback::imports
