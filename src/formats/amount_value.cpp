#include <array>

#include "base/text.h"
#include "formats/value.h"

namespace countback::formats {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The length of a blank at `at`: space, tab, U+00A0, U+2007, U+202F, U+2009; 0 when there is none.
std::size_t blank_at(std::string_view text, std::size_t at) {
    if (text[at] == ' ' || text[at] == '\t') return 1;
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("\xC2\xA0")) return 2;
    for (const std::string_view wide : {"\xE2\x80\xAF", "\xE2\x80\x87", "\xE2\x80\x89"}) {
        if (rest.starts_with(wide)) return 3;
    }
    return 0;
}

std::size_t minus_at(std::string_view text, std::size_t at) {
    if (text[at] == '-') return 1;
    return text.substr(at).starts_with("\xE2\x88\x92") ? 3 : 0;
}

// An amount without sign, blanks at the ends, currency: digits and marks, at most this many bytes.
struct Bare {
    std::array<char, 40> text;
    std::size_t size = 0;
    bool negative = false;
    bool readable = true;
};

bool is_currency_sign(std::string_view rest, std::size_t& length) {
    constexpr std::string_view signs[] = {"€", "$", "£", "¥", "CHF", "EUR", "USD", "GBP", "CAD"};
    for (const std::string_view sign : signs) {
        if (!rest.starts_with(sign)) continue;
        length = sign.size();
        return true;
    }
    return false;
}

// Blanks between digits become one `_`, so that groups can be checked; apostrophes too.
Bare strip(std::string_view text) {
    Bare bare;
    int signs = 0;
    bool closed = false;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 1;
        const char c = text[at];
        if (is_digit(c) || c == '.' || c == ',') {
            if (bare.size == bare.text.size() || closed) return {{}, 0, false, false};
            bare.text[bare.size++] = c;
        } else if ((length = blank_at(text, at)) > 0 || ((c == '\'') && (length = 1) > 0)) {
            if (bare.size > 0 && bare.size < bare.text.size() && bare.text[bare.size - 1] != '_')
                bare.text[bare.size++] = '_';
        } else if ((length = minus_at(text, at)) > 0 || (c == '(' && bare.size == 0 && (length = 1) > 0)) {
            ++signs;
            closed = bare.size > 0;
            bare.negative = true;
        } else if (c == ')' && bare.negative && bare.size > 0) {
            length = 1;
            closed = true;
        } else if (c == '+' && bare.size == 0 && signs == 0) {
            length = 1;
            ++signs;
        } else if (!is_currency_sign(text.substr(at), length)) {
            bare.readable = false;
            return bare;
        }
        at += length;
    }
    while (bare.size > 0 && bare.text[bare.size - 1] == '_') --bare.size;
    bare.readable = bare.readable && bare.size > 0 && signs <= 1;
    return bare;
}

// Groups behind the first must have three digits and one kind of separator.
bool groups_hold(std::string_view whole, char decimal) {
    char separator = 0;
    std::size_t run = 0;
    for (const char c : whole) {
        if (is_digit(c)) {
            ++run;
            continue;
        }
        if (c == decimal || (separator != 0 && (c != separator || run != 3)) || run == 0 || run > 3)
            return false;
        separator = c;
        run = 0;
    }
    return separator == 0 || run == 3;
}

std::optional<std::int64_t> whole_number(std::string_view digits) {
    std::int64_t number = 0;
    int count = 0;
    for (const char c : digits) {
        if (!is_digit(c)) continue;
        if (count > 0 || c != '0') ++count;
        if (count > 15) return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

// The decimals as minor units; more than the currency has are taken only when they are zeros.
std::optional<std::int64_t> fraction(std::string_view part, Currency currency) {
    std::int64_t minor = 0;
    const auto decimals = static_cast<std::size_t>(currency.decimals());
    for (std::size_t i = 0; i < std::max(part.size(), decimals); ++i) {
        const char c = i < part.size() ? part[i] : '0';
        if (!is_digit(c) || (i >= decimals && c != '0')) return std::nullopt;
        if (i < decimals) minor = minor * 10 + (c - '0');
    }
    return minor;
}

std::optional<std::int64_t> read_minor(std::string_view text, AmountFormat format) {
    const auto mark = text.find(format.decimal);
    const std::string_view part = mark == std::string_view::npos ? "" : text.substr(mark + 1);
    if (part.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
    const std::string_view whole = text.substr(0, mark);
    return groups_hold(whole, format.decimal) ? whole_number(whole) : std::nullopt;
}

std::optional<std::int64_t> read_major(std::string_view text, AmountFormat format, Currency currency) {
    const auto mark = text.find(format.decimal);
    const std::string_view whole = text.substr(0, mark);
    const std::string_view part = mark == std::string_view::npos ? "" : text.substr(mark + 1);
    if (whole.empty() && part.empty()) return std::nullopt;
    if (!groups_hold(whole, format.decimal)) return std::nullopt;
    const auto units = whole_number(whole);
    const auto minor = fraction(part, currency);
    if (!units || !minor) return std::nullopt;
    return *units * currency.minor_per_unit() + *minor;
}

}  // namespace

std::optional<std::int64_t> read_amount(std::string_view text, AmountFormat format, Currency currency) {
    const Bare bare = strip(text);
    if (!bare.readable) return std::nullopt;
    const std::string_view digits(bare.text.data(), bare.size);
    const auto minor =
        format.unit == AmountUnit::minor ? read_minor(digits, format) : read_major(digits, format, currency);
    if (!minor) return std::nullopt;
    return bare.negative ? -*minor : *minor;
}

void AmountEvidence::add(std::string_view text) {
    const auto point = text.rfind('.');
    const auto comma = text.rfind(',');
    const bool has_point = point != std::string_view::npos;
    const bool has_comma = comma != std::string_view::npos;
    if (!has_point && !has_comma) return;
    if (has_point && has_comma) {
        ++(point > comma ? points_ : commas_);
        return;
    }
    const char mark = has_point ? '.' : ',';
    const std::size_t at = has_point ? point : comma;
    const bool repeated = text.find(mark) != at;
    std::size_t behind = 0;
    while (at + 1 + behind < text.size() && is_digit(text[at + 1 + behind])) ++behind;
    std::size_t ahead = 0;
    while (ahead < at && is_digit(text[at - 1 - ahead])) ++ahead;
    const bool group_like = behind == 3 && ahead >= 1 && ahead <= 3 && text[at - ahead] != '0';
    if (repeated) {
        ++(has_point ? commas_ : points_);
    } else if (group_like) {
        ++open_;
    } else {
        ++(has_point ? points_ : commas_);
    }
}

char AmountEvidence::decimal(char delimiter) const {
    if (points_ == commas_) return delimiter == ';' && points_ == 0 ? ',' : '.';
    return points_ > commas_ ? '.' : ',';
}

void PointZeroEvidence::add(std::string_view text) {
    if (text.empty()) return;
    ++seen_;
    with_point_zero_ += without_point_zero(text).size() != text.size() ? 1 : 0;
}

std::string_view without_point_zero(std::string_view text) {
    if (text.size() < 3 || !text.ends_with(".0")) return text;
    const std::string_view digits = text.substr(0, text.size() - 2);
    return digits.find_first_not_of("0123456789") == std::string_view::npos ? digits : text;
}

}  // namespace countback::formats
