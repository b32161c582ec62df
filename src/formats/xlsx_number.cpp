#include <algorithm>

#include "formats/xlsx.h"

namespace countback::formats {
namespace {

constexpr std::size_t significant_digits = 15;

struct Scientific {
    bool negative = false;
    std::string digits;  ///< without leading zeros
    int point = 0;       ///< digits before the decimal mark
};

// Reads sign, digits, one point, exponent. False when it is no such number.
bool read_scientific(std::string_view text, Scientific& number) {
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) number.negative = text[at++] == '-';
    bool point_seen = false;
    bool any = false;
    for (; at < text.size() && ((text[at] >= '0' && text[at] <= '9') || (text[at] == '.' && !point_seen));
         ++at) {
        if (text[at] == '.') {
            point_seen = true;
            continue;
        }
        any = true;
        if (number.digits.empty() && text[at] == '0') {
            number.point -= point_seen ? 1 : 0;
            continue;
        }
        number.digits += text[at];
        number.point += point_seen ? 0 : 1;
    }
    if (!any || at == text.size()) return any;
    if (text[at] != 'e' && text[at] != 'E') return false;
    ++at;
    int sign = 1;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) sign = text[at++] == '-' ? -1 : 1;
    int exponent = 0;
    if (at == text.size() || text.size() - at > 3) return false;
    for (; at < text.size(); ++at) {
        if (text[at] < '0' || text[at] > '9') return false;
        exponent = exponent * 10 + (text[at] - '0');
    }
    number.point += sign * exponent;
    return true;
}

void round_digits(Scientific& number) {
    if (number.digits.size() > significant_digits) {
        const bool up = number.digits[significant_digits] >= '5';
        number.digits.resize(significant_digits);
        std::size_t at = significant_digits;
        while (up && at > 0 && number.digits[at - 1] == '9') number.digits[--at] = '0';
        if (up && at > 0) ++number.digits[at - 1];
        if (up && at == 0) {
            number.digits.insert(number.digits.begin(), '1');
            ++number.point;
        }
    }
    while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
}

}  // namespace

std::string plain_number(std::string_view stored) {
    Scientific number;
    if (stored.size() > 64 || !read_scientific(stored, number)) return std::string(stored);
    round_digits(number);
    if (number.digits.empty()) return "0";
    if (number.point > 30 || number.point < -30) return std::string(stored);
    std::string text = number.digits;
    const int size = static_cast<int>(text.size());
    if (number.point >= size) {
        text.append(static_cast<std::size_t>(number.point - size), '0');
    } else if (number.point > 0) {
        text.insert(static_cast<std::size_t>(number.point), 1, '.');
    } else {
        text.insert(0, "0." + std::string(static_cast<std::size_t>(-number.point), '0'));
    }
    return number.negative ? "-" + text : text;
}

bool shows_dates(std::string_view code) {
    bool dates = false;
    for (std::size_t at = 0; at < code.size(); ++at) {
        const char c = code[at];
        if (c == ';') return dates;
        if (c == '"' || c == '[') {
            const auto close = code.find(c == '"' ? '"' : ']', at + 1);
            if (close == std::string_view::npos) return dates;
            at = close;
            continue;
        }
        if (c == '\\' || c == '_' || c == '*') {
            ++at;
            continue;
        }
        if (c == 'E' || c == 'e' || c == '#' || c == '0') {
            if (c == '0' || c == '#') return false;
        }
        dates = dates || c == 'd' || c == 'D' || c == 'y' || c == 'Y';
    }
    return dates;
}

}  // namespace countback::formats
