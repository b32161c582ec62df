// COL-2 to COL-8: the policy as a document, what it must keep to, and what an edit leaves behind.
#include "collections/policy.h"

#include <gtest/gtest.h>

#include "collections/policy_check.h"
#include "collections/policy_edit.h"
#include "collections/policy_json.h"
#include "collections/timing.h"
#include "measures/small_book.h"

namespace countback::collections {
namespace {

using test::day;

json::object parsed(const char* text) { return json::parse(text).as_object(); }

std::string refused(const json::object& scenario) {
    const auto read = read_scenario(scenario);
    return read ? "" : std::string(name_of(read.error().code));
}

json::object two_steps(const char* first, const char* second) {
    return parsed((R"({"code":"mine","names":{"en":"Mine"},"state":"active","steps":[)" + std::string(first) +
                   "," + second + "]}")
                      .c_str());
}

const char* const good =
    R"({"code":"reminder","names":{"en":"R"},"template":"reminder_1","trigger":{"base":"due","days":3}})";

TEST(PolicyJson, Col8TheShippedPolicyIsTheSameReadBack) {
    const Policy policy = shipped_policy();
    const std::string document = policy_document(policy);
    const auto read = read_policy(document);
    ASSERT_TRUE(read) << name_of(read.error().code) << read.error().data[0].second;
    EXPECT_EQ(policy_document(*read), document);
    EXPECT_EQ(read->scenarios.size(), 6U);
}

TEST(PolicyJson, Col8NothingShippedIsAutomaticAndEveryMessageHasATemplateAndAFrenchName) {
    for (const Scenario& scenario : shipped_scenarios()) {
        EXPECT_TRUE(check_scenario(scenario)) << scenario.code;
        for (const Step& step : scenario.steps) {
            EXPECT_NE(step.mode, Mode::automatic) << step.code;
            EXPECT_FALSE(step.name_fr.empty()) << step.code;
        }
        for (const Notice& one : scenario.notices) EXPECT_EQ(one.mode, Mode::confirm);
    }
}

TEST(PolicyJson, Col3WhatIsWrongHasAName) {
    EXPECT_EQ(refused(two_steps(good, R"({"code":"second","names":{"en":"S"},"channel":"fax"})")),
              "field_invalid");
    EXPECT_EQ(refused(two_steps(good, R"({"code":"call","channel":"call","trigger":{"days":9}})")),
              "step_name_missing");
    EXPECT_EQ(
        refused(two_steps(
            good, R"({"code":"c","names":{"en":"C"},"channel":"call","trigger":{"base":"due","days":2}})")),
        "step_order");
    EXPECT_EQ(
        refused(two_steps(
            good,
            R"({"code":"c","names":{"en":"C"},"channel":"call","trigger":{"days":9},"repeat":{"days":7}})")),
        "repeat_without_cap");
    EXPECT_EQ(refused(two_steps(good, R"({"code":"s","names":{"en":"S"},"trigger":{"days":9}})")),
              "template_missing");
    EXPECT_EQ(refused(two_steps(good, good)), "step_code_twice");
    EXPECT_EQ(refused(two_steps(good, R"({"code":"s","names":{"en":"S"},"colour":"red"})")), "field_invalid");
    EXPECT_EQ(refused(parsed(R"({"code":"mine","names":{"en":"Mine"},"state":"active"})")), "scenario_empty");
    json::object many = parsed(R"({"code":"mine","names":{"en":"Mine"},"steps":[]})");
    for (int i = 0; i < 41; ++i) {
        many["steps"].as_array().push_back(json::object{{"code", "step_" + std::to_string(i)},
                                                        {"names", json::object{{"en", "S"}}},
                                                        {"channel", "call"},
                                                        {"trigger", json::object{{"days", i}}}});
    }
    EXPECT_EQ(refused(many), "too_many_steps");
}

TEST(PolicyEdit, Col5AScenarioThatARuleNamesCannotBeRetired) {
    Policy policy = shipped_policy();
    AssignmentRule rule;
    rule.rank = 1;
    rule.scenario = 2;
    policy.rules.push_back(rule);
    Scenario careful = *policy.scenario("careful");
    careful.state = Scenario::State::retired;
    const auto edited = with_scenario(policy, careful);
    ASSERT_FALSE(edited);
    EXPECT_EQ(edited.error().code, RefusalCode::scenario_in_use);
}

TEST(PolicyEdit, Col5ACopyIsADraftWithANumberOfItsOwnAndMayGoAgain) {
    const auto copied = with_copy(shipped_policy(), {"standard", "wholesale", "Wholesale", {}});
    ASSERT_TRUE(copied);
    const Scenario* made = copied->scenario("wholesale");
    ASSERT_TRUE(made);
    EXPECT_EQ(made->state, Scenario::State::draft);
    EXPECT_EQ(made->number, 7);
    EXPECT_EQ(made->name_en, "Wholesale");
    EXPECT_EQ(without_draft(*copied, "wholesale")->scenarios.size(), 6U);
    EXPECT_EQ(without_draft(*copied, "standard").error().code, RefusalCode::scenario_not_draft);
    EXPECT_EQ(with_copy(*copied, {"standard", "careful"}).error().code, RefusalCode::scenario_code_taken);
}

TEST(PolicyEdit, Col3AStepTakenOutStillCountsWhereItStood) {
    const Policy policy = shipped_policy();
    Scenario standard = *policy.scenario("standard");
    std::erase_if(standard.steps, [](const Step& step) { return step.code == "second"; });
    const auto edited = with_scenario(policy, standard);
    ASSERT_TRUE(edited);
    const Date due = day("2025-02-14");
    const std::vector<StepDone> done{{"second", due + 12, false, true}};
    const TimingInput input{due - 30, due, done, due + 12, due + 13};
    const Timing timing =
        step_timing(*edited->scenario("standard"), input, WorkingDays(HolidaySet::weekends));
    EXPECT_FALSE(timing.unreadable);
    const Scenario& after = *edited->scenario("standard");
    EXPECT_EQ(after.steps[*timing.level_done].code, "reminder");
    EXPECT_EQ(after.steps[*timing.next_step].code, "call");
}

TEST(Timing, Col3AStepComesOnItsWeekdaysOnly) {
    Scenario scenario;
    Step step;
    step.code = "sunday";
    step.trigger = {TriggerBase::due, 1};
    step.weekdays = 0b1000000;
    scenario.steps.push_back(step);
    const TimingInput input{day("2025-01-15"), day("2025-02-14"), {}, std::nullopt, day("2025-02-15")};
    EXPECT_EQ(step_timing(scenario, input, WorkingDays(HolidaySet::fr)).earliest, day("2025-02-16"));
}

}  // namespace
}  // namespace countback::collections
