#include "collections/ceiling.h"

#include "collections/holds.h"
#include "receivables/rates.h"

namespace countback::collections {

namespace {

/// Σ of fractions, exact.
struct Share {
    Exact above = 0, below = 1;
    void add(const Exact& amount, const Exact& ceiling) {
        above = above * ceiling + amount * below;
        below = below * ceiling;
    }
};

}  // namespace

std::string_view to_person(const Policy& policy, const Step& step, const std::vector<Money>& to_pay,
                           Date day) {
    const std::vector<Money>& first = step.ceilings.empty() ? policy.ceilings : step.ceilings;
    if (first.empty()) return {};
    std::vector<Currency> currencies;
    for (const Money& one : to_pay) currencies.push_back(one.currency);
    const Conversion conversion(RateTable::shipped(), day, first.front().currency, currencies);
    Share share;
    for (const Money& one : to_pay) {
        if (one.minor <= 0) continue;
        auto ceiling = amount_for(step.ceilings, policy.ceilings, one.currency);
        const bool listed = ceiling.has_value();
        if (!listed && !conversion.converts(one.currency)) return "ceiling_unknown";
        if (!listed) ceiling = first.front().minor;
        if (*ceiling == 0) return "above_ceiling";
        if (listed) {
            share.add(one.minor, *ceiling);
        } else {
            share.add(one.minor * conversion.weight(one.currency), conversion.unit() * *ceiling);
        }
    }
    return share.above > share.below ? "above_ceiling" : std::string_view{};
}

}  // namespace countback::collections
