// Items, allocations, corrections, standings and steps of a case.
#include "cases/world.h"
#include "receivables/corrections.h"

namespace countback::cases {

namespace {

std::int64_t amount_of(const std::string& text, Currency currency) {
    const auto amount = parse_decimal(text, currency);
    if (!amount) throw CaseFailure("not an amount: " + text);
    return *amount;
}

bool is_credit(ItemType type) { return type == ItemType::credit_note || type == ItemType::payment; }

ClearingCause cause_of(const std::string& name) {
    if (name == "cash") return ClearingCause::cash;
    if (name == "credit_note") return ClearingCause::credit_note;
    if (name == "offset") return ClearingCause::offset;
    if (name == "write_off") return ClearingCause::write_off;
    if (name == "unknown") return ClearingCause::unknown;
    throw CaseFailure("not a cause: " + name);
}

}  // namespace

/// `invoice F-001 ACME 1200.00 EUR issued 2025-02-01 due 2025-02-15 [sales] [opening]`
void World::item(Words& words, ItemType type) {
    ItemFact fact;
    fact.number = words.next("a number");
    fact.customer = customer_named(words.next("a customer"));
    const std::string amount = words.next("an amount");
    const std::string code = words.next("a currency");
    const auto currency = Currency::parse(code);
    if (!currency) throw CaseFailure("not a currency: " + code);
    fact.type = type;
    fact.currency = *currency;
    fact.amount = amount_of(amount, *currency) * (is_credit(type) ? -1 : 1);
    fact.issue = words.date("issued").value_or(words.date("on").value_or(clock_.today()));
    fact.due = words.date("due").value_or(fact.issue);
    if (words.flag("sales")) fact.flags |= item_flag::sales;
    if (words.flag("opening")) fact.flags |= item_flag::opening_balance;
    words.finish();
    write([&](Writing& writing) -> Result<void> {
        const ItemId item = writing.add(fact);
        writing.then([&, item](const Numbers& numbers) -> Result<void> {
            items_[fact.number] = numbers(item);
            return {};
        });
        return {};
    });
}

/// `allocate 400.00 P-1 to F-001 on D` or `allocate 400.00 cash to F-001 on D`
void World::allocate(Words& words) {
    const std::string amount = words.next("an amount");
    const std::string from = words.next("a credit or a cause");
    const std::string to = words.value("to").value_or("");
    const ItemView debit = view_of(to);
    AllocationFact fact;
    fact.item = debit.id;
    fact.amount = amount_of(amount, debit.currency);
    fact.given = words.date("on").value_or(clock_.today());
    if (is_item(from)) {
        fact.counter = item_named(from);
    } else {
        fact.cause = cause_of(from);
    }
    words.finish();
    write([&](Writing& writing) -> Result<void> {
        writing.add(fact);
        return {};
    });
}

/// `take_back 100.00 from F-001 on D`: of the item's latest allocation, from that day on.
void World::take_back(Words& words) {
    const std::string amount = words.next("an amount");
    const ItemView item = view_of(words.value("from").value_or(""));
    const Date day = words.date("on").value_or(clock_.today());
    words.finish();
    write([&](Writing& writing) -> Result<void> {
        const auto live = live_allocations(writing.book(), item.row, known_now);
        if (live.empty()) throw CaseFailure("nothing to take back");
        countback::take_back(writing, item.row, live.front().allocation, amount_of(amount, item.currency),
                             day);
        return {};
    });
}

/// `correct F-001 amount 80.00 | due D | issued D`
void World::correct(Words& words) {
    const ItemView before = view_of(words.next("an item"));
    ItemFact after;
    after.item = before.id;
    after.customer = ledger_->book().customer(before.account);
    after.type = before.type;
    after.currency = before.currency;
    after.flags = before.flags;
    after.number = number_of(before.id);
    const auto amount = words.value("amount");
    const std::int64_t sign = before.amount < 0 ? -1 : 1;
    after.amount = amount ? sign * amount_of(*amount, before.currency) : before.amount;
    after.issue = words.date("issued").value_or(before.issue);
    after.due = words.date("due").value_or(before.due);
    words.finish();
    write([&](Writing& writing) -> Result<void> {
        correct_item(writing, before, after);
        return {};
    });
}

/// `load of D [in ENTITY]`: a file of that extraction date was taken in; it changed nothing.
void World::load(Words& words) {
    LoadFact fact;
    fact.as_of = words.date("of").value_or(clock_.today());
    fact.entity = entity_named(words.value("in").value_or("MAIN"));
    words.finish();
    write([&](Writing& writing) -> Result<void> {
        writing.add(fact);
        return {};
    });
}

/// Undoes the line that wrote last.
void World::undo(Words& words) {
    words.finish();
    const FactNo first{before_last_.value + 1};
    const FactNo last = last_;
    write([&](Writing& writing) { return undo_facts(writing, first, last); });
}

/// `promise F-001,F-002 1000.00 by D`, `stop ACME until D "why"`, `dispute F-001 40.00 cause price "why"`
void World::standing(Words& words, StandingKind kind) {
    collections::NewStanding standing;
    standing.kind = kind;
    const std::string target = words.next("items or a customer");
    for (const std::string& name : comma_list(target)) {
        if (is_item(name)) standing.items.push_back(item_named(name));
    }
    standing.customer = standing.items.empty()
                            ? customer_named(target)
                            : ledger_->book().customer(view_of(comma_list(target).front()).account);
    standing.from = words.date("from").value_or(clock_.today());
    standing.to = words.date("by");
    if (const auto until = words.date("until")) standing.to = until;
    standing.cause = words.value("cause");
    standing.reason = "as told";
    if (words.flag("without_reason")) standing.reason.clear();
    const std::string amount = words.empty() ? "whole" : words.next("an amount");
    if (amount != "whole") standing.amount = amount;
    words.finish();
    before_last_ = ledger_->book().last_fact();
    const StandingId id = granted(collections_->record(Perimeter::whole(), {{}, "case"}, standing));
    last_ = ledger_->book().last_fact();
    standings_[target] = id;
}

void World::end(Words& words) {
    const std::string target = words.next("items or a customer");
    const auto found = standings_.find(target);
    if (found == standings_.end()) throw CaseFailure("nothing was recorded on " + target);
    const std::string reason = words.flag("without_reason") ? "" : "over";
    words.finish();
    granted(collections_->end(Perimeter::whole(), {{}, "case"}, found->second, reason));
}

/// `done ACME [on D]`, `skip ACME "why"`
void World::mark(Words& words, collections::StepMark::What what) {
    collections::StepMark mark;
    mark.customer = customer_named(words.next("a customer"));
    mark.what = what;
    mark.day = words.date("on").value_or(clock_.today());
    mark.reason = words.rest();
    marks_[mark.customer] = granted(collections_->mark_step(Perimeter::whole(), {{}, "case"}, mark));
}

/// `unmark ACME`: the last mark on the customer is taken back.
void World::unmark(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    words.finish();
    granted(collections_->take_back_mark(Perimeter::whole(), {{}, "case"}, customer, marks_[customer]));
}

/// `choose careful for F-001`, `choose careful for ACME`
void World::choose(Words& words) {
    const std::string scenario = words.next("a scenario");
    const std::string target = words.value("for").value_or("");
    words.finish();
    if (is_item(target)) {
        granted(
            collections_->choose_for_item(Perimeter::whole(), {{}, "case"}, item_named(target), scenario));
    } else {
        granted(collections_->choose_for_customer(Perimeter::whole(), {{}, "case"}, customer_named(target),
                                                  scenario));
    }
}

}  // namespace countback::cases
