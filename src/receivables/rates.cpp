#include "receivables/rates.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/ensure.h"
#include "base/text.h"

namespace countback::embedded {
std::span<const File> rates_eur_daily();
}

namespace countback {
namespace {

Currency euro() { return *Currency::parse("EUR"); }

/// A plain positive decimal with at most ten decimals, × rate_scale.
std::optional<std::int64_t> parse_rate(std::string_view text) {
    constexpr std::int64_t whole_max = 900'000'000;
    std::int64_t whole = 0, fraction = 0, place = rate_scale;
    bool after_point = false;
    if (text.empty()) return std::nullopt;
    for (const char c : text) {
        if (c == '.' && !after_point) {
            after_point = true;
        } else if (c < '0' || c > '9') {
            return std::nullopt;
        } else if (after_point) {
            if (place == 1) return std::nullopt;
            place /= 10;
            fraction += (c - '0') * place;
        } else {
            whole = whole * 10 + (c - '0');
            if (whole > whole_max) return std::nullopt;
        }
    }
    const std::int64_t rate = whole * rate_scale + fraction;
    return rate > 0 ? std::optional(rate) : std::nullopt;
}

Result<std::vector<Currency>> read_header(std::string_view line) {
    const auto cells = split(line, ',');
    if (cells.size() < 2 || ascii_lower(trim(cells[0])) != "date")
        return refuse(RefusalCode::file_not_a_table, {{"file", "rates"}});
    std::vector<Currency> currencies;
    for (std::size_t i = 1; i < cells.size(); ++i) {
        const auto currency = Currency::parse(trim(cells[i]));
        if (!currency) return refuse(RefusalCode::currency_unknown, {{"value", std::string(cells[i])}});
        currencies.push_back(*currency);
    }
    return currencies;
}

}  // namespace

Result<RateTable> RateTable::read(std::string_view text) {
    RateTable table;
    std::vector<Currency> currencies;
    std::int64_t number = 0;
    for (const std::string_view raw : split(text, '\n')) {
        ++number;
        const std::string_view line = trim(raw);
        if (line.empty() || line.front() == '#') continue;
        if (currencies.empty()) {
            auto header = read_header(line);
            if (!header) return tl::unexpected(header.error());
            currencies = std::move(*header);
            continue;
        }
        const auto cells = split(line, ',');
        const auto day = Date::parse_iso(trim(cells[0]));
        if (!day)
            return refuse(RefusalCode::date_unreadable,
                          {{"line", std::to_string(number)}, {"value", std::string(cells[0])}});
        for (std::size_t i = 1; i < cells.size() && i <= currencies.size(); ++i) {
            if (trim(cells[i]).empty()) continue;
            const auto rate = parse_rate(trim(cells[i]));
            if (!rate)
                return refuse(RefusalCode::number_unreadable,
                              {{"line", std::to_string(number)}, {"value", std::string(cells[i])}});
            table.rates_[currencies[i - 1]].push_back({*day, *rate});
        }
    }
    if (currencies.empty()) return refuse(RefusalCode::file_not_a_table, {{"file", "rates"}});
    for (auto& [currency, rates] : table.rates_) std::ranges::stable_sort(rates, {}, &Rate::published);
    return table;
}

const RateTable& RateTable::shipped() {
    static const RateTable table = [] {
        auto read = RateTable::read(embedded::rates_eur_daily().front().bytes);
        ensure(read.has_value(), "the shipped rate table can be read");
        return std::move(*read);
    }();
    return table;
}

void RateTable::take_in(const RateTable& newer) {
    for (const auto& [currency, others] : newer.rates_) {
        std::map<Date, std::int64_t> merged;
        for (const Rate& rate : rates_[currency]) merged[rate.published] = rate.per_euro;
        for (const Rate& rate : others) merged[rate.published] = rate.per_euro;
        std::vector<Rate>& rates = rates_[currency];
        rates.clear();
        for (const auto& [day, rate] : merged) rates.push_back({day, rate});
    }
}

std::optional<RateTable::Rate> RateTable::on(Currency currency, Date day) const {
    if (currency == euro()) return Rate{day, rate_scale};
    const auto found = rates_.find(currency);
    if (found == rates_.end()) return std::nullopt;
    const auto after = std::ranges::upper_bound(found->second, day, {}, &Rate::published);
    if (after == found->second.begin()) return std::nullopt;
    const Rate& rate = *std::prev(after);
    return day - rate.published <= rate_age_days_max ? std::optional(rate) : std::nullopt;
}

std::optional<Date> RateTable::last_day() const {
    std::optional<Date> last;
    for (const auto& [currency, rates] : rates_) {
        if (!rates.empty() && (!last || rates.back().published > *last)) last = rates.back().published;
    }
    return last;
}

Conversion::Conversion(const RateTable& table, Date day, Currency reporting,
                       std::span<const Currency> currencies)
    : reporting_(reporting) {
    struct Fraction {
        Currency currency;
        Exact numerator, denominator;
    };
    std::vector<Fraction> fractions{{reporting, 1, 1}};
    const auto target = table.on(reporting, day);
    const auto use = [this](Currency currency, Date published) {
        if (currency != euro() && (!rate_day_ || published < *rate_day_)) rate_day_ = published;
    };
    for (const Currency currency : currencies) {
        if (currency == reporting) continue;
        const auto rate = table.on(currency, day);
        if (!rate || !target) {
            if (std::ranges::find(unconverted_, currency) == unconverted_.end())
                unconverted_.push_back(currency);
            continue;
        }
        use(currency, rate->published);
        use(reporting, target->published);
        const Exact numerator = Exact(target->per_euro) * reporting.minor_per_unit();
        const Exact denominator = Exact(rate->per_euro) * currency.minor_per_unit();
        const Exact divisor = gcd(numerator, denominator);
        fractions.push_back({currency, numerator / divisor, denominator / divisor});
        unit_ = lcm(unit_, fractions.back().denominator);
    }
    for (const Fraction& fraction : fractions) {
        weights_[fraction.currency] = fraction.numerator * (unit_ / fraction.denominator);
    }
}

Exact Conversion::weight(Currency currency) const {
    const auto found = weights_.find(currency);
    return found == weights_.end() ? Exact(0) : found->second;
}

}  // namespace countback
