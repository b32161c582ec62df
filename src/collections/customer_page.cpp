// The customer sheet: the whole picture of one account on one page.
#include "collections/agenda_json.h"
#include "collections/group_page.h"
#include "collections/page_query.h"
#include "collections/pages.h"
#include "collections/standing_json.h"
#include "measures/behaviour.h"
#include "parties/directory.h"
#include "parties/ownership.h"

namespace countback::collections {

namespace {

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

/// IMP-5: whose word stands at the next load, by field.
json::object owners_json(CustomerId customer, PageNames& names) {
    const parties::OwnedFields owned = parties::owned_fields(names.connection(), customer);
    json::object owners;
    for (const auto field : parties::customer_fields)
        owners[parties::name_of(field)] = parties::name_of(owned.has(field) ? Owner::product : Owner::source);
    return owners;
}

json::object identity_json(const Pages& pages, const MeasureRequest& request, AccountRow account,
                           PageNames& names) {
    const Customer& customer = names.customer(request.book.customer(account));
    const auto label = [&](Attribute attribute) {
        return LabelId{request.book.attribute(account, attribute, request.query.moment)};
    };
    const auto chosen = request.book.attribute(account, Attribute::scenario, request.query.moment);
    const auto policy = pages.service.policy();
    const Scenario* scenario = chosen == 0 ? nullptr : policy->scenario(static_cast<int>(chosen));
    const Profile profile =
        account_behaviour(request.book, account, request.query.moment, policy->payers).profile;
    return {{"id", customer.id.value},
            {"code", customer.code},
            {"name", customer.name},
            {"entity", names.entity_json(customer.entity)},
            {"legal_id", text_or_null(customer.legal_id)},
            {"country", text_or_null(customer.country)},
            {"language", text_or_null(customer.language)},
            {"terms", text_or_null(customer.terms)},
            {"profile", name_of(profile)},
            {"scenario", scenario != nullptr ? json::value(scenario->code) : json::value(nullptr)},
            {"risk_class", text_or_null(names.label(label(Attribute::risk_class)))},
            {"collector", names.label_json(label(Attribute::collector))},
            {"segment", names.label_json(label(Attribute::segment))},
            {"group", group_json(request.book, account, request.query.moment, names)},
            {"payment_centre", payment_centre_json(request.book, account, request.query.moment, names)},
            {"owner", owners_json(customer.id, names)}};
}

json::array contacts_json(CustomerId customer, PageNames& names) {
    json::array array;
    for (const Contact& contact : parties::contacts(names.connection(), customer)) {
        array.emplace_back(json::object{{"id", contact.id},
                                        {"name", contact.name},
                                        {"email", text_or_null(contact.email)},
                                        {"phone", text_or_null(contact.phone)},
                                        {"role", text_or_null(contact.function)},
                                        {"language", text_or_null(contact.language)},
                                        {"owner", parties::name_of(contact.owner)}});
    }
    return array;
}

/// LED-5: the three parts, from the ageing's own totals.
json::array balances_json(const MeasureRequest& request, const RateTable& rates) {
    json::array array;
    for (const AgeingRow& row :
         measure_ageing(request.perimeter, request.book, request.query, {}, rates).totals) {
        const auto amount = [&](std::int64_t minor) { return decimal(minor, row.key.currency); };
        array.emplace_back(json::object{{"currency", row.key.currency.code()},
                                        {"outstanding", amount(row.amounts.outstanding())},
                                        {"not_due", amount(row.amounts.of(AgeingColumn::not_due))},
                                        {"overdue", amount(row.amounts.overdue())},
                                        {"unapplied", amount(row.amounts.of(AgeingColumn::unapplied))}});
    }
    return array;
}

std::int64_t open_items(const MeasureRequest& request, AccountRow account) {
    std::int64_t count = 0;
    request.book.each_open_item(account, request.query.moment, [&](const ItemView& item) {
        if (request.book.open(item, request.query.moment) != 0) ++count;
    });
    return count;
}

json::array standings_json(const Pages& pages, const MeasureRequest& request, AccountRow account,
                           PageNames& names) {
    const auto state = pages.service.state();
    const auto policy = pages.service.policy();
    const Run run = make_run(request.book, *policy, *state, request.query.moment);
    json::array array;
    for (const StandingGroup& group : standing_groups(run, account)) {
        if (in_force(run, group)) array.push_back(standing_json(run, group, names));
    }
    return array;
}

json::value decision_row_json(const Pages& pages, const MeasureRequest& request, PageNames& names) {
    DecideQuery query{request.query.selection, request.query.moment};
    const DecidedRun run = pages.service.decide(request.perimeter, query);
    if (run.decisions.rows.empty()) return nullptr;
    return agenda_row_json(run.decisions.rows.front(), run.decisions.date, names);
}

}  // namespace

Answer customer_page(const Pages& pages, const access::Caller& caller, const http::Request& http_request) {
    const auto id = path_id(http_request, "id");
    if (!id) return tl::unexpected(id.error());
    auto request =
        read_measure_request(caller, http_request, pages.service.ledger().book(), pages.service.today());
    if (!request) return tl::unexpected(request.error());
    const CustomerId customer{*id};
    const auto account = request->book.account(customer);
    if (!account || !request->book.admits(caller.perimeter, {}, request->query.moment, *account)) {
        return refuse(RefusalCode::not_found, {{"what", "customer"}});
    }
    request->query.selection = {};
    request->query.selection.customers = {customer};
    request->query.by = By::currency;
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    MeasureAnswers answers(pages.measures, *request);
    auto ageing = answers.ageing({}, {});
    if (!ageing) return tl::unexpected(ageing.error());
    auto dso = answers.dso({}, {});
    if (!dso) return tl::unexpected(dso.error());
    return http::json_answer(json::object{{"as_of", request->query.moment.as_of.iso()},
                                          {"customer", identity_json(pages, *request, *account, names)},
                                          {"contacts", contacts_json(customer, names)},
                                          {"balances", balances_json(*request, pages.measures.table())},
                                          {"ageing", std::move(*ageing)},
                                          {"dso", std::move(*dso)},
                                          {"behaviour", answers.kpi()},
                                          {"standings", standings_json(pages, *request, *account, names)},
                                          {"decision", decision_row_json(pages, *request, names)},
                                          {"open_items", open_items(*request, *account)}});
}

}  // namespace countback::collections
