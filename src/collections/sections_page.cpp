// The agenda's other sections in one call (COL-10).
#include <algorithm>

#include "collections/agenda_json.h"
#include "collections/holds.h"
#include "collections/page_query.h"
#include "collections/pages.h"
#include "collections/promises_due.h"
#include "collections/sections.h"
#include "collections/standing_json.h"
#include "collections/words.h"
#include "correspondence/outbox.h"

namespace countback::collections {

namespace {

/// What each section is drawn from, and how many rows of it are shown.
struct Drawing {
    const DecidedRun& run;
    PageNames& names;
    std::size_t limit = 100;
};

json::object who_json(const Drawing& drawing, AccountRow account) {
    const Moment moment{drawing.run.decisions.date, drawing.run.decisions.known_at};
    const LabelId collector{drawing.run.book.attribute(account, Attribute::collector, moment)};
    return {{"customer", drawing.names.customer_json(drawing.run.book.customer(account))},
            {"entity", drawing.names.entity_json(drawing.run.book.entity(account))},
            {"collector", drawing.names.label_json(collector)}};
}

template <class Row, class Draw>
json::object section_json(const Drawing& drawing, const std::vector<Row>& rows, Draw draw) {
    json::array shown;
    for (std::size_t place = 0; place < std::min(rows.size(), drawing.limit); ++place)
        shown.push_back(draw(rows[place]));
    return {{"count", rows.size()}, {"rows", std::move(shown)}};
}

json::array totals_json(const std::vector<Money>& sums) {
    json::array array;
    for (const Money& sum : sums)
        array.emplace_back(
            json::object{{"currency", sum.currency.code()}, {"amount", decimal(sum.minor, sum.currency)}});
    return array;
}

json::object upcoming_json(const Drawing& drawing, const UpcomingStep& one) {
    json::object row = who_json(drawing, one.decision->account);
    row["date"] = one.day.iso();
    row["step"] = json::object{{"name", name_of(*one.decision->step(), drawing.names.language())},
                               {"channel", name_of(one.decision->step()->channel)},
                               {"mode", name_of(Mode::automatic)}};
    row["totals"] = totals_json(one.decision->to_pay);
    return row;
}

json::object error_json(const Drawing& drawing, const AgendaError& one) {
    json::object row = who_json(drawing, one.account);
    std::string detail = one.detail;
    if (one.message) {
        const auto message = correspondence::message(drawing.names.connection(), one.message);
        if (message) detail = message->detail;
    }
    row["what"] = one.what;
    row["message"] = one.message ? json::value(one.message.value) : json::value(nullptr);
    row["detail"] = detail;
    return row;
}

json::object notice_json(const Drawing& drawing, const DueNotice& due) {
    json::object row = who_json(drawing, *drawing.run.book.account(due.customer));
    const Language language = drawing.names.language();
    row["notice"] = due.notice->code;
    row["name"] = language == Language::fr ? due.notice->name_fr : due.notice->name_en;
    row["kind"] = name_of(due.notice->kind);
    row["channel"] = name_of(due.notice->channel);
    row["mode"] = name_of(due.notice->mode);
    json::array items;
    for (const AskedItem& one : due.items) items.push_back(drawing.names.item_json(one.item));
    row["items"] = std::move(items);
    row["totals"] = totals_json(sums_of(due.items));
    return row;
}

json::object dispute_json(const Drawing& drawing, const Run& run, const DisputeToAnswer& one) {
    json::object row = who_json(drawing, one.group.first().account);
    row["follow_up"] = one.follow_up.iso();
    row["dispute"] = standing_json(run, one.group, drawing.names);
    return row;
}

json::object promise_json(const Drawing& drawing, const Run& run, const PromiseDue& one) {
    const Currency currency = one.result.currency;
    json::object row = who_json(drawing, one.group.first().account);
    row["date"] = one.day.iso();
    row["state"] = name_of(one.result.state);
    row["promised"] =
        json::object{{"amount", decimal(one.result.promised, currency)}, {"currency", currency.code()}};
    row["received"] =
        json::object{{"amount", decimal(one.result.received, currency)}, {"currency", currency.code()}};
    row["promise"] = standing_json(run, one.group, drawing.names);
    return row;
}

}  // namespace

Answer sections_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const Snapshot book = pages.service.ledger().book();
    const auto page = read_page_query(caller, request, book, pages.service.today());
    if (!page) return tl::unexpected(page.error());
    http::QueryReader reader(request);
    const auto days = reader.whole("days", 5, 1, 31);
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    DecideQuery query{page->selection(), page->moment(), Detail::reasons};
    DecidedRun run = pages.service.undecided(query.moment);
    const auto some = narrow_to_scope(caller, request, names, query.selection);
    if (!some) return tl::unexpected(some.error());
    const bool any = *some && narrow_to(page->search, names, query.selection);
    if (any) run = pages.service.decide(caller.perimeter, query);
    const Drawing drawing{run, names};
    const Perimeter& perimeter = caller.perimeter;
    using Snoozed = std::vector<SnoozedCustomer>;
    const auto snoozed = any ? snoozed_customers(perimeter, run.book, query, *run.state) : Snoozed{};
    const auto notices = any ? notices_to_confirm(perimeter, run.book, query, {*run.policy, *run.state})
                             : std::vector<DueNotice>{};
    const auto errors = any ? agenda_errors(names.connection(), perimeter, run.book, query, run.decisions)
                            : std::vector<AgendaError>{};
    const Run moment = make_run(run.book, *run.policy, *run.state, query.moment);
    const auto disputes =
        any ? disputes_to_answer(moment, perimeter, query.selection) : std::vector<DisputeToAnswer>{};
    const auto promises = any ? promises_due(moment, perimeter, query.selection) : std::vector<PromiseDue>{};
    const auto upcoming = upcoming_steps(run.decisions, static_cast<int>(days));
    return http::json_answer(json::object{
        {"date", run.decisions.date.iso()},
        {"upcoming",
         section_json(drawing, upcoming, [&](const auto& one) { return upcoming_json(drawing, one); })},
        {"errors", section_json(drawing, errors, [&](const auto& one) { return error_json(drawing, one); })},
        {"snoozed", section_json(drawing, snoozed,
                                 [&](const SnoozedCustomer& one) {
                                     json::object row = who_json(drawing, one.account);
                                     row["until"] = one.until.iso();
                                     return row;
                                 })},
        {"disputes", section_json(drawing, disputes,
                                  [&](const auto& one) { return dispute_json(drawing, moment, one); })},
        {"promises", section_json(drawing, promises,
                                  [&](const auto& one) { return promise_json(drawing, moment, one); })},
        {"notices",
         section_json(drawing, notices, [&](const auto& one) { return notice_json(drawing, one); })}});
}

}  // namespace countback::collections
