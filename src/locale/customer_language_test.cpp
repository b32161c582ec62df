#include "locale/customer_language.h"

#include <gtest/gtest.h>

namespace countback {
namespace {

TEST(CustomerLanguage, is_read_as_programs_write_it) {
    for (const char* text :
         {"fr", "FR", " Fr ", "fr-FR", "fr_FR", "fr_FR.UTF-8", "fr-Latn-CA", "F", "f", "fra", "FRE", "French",
          "FRENCH", "Français", "FRANÇAIS", "francais", "French (Canada)"})
        EXPECT_EQ(customer_language(text), "fr") << text;
    for (const char* text : {"en-GB", "en_US", "E", "English", "anglais", "ENG", "English (UK)"})
        EXPECT_EQ(customer_language(text), "en") << text;
    EXPECT_EQ(customer_language("D"), "de");
    EXPECT_EQ(customer_language("Nederlands"), "nl");
    EXPECT_EQ(customer_language("pt-BR"), "pt");
    EXPECT_EQ(customer_language("lt"), "lt");
}

TEST(CustomerLanguage, nothing_is_no_language_and_what_is_none_is_told) {
    EXPECT_EQ(customer_language(""), "");
    EXPECT_EQ(customer_language("  "), "");
    for (const char* text : {"Z", "f-x", "Klingon", "33", "f\xC3", "--", "???"})
        EXPECT_FALSE(customer_language(text)) << text;
}

}  // namespace
}  // namespace countback
