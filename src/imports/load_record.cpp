#include "imports/load_record.h"

#include "http/json.h"
#include "imports/queries.h"

namespace countback::imports {
namespace {

namespace json = boost::json;

constexpr std::size_t refusals_kept = 100;

json::object data_json(const std::vector<std::pair<std::string, std::string>>& data) {
    json::object object;
    for (const auto& [name, value] : data) object[name] = value;
    return object;
}

std::vector<std::pair<std::string, std::string>> read_data(const json::object& object) {
    std::vector<std::pair<std::string, std::string>> data;
    for (const auto& entry : object) data.emplace_back(entry.key(), std::string(entry.value().as_string()));
    return data;
}

std::string notices_json(const std::vector<Note>& notices) {
    json::array array;
    for (const Note& note : notices)
        array.push_back(json::object{{"code", note.code}, {"data", data_json(note.data)}});
    return json::serialize(array);
}

std::string refusals_json(const std::vector<RefusedLine>& refusals) {
    json::array array;
    for (std::size_t i = 0; i < std::min(refusals.size(), refusals_kept); ++i) {
        const RefusedLine& line = refusals[i];
        array.push_back(json::object{{"line", line.line},
                                     {"column", line.column},
                                     {"value", line.value},
                                     {"code", std::string(name_of(line.refusal.code))},
                                     {"data", data_json(line.refusal.data)}});
    }
    return json::serialize(array);
}

RefusalCode code_named(std::string_view name) {
    for (int code = 0; name_of(static_cast<RefusalCode>(code)) != "unknown"; ++code) {
        if (name_of(static_cast<RefusalCode>(code)) == name) return static_cast<RefusalCode>(code);
    }
    return RefusalCode::field_invalid;
}

std::vector<Note> read_notices(std::string_view text) {
    std::vector<Note> notices;
    const json::value whole = json::parse(text);
    for (const json::value& value : whole.as_array()) {
        const json::object& object = value.as_object();
        notices.push_back(
            {std::string(object.at("code").as_string()), read_data(object.at("data").as_object())});
    }
    return notices;
}

std::vector<RefusedLine> read_refusals(std::string_view text) {
    std::vector<RefusedLine> lines;
    const json::value whole = json::parse(text);
    for (const json::value& value : whole.as_array()) {
        const json::object& object = value.as_object();
        const std::string code(object.at("code").as_string());
        lines.push_back({object.at("line").as_int64(),
                         std::string(object.at("column").as_string()),
                         std::string(object.at("value").as_string()),
                         {code_named(code), read_data(object.at("data").as_object())}});
    }
    return lines;
}

}  // namespace

LoadRecord record_of(const Preview& preview, const std::string& author) {
    LoadRecord record;
    record.author = author;
    record.file_name = preview.request.file_name;
    record.sha256 = preview.request.sha256;
    record.kind = preview.plan->scope.kind;
    record.mode = preview.plan->scope.mode;
    record.as_of = preview.plan->scope.as_of;
    record.counts = preview.plan->counts;
    record.notices = preview.plan->notices;
    const auto& refused = preview.plan->file->refused;
    record.refusals.assign(refused.begin(), refused.begin() + static_cast<std::ptrdiff_t>(
                                                                  std::min(refused.size(), refusals_kept)));
    return record;
}

void insert_record(store::Connection& connection, const LoadRecord& record) {
    const Counts& counts = record.counts;
    const std::string notices = notices_json(record.notices);
    const std::string refusals = refusals_json(record.refusals);
    connection.run(insert_import_load,
                   {record.id.value, record.at.micros, record.author, record.file_name, record.sha256,
                    name_of(record.kind), static_cast<int>(record.mode), record.as_of.days(), counts.lines,
                    counts.new_items, counts.changed, counts.unchanged, counts.cleared, counts.refused,
                    counts.new_customers, notices, refusals});
}

LoadRecord read_record(const store::Row& row) {
    LoadRecord record;
    record.id = LoadId{row.integer(0)};
    record.at = Instant{row.integer(1)};
    record.author = row.text(2);
    record.file_name = row.text(3);
    record.sha256 = row.text(4);
    record.kind = parse_kind(row.text(5)).value_or(ImportKind::items);
    record.mode = static_cast<LoadMode>(row.integer(6));
    record.as_of = Date(static_cast<std::int32_t>(row.integer(7)));
    record.counts = {row.integer(8),  row.integer(9),  row.integer(10), row.integer(11),
                     row.integer(12), row.integer(13), row.integer(14)};
    record.notices = read_notices(row.text(15));
    record.refusals = read_refusals(row.text(16));
    record.reconciled = row.integer(17) != 0;
    record.differences = row.integer(18);
    record.undone = !row.is_null(19);
    record.first_fact = FactNo{row.integer(20)};
    record.last_fact = FactNo{row.integer(21)};
    return record;
}

void remember_mapping(store::Connection& connection, const Preview& preview) {
    Mapping columns = preview.request.mapping;
    columns.formats.date_format.reset();  // kept beside: the next file's own evidence goes first
    columns.formats.decimal.reset();
    const FileFormats& formats = preview.formats;
    const std::string mark(1, formats.kept_decimal.value_or('.'));
    const store::Value none(nullptr);
    connection.run(forget_mapping, {preview.header_shape});
    const std::string mapping = to_json(columns);
    connection.run(keep_mapping, {preview.header_shape, name_of(preview.plan->scope.kind), mapping,
                                  formats.kept_date_format ? store::Value(*formats.kept_date_format) : none,
                                  formats.kept_decimal ? store::Value(mark) : none});
}

}  // namespace countback::imports
