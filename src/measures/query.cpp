#include "measures/query.h"

#include <charconv>

namespace countback {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;

/// `count` digits at the front of `text`, taken off; -1 when there are not that many.
int take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return -1;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
    if (error != std::errc{} || end != text.data() + count || value < 0) return -1;
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> take_fraction(std::string_view& text) {
    std::int64_t micros = 0, place = micros_per_second;
    if (!take(text, '.')) return 0;
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        place /= 10;
        micros += (text.front() - '0') * place;
        text.remove_prefix(1);
    }
    return micros;
}

/// Seconds east of UTC.
std::optional<int> take_offset(std::string_view& text) {
    if (take(text, 'Z')) return 0;
    const int sign = take(text, '-') ? -1 : take(text, '+') ? 1 : 0;
    if (sign == 0) return std::nullopt;
    const int hours = take_digits(text, 2);
    if (!take(text, ':')) return std::nullopt;
    const int minutes = take_digits(text, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    return sign * (hours * 3600 + minutes * 60);
}

template <class Tag>
std::vector<Id<Tag>> ids(http::QueryReader& reader, std::string_view name) {
    std::vector<Id<Tag>> found;
    for (const std::int64_t id : reader.ids(name)) found.push_back({id});
    return found;
}

std::optional<Currency> currency(http::QueryReader& reader, std::string_view name) {
    const auto code = reader.text(name, {3, 3});
    if (!code) return std::nullopt;
    const auto found = Currency::parse(*code);
    if (!found) reader.refuse_field(name, *code);
    return found;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20) return std::nullopt;
    const auto date = Date::parse_iso(text.substr(0, 10));
    if (!date || text[10] != 'T') return std::nullopt;
    text.remove_prefix(11);
    const int hour = take_digits(text, 2);
    if (!take(text, ':')) return std::nullopt;
    const int minute = take_digits(text, 2);
    if (!take(text, ':')) return std::nullopt;
    const int second = take_digits(text, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
    const auto fraction = take_fraction(text);
    const auto offset = take_offset(text);
    if (!fraction || !offset || !text.empty()) return std::nullopt;
    const std::int64_t seconds = date->days() * 86'400LL + hour * 3600 + minute * 60 + second - *offset;
    return Instant{seconds * micros_per_second + *fraction};
}

Result<MeasureRequest> read_measure_request(const access::Caller& caller, const http::Request& request,
                                            const Snapshot& book, Date today) {
    http::QueryReader reader(request);
    MeasureRequest read{caller.perimeter, book, {}, {}, caller.language};
    MeasureQuery& query = read.query;
    query.moment.as_of = reader.date("as_of").value_or(today);
    if (const auto text = reader.text("known_at", {1, 40})) {
        read.known_at = parse_instant(*text);
        if (!read.known_at) reader.refuse_field("known_at", *text);
        if (read.known_at) query.moment.known_at = book.known_at(*read.known_at);
    }
    query.selection.entities = ids<EntityTag>(reader, "entity");
    query.selection.collectors = ids<LabelTag>(reader, "collector");
    query.selection.segments = ids<LabelTag>(reader, "segment");
    if (const auto customer = reader.id("customer")) query.selection.customers = {CustomerId{*customer}};
    query.selection.currency = currency(reader, "currency");
    query.reporting = currency(reader, "reporting");
    query.by = static_cast<By>(reader.choice("by", {"currency", "entity", "customer"}));
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    if (book.last_fact() && !query.moment.known_at)
        return refuse(RefusalCode::moment_unknown, {{"known_at", read.known_at->rfc3339()}});
    return read;
}

}  // namespace countback
