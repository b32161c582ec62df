#include "locale/texts.h"

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

std::string text_of(Language language, const Refusal& refusal) {
    Data data = refusal.data;
    for (auto& [name, value] : data) {
        // A person reads a field's label; programs read its name in the data.
        const std::string label = "import.field." + value;
        const bool field = refusal.code == RefusalCode::required_field_unmapped && name == "field";
        if (field && has_text(language, label)) value = text(language, label);
    }
    std::string key = "refusal." + std::string(name_of(refusal.code));
    for (const auto& [name, value] : refusal.data) {
        if (name == "reason" && has_text(language, key + '.' + value))
            return text(language, key + '.' + value, data);
    }
    return text(language, key, data);
}

}  // namespace countback::locale
