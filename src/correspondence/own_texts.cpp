#include "correspondence/own_texts.h"

#include <algorithm>

#include "base/text.h"
#include "correspondence/queries.h"

namespace countback::correspondence {

namespace {

constexpr std::array<std::string_view, 2> languages{"en", "fr"};
constexpr std::size_t name_bytes_max = 200;

/// Who, what and from whom: the least a message says, in any language.
TemplateText bare_text(const NewText& text, std::string_view language) {
    return {text.code, std::string(language), "{{company.name}} – {{customer.name}}",
            "{{contact.name}}\n\n{{items_table}}\n\n{{sender.name}}\n{{company.name}}\n", 0};
}

Result<void> check_name(const std::string& name) {
    const auto invalid = [](const char* reason) {
        return refuse(RefusalCode::field_invalid, {{"field", "name"}, {"reason", reason}});
    };
    if (trim(name).empty()) return invalid("missing");
    if (name.size() > name_bytes_max) return invalid("too_long");
    if (has_control(name)) return invalid("control_character");
    return {};
}

}  // namespace

bool is_shipped(std::string_view code) {
    return std::find(shipped_codes.begin(), shipped_codes.end(), code) != shipped_codes.end();
}

Result<void> add_text(store::Connection& connection, const NewText& text, const ByWhom& by) {
    if (const auto good = check_name(text.name); !good) return good;
    // The number's row is held from here on: of two new texts of one code the second is refused.
    const std::int64_t row = store::allot(connection, row_numbers, 1);
    if (template_text(connection, text.code, "en"))
        return refuse(RefusalCode::field_invalid,
                      {{"field", "code"}, {"reason", "code_taken"}, {"code", text.code}});
    connection.run(add_text_name,
                   {row, text.code, std::string(trim(text.name)), by.author.value, by.now.micros});
    for (const std::string_view language : languages) {
        auto words = text.begins_with.empty() ? bare_text(text, language)
                                              : template_text(connection, text.begins_with, language);
        if (!words) return refuse(RefusalCode::template_unknown, {{"template", text.begins_with}});
        words->code = text.code;
        words->language = language;
        const auto saved = save_template(connection, *words, {by.author, by.now});
        if (!saved) return tl::unexpected(saved.error());
    }
    return {};
}

std::map<std::string, std::string> text_names(store::Connection& connection) {
    std::map<std::string, std::string> names;
    connection.each(names_of_texts, {}, [&](const store::Row& row) {
        names[std::string(row.text(0))] = std::string(row.text(1));
    });
    return names;
}

std::vector<TextVersion> text_versions(store::Connection& connection, std::string_view code,
                                       std::string_view language) {
    std::vector<TextVersion> versions;
    connection.each(versions_of_text, {code, language}, [&](const store::Row& row) {
        versions.push_back({{std::string(code), std::string(language), std::string(row.text(1)),
                             std::string(row.text(2)), row.integer(0)},
                            Instant{row.integer(4)},
                            UserId{row.integer(3)}});
    });
    if (auto delivered = shipped_text(code, language))
        versions.push_back({std::move(*delivered), std::nullopt, {}});
    return versions;
}

std::int64_t withdraw_text(store::Connection& connection, std::string_view code, std::string_view language,
                           const ByWhom& by) {
    const std::int64_t row = store::allot(connection, row_numbers, 1);
    connection.run(add_withdrawal, {row, code, language, by.author.value, by.now.micros});
    return row;
}

Result<void> remove_text(store::Connection& connection, std::string_view code, const ByWhom& by) {
    if (is_shipped(code))
        return refuse(RefusalCode::field_invalid,
                      {{"field", "code"}, {"reason", "delivered"}, {"code", std::string(code)}});
    if (!template_text(connection, code, "en"))
        return refuse(RefusalCode::template_unknown, {{"template", std::string(code)}});
    for (const std::string_view language : languages) withdraw_text(connection, code, language, by);
    return {};
}

}  // namespace countback::correspondence
