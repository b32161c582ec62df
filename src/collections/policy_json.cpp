#include "collections/policy_json.h"

#include "collections/fields.h"
#include "collections/policy_check.h"

namespace countback::collections {

namespace {

constexpr int mode_count = 3;
constexpr std::size_t name_bytes_max = 120;

json::array texts_json(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

template <class Named>
json::object names_json(const Named& named) {
    return {{"en", named.name_en}, {"fr", named.name_fr}};
}

/// Monday is 1.
json::array weekdays_json(std::uint8_t weekdays) {
    json::array days;
    for (int day = 0; day < 7; ++day) {
        if ((weekdays >> day & 1) != 0) days.emplace_back(day + 1);
    }
    return days;
}

json::object step_json(const Step& step) {
    json::value repeat = nullptr;
    if (step.repeat_days > 0) repeat = json::object{{"days", step.repeat_days}, {"cap", step.repeat_cap}};
    return {{"code", step.code},
            {"names", names_json(step)},
            {"channel", name_of(step.channel)},
            {"mode", name_of(step.mode)},
            {"trigger", json::object{{"base", name_of(step.trigger.base)}, {"days", step.trigger.days}}},
            {"repeat", std::move(repeat)},
            {"template", text_or_null(step.template_code)},
            {"to", texts_json(step.to)},
            {"cc", texts_json(step.cc)},
            {"floors", amounts_json(step.floors)},
            {"ceilings", amounts_json(step.ceilings)},
            {"weekdays", weekdays_json(step.weekdays)},
            {"hours", json::object{{"from", step.hour_from}, {"to", step.hour_to}}}};
}

json::object former_json(const FormerStep& former) {
    return {{"code", former.code}, {"base", name_of(former.base)}, {"days", former.days}};
}

json::object notice_json(const Notice& notice) {
    return {{"code", notice.code},
            {"names", names_json(notice)},
            {"kind", name_of(notice.kind)},
            {"days", notice.days},
            {"channel", name_of(notice.channel)},
            {"mode", name_of(notice.mode)},
            {"template", text_or_null(notice.template_code)},
            {"to", texts_json(notice.to)},
            {"cc", texts_json(notice.cc)}};
}

/// Reads an object of the fields' object, or nothing when it is absent.
template <class Read>
void within(Fields& fields, std::string_view name, std::optional<Refusal>& refusal, Read read) {
    const json::object* object = fields.object(name);
    if (!object) return;
    Fields inner(*object, fields.path_of(name), refusal);
    read(inner);
    inner.finish();
}

class Reader {
public:
    Result<Scenario> scenario(const json::object& object) {
        Fields fields(object, "", refusal_);
        Scenario read = scenario(fields);
        fields.finish();
        if (refusal_) return tl::unexpected(*refusal_);
        if (const auto checked = check_scenario(read); !checked) return tl::unexpected(checked.error());
        return read;
    }

    Result<std::vector<Scenario>> scenarios(const json::object& document) {
        std::vector<Scenario> all;
        Fields fields(document, "", refusal_);
        fields.each("scenarios", scenarios_max, [&](Fields& one) { all.push_back(scenario(one)); });
        if (refusal_) return tl::unexpected(*refusal_);
        return all;
    }

private:
    template <class Named>
    void names(Fields& fields, Named& named) {
        within(fields, "names", refusal_, [&](Fields& inner) {
            named.name_en = inner.text("en", name_bytes_max);
            named.name_fr = inner.text("fr", name_bytes_max);
        });
        if (named.name_en.empty()) named.name_en = named.name_fr;
        if (named.name_fr.empty()) named.name_fr = named.name_en;
    }

    /// What a step and a notice have in common.
    template <class One>
    void message(Fields& fields, One& one) {
        one.code = fields.text("code", 40);
        names(fields, one);
        one.channel = fields.choice("channel", static_cast<int>(channel_count), Channel::email);
        one.mode = fields.choice("mode", mode_count, Mode::confirm);
        one.template_code = fields.text("template", 40);
        one.to = fields.codes("to");
        one.cc = fields.codes("cc");
    }

    Scenario scenario(Fields& fields) {
        Scenario read;
        read.number = fields.whole("number", {0, 1'000'000, 0});
        read.code = fields.text("code", 40);
        names(fields, read);
        read.state = fields.choice("state", 3, Scenario::State::draft);
        // One above the most that may stand, so that the refusal is the one of the rule.
        fields.each("steps", 1'000, [&](Fields& one) { read.steps.push_back(step(one)); });
        fields.each("notices", 100, [&](Fields& one) { read.notices.push_back(notice(one)); });
        fields.each("former", 1'000, [&](Fields& one) {
            FormerStep former;
            former.code = one.text("code", 40);
            former.base = one.choice("base", 2, TriggerBase::due);
            former.days = one.whole("days", {-100'000, 100'000, 0});
            read.former.push_back(std::move(former));
        });
        return read;
    }

    Step step(Fields& fields) {
        Step read;
        message(fields, read);
        within(fields, "trigger", refusal_, [&](Fields& inner) {
            read.trigger.base = inner.choice("base", 3, TriggerBase::due);
            read.trigger.days = inner.whole("days", {-365, 1'000, 0});
        });
        within(fields, "repeat", refusal_, [&](Fields& inner) {
            read.repeat_days = inner.whole("days", {1, 365, 0});
            read.repeat_cap = inner.whole("cap", {0, 50, 0});
        });
        read.floors = fields.amounts("floors");
        read.ceilings = fields.amounts("ceilings");
        read.weekdays = weekdays(fields);
        within(fields, "hours", refusal_, [&](Fields& inner) {
            read.hour_from = inner.whole("from", {0, 23, 8});
            read.hour_to = inner.whole("to", {1, 24, 18});
        });
        return read;
    }

    std::uint8_t weekdays(Fields& fields) {
        const json::array& days = fields.array("weekdays", 7);
        if (!fields.has("weekdays")) return monday_to_friday;
        unsigned read = 0;
        for (const json::value& day : days) {
            if (!day.is_int64() || day.get_int64() < 1 || day.get_int64() > 7) {
                fields.refuse_field("weekdays", "1 … 7");
                return monday_to_friday;
            }
            read |= 1U << (day.get_int64() - 1);
        }
        return static_cast<std::uint8_t>(read);  // none is refused with the step's name
    }

    Notice notice(Fields& fields) {
        Notice read;
        message(fields, read);
        read.kind = fields.choice("kind", 2, Notice::Kind::new_invoice);
        read.days = fields.whole("days", {0, 365, 0});
        return read;
    }

    std::optional<Refusal> refusal_;
};

}  // namespace

json::object scenario_json(const Scenario& scenario) {
    json::array steps;
    for (const Step& step : scenario.steps) steps.push_back(step_json(step));
    json::array former;
    for (const FormerStep& one : scenario.former) former.push_back(former_json(one));
    json::array notices;
    for (const Notice& notice : scenario.notices) notices.push_back(notice_json(notice));
    return {{"number", scenario.number},        {"code", scenario.code},     {"names", names_json(scenario)},
            {"state", name_of(scenario.state)}, {"steps", std::move(steps)}, {"notices", std::move(notices)},
            {"former", std::move(former)}};
}

Result<Scenario> read_scenario(const json::object& object) { return Reader().scenario(object); }

std::string policy_document(const Policy& policy) {
    json::array scenarios;
    for (const Scenario& scenario : policy.scenarios) scenarios.push_back(scenario_json(scenario));
    return json::serialize(json::object{{"scenarios", std::move(scenarios)}, {"rules", rules_json(policy)}});
}

Result<Policy> read_policy(std::string_view document) {
    boost::system::error_code error;
    const json::value value = json::parse(document, error);
    const json::object* object = error ? nullptr : value.if_object();
    const json::value* rules = object ? object->if_contains("rules") : nullptr;
    if (!rules || !rules->is_object())
        return refuse(RefusalCode::field_invalid, {{"field", "document"}, {"reason", error.message()}});
    auto scenarios = Reader().scenarios(*object);
    if (!scenarios) return tl::unexpected(scenarios.error());
    Policy policy;
    policy.scenarios = std::move(*scenarios);
    return with_rules(std::move(policy), rules->get_object());
}

}  // namespace countback::collections
