#include "receivables/late_rates.h"

#include <algorithm>
#include <tuple>

#include "base/embedded.h"
#include "base/ensure.h"
#include "base/text.h"

namespace countback::embedded {
std::span<const File> rates_late_payment();
std::span<const File> rates_late_payment_countries();
}  // namespace countback::embedded

namespace countback {

namespace {

constexpr std::int64_t percent = 100;  ///< hundredths of one
constexpr std::int64_t floor_times = 3;

/// The lines below the head, comments left out; a source may hold commas.
std::vector<std::vector<std::string_view>> lines_of(std::string_view csv, std::size_t columns) {
    std::vector<std::vector<std::string_view>> lines;
    bool head = true;
    for (const std::string_view raw : split(csv, '\n')) {
        const std::string_view line = trim(raw);
        if (line.empty() || line.front() == '#') continue;
        if (head) {
            head = false;
            continue;
        }
        auto cells = split(line, ',');
        if (cells.size() > columns) {
            const char* const begin = cells[columns - 1].data();
            cells.resize(columns);
            cells.back() =
                std::string_view(begin, static_cast<std::size_t>(line.data() + line.size() - begin));
        }
        lines.push_back(std::move(cells));
    }
    return lines;
}

const CountryRule* rule_of(std::string_view country) {
    const auto& rules = country_rules();
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [&](const CountryRule& one) { return one.country == country; });
    return found == rules.end() ? nullptr : &*found;
}

using Rate = tl::expected<std::int64_t, RateMissing>;

Rate known(const LateRateTable& table, const std::string& series, Date semester) {
    if (const auto rate = table.of(series, semester)) return *rate;
    return tl::unexpected(RateMissing{RateMissing::Why::rate_unknown, series + ' ' + semester.iso()});
}

Rate rate_of(const LateRateTable& table, const CountryRule& rule, const LateTerms& terms, Date semester) {
    const bool by_law = terms.debtor == Debtor::public_buyer || !terms.agreed;
    if (by_law) {
        const auto points = terms.debtor == Debtor::public_buyer ? rule.public_points : rule.points;
        return known(table, rule.series, semester).map([&](std::int64_t reference) {
            const std::int64_t sum = std::max<std::int64_t>(0, reference + points * percent);
            return rule.rounding == 0 ? sum : (sum + rule.rounding - 1) / rule.rounding * rule.rounding;
        });
    }
    if (rule.floor.empty()) return *terms.agreed;
    return known(table, rule.floor, semester).map([&](std::int64_t legal) {
        return std::max(*terms.agreed, floor_times * legal);
    });
}

}  // namespace

Date semester_of(Date day) { return *Date::of(day.year(), day.month() < 7 ? 1 : 7, 1); }

Date next_semester(Date day) { return semester_of(semester_of(day) + 190); }

std::optional<std::int64_t> parse_percent(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string decimals(point == std::string_view::npos ? "" : text.substr(point + 1));
    const auto digits = [](std::string_view part) {
        return part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    const bool good = !whole.empty() && whole.size() <= 2 && decimals.size() <= 2 && digits(whole) &&
                      digits(decimals) && (point == std::string_view::npos || !decimals.empty());
    if (!good) return std::nullopt;
    decimals.resize(2, '0');
    const std::int64_t value = std::stoll(std::string(whole)) * percent + std::stoll(decimals);
    return negative ? -value : value;
}

const std::vector<CountryRule>& country_rules() {
    static const std::vector<CountryRule> rules = [] {
        constexpr std::size_t columns = 8;
        std::vector<CountryRule> all;
        for (const auto& cells : lines_of(embedded::rates_late_payment_countries().front().bytes, columns)) {
            ensure(cells.size() == columns, "a row of the countries' rules");
            all.push_back({std::string(cells[0]), std::string(cells[1]), std::stoll(std::string(cells[2])),
                           std::stoll(std::string(cells[3])), std::string(cells[4]),
                           cells[5].empty() ? 0 : std::stoll(std::string(cells[5])), cells[6] == "first"});
        }
        return all;
    }();
    return rules;
}

Result<LateRateTable> LateRateTable::read(std::string_view csv) {
    constexpr std::size_t columns = 4;
    LateRateTable table;
    for (const auto& cells : lines_of(csv, columns)) {
        if (cells.size() != columns) return refuse(RefusalCode::file_not_a_table, {{"file", "rates"}});
        const auto from = Date::parse_iso(trim(cells[1]));
        if (!from || semester_of(*from) != *from)
            return refuse(RefusalCode::date_unreadable, {{"value", std::string(cells[1])}});
        const auto rate = parse_percent(trim(cells[2]));
        if (!rate) return refuse(RefusalCode::number_unreadable, {{"value", std::string(cells[2])}});
        table.put({std::string(trim(cells[0])), *from, *rate, std::string(trim(cells[3]))});
    }
    return table;
}

const LateRateTable& LateRateTable::shipped() {
    static const LateRateTable table = [] {
        auto read = LateRateTable::read(embedded::rates_late_payment().front().bytes);
        ensure(read.has_value(), "the shipped rates of late payment can be read");
        return std::move(*read);
    }();
    return table;
}

void LateRateTable::put(SemesterRate row) {
    const auto before = [](const SemesterRate& a, const SemesterRate& b) {
        return std::tie(a.series, a.from) < std::tie(b.series, b.from);
    };
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), row, before);
    if (at != rows_.end() && !before(row, *at)) {
        *at = std::move(row);
    } else {
        rows_.insert(at, std::move(row));
    }
}

std::optional<std::int64_t> LateRateTable::of(std::string_view series, Date semester) const {
    for (const SemesterRate& row : rows_) {
        if (row.from == semester && row.series == series) return row.hundredths;
    }
    return std::nullopt;
}

bool LateRateTable::has_series(std::string_view series) const {
    return std::any_of(rows_.begin(), rows_.end(),
                       [&](const SemesterRate& row) { return row.series == series; });
}

std::string_view name_of(RateMissing::Why why) {
    switch (why) {
        case RateMissing::Why::entity_without_country:
            return "entity_without_country";
        case RateMissing::Why::country_without_rule:
            return "country_without_rule";
        case RateMissing::Why::rate_unknown:
            return "rate_unknown";
        case RateMissing::Why::consumer:
            return "consumer";
    }
    return "";
}

tl::expected<std::vector<DatedRate>, RateMissing> late_rates(const LateRateTable& table,
                                                             const LateTerms& terms, Date first, Date last) {
    using Why = RateMissing::Why;
    if (terms.debtor == Debtor::consumer) return tl::unexpected(RateMissing{Why::consumer, {}});
    if (terms.country.empty()) return tl::unexpected(RateMissing{Why::entity_without_country, {}});
    const CountryRule* rule = rule_of(terms.country);
    if (!rule) return tl::unexpected(RateMissing{Why::country_without_rule, std::string(terms.country)});
    std::vector<DatedRate> rates;
    const bool one_rate = rule->public_first && terms.debtor == Debtor::public_buyer;
    if (one_rate) last = first;
    for (Date semester = semester_of(first); semester <= last; semester = next_semester(semester)) {
        const Rate rate = rate_of(table, *rule, terms, semester);
        if (!rate) return tl::unexpected(rate.error());
        rates.push_back({semester, *rate});
    }
    return rates;
}

}  // namespace countback
