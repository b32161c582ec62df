#include "locale/texts.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <unordered_map>

#include "base/embedded.h"
#include "base/ensure.h"
#include "base/text.h"

namespace countback::embedded {
std::span<const File> locale_texts();
}

namespace countback::locale {

namespace {

using Table = std::unordered_map<std::string_view, std::string_view>;

Table read_table(std::string_view file_name) {
    Table table;
    for (const embedded::File& file : embedded::locale_texts()) {
        if (file.name != file_name) continue;
        for (const std::string_view line : split(file.bytes, '\n')) {
            const auto equals = line.find(" = ");
            if (line.empty() || line.front() == '#' || equals == std::string_view::npos) continue;
            table.insert_or_assign(trim(line.substr(0, equals)), trim(line.substr(equals + 3)));
        }
    }
    ensure(!table.empty(), "the texts of each language travel inside the program");
    return table;
}

const Table& table_of(Language language) {
    static const Table english = read_table("en.txt");
    static const Table french = read_table("fr.txt");
    return language == Language::fr ? french : english;
}

std::string_view value_of(const Data& data, std::string_view name) {
    for (const auto& [key, value] : data) {
        if (key == name) return value;
    }
    return "…";
}

}  // namespace

bool has_text(Language language, std::string_view key) { return table_of(language).contains(key); }

std::string text(Language language, std::string_view key, const Data& data) {
    const Table& table = table_of(language);
    const auto found = table.find(key);
    if (found == table.end()) return std::string(key);
    std::string_view rest = found->second;
    std::string filled;
    while (true) {
        const auto open = rest.find('{');
        const auto close = open == std::string_view::npos ? open : rest.find('}', open);
        if (close == std::string_view::npos) return filled.append(rest);
        filled.append(rest.substr(0, open));
        filled.append(value_of(data, rest.substr(open + 1, close - open - 1)));
        rest.remove_prefix(close + 1);
    }
}

namespace {

/// `steps[1].channel` as a person calls it: `Channel (2)`; what has no label keeps its name.
std::string field_label(Language language, const std::string& field) {
    const auto dot = field.rfind('.');
    std::string last = dot == std::string::npos ? field : field.substr(dot + 1);
    const auto bracket = field.find('[');
    last = last.substr(0, last.find('['));
    const std::string key = "field." + last;
    if (!has_text(language, key)) return field;
    std::string label = text(language, key);
    const auto close = bracket == std::string::npos ? bracket : field.find(']', bracket);
    if (close == std::string::npos) return label;
    int place = -1;
    std::from_chars(field.data() + bracket + 1, field.data() + close, place);
    return place < 0 ? label : label + " (" + std::to_string(place + 1) + ")";
}

/// What stands in the text instead of a name or code of programs.
std::string told(Language language, const Refusal& refusal, const std::string& name,
                 const std::string& value) {
    const auto worded = [&](const std::string& key) {
        return has_text(language, key) ? text(language, key) : value;
    };
    const bool field =
        refusal.code == RefusalCode::field_invalid || refusal.code == RefusalCode::field_missing;
    if (name == "field" && refusal.code == RefusalCode::required_field_unmapped)
        return worded("import.field." + value);
    if (name == "field" && field) return field_label(language, value);
    if (name == "reason" && field) return worded("reason." + value);
    if (name == "channel") return worded("reason.channel." + value);
    if (name != "step") return value;
    const std::string_view own = value_of(refusal.data, language == Language::fr ? "step_fr" : "step_en");
    return own.empty() || own == "…" ? value : std::string(own);
}

}  // namespace

std::string text_of(Language language, const Refusal& refusal) {
    const auto& said = refusal.data;
    const bool unknown = std::any_of(said.begin(), said.end(), [](const auto& one) {
        return one.first == "reason" && one.second == "unknown";
    });
    Data data = said;
    for (auto& [name, value] : data) {
        // A person reads a field's label; programs read its name in the data, and wrote a name not known.
        if (!unknown) value = told(language, refusal, name, value);
    }
    std::string key = "refusal." + std::string(name_of(refusal.code));
    for (const auto& [name, value] : refusal.data) {
        if (name == "reason" && has_text(language, key + '.' + value))
            return text(language, key + '.' + value, data);
    }
    return text(language, key, data);
}

}  // namespace countback::locale
