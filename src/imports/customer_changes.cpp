// IMP-5: a customer's fields and contacts, changed by a person.
#include <algorithm>

#include "base/text.h"
#include "imports/changes.h"
#include "imports/party_lines.h"
#include "imports/reachability.h"
#include "locale/customer_language.h"
#include "parties/contact_functions.h"
#include "parties/directory.h"

namespace countback::imports {
namespace {

using parties::CustomerField;

constexpr const auto& functions = parties::contact_functions;

tl::unexpected<Refusal> invalid(std::string_view field, std::string_view reason) {
    return refuse(RefusalCode::field_invalid,
                  {{"field", std::string(field)}, {"reason", std::string(reason)}});
}

std::optional<std::string> two_letters(std::string_view text) {
    std::string letters = ascii_lower(text);
    const bool fits =
        letters.empty() || (letters.size() == 2 && std::all_of(letters.begin(), letters.end(),
                                                               [](char c) { return c >= 'a' && c <= 'z'; }));
    return fits ? std::optional(letters) : std::nullopt;
}

bool is_address(std::string_view email) { return email.empty() || is_mail_address(email); }

/// The value as the product keeps it.
Result<std::string> read_value(CustomerField field, std::string_view text) {
    const std::string_view trimmed = trim(text);
    if (field == CustomerField::country) {
        const auto country = read_country(trimmed);
        if (!country) return invalid("country", "two letters expected, such as FR");
        return *country;
    }
    if (field == CustomerField::language) {
        const auto language = read_language(trimmed);
        if (!language) return invalid("language", "two letters expected, such as fr");
        return *language;
    }
    if (field == CustomerField::email && !is_address(trimmed))
        return invalid("email", "an e-mail address expected");
    return std::string(trimmed);
}

LabelId label_named(store::Connection& connection, LabelKind kind, const std::string& text) {
    return text.empty() ? LabelId{} : parties::label_of(connection, kind, text);
}

Attribute attribute_of(CustomerField field) {
    if (field == CustomerField::collector) return Attribute::collector;
    return field == CustomerField::segment ? Attribute::segment : Attribute::risk_class;
}

/// Texts that are dated attributes too.
std::vector<std::pair<Attribute, std::int64_t>> attributes_of(store::Connection& connection,
                                                              CustomerField field, const std::string& text) {
    PartyLine line;
    if (field != CustomerField::country && field != CustomerField::language &&
        field != CustomerField::terms && field != CustomerField::legal_id)
        return {};
    *parties::text_of(line.texts, field) = text;
    std::vector<std::pair<Attribute, std::int64_t>> found;
    for (const WantedAttribute& wanted : wanted_attributes(line)) {
        found.emplace_back(wanted.attribute, wanted.label
                                                 ? label_named(connection, *wanted.label, wanted.text).value
                                                 : wanted.value);
    }
    if (!found.empty()) return found;
    switch (field) {
        case CustomerField::country:
            return {{Attribute::country, 0}};
        case CustomerField::language:
            return {{Attribute::language, 0}};
        case CustomerField::terms:
            return {{Attribute::terms, 0}};
        default:
            return {{Attribute::legal_identity, 0}};
    }
}

/// Sets the field as of today; false when it is so already. `before` gains what it was.
struct FieldChange {
    Writing& writing;
    Customer& customer;
    AccountRow account;
    Date today;
    std::string& before;

    bool set(CustomerField field, const std::string& text) {
        if (const auto kind = parties::label_kind_of(field)) {
            const std::int64_t label = label_named(writing.connection(), *kind, text).value;
            before +=
                std::string(parties::name_of(field)) + "=" + std::to_string(now(attribute_of(field))) + "\n";
            return set_attribute(attribute_of(field), label);
        }
        std::string& place = *parties::text_of(customer, field);
        before += std::string(parties::name_of(field)) + "=" + place + "\n";
        if (place == text) return false;
        place = text;
        for (const auto& [attribute, value] : attributes_of(writing.connection(), field, text))
            set_attribute(attribute, value);
        return true;
    }

private:
    std::int64_t now(Attribute attribute) const {
        return writing.book().attribute(account, attribute, {today, known_now});
    }
    bool set_attribute(Attribute attribute, std::int64_t value) {
        if (now(attribute) == value) return false;
        writing.add(AttributeFact{{}, customer.id, attribute, value, today});
        return true;
    }
};

Result<Contact> applied(Contact contact, const ContactChange& said) {
    const auto take = [](std::string& into, const std::optional<std::string>& value) {
        if (value) into = trim(*value);
    };
    take(contact.name, said.name);
    take(contact.function, said.function);
    take(contact.email, said.email);
    take(contact.phone, said.phone);
    take(contact.language, said.language);
    if (contact.name.empty()) return refuse(RefusalCode::field_missing, {{"field", "name"}});
    if (has_control(contact.name)) return invalid("name", "control_character");
    if (contact.function.empty()) contact.function = "other";
    if (std::find(functions.begin(), functions.end(), contact.function) == functions.end())
        return invalid("role", "payables, buyer, executive, legal or other expected");
    if (!is_address(contact.email)) return invalid("email", "an e-mail address expected");
    const auto language = read_language(contact.language);
    if (!language) return invalid("language", "two letters expected, such as fr");
    contact.language = *language;
    return contact;
}

std::string told(const Contact& contact) {
    return contact.function + "\n" + contact.name + "\n" + contact.email + "\n" + contact.phone + "\n" +
           contact.language;
}

std::string subject_of(const char* kind, std::int64_t id) {
    return std::string(kind) + " " + std::to_string(id);
}

}  // namespace

std::optional<std::string> read_country(std::string_view text) {
    auto letters = two_letters(text);
    if (!letters) return letters;
    for (char& c : *letters) c = static_cast<char>(c - 'a' + 'A');
    return letters;
}

std::optional<std::string> read_language(std::string_view text) { return customer_language(text); }

Result<AccountRow> Changes::admitted(const Snapshot& book, const Perimeter& perimeter,
                                     CustomerId customer) const {
    const auto account = book.account(customer);
    const Moment now{ledger_.clock().today(), known_now};
    if (!account || !book.admits(perimeter, {}, now, *account))
        return refuse(RefusalCode::not_found, {{"what", "customer"}});
    return *account;
}

void Changes::log(Writing& writing, const Person& person, const access::AuditEntry& entry) const {
    audit_.append(writing.connection(), {person.user, person.address}, entry);
}

void Changes::keep_reachable(Writing& writing, CustomerId customer) const {
    const Date today = ledger_.clock().today();
    keep_reachability(writing, customer, {today, today});
}

Result<CustomerFields> Changes::customer(const Perimeter& perimeter, CustomerId id) {
    const Snapshot book = ledger_.book();
    const auto account = admitted(book, perimeter, id);
    if (!account) return tl::unexpected(account.error());
    const auto connection = ledger_.database().lease();
    const auto texts = parties::customer(*connection, id);
    if (!texts) return refuse(RefusalCode::not_found, {{"what", "customer"}});
    CustomerFields fields{
        *texts, {}, parties::owned_fields(*connection, id), parties::contacts(*connection, id)};
    for (const CustomerField field : parties::customer_fields) {
        if (!parties::label_kind_of(field)) continue;
        const LabelId label{
            book.attribute(*account, attribute_of(field), {ledger_.clock().today(), known_now})};
        const auto known = label ? parties::label(*connection, label) : std::nullopt;
        fields.labels[field] = known ? known->text : "";
    }
    return fields;
}

Result<CustomerFields> Changes::change_customer(const Person& person, const CustomerChange& change) {
    CustomerChange read = change;
    for (auto& [field, text] : read.values) {
        auto value = read_value(field, text);
        if (!value) return tl::unexpected(value.error());
        text = std::move(*value);
    }
    const auto written = ledger_.write({person.user, person.source}, [&](Writing& writing) -> Result<void> {
        const auto account = admitted(writing.book(), person.perimeter, read.customer);
        if (!account) return tl::unexpected(account.error());
        auto customer = parties::customer(writing.connection(), read.customer);
        if (!customer) return refuse(RefusalCode::not_found, {{"what", "customer"}});
        std::string before, after;
        FieldChange fields{writing, *customer, *account, ledger_.clock().today(), before};
        for (auto& [field, text] : read.values) {
            if (field == CustomerField::name && text.empty()) text = customer->code;
            if (!fields.set(field, text)) continue;
            parties::set_owner(writing.connection(), read.customer, field, Owner::product);
            after += std::string(parties::name_of(field)) + "=" + text + "\n";
        }
        parties::update_customer(writing.connection(), *customer);
        if (read.values.contains(CustomerField::email) || read.values.contains(CustomerField::address))
            keep_reachable(writing, read.customer);
        for (const auto& [field, owner] : read.owners) {
            parties::set_owner(writing.connection(), read.customer, field, owner);
            after += std::string(parties::name_of(field)) + " owner=" + std::string(parties::name_of(owner)) +
                     "\n";
        }
        if (!after.empty())
            log(writing, person,
                {"customer_changed", subject_of("customer", read.customer.value), before, after});
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return this->customer(person.perimeter, read.customer);
}

Result<std::int64_t> Changes::add_contact(const Person& person, CustomerId customer,
                                          const ContactChange& said) {
    std::int64_t id = 0;
    const auto written = ledger_.write({person.user, person.source}, [&](Writing& writing) -> Result<void> {
        if (const auto account = admitted(writing.book(), person.perimeter, customer); !account)
            return tl::unexpected(account.error());
        Contact empty;
        empty.customer = customer;
        const auto contact = applied(std::move(empty), said);
        if (!contact) return tl::unexpected(contact.error());
        id = parties::add_contact(writing.connection(), *contact);
        parties::set_contact_owner(writing.connection(), id, said.owner.value_or(Owner::product));
        parties::forget_removed(writing.connection(), *contact);
        keep_reachable(writing, customer);
        log(writing, person, {"contact_added", subject_of("contact", id), "", told(*contact)});
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return id;
}

Result<void> Changes::change_contact(const Person& person, const Contact& which, const ContactChange& said) {
    const auto written = ledger_.write({person.user, person.source}, [&](Writing& writing) -> Result<void> {
        if (const auto account = admitted(writing.book(), person.perimeter, which.customer); !account)
            return tl::unexpected(account.error());
        const auto before = parties::contact(writing.connection(), which.customer, which.id);
        if (!before) return refuse(RefusalCode::not_found, {{"what", "contact"}});
        const auto after = applied(*before, said);
        if (!after) return tl::unexpected(after.error());
        const bool differs = told(*before) != told(*after);
        if (differs) parties::update_contact(writing.connection(), *after);
        if (differs) keep_reachable(writing, which.customer);
        if (differs || said.owner)
            parties::set_contact_owner(writing.connection(), which.id, said.owner.value_or(Owner::product));
        if (differs || said.owner)
            log(writing, person,
                {"contact_changed", subject_of("contact", which.id), told(*before), told(*after)});
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

Result<void> Changes::remove_contact(const Person& person, const Contact& which) {
    const auto written = ledger_.write({person.user, person.source}, [&](Writing& writing) -> Result<void> {
        if (const auto account = admitted(writing.book(), person.perimeter, which.customer); !account)
            return tl::unexpected(account.error());
        const auto contact = parties::contact(writing.connection(), which.customer, which.id);
        if (!contact) return refuse(RefusalCode::not_found, {{"what", "contact"}});
        parties::remove_contact(writing.connection(), *contact);
        keep_reachable(writing, which.customer);
        log(writing, person, {"contact_removed", subject_of("contact", which.id), told(*contact), ""});
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

}  // namespace countback::imports
