// IMP-1, IMP-3, IMP-7: each line of an items file against the ledger.
//
//   no item under its key          → new; settled on its cleared date, or down to its remaining amount
//   same amount, dates, flags      → unchanged
//   anything else                  → a new version (LED-4)
//   cleared date, or less remaining, than the ledger has → settled by the difference
//   not cleared any more, or more remaining              → taken back from the as-of date on
//
// Example: the ledger has F1 of 100, open. A line F1, 100, remaining 40, as of 31 Mar settles 60 on 31 Mar
// (date estimated, cause unknown). A later line with remaining 100 takes those 60 back.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "imports/plan.h"
#include "imports/room_by_day.h"
#include "receivables/corrections.h"

namespace countback::imports {
namespace {

constexpr std::uint32_t compared_flags = item_flag::sales | item_flag::opening_balance |
                                         item_flag::due_before_issue | item_flag::negative_invoice |
                                         item_flag::undone;

ClearingCause cause_of_cleared(std::int64_t amount) {
    return amount > 0 ? ClearingCause::cash : ClearingCause::offset;
}

// A clearing that a load wrote because the source said so, not one between two known items.
bool is_own_clearing(const AllocationView& allocation) { return !allocation.counter; }

class Matching {
public:
    Matching(const Snapshot& book, const Perimeter& perimeter, Plan& plan)
        : book_(book), perimeter_(perimeter), plan_(plan), file_(*plan.file) {}

    void run() {
        add_up_ledger();
        find_instalments();
        for (std::uint32_t at = 0; at < file_.lines.size(); ++at) {
            if (!in_scope(file_.lines[at])) {
                ++out_of_scope_;
            } else if (file_.lines[at].instalment > 0 && !file_.lines[at].number.empty() &&
                       groups_.contains(file_.lines[at].key)) {
                continue;
            } else {
                match({&at, 1});
            }
        }
        for (const auto& [key, group] : groups_) match(group);
        std::sort(plan_.new_lines.begin(), plan_.new_lines.end());
        std::sort(file_.refused.begin(), file_.refused.end(),
                  [](const RefusedLine& a, const RefusedLine& b) { return a.line < b.line; });
        if (out_of_scope_ > 0)
            plan_.notices.push_back({"lines_out_of_scope", {{"count", std::to_string(out_of_scope_)}}});
    }

private:
    void add_up_ledger() {
        for (std::uint32_t row = 0; row < book_.item_count(); ++row) {
            const auto view = book_.view(ItemRow{row}, known_now);
            if (view) gross_ += std::min(std::abs(view->amount), gross_total_max - gross_);
        }
    }

    // LED-1: false when the amounts of ledger and file together would be more than can be added up.
    bool adds_up(std::int64_t more) {
        if (more > gross_total_max - gross_) return false;
        gross_ += more;
        return true;
    }

    bool in_scope(const ItemLine& line) const {
        const auto& scope = plan_.scope.entities;
        if (plan_.scope.mode != LoadMode::stock || scope.empty()) return true;
        const std::string& code = file_.parties.entities[file_.parties.customers[line.customer].entity].code;
        return std::find(scope.begin(), scope.end(), code) != scope.end();
    }

    // Lines that settle_groups made instalments share a key; they are matched together.
    void find_instalments() {
        for (std::uint32_t at = 0; at < file_.lines.size(); ++at) {
            const ItemLine& line = file_.lines[at];
            if (line.instalment > 0 && in_scope(line)) groups_[line.key].push_back(at);
        }
        std::erase_if(groups_, [](const auto& entry) { return entry.second.size() < 2; });
    }

    // The ledger's items under a key, those of the same entity only.
    std::vector<ItemView> candidates(const ItemLine& line) const {
        std::vector<ItemView> found;
        const FileEntity& entity = file_.parties.entities[file_.parties.customers[line.customer].entity];
        if (!entity.id) return found;
        for (const ItemRow row : book_.items_with_key(line.key)) {
            const auto view = book_.view(row, known_now);
            if (!view || book_.entity(view->account) != entity.id) continue;
            if (line.source_id.empty() &&
                (view->type != line.type || view->issue.year() != line.issue.year()))
                continue;
            found.push_back(*view);
        }
        std::sort(found.begin(), found.end(),
                  [](const ItemView& a, const ItemView& b) { return a.due < b.due; });
        return found;
    }

    void match(std::span<const std::uint32_t> lines) {
        std::vector<ItemView> known = candidates(file_.lines[lines.front()]);
        if (known.empty()) {
            for (const std::uint32_t at : lines) add_new(at);
            return;
        }
        std::vector<std::uint32_t> rest;
        for (const std::uint32_t at : lines) {
            const auto same_due = std::find_if(known.begin(), known.end(), [&](const ItemView& view) {
                return view.due == file_.lines[at].due;
            });
            if (same_due == known.end()) {
                rest.push_back(at);
                continue;
            }
            compare(at, *same_due);
            known.erase(same_due);
        }
        std::sort(rest.begin(), rest.end(), [this](std::uint32_t a, std::uint32_t b) {
            return file_.lines[a].due < file_.lines[b].due;
        });
        for (std::size_t i = 0; i < rest.size(); ++i) {
            if (i < known.size()) {
                compare(rest[i], known[i]);
            } else {
                add_new(rest[i]);
            }
        }
    }

    void add_new(std::uint32_t at) {
        const ItemLine& line = file_.lines[at];
        if (!admitted(line)) return refuse(at, RefusalCode::customer_unknown);
        if (!adds_up(std::abs(line.amount))) return refuse(at, RefusalCode::field_invalid);
        plan_.new_lines.push_back(at);
        ++plan_.counts.new_items;
        settle_to_target(at, std::nullopt, 0);
    }

    // A customer known before may lie outside the caller's portfolio.
    bool admitted(const ItemLine& line) const {
        const CustomerId customer = file_.parties.customers[line.customer].id;
        if (!customer || perimeter_.all_collectors) return true;
        const auto account = book_.account(customer);
        return !account || book_.admits(perimeter_, {}, {plan_.scope.as_of, known_now}, *account);
    }

    // IMP-5: a due date that a person set stands.
    void keep_due_date(ItemLine& line, const ItemView& view) {
        if ((view.flags & item_flag::due_set_here) == 0) return;
        if (line.due != view.due) plan_.kept.push_back(std::string(line.number) + " due_date");
        line.due = view.due;
        line.flags &= ~(item_flag::due_from_terms | item_flag::due_before_issue);
        line.flags |= item_flag::due_set_here;
        if (line.due < line.issue) line.flags |= item_flag::due_before_issue;
    }

    void compare(std::uint32_t at, const ItemView& view) {
        ItemLine& line = file_.lines[at];
        const CustomerId customer = file_.parties.customers[line.customer].id;
        if (!admitted(line)) return refuse(at, RefusalCode::customer_unknown);
        const bool turned = view.amount != 0 && (view.amount < 0) != (line.amount < 0);
        if (view.type != line.type || view.currency != line.currency || turned ||
            book_.customer(view.account) != customer) {
            return refuse(at, RefusalCode::item_differs);
        }
        if (!adds_up(std::max<std::int64_t>(std::abs(line.amount) - std::abs(view.amount), 0)))
            return refuse(at, RefusalCode::field_invalid);
        plan_.matched.push_back(view.row);
        keep_due_date(line, view);
        const bool corrected = view.amount != line.amount || view.issue != line.issue ||
                               view.due != line.due || ((view.flags ^ line.flags) & compared_flags) != 0;
        const std::int64_t settled_before = settled(view);
        if (corrected) plan_.corrections.push_back({view.row, at});
        const std::size_t changes_before = plan_.settlements.size() + plan_.returns.size();
        // A moved issue date or a lowered amount already says its allocations again (LED-3); the next load
        // settles what then still differs, and the reconciliation shows it.
        returns_allowed_ = view.issue == line.issue && settled_before <= std::abs(line.amount);
        const std::int64_t still_settled = std::min(settled_before, std::abs(line.amount));
        corrected_ = corrected;
        settle_to_target(at, view, still_settled);
        count(view, line, settled_before,
              corrected || plan_.settlements.size() + plan_.returns.size() != changes_before);
    }

    void count(const ItemView& view, const ItemLine& line, std::int64_t settled_before, bool changed) {
        const bool returned = (view.flags & item_flag::undone) != 0;
        const bool was_open = settled_before < std::abs(view.amount);
        std::int64_t settles = 0;
        for (std::size_t i = plan_.settlements.size(); i-- > 0 && plan_.settlements[i].item == view.row;)
            settles += plan_.settlements[i].amount;
        const bool cleared = was_open && settles > 0 && settled_before + settles == std::abs(line.amount);
        ++(!changed   ? plan_.counts.unchanged
           : returned ? plan_.counts.new_items
           : cleared  ? plan_.counts.cleared
                      : plan_.counts.changed);
    }

    // Without cash that only the product knows of (IMP-8): the source cannot have counted it.
    std::int64_t settled(const ItemView& view) const {
        std::int64_t sum = -plan_.provisional.settles(view.row);
        book_.each_allocation(view.row, known_now,
                              [&](const AllocationView& allocation) { sum += allocation.amount; });
        return sum;
    }

    // Brings what is settled to what the line says. Nothing said = nothing done, but an item that a full file
    // brings back after its clearing by absence is open again.
    void settle_to_target(std::uint32_t at, const std::optional<ItemView>& view, std::int64_t settled_now) {
        const ItemLine& line = file_.lines[at];
        const std::int64_t whole = std::abs(line.amount);
        if (line.cleared) {
            if (view && moved_cleared_date(line, *view, whole, settled_now)) settled_now = 0;
            if (settled_now < whole)
                settle(at, view, {whole, whole - settled_now}, *line.cleared, cause_of_cleared(line.amount));
            return;
        }
        if (line.remaining) {
            const std::int64_t target = whole - std::abs(*line.remaining);
            if (settled_now < target)
                settle(at, view, {target, target - settled_now}, plan_.scope.as_of, ClearingCause::unknown);
            if (view && settled_now > target) take_back(*view, settled_now - target);
            return;
        }
        if (view && settled_now > 0) take_back_own(*view, whole, settled_now);
    }

    struct Wanted {
        std::int64_t target = 0;   ///< settled in the end, minor units
        std::int64_t missing = 0;  ///< of it, > 0
    };

    // On the days on which the item's own history leaves room (LED-3). What a correction makes of that
    // history is not known yet: then on the last day of it, where all that is missing fits.
    void settle(std::uint32_t at, const std::optional<ItemView>& view, Wanted wanted, Date day,
                ClearingCause cause) {
        std::vector<DayAmount> parts{{day, wanted.missing}};
        if (view) {
            const auto settled = settled_by_day(book_, plan_, view->row);
            if (!corrected_) {
                const Date first = std::max(day, file_.lines[at].issue);
                parts = settlements_to(settled, first, wanted.target);
                if (!parts.empty() && parts.front().day == first) parts.front().day = day;
            } else if (!settled.empty()) {
                parts.front().day = std::max(day, settled.back().day);
            }
        }
        for (const DayAmount& part : parts) {
            Settlement settlement;
            settlement.line = at;
            if (view) settlement.item = view->row;
            settlement.amount = part.amount;
            settlement.day = part.day;
            settlement.cause = cause;
            settlement.estimated = cause == ClearingCause::unknown;
            plan_.settlements.push_back(settlement);
        }
    }

    // The source gives another clearing date than before: the old clearing never was.
    bool moved_cleared_date(const ItemLine& line, const ItemView& view, std::int64_t whole,
                            std::int64_t settled_now) {
        if (settled_now != whole || !returns_allowed_) return false;
        const auto live = live_allocations(book_, view.row, known_now);
        if (live.size() != 1 || !is_own_clearing(live.front().allocation)) return false;
        const AllocationView& own = live.front().allocation;
        const Date day = std::max(*line.cleared, line.issue);
        const auto settled = settled_by_day(book_, plan_, view.row);
        if (settled_from(settled, whole) == day && !own.estimated) return false;
        plan_.returns.push_back({view.row, own, live.front().left, own.effective});
        const auto again = settlements_to(settled_by_day(book_, plan_, view.row), day, whole);
        const bool same =
            !own.estimated && again.size() == 1 && again.front() == DayAmount{own.effective, whole};
        if (same) plan_.returns.pop_back();  // earlier days are settled already by what was taken back later
        return !same;
    }

    bool is_provisional(const AllocationView& allocation) const {
        if (!allocation.counter) return false;
        const auto counter = book_.view(*allocation.counter, known_now);
        return counter && (counter->flags & item_flag::provisional) != 0;
    }

    void take_back(const ItemView& view, std::int64_t amount) {
        if (!returns_allowed_) return;
        for (const LiveAllocation& live : live_allocations(book_, view.row, known_now)) {
            if (is_provisional(live.allocation)) continue;
            const std::int64_t part = std::min(amount, live.left);
            if (part == 0) return;
            plan_.returns.push_back(
                {view.row, live.allocation, part, std::max(plan_.scope.as_of, live.allocation.effective)});
            amount -= part;
        }
    }

    // Neither cleared date nor remaining amount: what loads cleared is open again where the file says so — a
    // full file by naming the item, a file with a column of cleared dates by leaving it empty.
    void take_back_own(const ItemView& view, std::int64_t whole, std::int64_t settled_now) {
        if (!returns_allowed_) return;
        const bool whole_again = plan_.scope.mode == LoadMode::stock && settled_now == whole;
        for (const LiveAllocation& live : live_allocations(book_, view.row, known_now)) {
            const bool own = is_own_clearing(live.allocation);
            const bool by_absence = own && live.allocation.estimated && whole_again;
            const bool by_date =
                own && !live.allocation.estimated && plan_.clearing_dates_given && live.left == whole;
            if (by_absence || by_date) {
                plan_.returns.push_back({view.row, live.allocation, live.left,
                                         std::max(plan_.scope.as_of, live.allocation.effective)});
            }
        }
    }

    void refuse(std::uint32_t at, RefusalCode code) {
        const ItemLine& line = file_.lines[at];
        const FileCustomer& customer = file_.parties.customers[line.customer];
        const std::string value =
            code == RefusalCode::customer_unknown ? customer.code : std::string(line.number);
        file_.refused.push_back({line.line, {}, value, {code, {{"value", value}}}});
        if (code == RefusalCode::field_invalid) {
            auto& data = file_.refused.back().refusal.data;
            data.emplace_back("field", "amount");
            data.emplace_back("reason", "the total of all amounts would be too large");
        }
        file_.protect.keys.insert(line.key);  // its amount counts with the file's lines, among which it stays
    }

    const Snapshot& book_;
    const Perimeter& perimeter_;
    Plan& plan_;
    ItemFile& file_;
    std::map<std::uint64_t, std::vector<std::uint32_t>> groups_;
    std::int64_t out_of_scope_ = 0;
    std::int64_t gross_ = 0;  ///< minor units of the ledger and of the lines so far
    bool returns_allowed_ = true;
    bool corrected_ = false;  ///< the line at hand changes amount, dates or flags
};

void count_customers(Plan& plan) {
    std::vector<bool> used(plan.file->parties.customers.size(), false);
    for (const std::uint32_t at : plan.new_lines) used[plan.file->lines[at].customer] = true;
    for (std::size_t i = 0; i < used.size(); ++i)
        plan.counts.new_customers += used[i] && !plan.file->parties.customers[i].id ? 1 : 0;
}

Result<void> refuse_older_stock(const Snapshot& book, const Plan& plan) {
    for (const LoadView& load : book.loads(known_now)) {
        if (load.mode != LoadMode::stock || load.as_of <= plan.scope.as_of) continue;
        for (const FileEntity& entity : plan.file->parties.entities) {
            if (entity.id != load.entity) continue;
            return refuse(RefusalCode::stock_file_older,
                          {{"as_of", plan.scope.as_of.iso()}, {"last_as_of", load.as_of.iso()}});
        }
    }
    return {};
}

}  // namespace

Result<void> plan_items(const Snapshot& book, const Perimeter& perimeter, Plan& plan) {
    if (plan.scope.mode == LoadMode::stock) {
        if (auto checked = refuse_older_stock(book, plan); !checked) return checked;
    }
    Matching(book, perimeter, plan).run();
    count_customers(plan);
    if (plan.scope.mode == LoadMode::stock) plan_absent(book, perimeter, plan);
    plan_replacements(book, plan);
    plan_totals(book, plan);
    plan.counts.lines = plan.file->lines_read;
    plan.counts.refused = static_cast<std::int64_t>(plan.file->refused.size());
    return {};
}

}  // namespace countback::imports
