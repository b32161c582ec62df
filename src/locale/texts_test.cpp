#include "locale/texts.h"

#include <gtest/gtest.h>

namespace countback::locale {
namespace {

TEST(Texts, EveryRefusalSaysWhatToDoInBothLanguages) {
    int checked = 0;
    for (const RefusalCode code : {
#define REFUSAL(name, http_status) RefusalCode::name,
#include "base/refusals.def"
#undef REFUSAL
         }) {
        const std::string key = "refusal." + std::string(name_of(code));
        for (const Language language : {Language::en, Language::fr}) {
            ASSERT_TRUE(has_text(language, key)) << key;
            EXPECT_GT(text(language, key).size(), 20U) << key;
        }
        EXPECT_NE(text(Language::en, key), text(Language::fr, key)) << key;
        ++checked;
    }
    EXPECT_GT(checked, 50);
}

TEST(Texts, PlaceholdersAreFilledAndMissingOnesShown) {
    const Refusal refusal{RefusalCode::field_invalid, {{"field", "due_date"}}};
    const std::string english = text_of(Language::en, refusal);
    EXPECT_NE(english.find("“due_date”"), std::string::npos);
    EXPECT_NE(english.find("…"), std::string::npos);
    EXPECT_EQ(english.find('{'), std::string::npos);
    EXPECT_EQ(text(Language::fr, "no.such.key"), "no.such.key");
}

TEST(Texts, AValueIsNeverReadAsAPlaceholder) {
    const std::string filled =
        text(Language::en, "refusal.field_invalid", {{"field", "{reason}"}, {"reason", "secret"}});
    EXPECT_NE(filled.find("“{reason}”"), std::string::npos);
}

TEST(Language, TheHeaviestKnownLanguageWins) {
    EXPECT_EQ(preferred_language(""), Language::en);
    EXPECT_EQ(preferred_language("fr"), Language::fr);
    EXPECT_EQ(preferred_language("fr-CA, en;q=0.9"), Language::fr);
    EXPECT_EQ(preferred_language("de, en;q=0.5, fr;q=0.8"), Language::fr);
    EXPECT_EQ(preferred_language("fr;q=0, en;q=0.1"), Language::en);
    EXPECT_EQ(preferred_language("fr;q=0.25,en;q=0.3"), Language::en);
    EXPECT_EQ(preferred_language(";;q=,,q"), Language::en);
    EXPECT_EQ(parse_language("fr"), Language::fr);
    EXPECT_EQ(parse_language("FR"), std::nullopt);
}

}  // namespace
}  // namespace countback::locale
