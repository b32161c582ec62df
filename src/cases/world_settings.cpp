// Settings, entities and customers of a case.
#include <charconv>

#include "cases/world.h"
#include "parties/directory.h"

namespace countback::cases {

namespace {

int number_of_text(std::string_view text) {
    int number = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        throw CaseFailure("not a number: " + std::string(text));
    return number;
}

Currency currency_of(const std::string& code) {
    const auto currency = Currency::parse(code);
    if (!currency) throw CaseFailure("not a currency: " + code);
    return *currency;
}

collections::Channel channel_of(const std::string& name) {
    if (const auto channel = collections::parse_channel(name)) return *channel;
    throw CaseFailure("not a channel: " + name);
}

/// `reminder@+3`, `call@issue+10:call`, `chase@previous+5:email*3` (three times).
collections::Step step_of(std::string text) {
    collections::Step step;
    if (const auto times = text.find('*'); times != std::string::npos) {
        step.repeat_cap = number_of_text(std::string_view(text).substr(times + 1));
        text.resize(times);
    }
    if (const auto colon = text.find(':'); colon != std::string::npos) {
        step.channel = channel_of(text.substr(colon + 1));
        text.resize(colon);
    }
    const auto at = text.find('@');
    if (at == std::string::npos) throw CaseFailure("a step looks like reminder@+3, got " + text);
    step.code = step.name_en = step.name_fr = text.substr(0, at);
    if (collections::needs_recipient(step.channel)) step.template_code = "reminder_1";
    std::string when = text.substr(at + 1);
    if (when.starts_with("issue")) step.trigger.base = collections::TriggerBase::issue;
    if (when.starts_with("previous")) step.trigger.base = collections::TriggerBase::previous;
    if (const auto sign = when.find_first_of("+-"); sign != std::string::npos) when.erase(0, sign);
    step.trigger.days = number_of_text(when);
    if (step.repeat_cap > 1) step.repeat_days = step.trigger.days;
    return step;
}

std::int64_t letters_of(const std::string& country) {
    if (country.size() != 2) throw CaseFailure("a country has two letters: " + country);
    return two_letters(country[0], country[1]);
}

}  // namespace

void World::today(Words& words) {
    clock_.set(words.next_date("a day"));
    words.finish();
}

void World::entity(Words& words) {
    Entity entity;
    entity.code = words.next("a code");
    entity.name = entity.code;
    entity.currency = currency_of(words.value("currency").value_or("EUR"));
    entity.country = words.value("country").value_or("");
    words.finish();
    write([&](Writing& writing) -> Result<void> {
        entities_[entity.code] = parties::add_entity(writing.connection(), entity);
        return {};
    });
}

void World::scenario(Words& words) {
    collections::Scenario scenario;
    scenario.code = scenario.name_en = scenario.name_fr = words.next("a name");
    const auto* known = policy_.scenario(scenario.code);
    scenario.number = known ? known->number : static_cast<int>(policy_.scenarios.size()) + 1;
    while (!words.empty()) {
        auto step = step_of(words.next("a step"));
        if (words.flag("automatic")) step.mode = collections::Mode::automatic;
        scenario.steps.push_back(std::move(step));
    }
    std::erase_if(policy_.scenarios, [&](const auto& one) { return one.number == scenario.number; });
    policy_.scenarios.push_back(std::move(scenario));
    collections_ = std::make_unique<collections::Collections>(*ledger_, policy_);
}

void World::policy(Words& words) {
    const auto number = [&](std::string_view name, int& setting) {
        if (const auto value = words.value(name)) setting = number_of_text(*value);
    };
    number("min_gap", policy_.min_gap_days);
    number("grace", policy_.promise_grace_days);
    number("follow_up", policy_.follow_up_days);
    number("stale_after", policy_.stale_after_days);
    number("contact_cap", policy_.contact_cap);
    number("contact_cap_days", policy_.contact_cap_days);
    if (const auto code = words.value("default")) {
        const auto* scenario = policy_.scenario(*code);
        if (!scenario) throw CaseFailure("no such scenario: " + *code);
        policy_.default_scenario = scenario->number;
    }
    if (words.flag("new_leader_by_age")) policy_.new_leader_by_age = true;
    for (auto [name, list] : {std::pair{"floor", &policy_.floors}, std::pair{"ceiling", &policy_.ceilings}}) {
        if (const auto value = words.value(name)) {
            const Currency currency = currency_of("EUR");
            *list = {{parse_decimal(*value, currency).value_or(0), currency}};
        }
    }
    words.finish();
    collections_ = std::make_unique<collections::Collections>(*ledger_, policy_);
}

void World::rule(Words& words) {
    collections::AssignmentRule rule;
    rule.rank = number_of_text(words.next("a rank"));
    const auto* scenario = policy_.scenario(words.value("scenario").value_or(""));
    if (!scenario) throw CaseFailure("a rule names a scenario");
    rule.scenario = scenario->number;
    if (const auto segment = words.value("segment")) rule.segment = label_of(LabelKind::segment, *segment);
    if (const auto country = words.value("country")) rule.country = letters_of(*country);
    if (const auto code = words.value("entity")) rule.entity = entity_named(*code);
    if (const auto amount = words.value("overdue_from")) {
        const Currency currency = currency_of("EUR");
        rule.overdue_from = Money{parse_decimal(*amount, currency).value_or(0), currency};
    }
    words.finish();
    policy_.rules.push_back(rule);
    collections_ = std::make_unique<collections::Collections>(*ledger_, policy_);
}

void World::customer(Words& words) {
    Customer customer;
    customer.code = words.next("a code");
    customer.name = words.value("name").value_or(customer.code);
    customer.country = words.value("country").value_or("");
    customer.language = words.value("language").value_or("");
    customer.legal_id = words.value("legal_id").value_or("");
    customer.email = words.value("contact").value_or("");
    customer.entity = entity_named(words.value("in").value_or("MAIN"));
    const auto scenario = words.value("scenario");
    std::vector<std::pair<Attribute, std::int64_t>> attributes{{Attribute::entity, customer.entity.value}};
    const auto label = [&](const char* name, LabelKind kind, Attribute attribute) {
        if (const auto text = words.value(name))
            attributes.emplace_back(attribute, label_of(kind, *text).value);
    };
    label("segment", LabelKind::segment, Attribute::segment);
    label("collector", LabelKind::collector, Attribute::collector);
    label("risk_class", LabelKind::risk_class, Attribute::risk_class);
    if (!customer.country.empty()) attributes.emplace_back(Attribute::country, letters_of(customer.country));
    if (!customer.legal_id.empty()) {
        attributes.emplace_back(Attribute::legal_identity,
                                static_cast<std::int64_t>(std::hash<std::string>{}(customer.legal_id) >> 1));
    }
    if (words.flag("no_contact")) attributes.emplace_back(Attribute::no_contact, no_mail);
    if (words.flag("no_address")) attributes.emplace_back(Attribute::no_contact, no_post);
    words.finish();
    write([&](Writing& writing) -> Result<void> {
        const CustomerId id = parties::add_customers(writing.connection(), std::span(&customer, 1));
        customers_[customer.code] = id;
        for (const auto& [attribute, value] : attributes)
            writing.add(AttributeFact{{}, id, attribute, value, clock_.today()});
        return {};
    });
    if (scenario)
        granted(collections_->choose_for_customer(Perimeter::whole(), {{}, "case"}, customers_[customer.code],
                                                  *scenario));
}

}  // namespace countback::cases
