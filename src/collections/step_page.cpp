// A step noted as done or skipped by a person, and the note taken back (COL-3); calls, and what was done so
// far.
#include <limits>

#include "collections/pages.h"
#include "collections/words.h"

namespace countback::collections {

Answer mark_step_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto object = http::read_object(request, {"what", "day", "reason"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    StepMark mark;
    mark.customer = CustomerId{*customer};
    mark.what =
        body.choice("what", {"done", "skipped"}) == 0 ? StepMark::What::done : StepMark::What::skipped;
    mark.day = body.optional_date("day").value_or(pages.service.today());
    mark.reason = body.optional_text("reason", {0, 500}).value_or("");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto number = pages.service.mark_step(caller.perimeter, {caller.user, "desk"}, mark);
    if (!number) return tl::unexpected(number.error());
    return http::json_answer(json::object{{"mark", *number}});
}

Answer take_back_mark_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto mark = path_id(request, "mark");
    if (!mark) return tl::unexpected(mark.error());
    const auto taken_back =
        pages.service.take_back_mark(caller.perimeter, {caller.user, "desk"}, CustomerId{*customer}, *mark);
    if (!taken_back) return tl::unexpected(taken_back.error());
    return http::json_answer(json::object{{"mark", *mark}});
}

Answer call_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto object = http::read_object(request, {"outcome", "date", "note"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    NewCall call;
    call.customer = CustomerId{*customer};
    const auto place =
        body.choice("outcome", {"reached", "not_reached", "call_back", "promised", "disputed"});
    call.outcome = static_cast<CallOutcome>(place + 1);
    call.back = body.optional_date("date");
    call.note = body.optional_text("note", {0, 500}).value_or("");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto mark = pages.service.note_call(caller.perimeter, {caller.user, "desk"}, call);
    if (!mark) return tl::unexpected(mark.error());
    return http::json_answer(json::object{{"mark", *mark == 0 ? json::value(nullptr) : json::value(*mark)}});
}

namespace {

/// The step's name, as its scenario has it now; else its code; null outside scenarios.
json::value step_json(const Policy& policy, const DoneEntry& entry, Language language) {
    if (entry.step.empty()) return nullptr;
    const Scenario* scenario = policy.scenario(entry.scenario);
    const Step* step = scenario ? scenario->step(entry.step) : nullptr;
    return json::value(step ? name_of(*step, language) : entry.step);
}

json::object done_json(const Pages& pages, const Policy& policy, const DoneEntry& entry, Language language) {
    return {{"row", entry.row},
            {"day", entry.day.iso()},
            {"at", entry.at.rfc3339()},
            {"step", step_json(policy, entry, language)},
            {"skipped", entry.skipped},
            {"contact", entry.contact},
            {"call", entry.call ? json::value(name_of(*entry.call)) : json::value(nullptr)},
            {"call_back", entry.back ? json::value(entry.back->iso()) : json::value(nullptr)},
            {"note", entry.note},
            {"by", entry.user ? json::value(pages.user_name(entry.user)) : json::value(nullptr)},
            {"taken_back", entry.taken_back}};
}

}  // namespace

Answer done_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    http::QueryReader query(request);
    const auto before = query.id("before").value_or(std::numeric_limits<std::int64_t>::max());
    const auto limit = query.whole("limit", 50, 1, 500);
    if (query.refusal()) return tl::unexpected(*query.refusal());
    Ledger& ledger = pages.service.ledger();
    const auto account =
        admitted_account(caller.perimeter, ledger.book(), CustomerId{*customer}, pages.service.today());
    if (!account) return tl::unexpected(account.error());
    const auto entries = done_with(*ledger.database().lease(), CustomerId{*customer}, before, limit);
    const auto policy = pages.service.policy();
    json::array rows;
    for (const DoneEntry& entry : entries) rows.push_back(done_json(pages, *policy, entry, caller.language));
    const bool more = static_cast<std::int64_t>(entries.size()) == limit;
    return http::json_answer(json::object{
        {"rows", std::move(rows)}, {"next", more ? json::value(entries.back().row) : json::value(nullptr)}});
}

}  // namespace countback::collections
