#include "collections/words.h"

#include "http/message.h"
#include "locale/texts.h"

namespace countback::collections {

namespace {

std::string customer_named(const std::string& id, PageNames& names) {
    const auto number = http::parse_id(id);
    return number ? names.customer(CustomerId{*number}).name : id;
}

/// The data as a person reads it: steps and customers by name, the item by number.
locale::Data readable(const Note& note, const Scenario* scenario, PageNames& names) {
    locale::Data data = note.data;
    for (auto& [key, value] : data) {
        if (key == "head" || key == "member") value = customer_named(value, names);
        if (key == (names.language() == Language::fr ? "notice_fr" : "notice_en")) key = "notice";
        if (key == "user") value = names.user(UserId{http::parse_id(value).value_or(0)});
        if (key != "step" || !scenario) continue;
        for (const Step& step : scenario->steps) {
            if (step.code != value) continue;
            value = name_of(step, names.language());
            break;
        }
    }
    if (note.item) data.emplace_back("item", names.item_number(note.item));
    return data;
}

/// One day, none and what is missing are said in words of their own where the texts have them: `.one`,
/// `.none`,
/// `.post`.
std::string counted(std::string key, const locale::Data& data, Language language) {
    for (const auto& [name, value] : data) {
        const bool number = name == "days" || name == "count";
        if (!number && name != "missing") continue;
        const std::string form = !number        ? key + '.' + value
                                 : value == "1" ? key + ".one"
                                 : value == "0" ? key + ".none"
                                                : "";
        if (!form.empty() && locale::has_text(language, form)) return form;
    }
    return key;
}

}  // namespace

const std::string& name_of(const Step& step, Language language) {
    return language == Language::fr ? step.name_fr : step.name_en;
}

const std::string& name_of(const Scenario& scenario, Language language) {
    return language == Language::fr ? scenario.name_fr : scenario.name_en;
}

std::string text_of(std::string_view family, const Note& note, const Scenario* scenario, PageNames& names) {
    const std::string key = "collections." + std::string(family) + '.' + std::string(note.code);
    const locale::Data data = readable(note, scenario, names);
    const std::string text = locale::text(names.language(), counted(key, data, names.language()), data);
    if (family == "reason" && !data.empty() && data.back().first == "member")
        return data.back().second + ": " + text;
    if (!note.item || note.code == "step_due" || family != "reason") return text;
    return names.item_number(note.item) + ": " + text;
}

json::object note_json(const Note& note, const Scenario* scenario, PageNames& names) {
    json::object data;
    for (const auto& [key, value] : readable(note, scenario, names)) data[key] = value;
    return {
        {"code", note.code}, {"text", text_of("reason", note, scenario, names)}, {"data", std::move(data)}};
}

}  // namespace countback::collections
