// HTTP for IMP-5 and IMP-8: what a person changes, and cash she records.
#include "imports/changes.h"
#include "imports/routes.h"

namespace countback::imports {
namespace {

using access::Caller;
using access::Method;
using access::Right;
using access::Scope;
using http::Request;
using http::Response;
namespace json = http::json;
using parties::CustomerField;

constexpr std::size_t text_max = 500;

Person person_of(const Caller& caller, const Request& request) {
    return {caller.perimeter, caller.user, request.remote_address};
}

tl::unexpected<Refusal> invalid(std::string_view field, std::string_view reason) {
    return refuse(RefusalCode::field_invalid,
                  {{"field", std::string(field)}, {"reason", std::string(reason)}});
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object contact_json(const Contact& contact) {
    return {{"id", contact.id},
            {"name", contact.name},
            {"email", text_or_null(contact.email)},
            {"phone", text_or_null(contact.phone)},
            {"role", text_or_null(contact.function)},
            {"language", text_or_null(contact.language)},
            {"owner", parties::name_of(contact.owner)}};
}

json::object fields_json(CustomerFields found) {
    json::object values, owners;
    for (const CustomerField field : parties::customer_fields) {
        const std::string* text = parties::text_of(found.texts, field);
        values[parties::name_of(field)] = text_or_null(text != nullptr ? *text : found.labels[field]);
        owners[parties::name_of(field)] =
            parties::name_of(found.owned.has(field) ? Owner::product : Owner::source);
    }
    json::array contacts;
    for (const Contact& contact : found.contacts) contacts.push_back(contact_json(contact));
    return {{"id", found.texts.id.value},
            {"code", found.texts.code},
            {"fields", std::move(values)},
            {"owner", std::move(owners)},
            {"contacts", std::move(contacts)}};
}

Result<std::int64_t> captured(const Request& request, std::string_view name, const char* what) {
    const auto id = http::parse_id(request.capture(name));
    if (!id) return refuse(RefusalCode::not_found, {{"what", what}});
    return *id;
}

Result<Owner> read_owner(const json::value& value) {
    const auto* text = value.if_string();
    if (text != nullptr && *text == "source") return Owner::source;
    if (text != nullptr && *text == "product") return Owner::product;
    return invalid("owner", "source or product expected");
}

Result<void> read_owners(const json::value& value, CustomerChange& change) {
    const auto* owners = value.if_object();
    if (owners == nullptr) return invalid("owner", "an object of field and owner expected");
    for (const auto& entry : *owners) {
        const auto field = parties::parse_customer_field(entry.key());
        if (!field) return invalid("owner", std::string("no such field: ") + std::string(entry.key()));
        const auto owner = read_owner(entry.value());
        if (!owner) return tl::unexpected(owner.error());
        change.owners[*field] = *owner;
    }
    return {};
}

/// Absent = untouched, null or empty = none. A field that no customer has is refused, not skipped.
Result<CustomerChange> read_customer_change(const json::object& body) {
    CustomerChange change;
    for (const auto& entry : body) {
        if (entry.key() == "owner") {
            if (auto read = read_owners(entry.value(), change); !read) return tl::unexpected(read.error());
            continue;
        }
        const auto field = parties::parse_customer_field(entry.key());
        if (!field) return invalid(entry.key(), "a customer has no such field");
        const auto* text = entry.value().if_string();
        if (text == nullptr && !entry.value().is_null()) return invalid(entry.key(), "a text expected");
        if (text != nullptr && text->size() > text_max) return invalid(entry.key(), "too long");
        change.values[*field] = text == nullptr ? std::string() : std::string(*text);
    }
    return change;
}

Result<ContactChange> read_contact(const json::object& body) {
    ContactChange change;
    const std::pair<std::string_view, std::optional<std::string>*> places[] = {
        {"name", &change.name},
        {"role", &change.function},
        {"email", &change.email},
        {"phone", &change.phone},
        {"language", &change.language}};
    for (const auto& [name, place] : places) {
        const json::value* value = body.if_contains(name);
        if (value == nullptr) continue;
        const auto* text = value->if_string();
        if (text == nullptr && !value->is_null()) return invalid(name, "a text expected");
        if (text != nullptr && text->size() > text_max) return invalid(name, "too long");
        *place = text == nullptr ? std::string() : std::string(*text);
    }
    if (const json::value* value = body.if_contains("owner")) {
        const auto owner = read_owner(*value);
        if (!owner) return tl::unexpected(owner.error());
        change.owner = *owner;
    }
    return change;
}

Result<Response> customer_answer(Changes& changes, const Caller& caller, CustomerId customer, int status) {
    auto found = changes.customer(caller.perimeter, customer);
    if (!found) return tl::unexpected(found.error());
    return http::json_answer(fields_json(std::move(*found)), status);
}

Result<Response> customer_fields(Changes& changes, const Caller& caller, const Request& request) {
    const auto id = captured(request, "id", "customer");
    if (!id) return tl::unexpected(id.error());
    return customer_answer(changes, caller, CustomerId{*id}, 200);
}

Result<Response> change_customer(Changes& changes, const Caller& caller, const Request& request) {
    const auto id = captured(request, "id", "customer");
    if (!id) return tl::unexpected(id.error());
    const auto body =
        http::read_object(request, {"name", "legal_id", "country", "language", "email", "phone", "address",
                                    "terms", "collector", "segment", "risk_class", "owner"});
    if (!body) return tl::unexpected(body.error());
    auto change = read_customer_change(*body);
    if (!change) return tl::unexpected(change.error());
    change->customer = CustomerId{*id};
    auto changed = changes.change_customer(person_of(caller, request), *change);
    if (!changed) return tl::unexpected(changed.error());
    return http::json_answer(fields_json(std::move(*changed)));
}

Result<Response> add_contact(Changes& changes, const Caller& caller, const Request& request) {
    const auto id = captured(request, "id", "customer");
    if (!id) return tl::unexpected(id.error());
    const auto body = http::read_object(request, {"name", "role", "email", "phone", "language", "owner"});
    if (!body) return tl::unexpected(body.error());
    const auto contact = read_contact(*body);
    if (!contact) return tl::unexpected(contact.error());
    const auto added = changes.add_contact(person_of(caller, request), CustomerId{*id}, *contact);
    if (!added) return tl::unexpected(added.error());
    return customer_answer(changes, caller, CustomerId{*id}, 201);
}

Result<Contact> named_contact(const Request& request) {
    const auto id = captured(request, "id", "customer");
    const auto contact = captured(request, "contact", "contact");
    if (!id) return tl::unexpected(id.error());
    if (!contact) return tl::unexpected(contact.error());
    Contact which;
    which.customer = CustomerId{*id};
    which.id = *contact;
    return which;
}

Result<Response> change_contact(Changes& changes, const Caller& caller, const Request& request) {
    const auto which = named_contact(request);
    if (!which) return tl::unexpected(which.error());
    const auto body = http::read_object(request, {"name", "role", "email", "phone", "language", "owner"});
    if (!body) return tl::unexpected(body.error());
    const auto said = read_contact(*body);
    if (!said) return tl::unexpected(said.error());
    const auto changed = changes.change_contact(person_of(caller, request), *which, *said);
    if (!changed) return tl::unexpected(changed.error());
    return customer_answer(changes, caller, which->customer, 200);
}

Result<Response> remove_contact(Changes& changes, const Caller& caller, const Request& request) {
    const auto which = named_contact(request);
    if (!which) return tl::unexpected(which.error());
    const auto removed = changes.remove_contact(person_of(caller, request), *which);
    if (!removed) return tl::unexpected(removed.error());
    return customer_answer(changes, caller, which->customer, 200);
}

Result<Response> change_item(Changes& changes, const Caller& caller, const Request& request) {
    const auto id = captured(request, "id", "item");
    if (!id) return tl::unexpected(id.error());
    const auto body = http::read_object(request, {"due_date", "owner", "reason"});
    if (!body) return tl::unexpected(body.error());
    http::BodyReader reader(*body);
    ItemChange change{ItemId{*id}, reader.optional_date("due_date"), std::nullopt, reader.text("reason")};
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    if (const json::value* value = body->if_contains("owner")) {
        const auto owner = read_owner(*value);
        if (!owner) return tl::unexpected(owner.error());
        change.owner = *owner;
    }
    const auto changed = changes.change_item(person_of(caller, request), change);
    if (!changed) return tl::unexpected(changed.error());
    const Snapshot book = changes.ledger().book();
    const auto view = book.view(*book.item(change.item), known_now);
    const bool ours = (view->flags & item_flag::due_set_here) != 0;
    return http::json_answer(
        json::object{{"id", *id},
                     {"due_date", view->due.iso()},
                     {"owner", parties::name_of(ours ? Owner::product : Owner::source)}});
}

Result<Response> record_payment(Changes& changes, const Caller& caller, const Request& request) {
    const auto body =
        http::read_object(request, {"customer", "amount", "currency", "date", "reference", "allocations"});
    if (!body) return tl::unexpected(body.error());
    http::BodyReader reader(*body);
    NewPayment payment{CustomerId{reader.id("customer")},
                       reader.text("amount"),
                       reader.text("currency"),
                       reader.date("date"),
                       reader.optional_text("reference", {0, 100}).value_or(""),
                       {}};
    const json::value* parts = body->if_contains("allocations");
    if (parts != nullptr && !parts->is_array() && !parts->is_null())
        reader.refuse_field("allocations", "a list expected");
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    if (parts != nullptr && parts->is_array()) {
        for (const json::value& part : parts->get_array()) {
            if (!part.is_object()) return invalid("allocations", "item and amount expected");
            http::BodyReader line(part.get_object());
            payment.parts.push_back({ItemId{line.id("item")}, line.text("amount")});
            if (line.refusal()) return tl::unexpected(*line.refusal());
        }
    }
    const auto made = changes.record_payment(person_of(caller, request), payment);
    if (!made) return tl::unexpected(made.error());
    return http::json_answer(json::object{{"id", made->value}, {"provisional", true}}, 201);
}

}  // namespace

void declare_change_routes(access::Gate& gate, Ledger& ledger, const access::Audit& audit) {
    const auto changes = std::make_shared<Changes>(ledger, audit);
    const auto with = [&changes](Result<Response> (*answer)(Changes&, const Caller&, const Request&)) {
        return [changes, answer](const Caller& caller, const Request& request) {
            return answer(*changes, caller, request);
        };
    };
    gate.declare(
        {Method::get, "/api/customers/{id}/fields", Right::read, Scope::signed_in, with(customer_fields)});
    gate.declare({Method::patch, "/api/customers/{id}", Right::act, Scope::signed_in, with(change_customer)});
    gate.declare(
        {Method::post, "/api/customers/{id}/contacts", Right::act, Scope::signed_in, with(add_contact)});
    gate.declare({Method::patch, "/api/customers/{id}/contacts/{contact}", Right::act, Scope::signed_in,
                  with(change_contact)});
    gate.declare({Method::remove, "/api/customers/{id}/contacts/{contact}", Right::act, Scope::signed_in,
                  with(remove_contact)});
    gate.declare({Method::patch, "/api/items/{id}", Right::act, Scope::signed_in, with(change_item)});
    gate.declare({Method::post, "/api/payments", Right::act, Scope::signed_in, with(record_payment)});
}

}  // namespace countback::imports
