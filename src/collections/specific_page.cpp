// COL-9, COL-10: a customer's specific actions and snooze.
#include <algorithm>
#include <array>

#include "collections/pages.h"
#include "collections/specific.h"

namespace countback::collections {

namespace {

/// Its items are paid: the action is over.
bool is_over(const Snapshot& book, const SpecificAction& action, Date today) {
    return std::none_of(action.items.begin(), action.items.end(), [&](ItemId item) {
        const auto row = book.item(item);
        const auto view = row ? book.view(*row, known_now) : std::nullopt;
        return view && book.open(*view, {std::max(today, view->issue), known_now}) != 0;
    });
}

json::object actions_json(const Pages& pages, CustomerId customer, PageNames& names) {
    const Snapshot book = pages.service.ledger().book();
    const auto state = pages.service.state();
    json::array actions;
    if (const auto found = state->specific.find(customer); found != state->specific.end()) {
        for (const SpecificAction& one : found->second) {
            if (is_over(book, one, pages.service.today())) continue;
            json::array items;
            for (const ItemId item : one.items) items.push_back(names.item_json(item));
            actions.emplace_back(json::object{{"id", one.number},
                                              {"day", one.day.iso()},
                                              {"channel", name_of(one.channel)},
                                              {"template", one.template_code},
                                              {"title", one.title},
                                              {"items", std::move(items)}});
        }
    }
    json::value snoozed = nullptr;
    if (const auto found = state->snoozed.find(customer);
        found != state->snoozed.end() && found->second >= pages.service.today())
        snoozed = json::value(found->second.iso());
    return {{"actions", std::move(actions)}, {"snoozed_until", std::move(snoozed)}};
}

Answer answer(const Pages& pages, const access::Caller& caller, CustomerId customer) {
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    return http::json_answer(actions_json(pages, customer, names));
}

Channel channel_of(http::BodyReader& body) {
    constexpr std::array channels{Channel::email, Channel::letter, Channel::registered_letter,
                                  Channel::call,  Channel::task,   Channel::hand_over};
    return channels[body.choice("channel",
                                {"email", "letter", "registered_letter", "call", "task", "hand_over"})];
}

}  // namespace

Answer actions_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto account = admitted_account(caller.perimeter, pages.service.ledger().book(),
                                          CustomerId{*customer}, pages.service.today());
    if (!account) return tl::unexpected(account.error());
    return answer(pages, caller, CustomerId{*customer});
}

Answer add_action_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto object = http::read_object(request, {"items", "day", "channel", "template", "title"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    NewSpecificAction action;
    action.customer = CustomerId{*customer};
    for (const std::int64_t id : body.ids("items")) action.items.push_back(ItemId{id});
    action.day = body.date("day");
    action.channel = channel_of(body);
    action.template_code = body.optional_text("template", {0, 40}).value_or("");
    action.title = body.optional_text("title", {0, 200}).value_or("");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto added = pages.service.add_specific_action(caller.perimeter, {caller.user, "desk"}, action);
    if (!added) return tl::unexpected(added.error());
    return answer(pages, caller, action.customer);
}

Answer end_action_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto number = path_id(request, "action");
    if (!number) return tl::unexpected(number.error());
    const auto object = http::read_object(request, {"what"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const SpecificEnding ending{CustomerId{*customer}, *number,
                                static_cast<SpecificEnd>(body.choice("what", {"done", "cancelled"}))};
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto ended = pages.service.end_specific_action(caller.perimeter, {caller.user, "desk"}, ending);
    if (!ended) return tl::unexpected(ended.error());
    return answer(pages, caller, ending.customer);
}

Answer snooze_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto object = http::read_object(request, {"until"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const std::optional<Date> until = body.optional_date("until");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto snoozed =
        pages.service.snooze(caller.perimeter, {caller.user, "desk"}, CustomerId{*customer}, until);
    if (!snoozed) return tl::unexpected(snoozed.error());
    return answer(pages, caller, CustomerId{*customer});
}

}  // namespace countback::collections
