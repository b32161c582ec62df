#include "measures/history.h"

#include <algorithm>
#include <array>

#include "locale/texts.h"
#include "measures/item_answers.h"
#include "receivables/lists_queries.h"

namespace countback {
namespace {

/// What happened, in one line; the texts are read for the page's rows only.
struct Entry {
    FactNo fact;
    std::string_view kind;  ///< as the contract names it, and the key of its sentence
    std::optional<Date> effective;
    std::optional<ItemView> item;
    std::optional<std::int64_t> amount;
    std::optional<StandingKind> standing{};
    std::optional<AttributeFact> attribute{};
};

void add_item(const Snapshot& book, const ItemView& item, FactNo known_at, std::vector<Entry>& entries) {
    for (const ItemView& version : book.versions(item.row, known_at)) {
        const bool first = version.version.value == version.id.value;
        entries.push_back(
            {version.version, first ? "item" : "version", version.issue, version, version.amount, {}});
    }
    book.each_allocation(item.row, known_at, [&](const AllocationView& one) {
        // A link of two items of the account is told once, on the debit's side.
        if (one.counter && !item.debit()) return;
        const bool back = one.amount < 0;
        entries.push_back({one.fact,
                           back ? "reversal" : "allocation",
                           one.effective,
                           item,
                           back ? -one.amount : one.amount,
                           {}});
    });
}

std::vector<Entry> entries_of(const Snapshot& book, AccountRow account, FactNo known_at) {
    std::vector<Entry> entries;
    book.each_item(account, known_at, [&](const ItemView& item) { add_item(book, item, known_at, entries); });
    book.each_standing(account, known_at, [&](const StandingView& standing) {
        const auto item = standing.item ? book.view(*standing.item, known_at) : std::nullopt;
        entries.push_back(
            {FactNo{standing.id.value}, "standing", standing.from, item, standing.amount, standing.kind});
        if (standing.fact.value == standing.id.value) return;
        entries.push_back({standing.fact, "standing_end", standing.to, item, standing.amount, standing.kind});
    });
    for (const AttributeFact& fact : book.attributes(account, known_at)) {
        if (fact.value == 0 && fact.from == Date())
            continue;  // what was there before the first value: nothing
        Entry entry{fact.fact, "attribute", fact.from, {}, {}};
        entry.attribute = fact;
        entries.push_back(entry);
    }
    return entries;
}

std::string_view name_of(Attribute attribute) {
    constexpr std::array<std::string_view, 14> names{
        "",        "entity",         "collector", "segment",  "risk_class", "scenario",     "doubtful",
        "country", "legal_identity", "terms",     "language", "no_contact", "group_master", "payment_centre"};
    return names[static_cast<std::size_t>(attribute)];
}

std::string money_text(const Entry& entry) {
    if (!entry.amount || !entry.item) return "";
    return decimal(*entry.amount, entry.item->currency) + " " + std::string(entry.item->currency.code());
}

std::string attribute_value(const AttributeFact& fact, const MeasureServices& services, Language language,
                            ListNames& names) {
    switch (fact.attribute) {
        case Attribute::entity:
            return names.entity(EntityId{fact.value}).code;
        case Attribute::collector:
        case Attribute::segment:
        case Attribute::risk_class:
        case Attribute::terms:
            return names.label(LabelId{fact.value});
        case Attribute::country:
        case Attribute::language:
            return two_letter_text(fact.value);
        case Attribute::group_master:
        case Attribute::payment_centre:
            return fact.value == 0 ? "" : names.customer(CustomerId{fact.value}).code;
        case Attribute::no_contact:
            return locale::text(language, "measures.history.unreached_" + std::to_string(fact.value));
        case Attribute::doubtful:
            return locale::text(language, fact.value != 0 ? "measures.history.yes" : "measures.history.no");
        case Attribute::legal_identity:
            return fact.value == 0 ? "" : names.customer(fact.customer).legal_id;
        case Attribute::scenario:
            return fact.value != 0 && services.scenario_name ? services.scenario_name(fact.value, language)
                                                             : "";
    }
    return "";
}

std::string attribute_sentence(const AttributeFact& fact, const MeasureServices& services, Language language,
                               ListNames& names) {
    const std::string key = "measures.attribute." + std::string(name_of(fact.attribute));
    std::string value = attribute_value(fact, services, language, names);
    if (value.empty()) value = locale::text(language, "measures.history.none");
    return locale::text(language, "measures.history.attribute",
                        {{"what", locale::text(language, key)}, {"value", value}, {"day", fact.from.iso()}});
}

std::string sentence(const Entry& entry, const MeasureServices& services, Language language,
                     ListNames& names) {
    if (entry.attribute) return attribute_sentence(*entry.attribute, services, language, names);
    const std::string number = entry.item ? names.item_number(entry.item->id) : "";
    const auto word = [&](std::string_view key) {
        return locale::text(language, "measures.history." + std::string(key));
    };
    return locale::text(language, "measures.history." + std::string(entry.kind),
                        {{"what", entry.standing ? word(name_of(*entry.standing))
                                  : entry.item   ? word(name_of(entry.item->type))
                                                 : ""},
                         {"number", number},
                         {"amount", money_text(entry)},
                         {"due", entry.item ? entry.item->due.iso() : ""},
                         {"day", entry.effective ? entry.effective->iso() : ""}});
}

json::value load_of(const Entry& entry, ListNames& names) {
    const bool item = entry.kind == "item" || entry.kind == "version";
    if (!item && entry.kind != "allocation" && entry.kind != "reversal") return nullptr;
    const auto& sql = item ? receivables::list_fact_load : receivables::list_allocation_load;
    const auto load = names.connection().integer(sql, {entry.fact.value});
    return load && *load > 0 ? json::value(*load) : json::value(nullptr);
}

json::object entry_json(const MeasureRequest& request, const Entry& entry, const MeasureServices& services,
                        ListNames& names) {
    const auto at = request.book.instant_of(entry.fact);
    return {{"fact", entry.fact.value},
            {"at", at ? json::value(at->rfc3339()) : json::value(nullptr)},
            {"effective", entry.effective ? json::value(entry.effective->iso()) : json::value(nullptr)},
            {"kind", entry.kind},
            {"text", sentence(entry, services, request.language, names)},
            {"author", author_of(entry.fact, services, names)},
            {"item", entry.item ? json::value(names.item_json(entry.item->id)) : json::value(nullptr)},
            {"amount", entry.amount && entry.item ? json::value(decimal(*entry.amount, entry.item->currency))
                                                  : json::value(nullptr)},
            {"currency",
             entry.amount && entry.item ? json::value(entry.item->currency.code()) : json::value(nullptr)},
            {"load_id", load_of(entry, names)}};
}

}  // namespace

Result<json::object> history_json(const MeasureRequest& request, CustomerId customer,
                                  const PageRequest& asked, const MeasureServices& services,
                                  ListNames& names) {
    const Moment moment = request.query.moment;
    const auto account = request.book.account(customer);
    if (!account || !request.book.admits(request.perimeter, {}, moment, *account))
        return refuse(RefusalCode::not_found);
    const auto entries = entries_of(request.book, *account, moment.known_at);
    std::vector<Cursor> keys;
    for (std::size_t i = 0; i < entries.size(); ++i)
        keys.push_back({{entries[i].fact.value, {}}, static_cast<std::int64_t>(i)});
    PageRequest newest_first = asked;
    newest_first.direction = Direction::descending;
    const PageOfRows page = page_of(keys, newest_first);
    json::array rows;
    for (const std::size_t place : page.places)
        rows.push_back(entry_json(request, entries[place], services, names));
    return json::object{{"rows", std::move(rows)},
                        {"next", page.next ? json::value(page.next->text()) : json::value(nullptr)}};
}

}  // namespace countback
