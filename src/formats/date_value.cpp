#include <array>

#include "base/text.h"
#include "formats/value.h"

namespace countback::formats {
namespace {

constexpr std::int32_t day_number_of_1970 = 25569;
constexpr std::int32_t day_number_min = 18264;
constexpr std::int32_t day_number_max = 73415;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The three runs of digits of `31/03/2026`; month names count as their number.
struct Parts {
    std::array<int, 3> number{};
    std::array<std::size_t, 3> digits{};
    char mark = 0;
    bool named = false;
};

int month_by_name(std::string_view name) {
    constexpr std::string_view names[12][4] = {{"jan", "janvier", "janv", "january"},
                                               {"feb", "fevrier", "fevr", "february"},
                                               {"mar", "mars", "march", "mars"},
                                               {"apr", "avril", "avr", "april"},
                                               {"may", "mai", "may", "mai"},
                                               {"jun", "juin", "june", "jun"},
                                               {"jul", "juillet", "juil", "july"},
                                               {"aug", "aout", "august", "aou"},
                                               {"sep", "septembre", "sept", "september"},
                                               {"oct", "octobre", "october", "oct"},
                                               {"nov", "novembre", "november", "nov"},
                                               {"dec", "decembre", "december", "dec"}};
    const std::string folded = fold(name);
    for (int month = 0; month < 12; ++month) {
        for (const std::string_view known : names[month]) {
            if (folded == known) return month + 1;
        }
    }
    return 0;
}

// −1 when it is no number of at most eight digits.
int number_of(std::string_view digits) {
    if (digits.size() > 8) return -1;
    int number = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

// Drops the time behind the day: ` 00:00:00`, `T00:00:00Z`.
std::string_view day_part(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return text;
    const auto gap = text.find_last_of("T ", colon);
    return gap == std::string_view::npos ? std::string_view{} : trim(text.substr(0, gap));
}

std::optional<Parts> named_parts(std::string_view text) {
    Parts parts;
    std::size_t count = 0;
    while (!text.empty() && count < 3) {
        const auto end = text.find_first_of(" -./");
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (word.empty()) continue;
        const bool number = is_digit(word.front());
        if (word.size() > 10 || (count == 1) == number) return std::nullopt;
        parts.digits[count] = word.size();
        parts.number[count++] = number ? number_of(word) : month_by_name(word);
    }
    if (count != 3 || !text.empty() || parts.number[1] == 0) return std::nullopt;
    parts.named = true;
    return parts;
}

std::optional<Parts> split_parts(std::string_view text) {
    Parts parts;
    std::size_t count = 0;
    for (const char c : text) {
        if (is_digit(c)) {
            if (++parts.digits[count] > 4) return std::nullopt;
            parts.number[count] = parts.number[count] * 10 + (c - '0');
            continue;
        }
        if ((c != '/' && c != '-' && c != '.') || (parts.mark != 0 && c != parts.mark)) return std::nullopt;
        parts.mark = c;
        if (parts.digits[count] == 0 || ++count > 2) return std::nullopt;
    }
    if (count != 2 || parts.digits[2] == 0) return std::nullopt;
    return parts;
}

std::optional<Parts> parts_of(std::string_view text) {
    for (const char c : text) {
        if (!is_digit(c) && c != '/' && c != '-' && c != '.')
            return text.size() <= 24 ? named_parts(text) : std::nullopt;
    }
    return split_parts(text);
}

int full_year(int year, std::size_t digits) {
    if (digits == 4) return year;
    if (digits != 2) return 0;
    return year + (year >= 70 ? 1900 : 2000);
}

std::optional<Date> date_of(int year, int month, int day) {
    if (month < 1 || day < 1) return std::nullopt;
    return Date::of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

std::optional<Date> date_of(const Parts& parts, DateOrder order) {
    const auto& n = parts.number;
    if (parts.digits[0] == 4) return date_of(n[0], n[1], n[2]);
    const int year = full_year(n[2], parts.digits[2]);
    const bool day_first = order == DateOrder::day_first || parts.mark == '.' || parts.named;
    return day_first ? date_of(year, n[1], n[0]) : date_of(year, n[0], n[1]);
}

std::optional<Date> from_digits(std::string_view digits) {
    if (digits.size() == 8) {
        const int number = number_of(digits);
        const auto year_first = date_of(number / 10000, number / 100 % 100, number % 100);
        return year_first ? year_first : date_of(number % 10000, number / 10000 % 100, number / 1000000);
    }
    if (digits.size() != 5) return std::nullopt;
    const int number = number_of(digits);
    if (number < day_number_min || number > day_number_max) return std::nullopt;
    return Date(number - day_number_of_1970);
}

bool all_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<Date> read_date(std::string_view text, DateOrder order) {
    if (const auto iso = Date::parse_iso(text)) return iso;
    const std::string_view day = without_point_zero(day_part(text));
    if (day.empty()) return std::nullopt;
    if (all_digits(day)) return from_digits(day);
    const auto parts = parts_of(day);
    return parts ? date_of(*parts, order) : std::nullopt;
}

void DateEvidence::add(std::string_view text) {
    if (const auto date = Date::parse_iso(text)) {
        ++seen_[iso];
        ++readable_;
        return;
    }
    const std::string_view day = without_point_zero(day_part(text));
    if (day.empty()) return;
    if (all_digits(day)) {
        if (!from_digits(day)) return;
        ++seen_[day.size() == 8 ? compact : day_number];
        ++readable_;
        return;
    }
    const auto parts = parts_of(day);
    if (!parts) return;
    const auto day_first = date_of(*parts, DateOrder::day_first);
    const auto month_first = date_of(*parts, DateOrder::month_first);
    if (!day_first && !month_first) return;
    ++readable_;
    const bool year_first = parts->digits[0] == 4;
    ++seen_[year_first           ? iso
            : parts->named       ? named
            : parts->mark == '.' ? dotted
            : parts->mark == '-' ? dashed
                                 : slashed];
    if (day_first && month_first) {
        open_ += *day_first != *month_first ? 1 : 0;
    } else {
        ++(day_first ? day_first_ : month_first_);
    }
}

std::string DateEvidence::layout() const {
    if (readable_ == 0) return {};
    std::size_t most = 0;
    for (std::size_t i = 1; i < layouts; ++i) {
        if (seen_[i] > seen_[most]) most = i;
    }
    const bool month = order() == DateOrder::month_first;
    switch (static_cast<Layout>(most)) {
        case iso:
            return "yyyy-mm-dd";
        case compact:
            return "yyyymmdd";
        case slashed:
            return month ? "mm/dd/yyyy" : "dd/mm/yyyy";
        case dashed:
            return month ? "mm-dd-yyyy" : "dd-mm-yyyy";
        case dotted:
            return "dd.mm.yyyy";
        case named:
            return "dd mmm yyyy";
        default:
            return "day number";
    }
}

std::optional<DateOrder> order_of_layout(std::string_view layout) {
    const auto day = layout.find('d');
    const auto month = layout.find('m');
    if (layout == "day number") return DateOrder::day_first;
    if (day == std::string_view::npos || month == std::string_view::npos) return std::nullopt;
    if (layout.starts_with('y')) return DateOrder::day_first;
    return day < month ? DateOrder::day_first : DateOrder::month_first;
}

}  // namespace countback::formats
