#include "imports/party_lines.h"

#include <algorithm>

#include "base/text.h"
#include "imports/reachability.h"
#include "locale/customer_language.h"

namespace countback::imports {
namespace {

bool same_texts(const Customer& a, const Customer& b) {
    return a.name == b.name && a.legal_id == b.legal_id && a.country == b.country &&
           a.language == b.language && a.email == b.email && a.phone == b.phone && a.address == b.address &&
           a.terms == b.terms;
}

bool same_contact(const Contact& a, const Contact& b) {
    return a.function == b.function && a.name == b.name && a.email == b.email && a.phone == b.phone &&
           a.language == b.language;
}

bool same_line(const PartyLine& a, const PartyLine& b) {
    return same_texts(a.texts, b.texts) && same_contact(a.contact, b.contact) && a.collector == b.collector &&
           a.segment == b.segment && a.risk_class == b.risk_class;
}

std::string two_letters_of(std::string_view text) {
    if (text.size() != 2) return {};
    std::string code(text);
    for (char& c : code) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c < 'A' || c > 'Z') return {};
    }
    return code;
}

constexpr std::size_t unknown_languages_max = 1'000;
constexpr std::size_t shown_bytes = 40;

class PartyRows {
public:
    PartyRows(const ItemReading& reading, Plan& plan)
        : columns_(reading.columns),
          plan_(plan),
          file_(*plan.file),
          row_(reading.columns, reading.formats),
          short_rows_allowed_(reading.short_rows_allowed) {}

    void read(const formats::TableRow& row) {
        ++file_.lines_read;
        row_.begin(row);
        PartyLine line;
        line.line = row.line;
        if (short_rows_allowed_ || row_.readable_width(row)) read_fields(line);
        if (!row_.refused()) {
            keep(std::move(line));
        } else {
            file_.refused.push_back(row_.take_refusal());
        }
    }

    void finish() {
        std::size_t kept = 0;
        for (std::size_t at = 0; at < plan_.party_lines.size(); ++at) {
            if (!dropped_[at]) std::swap(plan_.party_lines[kept++], plan_.party_lines[at]);
        }
        plan_.party_lines.resize(kept);
        std::sort(file_.refused.begin(), file_.refused.end(),
                  [](const RefusedLine& a, const RefusedLine& b) { return a.line < b.line; });
    }

private:
    void read_fields(PartyLine& line) {
        const std::string_view code = row_.text(Field::entity);
        const auto entity = columns_.has(Field::entity)
                                ? (code.empty() ? std::nullopt : file_.parties.entity(code))
                                : file_.parties.only_entity();
        if (!entity)
            row_.refuse(Field::entity,
                        code.empty() ? RefusalCode::value_missing : RefusalCode::entity_unknown);
        const std::string_view customer = row_.required(Field::customer_code);
        if (!entity || customer.empty()) return;
        if (const auto currency = row_.currency()) file_.parties.currency_seen(*entity, *currency);
        line.customer = file_.parties.customer(*entity, customer);
        read_texts(line);
        if (plan_.scope.kind == ImportKind::contacts) read_contact(line);
    }

    void read_texts(PartyLine& line) {
        Customer& texts = line.texts;
        texts.name = row_.text(Field::customer_name);
        texts.legal_id = row_.text(Field::legal_id);
        texts.country = two_letters_of(row_.text(Field::country));
        texts.language = language_of(row_.text(Field::language));
        texts.email = row_.text(Field::email);
        if (!texts.email.empty() && !is_mail_address(texts.email)) refuse_email(texts.email);
        texts.phone = row_.text(Field::phone);
        texts.address = row_.text(Field::address);
        texts.terms = row_.text(Field::terms);
        line.collector = row_.text(Field::collector);
        line.segment = row_.text(Field::segment);
        line.risk_class = row_.text(Field::risk_class);
    }

    /// What is not understood is left out and told: the language falls back (MSG-2).
    std::string language_of(std::string_view text) {
        if (auto known = customer_language(text)) return std::move(*known);
        if (file_.unknown_languages.size() < unknown_languages_max)
            file_.unknown_languages.emplace(text.substr(0, shown_bytes));
        return {};
    }

    void refuse_email(const std::string& email) {
        row_.refuse(Field::email, RefusalCode::field_invalid);
        row_.add_data({{"reason", "“" + email.substr(0, 80) + "” is no e-mail address"}});
    }

    /// It goes into greetings and envelopes: one line.
    std::string name_of_contact() {
        const std::string_view name = row_.required(Field::contact_name);
        if (!row_.refused() && has_control(name)) {
            row_.refuse(Field::contact_name, RefusalCode::field_invalid);
            row_.add_data({{"reason", "control_character"}});
        }
        return std::string(name);
    }

    void read_contact(PartyLine& line) {
        line.contact = {0,
                        {},
                        std::string(row_.text(Field::contact_function)),
                        name_of_contact(),
                        line.texts.email,
                        line.texts.phone,
                        line.texts.language};
        if (line.contact.function.empty()) line.contact.function = "other";
        line.texts = {};
        line.collector = line.segment = line.risk_class = {};
        if (!file_.parties.customers[line.customer].id)
            row_.refuse(Field::customer_code, RefusalCode::customer_unknown);
    }

    void keep(PartyLine line) {
        std::string key = std::to_string(line.customer);
        if (plan_.scope.kind == ImportKind::contacts)
            key += "\x1f" + line.contact.name + "\x1f" + line.contact.email;
        const auto [first, is_new] = first_lines_.emplace(key, plan_.party_lines.size());
        if (is_new) {
            plan_.party_lines.push_back(std::move(line));
            dropped_.push_back(false);
            return;
        }
        const PartyLine& other = plan_.party_lines[first->second];
        const bool duplicate = same_line(line, other);
        refuse(line, duplicate ? RefusalCode::duplicate_line : RefusalCode::conflicting_line, other.line);
        if (duplicate || dropped_[first->second]) return;
        dropped_[first->second] = true;
        refuse(other, RefusalCode::conflicting_line, line.line);
    }

    void refuse(const PartyLine& line, RefusalCode code, std::int64_t other) {
        const std::string& value = file_.parties.customers[line.customer].code;
        file_.refused.push_back({line.line,
                                 std::string(columns_.column_name(Field::customer_code)),
                                 value,
                                 {code, {{"line", std::to_string(other)}, {"value", value}}}});
    }

    const Columns& columns_;
    Plan& plan_;
    ItemFile& file_;
    RowReader row_;
    bool short_rows_allowed_;
    ByText<std::size_t> first_lines_;
    std::vector<bool> dropped_;
};

bool attributes_differ(const Snapshot& book, const PartyLookup& lookup, const PartyLine& line,
                       CustomerId customer, Date day) {
    const auto account = book.account(customer);
    if (!account) return true;
    for (const WantedAttribute& wanted : wanted_attributes(line)) {
        const std::int64_t now = book.attribute(*account, wanted.attribute, {day, known_now});
        const std::int64_t value =
            wanted.label ? lookup.label(*wanted.label, wanted.text).value : wanted.value;
        if (now != value || value == 0) return true;
    }
    return false;
}

void keep_contact(Plan& plan, PartyLine& line) {
    line.changes = false;
    plan.kept.push_back(plan.file->parties.customers[line.customer].code + " " + line.contact.name);
}

}  // namespace

Result<void> read_parties(formats::TableSource& rows, const ItemReading& reading, Plan& plan) {
    PartyRows reader(reading, plan);
    formats::TableRow row;
    while (true) {
        const auto more = rows.next(row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        reader.read(row);
    }
    reader.finish();
    return {};
}

std::vector<WantedAttribute> wanted_attributes(const PartyLine& line) {
    std::vector<WantedAttribute> wanted;
    const auto label = [&](Attribute attribute, LabelKind kind, const std::string& text) {
        if (!text.empty()) wanted.push_back({attribute, kind, text, 0});
    };
    const auto letters = [&](Attribute attribute, const std::string& text) {
        if (text.size() == 2) wanted.push_back({attribute, std::nullopt, {}, two_letters(text[0], text[1])});
    };
    label(Attribute::collector, LabelKind::collector, line.collector);
    label(Attribute::segment, LabelKind::segment, line.segment);
    label(Attribute::risk_class, LabelKind::risk_class, line.risk_class);
    label(Attribute::terms, LabelKind::terms, line.texts.terms);
    letters(Attribute::country, line.texts.country);
    letters(Attribute::language, line.texts.language);
    if (!line.texts.legal_id.empty()) {
        const auto hash = static_cast<std::int64_t>(hash64(fold(line.texts.legal_id)) >> 1);
        wanted.push_back({Attribute::legal_identity, std::nullopt, {}, hash});
    }
    return wanted;
}

Customer merged(const Customer& known, const PartyLine& line) {
    Customer after = known;
    const auto take = [](std::string& into, const std::string& said) {
        if (!said.empty()) into = said;
    };
    take(after.name, line.texts.name);
    take(after.legal_id, line.texts.legal_id);
    take(after.country, line.texts.country);
    take(after.language, line.texts.language);
    take(after.email, line.texts.email);
    take(after.phone, line.texts.phone);
    take(after.address, line.texts.address);
    take(after.terms, line.texts.terms);
    return after;
}

void plan_parties(const Snapshot& book, const PartyLookup& lookup, Plan& plan) {
    for (PartyLine& line : plan.party_lines) {
        const CustomerId customer = plan.file->parties.customers[line.customer].id;
        if (plan.scope.kind == ImportKind::contacts) {
            for (const Contact& known : lookup.contacts(customer)) {
                const bool same_person = line.contact.email.empty() ? known.name == line.contact.name
                                                                    : known.email == line.contact.email;
                if (!same_person) continue;
                line.contact.id = known.id;
                if (same_contact(known, line.contact)) line.changes = false;
                if (line.changes && known.owner == Owner::product) keep_contact(plan, line);
            }
            Contact said = line.contact;
            said.customer = customer;
            if (line.contact.id == 0 && lookup.removed(said)) keep_contact(plan, line);
            ++(!line.changes          ? plan.counts.unchanged
               : line.contact.id == 0 ? plan.counts.new_items
                                      : plan.counts.changed);
            continue;
        }
        if (!customer) {
            ++plan.counts.new_customers;
            continue;
        }
        const auto known = lookup.customer(customer);
        line.changes = !known || !same_texts(merged(*known, line), *known) ||
                       attributes_differ(book, lookup, line, customer, plan.scope.as_of);
        ++(line.changes ? plan.counts.changed : plan.counts.unchanged);
    }
    plan.counts.lines = plan.file->lines_read;
    plan.counts.refused = static_cast<std::int64_t>(plan.file->refused.size());
}

std::vector<std::uint32_t> renamed_customers(const Snapshot& book, const Plan& plan) {
    std::vector<std::uint32_t> renamed;
    const auto& customers = plan.file->parties.customers;
    for (std::uint32_t place = 0; place < customers.size(); ++place) {
        const FileCustomer& customer = customers[place];
        if (!customer.id || customer.name.empty() || customer.name == customer.known_name) continue;
        Date latest;
        if (const auto account = book.account(customer.id)) {
            book.each_item(*account, known_now,
                           [&](const ItemView& item) { latest = std::max(latest, item.issue); });
        }
        if (customer.name_date >= latest) renamed.push_back(place);
    }
    return renamed;
}

}  // namespace countback::imports
