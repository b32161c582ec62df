#include "base/date.h"

#include <cstdio>

namespace countback {

std::optional<Date> Date::parse_iso(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    unsigned digits[8];
    int count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7) continue;
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        digits[count++] = static_cast<unsigned>(text[i] - '0');
    }
    const unsigned year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    return of(static_cast<int>(year), digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]);
}

std::string Date::iso() const {
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year(), month(), day());
    return text;
}

}  // namespace countback
