#include "collections/calls.h"

#include <algorithm>
#include <array>

#include "collections/queries.h"
#include "collections/service.h"
#include "collections/specific_queries.h"

namespace countback::collections {

namespace {

constexpr Sql add_call{"collections_add_call",
                       "insert into call_made (row_no, customer_id, outcome, day, back_day, mark, user_id, "
                       "recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql add_call_text{"collections_add_call_text",
                            "insert into call_made_text (row_no, note) values ($1, $2)"};
constexpr Sql steps_of_customer{
    "collections_steps_of_customer",
    "select d.row_no, d.scenario, d.step, d.done_day, d.skipped, d.contact, d.user_id, d.recorded_at, "
    "coalesce(t.reason, n.note), (select count(*) from step_taken_back b where b.mark = d.row_no), c.outcome "
    "from step_done d left join step_done_text t on t.row_no = d.row_no "
    "left join call_made c on c.mark = d.row_no left join call_made_text n on n.row_no = c.row_no "
    "where d.customer_id = $1 and d.row_no < $2 order by d.row_no desc limit $3"};
constexpr Sql calls_of_customer{
    "collections_calls_of_customer",
    "select c.row_no, c.outcome, c.day, c.back_day, c.user_id, c.recorded_at, n.note from call_made c "
    "left join call_made_text n on n.row_no = c.row_no where c.customer_id = $1 and c.mark = 0 "
    "and c.row_no < $2 order by c.row_no desc limit $3"};

Date date_of(std::int64_t days) { return Date(static_cast<std::int32_t>(days)); }

DoneEntry step_entry(const store::Row& row) {
    DoneEntry entry;
    entry.row = row.integer(0);
    entry.scenario = static_cast<int>(row.integer(1));
    entry.step = row.text(2);
    entry.day = date_of(row.integer(3));
    entry.skipped = row.integer(4) != 0;
    entry.contact = row.integer(5) != 0;
    entry.user = UserId{row.integer(6)};
    entry.at = Instant{row.integer(7)};
    entry.note = row.text(8);
    entry.taken_back = row.integer(9) != 0;
    if (const auto outcome = row.integer(10)) entry.call = static_cast<CallOutcome>(outcome);
    return entry;
}

DoneEntry call_entry(const store::Row& row) {
    DoneEntry entry;
    entry.row = row.integer(0);
    entry.call = static_cast<CallOutcome>(row.integer(1));
    entry.day = date_of(row.integer(2));
    if (const auto back = row.integer(3)) entry.back = date_of(back);
    entry.user = UserId{row.integer(4)};
    entry.at = Instant{row.integer(5)};
    entry.note = row.text(6);
    return entry;
}

Result<void> check(const NewCall& call, Date today) {
    const bool back = call.outcome == CallOutcome::call_back;
    if (back && !call.back) return refuse(RefusalCode::field_missing, {{"field", "date"}});
    if (back && *call.back <= today) return refuse(RefusalCode::date_in_past, {{"date", call.back->iso()}});
    return {};
}

/// The step that a call does: the one due, when it is a call.
const Step* due_call(const Decision& decision) {
    const Step* step = decision.next_step_due ? decision.step() : nullptr;
    return step && step->channel == Channel::call ? step : nullptr;
}

struct CallWriting {
    store::Connection& connection;
    const NewCall& call;
    const Author& author;
    Date today;
    Instant now;
};

/// The mark's number.
std::int64_t write_contact(const CallWriting& writing, const Decision& decision) {
    const Step* step = due_call(decision);
    const std::int64_t row = store::allot(writing.connection, row_numbers, 1);
    writing.connection.run(
        add_step_done, {row, writing.call.customer.value, step ? decision.scenario->number : 0,
                        step ? decision.leader->item.value : std::int64_t{0},
                        step ? step->code : std::string(), static_cast<std::int64_t>(writing.today.days()), 0,
                        1, writing.author.user.value, writing.now.micros});
    return row;
}

void write_aside(const CallWriting& writing) {
    const Date until = writing.call.back ? *writing.call.back - 1 : writing.today;
    const std::int64_t row = store::allot(writing.connection, row_numbers, 1);
    writing.connection.run(add_snooze,
                           {row, writing.call.customer.value, static_cast<std::int64_t>(until.days()),
                            writing.author.user.value, writing.now.micros});
}

void write_call(const CallWriting& writing, std::int64_t mark) {
    const NewCall& call = writing.call;
    std::optional<std::int64_t> back;
    if (call.outcome == CallOutcome::call_back) back = call.back->days();
    const std::int64_t row = store::allot(writing.connection, row_numbers, 1);
    writing.connection.run(add_call, {row, call.customer.value, static_cast<std::int64_t>(call.outcome),
                                      static_cast<std::int64_t>(writing.today.days()), back, mark,
                                      writing.author.user.value, writing.now.micros});
    if (!call.note.empty()) writing.connection.run(add_call_text, {row, call.note});
}

}  // namespace

std::string_view name_of(CallOutcome outcome) {
    constexpr std::array<std::string_view, 6> names{"",          "reached",  "not_reached",
                                                    "call_back", "promised", "disputed"};
    return names[static_cast<std::size_t>(outcome)];
}

std::vector<DoneEntry> done_with(store::Connection& connection, CustomerId customer, std::int64_t before,
                                 std::int64_t limit) {
    std::vector<DoneEntry> all;
    connection.each(steps_of_customer, {customer.value, before, limit},
                    [&](const store::Row& row) { all.push_back(step_entry(row)); });
    connection.each(calls_of_customer, {customer.value, before, limit},
                    [&](const store::Row& row) { all.push_back(call_entry(row)); });
    std::sort(all.begin(), all.end(), [](const DoneEntry& a, const DoneEntry& b) { return a.row > b.row; });
    if (static_cast<std::int64_t>(all.size()) > limit) all.resize(static_cast<std::size_t>(limit));
    return all;
}

Result<std::int64_t> Collections::note_call(const Perimeter& perimeter, const Author& author,
                                            const NewCall& call) {
    const auto good = check(call, today());
    if (!good) return tl::unexpected(good.error());
    std::int64_t mark = 0;
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), call.customer, today());
        if (!account) return tl::unexpected(account.error());
        DecideQuery query;
        query.selection.customers = {call.customer};
        query.moment = {today(), known_now};
        const auto state = memory_.state();
        const auto stands = policy();
        const auto decisions = collections::decide(perimeter, writing.book(), query, {*stands, *state});
        const Decision& decision = decisions.rows.front();
        if (decision.head) return with_head(writing.connection(), *decision.head);
        const CallWriting made{writing.connection(), call, author, today(), ledger_.clock().now()};
        if (is_contact(call.outcome)) {
            mark = write_contact(made, decision);
        } else {
            write_aside(made);
        }
        write_call(made, mark);
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return mark;
}

}  // namespace countback::collections
