// IMP-4: open amounts per entity and currency at the as-of date: as the file says, before the load, after it.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "imports/plan.h"
#include "imports/reconcile.h"

namespace countback::imports {
namespace {

struct Touched {
    std::int64_t amount = 0;
    std::int64_t settled = 0;  ///< by the as-of date
    Date issue;
};

std::int64_t open_of(const Touched& item, Date day) {
    if (item.issue > day) return 0;
    const std::int64_t left = std::max<std::int64_t>(std::abs(item.amount) - item.settled, 0);
    return item.amount < 0 ? -left : left;
}

class Totals {
public:
    Totals(const Snapshot& book, Plan& plan)
        : book_(book), plan_(plan), file_(*plan.file), moment_{plan.scope.as_of, known_now} {}

    void run() {
        for (const ItemLine& line : file_.lines) total_of(line).in_file += open_of_line(line);
        for (const ItemFile::RefusedAmount& refused : file_.refused_amounts) {
            total(file_.parties.entities[refused.entity].code, refused.currency).in_file +=
                open_of_line(line_of(refused));
        }
        add_what_was();
        add_what_is_new();
        add_what_changes();
        for (auto& [place, sums] : sums_) plan_.totals.push_back(sums);
    }

private:
    // The lines of one entity and currency mostly follow each other.
    EntityTotal& total_of(const ItemLine& line) {
        const std::uint32_t entity = file_.parties.customers[line.customer].entity;
        if (last_ == nullptr || last_entity_ != entity || last_->currency != line.currency) {
            last_ = &total(file_.parties.entities[entity].code, line.currency);
            last_entity_ = entity;
        }
        return *last_;
    }
    EntityTotal& total(const std::string& entity, Currency currency) {
        EntityTotal& sums = sums_[{entity, currency}];
        sums.entity = entity;
        sums.currency = currency;
        return sums;
    }
    static bool is_memo(ItemType type) { return type == ItemType::down_payment_request; }
    std::int64_t open_of_line(const ItemLine& line) const {
        return is_memo(line.type) ? 0 : open_in_file(line, moment_.as_of);
    }

    void add_what_was() {
        Selection selection;
        std::map<EntityId, std::string> codes;
        for (const FileEntity& entity : file_.parties.entities) {
            if (!entity.id) continue;
            selection.entities.push_back(entity.id);
            codes[entity.id] = entity.code;
        }
        if (selection.entities.empty()) return;
        book_.each_account(Perimeter::whole(), selection, moment_, [&](AccountRow account) {
            const std::string& code = codes[book_.entity(account)];
            book_.each_open_item(account, moment_, [&](const ItemView& item) {
                const std::int64_t open = book_.open(item, moment_);
                if (open == 0) return;
                EntityTotal& sums = total(code, item.currency);
                sums.before += open;
                sums.after += open;
            });
        });
    }

    void add_what_is_new() {
        for (const std::uint32_t at : plan_.new_lines) {
            const ItemLine& line = file_.lines[at];
            total_of(line).after += open_of_line(line);
        }
    }

    // Items known before: what their corrections, settlements and returns make of them.
    void add_what_changes() {
        for (const Correction& correction : plan_.corrections) {
            Touched& item = touched(correction.item);
            item.amount = file_.lines[correction.line].amount;
            item.issue = file_.lines[correction.line].issue;
            item.settled = std::min(item.settled, std::abs(item.amount));
        }
        for (const Return& back : plan_.returns) {
            if (back.day <= moment_.as_of) touched(back.item).settled -= back.amount;
        }
        take_out_replaced();
        for (const Settlement& settlement : plan_.settlements) {
            if (settlement.counter_line && settlement.day <= moment_.as_of)
                total_of(file_.lines[*settlement.counter_line]).after += settlement.amount;
            if (settlement.item &&
                std::max(settlement.day, touched(*settlement.item).issue) <= moment_.as_of) {
                touched(*settlement.item).settled += settlement.amount;
            }
        }
        for (const auto& [row, item] : touched_) {
            const auto view = book_.view(ItemRow{row}, known_now);
            if (!view || view->memo()) continue;
            EntityTotal& sums = total(code_of(book_.entity(view->account)), view->currency);
            sums.after += open_of(item, moment_.as_of) - book_.open(*view, moment_);
        }
    }

    void take_out_replaced() {
        for (const Replacement& one : plan_.replacements) {
            const ProvisionalPayment& payment = plan_.provisional.payments[one.payment];
            total(code_of(payment.entity), payment.item.currency).after -= book_.open(payment.item, moment_);
            for (const auto& part : payment.parts) {
                if (part.allocation.effective <= moment_.as_of) touched(part.debit).settled -= part.left;
            }
        }
    }

    Touched& touched(ItemRow row) {
        const auto [place, is_new] = touched_.try_emplace(static_cast<std::uint32_t>(row));
        if (!is_new) return place->second;
        const auto view = book_.view(row, known_now);
        place->second.amount = view->amount;
        place->second.issue = view->issue;
        book_.each_allocation(row, known_now, [&](const AllocationView& allocation) {
            if (allocation.effective <= moment_.as_of) place->second.settled += allocation.amount;
        });
        return place->second;
    }

    const std::string& code_of(EntityId id) const {
        for (const FileEntity& entity : file_.parties.entities) {
            if (entity.id == id) return entity.code;
        }
        static const std::string none;
        return none;
    }

    const Snapshot& book_;
    Plan& plan_;
    const ItemFile& file_;
    Moment moment_;
    std::map<std::pair<std::string, Currency>, EntityTotal> sums_;
    std::unordered_map<std::uint32_t, Touched> touched_;
    EntityTotal* last_ = nullptr;
    std::uint32_t last_entity_ = 0;
};

}  // namespace

std::int64_t open_in_file(const ItemLine& line, Date day) {
    if (line.issue > day) return 0;
    if (line.cleared) return std::max(*line.cleared, line.issue) <= day ? 0 : line.amount;
    return line.remaining.value_or(line.amount);
}

void plan_totals(const Snapshot& book, Plan& plan) { Totals(book, plan).run(); }

}  // namespace countback::imports
