#include "collections/page_query.h"

#include <algorithm>
#include <charconv>

namespace countback::collections {

namespace {

std::optional<int> two_digits(std::string_view text) {
    int value = 0;
    if (text.size() != 2) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + 2, value);
    if (error != std::errc() || end != text.data() + 2) return std::nullopt;
    return value;
}

/// Seconds east of UTC.
std::optional<std::int64_t> offset_of(std::string_view zone) {
    if (zone == "Z") return 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
    const auto hours = two_digits(zone.substr(1, 2));
    const auto minutes = two_digits(zone.substr(4, 2));
    if (!hours || !minutes) return std::nullopt;
    return (zone[0] == '-' ? -60 : 60) * (*hours * 60 + *minutes);
}

template <class Tag>
std::vector<Id<Tag>> ids_of(http::QueryReader& query, std::string_view name) {
    std::vector<Id<Tag>> ids;
    for (const std::int64_t id : query.ids(name)) ids.push_back(Id<Tag>{id});
    return ids;
}

std::optional<Currency> currency_of(http::QueryReader& query, std::string_view name) {
    const auto code = query.text(name, {3, 3});
    if (!code) return std::nullopt;
    const auto currency = Currency::parse(*code);
    if (!currency) query.refuse_field(name, *code);
    return currency;
}

FactNo known_at_of(http::QueryReader& query, const Snapshot& book) {
    const auto text = query.text("known_at", {1, 40});
    if (!text) return known_now;
    const auto instant = parse_instant(*text);
    if (!instant) query.refuse_field("known_at", *text);
    return instant ? book.known_at(*instant) : known_now;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
    const auto day = Date::parse_iso(text.substr(0, 10));
    const auto hour = two_digits(text.substr(11, 2));
    const auto minute = two_digits(text.substr(14, 2));
    const auto second = two_digits(text.substr(17, 2));
    std::string_view zone = text.substr(19);
    // A fraction of a second still belongs to the second it is in.
    if (!zone.empty() && zone[0] == '.') zone.remove_prefix(std::min(zone.size(), zone.find_first_of("Z+-")));
    const auto offset = offset_of(zone);
    if (!day || !hour || !minute || !second || !offset) return std::nullopt;
    const std::int64_t seconds = day->days() * 86'400LL + *hour * 3'600 + *minute * 60 + *second - *offset;
    return Instant{seconds * 1'000'000 + 999'999};
}

Result<PageQuery> read_page_query(const http::Request& request, const Snapshot& book, Date today) {
    http::QueryReader query(request);
    PageQuery page;
    page.selection.entities = ids_of<EntityTag>(query, "entity");
    page.selection.collectors = ids_of<LabelTag>(query, "collector");
    page.selection.segments = ids_of<LabelTag>(query, "segment");
    page.selection.customers = ids_of<CustomerTag>(query, "customer");
    page.selection.currency = currency_of(query, "currency");
    page.reporting = currency_of(query, "reporting");
    const auto as_of = query.date("as_of");
    const auto date = query.date("date");
    page.moment.as_of = date ? *date : as_of.value_or(today);
    page.moment.known_at = known_at_of(query, book);
    page.limit = static_cast<std::size_t>(query.whole("limit", 100, 1, 500));
    page.after = query.text("after", {1, 400}).value_or("");
    page.search = query.text("q", {1, 200}).value_or("");
    page.sort = query.text("sort", {1, 60}).value_or("");
    if (query.refusal()) return tl::unexpected(*query.refusal());
    if (page.moment.known_at.value == 0 && book.last_fact().value > 0) {
        const auto given = request.parameter("known_at").value_or("");
        return refuse(RefusalCode::moment_unknown, {{"known_at", std::string(given)}});
    }
    return page;
}

}  // namespace countback::collections
