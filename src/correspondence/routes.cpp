#include "correspondence/message_json.h"
#include "correspondence/own_texts.h"
#include "correspondence/post.h"
#include "parties/directory.h"

namespace countback::correspondence {

using access::Method;
using access::Right;
using access::Scope;

namespace {

json::object template_json(const TemplateText& text) {
    return {{"code", text.code}, {"language", text.language}, {"subject", text.subject},
            {"text", text.text}, {"version", text.version},   {"shipped", text.version == 0}};
}

json::array names_json(const formats::MessageNames& names) {
    constexpr std::array<std::string_view, 5> kinds{"text", "link", "flag", "list", "object"};
    json::array array;
    for (const formats::MessageName& one : names) {
        array.emplace_back(json::object{{"name", one.name},
                                        {"kind", kinds[static_cast<std::size_t>(one.kind)]},
                                        {"inner", names_json(one.inner)}});
    }
    return array;
}

/// The version that was changed; not given, whichever stands is written over.
Result<std::optional<std::int64_t>> seen_version(const json::object& object) {
    const json::value* version = object.if_contains("version");
    if (!version || version->is_null()) return std::nullopt;
    if (!version->is_int64() || version->get_int64() < 0)
        return refuse(RefusalCode::field_invalid,
                      {{"field", "version"}, {"reason", "a whole number expected"}});
    return version->get_int64();
}

/// The entity of the path when the caller may see it.
Result<Entity> asked_entity(const access::Caller& caller, store::Connection& connection,
                            const http::Request& request) {
    const auto id = http::parse_id(request.capture("id"));
    for (const Entity& entity : parties::entities(connection)) {
        if (id && entity.id.value == *id && caller.perimeter.admits(entity.id)) return entity;
    }
    return refuse(RefusalCode::not_found, {{"what", "entity"}});
}

}  // namespace

Answer templates_page(const Post& post, const access::Caller& /*caller*/, const http::Request& /*request*/) {
    const auto connection = post.ledger.database().lease();
    json::array rows;
    const auto names = text_names(*connection);
    for (const TemplateText& one : all_templates(*connection)) {
        json::object row = template_json(one);
        const auto name = names.find(one.code);
        const std::string& own = name == names.end() ? one.code : name->second;
        row["name"] = is_shipped(one.code) ? json::value(nullptr) : json::value(own);
        rows.push_back(std::move(row));
    }
    return http::json_answer(
        json::object{{"rows", std::move(rows)}, {"names", names_json(template_names())}});
}

Answer save_template_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(request, {"subject", "text", "version"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    TemplateText text;
    text.code = request.capture("code");
    text.language = request.capture("language");
    text.subject = body.text("subject", {1, 500});
    text.text = body.text("text", {1, formats::message_source_bytes_max});
    const auto seen = seen_version(*object);
    if (body.refusal()) return tl::unexpected(*body.refusal());
    if (!seen) return tl::unexpected(seen.error());
    const auto connection = post.ledger.database().lease();
    store::Transaction transaction(*connection);
    const auto version = save_template(*connection, text, {caller.user, post.ledger.clock().now(), *seen});
    if (!version) return tl::unexpected(version.error());
    transaction.commit();
    text.version = *version;
    return http::json_answer(template_json(text));
}

namespace {

Answer add_text_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(request, {"code", "name", "begins_with"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    NewText text;
    text.code = body.text("code", {1, 40});
    text.name = body.text("name", {1, 80});
    text.begins_with = body.optional_text("begins_with", {0, 40}).value_or("");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto connection = post.ledger.database().lease();
    store::Transaction transaction(*connection);
    const auto added = add_text(*connection, text, {caller.user, post.ledger.clock().now()});
    if (!added) return tl::unexpected(added.error());
    transaction.commit();
    return http::json_answer(json::object{{"code", text.code}}, 201);
}

Answer text_versions_page(const Post& post, const access::Caller& /*caller*/, const http::Request& request) {
    const auto connection = post.ledger.database().lease();
    const std::string code(request.capture("code"));
    const auto versions = text_versions(*connection, code, request.capture("language"));
    if (versions.empty()) return refuse(RefusalCode::template_unknown, {{"template", code}});
    json::array rows;
    for (const TextVersion& one : versions) {
        rows.emplace_back(json::object{
            {"version", one.text.version},
            {"subject", one.text.subject},
            {"text", one.text.text},
            {"at", one.saved_at ? json::value(one.saved_at->rfc3339()) : json::value(nullptr)},
            {"by", one.author ? json::value(post.user_name(one.author)) : json::value(nullptr)}});
    }
    return http::json_answer(json::object{{"rows", std::move(rows)}});
}

}  // namespace

Answer card_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto connection = post.ledger.database().lease();
    const auto entity = asked_entity(caller, *connection, request);
    if (!entity) return tl::unexpected(entity.error());
    return http::json_answer(card_json(sender_card(*connection, *entity)));
}

Answer save_card_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto object =
        http::read_object(request, {"name", "address", "registration", "vat_number", "phone", "email", "iban",
                                    "bic", "logo_png", "country", "time_zone", "penalties_shown"});
    if (!object) return tl::unexpected(object.error());
    const auto connection = post.ledger.database().lease();
    const auto entity = asked_entity(caller, *connection, request);
    if (!entity) return tl::unexpected(entity.error());
    const auto card = read_card(*object, *entity);
    if (!card) return tl::unexpected(card.error());
    store::Transaction transaction(*connection);
    save_card(*connection, *card, caller.user, post.ledger.clock().now());
    transaction.commit();
    return http::json_answer(card_json(*card));
}

void declare_routes(access::Gate& gate, std::shared_ptr<const Post> post) {
    const auto with = [&post](auto page) {
        return [post, page](const access::Caller& caller, const http::Request& request) {
            return page(*post, caller, request);
        };
    };
    gate.declare({Method::get, "/api/messages", Right::read, Scope::signed_in, with(messages_page)});
    gate.declare({Method::post, "/api/messages", Right::act, Scope::signed_in, with(act_on_many_page)});
    gate.declare({Method::get, "/api/messages/{id}", Right::read, Scope::signed_in, with(message_page)});
    gate.declare({Method::post, "/api/messages/{id}", Right::act, Scope::signed_in, with(act_page)});
    gate.declare({Method::get, "/api/messages/{id}/attachments/{place}", Right::read, Scope::signed_in,
                  with(attachment_page)});
    gate.declare(
        {Method::get, "/api/items/{id}/document", Right::read, Scope::signed_in, with(document_page)});
    gate.declare({Method::get, "/api/letters", Right::read, Scope::signed_in, with(letters_page)});
    gate.declare(
        {Method::post, "/api/letters/print", Right::act, Scope::signed_in, with(print_letters_page)});
    gate.declare(
        {Method::post, "/api/letters/posted", Right::act, Scope::signed_in, with(letters_posted_page)});
    gate.declare({Method::get, "/api/templates", Right::read, Scope::signed_in, with(templates_page)});
    gate.declare({Method::post, "/api/templates", Right::administer, Scope::signed_in, with(add_text_page)});
    gate.declare({Method::get, "/api/templates/{code}/{language}/versions", Right::read, Scope::signed_in,
                  with(text_versions_page)});
    gate.declare({Method::put, "/api/templates/{code}/{language}", Right::administer, Scope::signed_in,
                  with(save_template_page)});
    gate.declare(
        {Method::get, "/api/settings/late-payment", Right::read, Scope::signed_in, with(late_payment_page)});
    gate.declare({Method::put, "/api/settings/late-payment", Right::administer, Scope::signed_in,
                  with(save_late_payment_page)});
    gate.declare({Method::get, "/api/entities/{id}/card", Right::read, Scope::signed_in, with(card_page)});
    gate.declare(
        {Method::put, "/api/entities/{id}/card", Right::administer, Scope::signed_in, with(save_card_page)});
}

}  // namespace countback::correspondence
