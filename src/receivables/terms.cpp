#include "receivables/terms.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/ratio.h"
#include "base/text.h"

namespace countback {
namespace {

Date day_in_month(Month month, int day) { return std::min(month.first() + (day - 1), month.last()); }

Date day_on_or_after(Date from, int day) {
    const Date here = day_in_month(month_of(from), day);
    return here >= from ? here : day_in_month(month_of(from) + 1, day);
}

/// The words and numbers of a term: "30 Jours Fin de mois le 10" → numbers {30, 10}, words "jours fin de mois
/// le".
struct Words {
    std::vector<int> numbers;
    std::string words;
    bool month_end_first = false;  ///< "fin de mois" stands before the first number
};

bool is_end_of_month(std::string_view words) {
    for (const std::string_view mark : {"fin de mois", "fdm", "end of month", "eom", "monatsende"}) {
        if (words.find(mark) != std::string_view::npos) return true;
    }
    return false;
}

Words read(std::string_view text) {
    Words read;
    const std::string plain = fold(text);
    std::string number;
    for (const char c : plain + " ") {
        if (c >= '0' && c <= '9') {
            number += c;
            continue;
        }
        if (!number.empty()) {
            read.month_end_first =
                read.month_end_first || (read.numbers.empty() && is_end_of_month(read.words));
            if (number.size() <= 3) read.numbers.push_back(std::stoi(number));
            number.clear();
            read.words += ' ';
        }
        read.words += c;
    }
    return read;
}

bool says_at_once(std::string_view words) {
    for (const std::string_view mark :
         {"comptant", "immediat", "reception", "on receipt", "cash", "sofort"}) {
        if (words.find(mark) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace

Date due_date(const Terms& terms, Date issue) {
    switch (terms.kind) {
        case Terms::Kind::net:
            return issue + terms.days;
        case Terms::Kind::days_then_eom:
            return end_of_month(issue + terms.days);
        case Terms::Kind::eom_then_days:
            return end_of_month(issue) + terms.days;
        case Terms::Kind::eom_then_day:
            return day_on_or_after(end_of_month(issue + terms.days), terms.day_of_month);
        case Terms::Kind::fixed:
            return terms.fixed;
    }
    throw Bug("a term has a kind");
}

std::optional<Terms> parse_terms(std::string_view text, EndOfMonthReading reading) {
    if (const auto fixed = Date::parse_iso(trim(text))) return Terms{Terms::Kind::fixed, 0, 0, *fixed};
    const Words words = read(text);
    if (words.numbers.empty()) {
        if (is_end_of_month(words.words)) return Terms{Terms::Kind::days_then_eom, 0, 0, {}};
        if (says_at_once(words.words)) return Terms{};
        return std::nullopt;
    }
    const int days = words.numbers.front();
    if (days > 365 || words.numbers.size() > 2) return std::nullopt;
    const bool end_of_month = is_end_of_month(words.words);
    if (words.numbers.size() == 2) {
        const int day = words.numbers.back();
        if (!end_of_month || day < 1 || day > 31) return std::nullopt;
        return Terms{Terms::Kind::eom_then_day, days, day, {}};
    }
    if (!end_of_month) {
        const std::string_view rest = trim(words.words);
        const bool plain = rest.empty() || rest == "net" || rest.find("jour") != rest.npos ||
                           rest.find("day") != rest.npos || rest.find("tage") != rest.npos || rest == "n" ||
                           rest == "j" || rest == "d" || rest == "nets";
        return plain ? std::optional(Terms{Terms::Kind::net, days, 0, {}}) : std::nullopt;
    }
    const bool later = words.month_end_first || reading == EndOfMonthReading::eom_then_days;
    return Terms{later ? Terms::Kind::eom_then_days : Terms::Kind::days_then_eom, days, 0, {}};
}

EndOfMonthReading infer_reading(std::span<const DatedPair> pairs, int days) {
    int telling = 0, later = 0, earlier = 0;
    for (const DatedPair& pair : pairs) {
        const Date days_first = due_date({Terms::Kind::days_then_eom, days, 0, {}}, pair.issue);
        const Date month_first = due_date({Terms::Kind::eom_then_days, days, 0, {}}, pair.issue);
        if (days_first == month_first) continue;
        ++telling;
        if (pair.due == month_first) ++later;
        if (pair.due == days_first) ++earlier;
    }
    const bool agree = telling >= 2 && later * 2 > telling && later > earlier;
    return agree ? EndOfMonthReading::eom_then_days : EndOfMonthReading::days_then_eom;
}

std::vector<Instalment> instalments(std::span<const InstalmentTerm> plan, std::int64_t amount, Date issue) {
    std::vector<Instalment> parts;
    std::int64_t left = amount;
    std::int64_t shares = 0;
    for (const InstalmentTerm& term : plan) {
        shares += term.share_ppm;
        const bool last = &term == &plan.back();
        const auto part =
            last ? left
                 : static_cast<std::int64_t>(divide_half_even(Wide{amount} * term.share_ppm, 1'000'000));
        left -= part;
        parts.push_back({part, due_date(term.terms, issue)});
    }
    ensure(shares == 1'000'000, "the shares of a plan sum to one");
    return parts;
}

}  // namespace countback
