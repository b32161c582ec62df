// What a company may choose for its measures, and what is refused.
#include "measures/settings.h"

#include <gtest/gtest.h>

#include "access/settings.h"
#include "measures/small_book.h"

namespace countback {
namespace {

namespace json = boost::json;

json::object defaults() { return measure_settings_json({}); }

json::object with(std::string_view field, json::value value) {
    json::object object = defaults();
    object[field] = std::move(value);
    return object;
}

TEST(MeasureSettings, DefaultsAreTheHandbooks) {
    EXPECT_EQ(json::serialize(defaults()),
              R"({"internal_rate":null,"ageing_bounds":[30,60,90,120],"late_days_above":0,"cei_months":3,)"
              R"("behaviour_months":6,"payer_bounds":[0,5,30,60],"settled_items_min":3})");
    EXPECT_EQ(measure_settings_json(*read_measure_settings(defaults())), defaults());
}

TEST(MeasureSettings, RatesArePercentOfFourDecimals) {
    EXPECT_EQ(read_measure_settings(with("internal_rate", "8.5"))->internal_rate_ppm, 85'000);
    EXPECT_EQ(read_measure_settings(with("internal_rate", "0.0001"))->internal_rate_ppm, 1);
    EXPECT_EQ(read_measure_settings(with("internal_rate", "100"))->internal_rate_ppm, 1'000'000);
    EXPECT_EQ(
        measure_settings_json(*read_measure_settings(with("internal_rate", "12.0300"))).at("internal_rate"),
        "12.03");
    for (const char* bad : {"100.1", "-1", "8,5", "8.", ".5", "8.50001", "x", "1000"})
        EXPECT_FALSE(read_measure_settings(with("internal_rate", bad))) << bad;
}

TEST(MeasureSettings, BoundsAscend) {
    EXPECT_EQ(read_measure_settings(with("ageing_bounds", {15, 30, 60, 90}))->ageing.days[0], 15);
    for (const json::value& bad :
         {json::value{30, 30, 60, 90}, json::value{0, 30, 60, 90}, json::value{30, 60, 90},
          json::value{30, 60, 90, 4000}, json::value("30"), json::value(nullptr)})
        EXPECT_FALSE(read_measure_settings(with("ageing_bounds", bad))) << json::serialize(bad);
    EXPECT_FALSE(read_measure_settings(with("payer_bounds", {5, 0, 30, 60})));
    EXPECT_FALSE(read_measure_settings(with("late_days_above", 45)));
    EXPECT_FALSE(read_measure_settings(with("behaviour_months", 7)));
    EXPECT_FALSE(read_measure_settings(with("settled_items_min", 0)));
}

TEST(MeasureSettings, TheColumnsFollowTheirBounds) {
    const AgeingOptions options =
        read_measure_settings(with("ageing_bounds", {15, 30, 60, 90}))->ageing_options();
    ItemView item;
    item.amount = 100;
    item.type = ItemType::invoice;
    item.due = *Date::parse_iso("2026-03-01");
    EXPECT_EQ(ageing_column(item, item.due + 15, options), AgeingColumn::d1_30);
    EXPECT_EQ(ageing_column(item, item.due + 16, options), AgeingColumn::d31_60);
    EXPECT_EQ(ageing_column(item, item.due + 91, options), AgeingColumn::d120_plus);
}

}  // namespace
}  // namespace countback
