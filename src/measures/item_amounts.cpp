#include "measures/item_amounts.h"

#include <algorithm>
#include <limits>

namespace countback {
namespace {

constexpr std::array figures{Figure::amount, Figure::counted};

std::size_t place(Figure figure) { return static_cast<std::size_t>(figure); }

std::uint64_t size_of(std::int64_t minor) {
    return minor < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(minor)
                     : static_cast<std::uint64_t>(minor);
}

}  // namespace

RowRates::RowRates(const RateTable& rates, Date day, std::optional<Currency> reporting)
    : ratios_(Currency::count()), reporting_(reporting) {
    if (!reporting) return;
    // Products of an amount and a numerator stay within 128 bits.
    const Exact most = std::numeric_limits<std::int64_t>::max();
    for (std::uint8_t index = 0; index < Currency::count(); ++index) {
        const std::array one{Currency::at(index)};
        const Conversion conversion(rates, day, *reporting, one);
        if (!conversion.converts(one.front())) continue;
        Ratio& ratio = ratios_[index];
        const Exact weight = conversion.weight(one.front());
        const Exact common = gcd(weight, conversion.unit());
        ratio = {true, weight / common, conversion.unit() / common, 0, 0};
        if (ratio.weight > most || ratio.unit > most) continue;
        ratio.numerator = ratio.weight.convert_to<std::int64_t>();
        ratio.denominator = ratio.unit.convert_to<std::int64_t>();
    }
}

std::int64_t RowRates::rounded(Currency currency, std::int64_t minor) const {
    const Ratio& ratio = ratios_[currency.index()];
    if (!ratio.known) return minor;
    if (ratio.denominator == 0) return rounded_half_even(ratio.weight * minor, ratio.unit);
    const Wide quotient = divide_half_even(Wide{minor} * ratio.numerator, ratio.denominator);
    ensure(quotient <= std::numeric_limits<std::int64_t>::max() &&
               quotient >= std::numeric_limits<std::int64_t>::min(),
           "a rounded amount fits 64 bits");
    return static_cast<std::int64_t>(quotient);
}

ItemSums::OfCurrency& ItemSums::of(Currency currency) {
    for (OfCurrency& one : currencies_) {
        if (one.currency == currency) return one;
    }
    currencies_.emplace_back().currency = currency;
    return currencies_.back();
}

void ItemSums::add(const ListedItem& row, const RowRates& rates) {
    ++count_;
    const ItemView& item = row.item;
    OfCurrency& sums = of(item.currency);
    for (const Figure figure : figures) {
        const std::int64_t minor = figure == Figure::amount ? item.amount : row.counted;
        std::int64_t& sum = sums.sum[place(figure)];
        sum = checked_add(sum, minor);
        if (!rates.converts(item.currency)) continue;
        std::int64_t& rounded = sums.rounded[place(figure)];
        rounded = checked_add(rounded, rates.rounded(item.currency, minor));
        Largest& largest = sums.largest[place(figure)];
        if (!largest.id || size_of(minor) > size_of(largest.minor))
            largest = {item.row, item.id, minor, row.counted};
    }
}

void ItemSums::add(const ItemSums& other) {
    count_ += other.count_;
    for (const OfCurrency& theirs : other.currencies_) {
        OfCurrency& ours = of(theirs.currency);
        for (const Figure figure : figures) {
            const std::size_t at = place(figure);
            ours.sum[at] = checked_add(ours.sum[at], theirs.sum[at]);
            ours.rounded[at] = checked_add(ours.rounded[at], theirs.rounded[at]);
            const bool larger = size_of(theirs.largest[at].minor) > size_of(ours.largest[at].minor);
            if (!ours.largest[at].id || larger) ours.largest[at] = theirs.largest[at];
        }
    }
}

ShownAmounts::ShownAmounts(const ItemSums& sums, const RowRates& row_rates, const RateTable& rates, Date day)
    : row_rates_(row_rates), count_(sums.count()) {
    std::vector<Currency> present;
    for (const auto& one : sums.currencies()) {
        if (row_rates.converts(one.currency)) {
            present.push_back(one.currency);
        } else {
            totals_.push_back({one.currency, one.sum[0], one.sum[1]});
        }
    }
    if (!present.empty()) {
        const Conversion conversion(rates, day, *row_rates.reporting(), present);
        ItemTotal& total = totals_.emplace_back(ItemTotal{*row_rates.reporting(), 0, 0});
        for (const Figure figure : figures) {
            const std::size_t at = place(figure);
            Exact sum = 0, most = -1;
            std::int64_t rounded = 0;
            Rest rest;
            for (const auto& one : sums.currencies()) {
                if (!row_rates.converts(one.currency)) continue;
                const Exact weight = conversion.weight(one.currency);
                sum += weight * one.sum[at];
                rounded = checked_add(rounded, one.rounded[at]);
                const Exact size = weight * size_of(one.largest[at].minor);
                if (size > most) {
                    most = size;
                    rest.bearer = one.largest[at];
                }
            }
            const std::int64_t whole = conversion.rounded(sum);
            (figure == Figure::amount ? total.amount : total.counted) = whole;
            rest.rest = whole - rounded;
            if (rest.rest != 0) rests_[at] = rest;
        }
    }
    std::ranges::sort(totals_, {}, &ItemTotal::currency);
}

std::int64_t ShownAmounts::shown(const ListedItem& listed, Figure figure, std::int64_t minor) const {
    const auto& rest = rests_[place(figure)];
    const bool bears = rest && rest->bearer.id == listed.item.id;
    return row_rates_.rounded(listed.item.currency, minor) + (bears ? rest->rest : 0);
}

ShownItem ShownAmounts::of(const ListedItem& listed) const {
    const Currency own = listed.item.currency;
    return {listed, row_rates_.converts(own) ? *row_rates_.reporting() : own,
            shown(listed, Figure::amount, listed.item.amount),
            shown(listed, Figure::counted, listed.counted)};
}

}  // namespace countback
