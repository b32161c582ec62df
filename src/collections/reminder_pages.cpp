#include "collections/reminder_pages.h"

#include "correspondence/message_json.h"

namespace countback::collections {

namespace {

using correspondence::NewMessage;

constexpr std::size_t confirm_max = 1'000;

/// `subject` and `text` together, or neither.
std::optional<NewMessage::Edit> read_edit(http::BodyReader& body) {
    const auto subject = body.optional_text("subject", {1, 500});
    const auto text = body.optional_text("text", {1, formats::message_source_bytes_max});
    if (!subject && !text) return std::nullopt;
    if (!subject) body.refuse_field("subject", "missing");
    if (!text) body.refuse_field("text", "missing");
    return NewMessage::Edit{subject.value_or(""), text.value_or("")};
}

bool is_set(const json::object& object, std::string_view field) {
    const json::value* value = object.if_contains(field);
    return value && value->is_bool() && value->as_bool();
}

/// The `words_digest` of the preview that she saw.
std::string read_seen(http::BodyReader& body) { return body.optional_text("seen", {64, 64}).value_or(""); }

Result<SingleMessage> read_single(const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto object =
        http::read_object(request, {"template", "action", "items", "subject", "text", "overrule", "seen"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    SingleMessage wish;
    wish.customer = CustomerId{*customer};
    wish.action = body.optional_id("action").value_or(0);
    wish.template_code = wish.action != 0 ? "" : body.text("template", {1, 40});
    for (const std::int64_t id : body.ids("items")) wish.items.push_back(ItemId{id});
    wish.edit = read_edit(body);
    wish.overrule = is_set(*object, "overrule");
    wish.seen = read_seen(body);
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return wish;
}

Result<std::vector<Yes>> read_confirmations(const http::Request& request) {
    const auto object = http::read_object(request, {"customers"});
    if (!object) return tl::unexpected(object.error());
    const json::value* list = object->if_contains("customers");
    if (!list || !list->is_array() || list->as_array().empty() || list->as_array().size() > confirm_max)
        return refuse(RefusalCode::field_invalid, {{"field", "customers"}, {"reason", "1-1000"}});
    std::vector<Yes> all;
    for (const json::value& one : list->as_array()) {
        if (!one.is_object())
            return refuse(RefusalCode::field_invalid, {{"field", "customers"}, {"reason", "{}"}});
        http::BodyReader body(one.as_object());
        body.only({"customer", "notice", "action", "subject", "text", "seen", "undoable"});
        Yes yes{CustomerId{body.id("customer")},
                read_edit(body),
                body.optional_text("notice", {0, 40}).value_or(""),
                body.optional_id("action").value_or(0),
                read_seen(body),
                is_set(one.as_object(), "undoable")};
        if (body.refusal()) return tl::unexpected(*body.refusal());
        all.push_back(std::move(yes));
    }
    return all;
}

json::object asked_json(const Asked& asked, Language language) {
    return {{"customer", asked.customer.value},
            {"message", asked.message ? json::value(asked.message->value) : json::value(nullptr)},
            {"refusal", asked.refusal ? json::value(http::refusal_json(*asked.refusal, language))
                                      : json::value(nullptr)}};
}

Answer content_answer(const Result<correspondence::Content>& content) {
    if (!content) return tl::unexpected(content.error());
    return http::json_answer(correspondence::content_json(*content));
}

}  // namespace

Answer reminder_preview_page(const ReminderPages& pages, const access::Caller& caller,
                             const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    http::QueryReader query(request);
    const std::string notice = query.text("notice", {1, 40}).value_or("");
    const std::int64_t action = query.id("action").value_or(0);
    if (query.refusal()) return tl::unexpected(*query.refusal());
    return content_answer(
        pages.reminders.preview(caller.perimeter, {CustomerId{*customer}, std::nullopt, notice, action}));
}

Answer reminder_words_page(const ReminderPages& pages, const access::Caller& caller,
                           const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto object = http::read_object(request, {"notice", "action", "subject", "text"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    Yes yes{CustomerId{*customer}, read_edit(body), body.optional_text("notice", {0, 40}).value_or(""),
            body.optional_id("action").value_or(0)};
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return content_answer(pages.reminders.preview(caller.perimeter, yes));
}

Answer confirm_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request) {
    const auto all = read_confirmations(request);
    if (!all) return tl::unexpected(all.error());
    json::array rows;
    for (const Asked& asked : pages.reminders.confirm(caller.perimeter, {caller.user, "desk"}, *all))
        rows.push_back(asked_json(asked, caller.language));
    pages.wake();
    return http::json_answer(json::object{{"rows", std::move(rows)}});
}

Answer single_preview_page(const ReminderPages& pages, const access::Caller& caller,
                           const http::Request& request) {
    const auto wish = read_single(request);
    if (!wish) return tl::unexpected(wish.error());
    return content_answer(pages.reminders.preview_single(caller.perimeter, *wish));
}

Answer single_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request) {
    const auto wish = read_single(request);
    if (!wish) return tl::unexpected(wish.error());
    const auto asked = pages.reminders.send_single(caller.perimeter, {caller.user, "desk"}, *wish);
    if (!asked) return tl::unexpected(asked.error());
    pages.wake();
    return http::json_answer(json::object{{"message", asked->message.value}}, asked->stood ? 200 : 201);
}

Result<correspondence::Content> text_on_customer(const ReminderPages& pages, const access::Caller& caller,
                                                 const http::Request& request) {
    const auto object = http::read_object(request, {"language", "subject", "text", "customer"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    correspondence::TemplateText text;
    text.code = "preview";
    text.language = body.text("language", {2, 2});
    text.subject = body.text("subject", {1, 500});
    text.text = body.text("text", {1, formats::message_source_bytes_max});
    SingleMessage wish;
    wish.customer = CustomerId{body.id("customer")};
    wish.template_code = text.code;
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto good = correspondence::check_template(text);
    if (!good) return tl::unexpected(good.error());
    return pages.reminders.preview_text(caller.perimeter, wish, text);
}

Answer template_preview_page(const ReminderPages& pages, const access::Caller& caller,
                             const http::Request& request) {
    return content_answer(text_on_customer(pages, caller, request));
}

void declare_reminder_routes(access::Gate& gate, std::shared_ptr<const ReminderPages> pages) {
    using access::Method;
    using access::Right;
    using access::Scope;
    const auto with = [&pages](auto page) {
        return [pages, page](const access::Caller& caller, const http::Request& request) {
            return page(*pages, caller, request);
        };
    };
    gate.declare({Method::get, "/api/customers/{id}/reminder", Right::read, Scope::signed_in,
                  with(reminder_preview_page)});
    gate.declare({Method::post, "/api/customers/{id}/reminder/preview", Right::read, Scope::signed_in,
                  with(reminder_words_page)});
    gate.declare({Method::post, "/api/reminders", Right::act, Scope::signed_in, with(confirm_page)});
    gate.declare(
        {Method::post, "/api/customers/{id}/messages", Right::act, Scope::signed_in, with(single_page)});
    gate.declare({Method::post, "/api/customers/{id}/messages/preview", Right::read, Scope::signed_in,
                  with(single_preview_page)});
    gate.declare(
        {Method::post, "/api/templates/preview", Right::read, Scope::signed_in, with(template_preview_page)});
    gate.declare({Method::get, "/api/runs", Right::read, Scope::signed_in, with(runs_page)});
    gate.declare({Method::post, "/api/runs", Right::act, Scope::signed_in, with(run_page)});
    gate.declare({Method::get, "/api/runs/{id}", Right::read, Scope::signed_in, with(outcomes_page)});
}

}  // namespace countback::collections
