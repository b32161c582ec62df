// What a case expects of the measures.
#include "cases/world.h"
#include "measures/ageing.h"
#include "measures/behaviour.h"
#include "measures/dso.h"
#include "measures/indicators.h"
#include "measures/item_list.h"
#include "measures/waterfall.h"

namespace countback::cases {

namespace {

struct Asked {
    MeasureQuery query;
    Currency currency;
};

Currency currency_word(Words& words) {
    const auto currency = Currency::parse(words.value("currency").value_or("EUR"));
    if (!currency) throw CaseFailure("not a currency");
    return *currency;
}

std::string days_text(const std::optional<Hundredths>& days) { return days ? days->text() : "n/a"; }

std::string ratio_text(const std::optional<ExactRatio>& ratio) { return ratio ? ratio->text() : "n/a"; }

template <class Rows>
const auto* row_of(const Rows& rows, Currency currency) {
    for (const auto& row : rows) {
        if (row.key.currency == currency) return &row;
    }
    return static_cast<const typename Rows::value_type*>(nullptr);
}

}  // namespace

/// `expect ageing at D not_due 100.00 d1_30 50.00 unapplied -20.00 outstanding 130.00 [of ACME]`
void World::expect_ageing(Words& words) {
    const Currency currency = currency_word(words);
    MeasureQuery query;
    query.moment = moment_of(words);
    if (const auto code = words.value("of")) query.selection.customers = {customer_named(*code)};
    AgeingOptions options;
    if (words.flag("netted")) options.unapplied = Unapplied::netted;
    const Ageing ageing = measure_ageing(Perimeter::whole(), ledger_->book(), query, options);
    const AgeingRow* row = row_of(ageing.totals, currency);
    const AgeingAmounts amounts = row ? row->amounts : AgeingAmounts{};
    constexpr std::array<std::string_view, ageing_column_count> names{
        "not_due", "d1_30", "d31_60", "d61_90", "d91_120", "d120_plus", "unapplied"};
    for (std::size_t column = 0; column < names.size(); ++column) {
        if (const auto wanted = words.value(names[column])) {
            expect_same(names[column], *wanted, decimal(amounts.column[column], currency));
        }
    }
    if (const auto wanted = words.value("overdue"))
        expect_same("overdue", *wanted, decimal(amounts.overdue(), currency));
    if (const auto wanted = words.value("outstanding")) {
        expect_same("outstanding", *wanted, decimal(amounts.outstanding(), currency));
    }
    words.finish();
}

/// `expect dso 60.02 at D [countback] [window 3] [of ACME] [short_history] [more_than] [best_possible 12.00]
/// [delinquent 33.00]`
void World::expect_dso(Words& words) {
    const std::string wanted = words.next("days");
    const Currency currency = currency_word(words);
    MeasureQuery query;
    query.moment = moment_of(words);
    if (const auto code = words.value("of")) query.selection.customers = {customer_named(*code)};
    DsoOptions options;
    if (words.flag("countback")) options.method = DsoMethod::countback;
    if (const auto months = words.value("window")) options.window_months = std::stoi(*months);
    const DsoMeasure measure = measure_dso(Perimeter::whole(), ledger_->book(), query, options);
    const DsoRow* row = row_of(measure.totals, currency);
    const DsoRow dso = row ? *row : DsoRow{};
    expect_same("dso", wanted, dso.figure.days ? dso.figure.days->rounded().text() : "n/a");
    if (words.flag("short_history"))
        expect_same("short history", "yes", dso.figure.short_history ? "yes" : "no");
    if (words.flag("more_than")) expect_same("more than", "yes", dso.figure.more_than ? "yes" : "no");
    if (const auto days = words.value("best_possible"))
        expect_same("best possible", *days, days_text(dso.best_possible));
    if (const auto days = words.value("delinquent"))
        expect_same("delinquent", *days, days_text(dso.average_days_delinquent));
    words.finish();
}

/// `expect waterfall at D unapplied -20.00 not_due 300.00 disputed 72.00 no_reason 120.00`
void World::expect_waterfall(Words& words) {
    const Currency currency = currency_word(words);
    MeasureQuery query;
    query.moment = moment_of(words);
    const WaterfallMeasure measure = measure_waterfall(Perimeter::whole(), ledger_->book(), query, {});
    const Waterfall* waterfall = nullptr;
    for (const Waterfall& row : measure.rows) {
        if (row.dso.key.currency == currency) waterfall = &row;
    }
    if (!waterfall) throw CaseFailure("no waterfall in this currency");
    Hundredths sum;
    for (const WaterfallPart& part : waterfall->parts) {
        if (part.days) sum.value += part.days->value;
        if (const auto wanted = words.value(name_of(part.part))) {
            expect_same(name_of(part.part), *wanted, decimal(part.amount, currency));
        }
    }
    const auto& days = waterfall->dso.figure.days;
    if (days) expect_same("sum of the parts' days", days->rounded().text(), sum.text());
    if (const auto wanted = words.value("disputed_not_due")) {
        expect_same("disputed, not due", *wanted, decimal(waterfall->disputed_not_due, currency));
    }
    words.finish();
}

/// `expect kpi at D late_rate 0.5000 collection_rate 0.7500 cei 0.9800 qualification_rate 0.4000 at_risk_rate
/// 0.1000`
void World::expect_kpi(Words& words) {
    const Currency currency = currency_word(words);
    MeasureQuery query;
    query.moment = moment_of(words);
    IndicatorOptions options;
    if (const auto months = words.value("cei_months")) options.cei_months = std::stoi(*months);
    const Indicators indicators = measure_indicators(Perimeter::whole(), ledger_->book(), query, options);
    KpiSums sums;
    for (const KpiRow& row : indicators.rows) {
        if (row.currency == currency) sums = row.sums;
    }
    const std::array all{std::pair{"late_rate", late_rate(sums)},
                         std::pair{"collection_rate", collection_rate(sums)},
                         std::pair{"cei", collection_effectiveness(sums)},
                         std::pair{"qualification_rate", qualification_rate(sums)},
                         std::pair{"at_risk_rate", at_risk_rate(sums)}};
    for (const auto& [name, ratio] : all) {
        if (const auto wanted = words.value(name)) expect_same(name, *wanted, ratio_text(ratio));
    }
    words.finish();
}

/// `expect behaviour ACME at D weighted 9.00 plain 15.00 open_included 29.00 profile slow`
void World::expect_behaviour(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const Moment moment = moment_of(words);
    const Snapshot book = ledger_->book();
    const auto account = book.account(customer);
    if (!account) throw CaseFailure("no such account");
    const AccountBehaviour found = account_behaviour(book, *account, moment);
    const Behaviour& behaviour = found.behaviour;
    if (const auto days = words.value("weighted"))
        expect_same("weighted", *days, days_text(behaviour.weighted_delay));
    if (const auto days = words.value("plain")) expect_same("plain", *days, days_text(behaviour.plain_delay));
    if (const auto days = words.value("duration"))
        expect_same("duration", *days, days_text(behaviour.weighted_duration));
    if (const auto days = words.value("open_included")) {
        expect_same("open included", *days, days_text(behaviour.open_included_delay));
    }
    if (const auto profile = words.value("profile"))
        expect_same("profile", *profile, std::string(name_of(found.profile)));
    words.finish();
}

}  // namespace countback::cases
