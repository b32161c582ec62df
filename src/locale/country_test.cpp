#include "locale/country.h"

#include <gtest/gtest.h>

namespace countback::locale {
namespace {

TEST(Country, InCapitalsAndInTheLanguageOfTheSendersPost) {
    EXPECT_EQ(country_in_capitals(Language::fr, "DE"), "ALLEMAGNE");
    EXPECT_EQ(country_in_capitals(Language::fr, "US"), "ÉTATS-UNIS");
    EXPECT_EQ(country_in_capitals(Language::en, "DE"), "GERMANY");
    EXPECT_EQ(country_in_capitals(Language::en, "QX"), "QX");
    EXPECT_EQ(language_of_post("BE"), Language::fr);
    EXPECT_EQ(language_of_post("ES"), Language::en);
    EXPECT_EQ(language_of_post(""), Language::en);
}

TEST(Country, IsKnownOnAnAddressInManyWords) {
    for (const char* line : {"DE", "Germany", "GERMANY", "Allemagne", "Deutschland", " deutschland "})
        EXPECT_TRUE(names_country(line, "DE")) << line;
    EXPECT_TRUE(names_country("états-unis", "US"));
    for (const char* line : {"", "10117 Berlin", "Paris", "France"})
        EXPECT_FALSE(names_country(line, "DE")) << line;
}

}  // namespace
}  // namespace countback::locale
