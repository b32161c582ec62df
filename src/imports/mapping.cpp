#include "imports/mapping.h"

#include <algorithm>

#include "base/text.h"
#include "http/json.h"

namespace countback::imports {
namespace {

namespace json = boost::json;

constexpr std::string_view custom_prefix = "custom.";

tl::unexpected<Refusal> invalid(std::string reason) {
    return refuse(RefusalCode::mapping_invalid, {{"reason", std::move(reason)}});
}

Result<bool> take_option(Mapping& mapping, std::string_view name, const json::value& value) {
    constexpr std::string_view options[] = {"amount_format", "decimal",     "date_format", "encoding",
                                            "delimiter",     "header_line", "sheet"};
    if (std::find(std::begin(options), std::end(options), name) == std::end(options)) return false;
    if (!value.is_string()) return invalid(std::string(name) + " must be a text");
    const std::string text(value.as_string());
    if (name == "amount_format") {
        if (text != "minor" && text != "major") return invalid("amount_format is major or minor");
        mapping.amount_unit = text == "minor" ? formats::AmountUnit::minor : formats::AmountUnit::major;
    } else if (name == "decimal" || name == "delimiter") {
        const std::string mark = text == "\\t" || text == "tab" ? "\t" : text;
        if (mark.size() != 1) return invalid(std::string(name) + " is one character");
        const bool is_mark = mark[0] > ' ' || mark[0] == '\t';
        const bool is_word = fold(mark) == ascii_lower(mark) || mark[0] == '"';
        if ((!is_mark || is_word) && name == "delimiter")
            return invalid("delimiter is a mark such as ; or tab");
        if (name == "decimal" && mark != "." && mark != ",") return invalid("decimal is . or ,");
        (name == "decimal" ? mapping.formats.decimal : mapping.formats.delimiter) = mark[0];
    } else if (name == "date_format") {
        if (!formats::order_of_layout(text)) return invalid("date_format is such as dd/mm/yyyy");
        mapping.formats.date_format = text;
    } else if (name == "header_line") {
        if (text.empty() || text.size() > 3 || text.find_first_not_of("0123456789") != std::string::npos ||
            std::stoi(text) == 0)
            return invalid("header_line is a number from 1 to 999");
        mapping.formats.header_line = std::stoi(text);
    } else {
        (name == "encoding" ? mapping.formats.encoding : mapping.formats.sheet) = text;
    }
    return true;
}

Result<Source> parse_source(const json::value& value) {
    if (value.is_string()) return Source{std::string(value.as_string()), std::nullopt};
    const json::object* object = value.if_object();
    if (object == nullptr || object->size() != 1)
        return invalid("a field is a column header or {\"constant\": \"…\"}");
    const json::value* constant = object->if_contains("constant");
    if (constant == nullptr || !constant->is_string()) return invalid("a constant is a text");
    return Source{std::nullopt, std::string(constant->as_string())};
}

Result<void> take_entry(Mapping& mapping, std::string_view name, const json::value& value) {
    const auto option = take_option(mapping, name, value);
    if (!option) return tl::unexpected(option.error());
    if (*option) return {};
    auto source = parse_source(value);
    if (!source) return tl::unexpected(source.error());
    if (name.starts_with(custom_prefix)) {
        if (!source->column) return invalid("a custom field needs a column");
        mapping.custom[std::string(name.substr(custom_prefix.size()))] = *source->column;
        return {};
    }
    const auto field = parse_field(name);
    if (!field) return refuse(RefusalCode::mapping_field_unknown, {{"field", std::string(name)}});
    mapping.fields[*field] = std::move(*source);
    return {};
}

int column_of(const std::vector<std::string>& header, std::string_view name) {
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (header[i] == name) return static_cast<int>(i);
    }
    const std::string folded = fold(name);
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (fold(header[i]) == folded) return static_cast<int>(i);
    }
    return -1;
}

// Fields that have no default: something must fill them, one of several alternatives for some.
bool filled(const Columns& columns, ImportKind kind, Field field) {
    if (columns.has(field)) return true;
    if (field == Field::entity) return true;
    if (field == Field::amount && kind == ImportKind::items)
        return columns.has(Field::debit) || columns.has(Field::credit);
    if (field == Field::number) return columns.has(Field::source_id);
    return false;
}

}  // namespace

Result<Mapping> parse_mapping(std::string_view text) {
    boost::system::error_code failed;
    const json::value value = json::parse(text, failed);
    if (failed || !value.is_object()) return invalid("it is no JSON object");
    Mapping mapping;
    for (const auto& entry : value.as_object()) {
        if (auto taken = take_entry(mapping, entry.key(), entry.value()); !taken)
            return tl::unexpected(taken.error());
    }
    return mapping;
}

std::string to_json(const Mapping& mapping) {
    json::object object;
    for (const auto& [field, source] : mapping.fields) {
        if (source.column) object[name_of(field)] = *source.column;
        if (source.constant) object[name_of(field)] = json::object{{"constant", *source.constant}};
    }
    for (const auto& [name, column] : mapping.custom) object[std::string(custom_prefix) + name] = column;
    if (mapping.amount_unit == formats::AmountUnit::minor) object["amount_format"] = "minor";
    const formats::FormatChoice& choice = mapping.formats;
    if (choice.decimal) object["decimal"] = std::string(1, *choice.decimal);
    if (choice.delimiter) object["delimiter"] = std::string(1, *choice.delimiter);
    if (choice.date_format) object["date_format"] = *choice.date_format;
    if (choice.encoding) object["encoding"] = *choice.encoding;
    if (choice.sheet) object["sheet"] = *choice.sheet;
    if (choice.header_line) object["header_line"] = std::to_string(*choice.header_line);
    return json::serialize(object);
}

std::string header_shape(const std::vector<std::string>& header) {
    std::vector<std::string> names;
    for (const std::string& name : header) names.push_back(fold(name));
    std::sort(names.begin(), names.end());
    std::string all;
    for (const std::string& name : names) all += name + '\n';
    return std::to_string(names.size()) + "-" + std::to_string(hash64(all));
}

Result<Columns> find_columns(const Mapping& mapping, ImportKind kind,
                             const std::vector<std::string>& header) {
    Columns columns;
    columns.header = header;
    for (const auto& [field, source] : mapping.fields) {
        if (need_of(field, kind) == FieldNeed::absent) continue;
        Columns::Place& place = columns.fields[static_cast<std::size_t>(field)];
        place.mapped = true;
        if (source.constant) {
            place.constant = *source.constant;
            continue;
        }
        place.column = column_of(header, *source.column);
        if (place.column < 0) {
            return refuse(RefusalCode::mapping_column_unknown,
                          {{"column", *source.column}, {"field", std::string(name_of(field))}});
        }
    }
    for (const auto& [name, column] : mapping.custom) {
        const int place = column_of(header, column);
        if (place < 0)
            return refuse(RefusalCode::mapping_column_unknown, {{"column", column}, {"field", name}});
        columns.custom.emplace_back(name, place);
    }
    for (std::size_t i = 0; i < field_count; ++i) {
        const auto field = static_cast<Field>(i);
        if (need_of(field, kind) == FieldNeed::required && !filled(columns, kind, field)) {
            return refuse(RefusalCode::required_field_unmapped, {{"field", std::string(name_of(field))}});
        }
    }
    if (kind == ImportKind::items && !columns.has(Field::due_date) && !columns.has(Field::terms)) {
        return refuse(RefusalCode::required_field_unmapped, {{"field", "due_date"}});
    }
    return columns;
}

}  // namespace countback::imports
