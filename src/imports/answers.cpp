#include "imports/answers.h"

#include "locale/texts.h"

namespace countback::imports {
namespace {

namespace json = http::json;

constexpr std::size_t refusals_shown = 100;

json::object data_json(const std::vector<std::pair<std::string, std::string>>& data) {
    json::object object;
    for (const auto& [name, value] : data) object[name] = value;
    return object;
}

json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object note_json(const Note& note, std::string text) {
    return {{"code", note.code}, {"text", std::move(text)}, {"data", data_json(note.data)}};
}

json::array notices_json(const std::vector<Note>& notices, Language language) {
    json::array array;
    for (const Note& note : notices) array.push_back(note_json(note, notice_text(note, language)));
    return array;
}

json::array refusals_json(const std::vector<RefusedLine>& refused, Language language) {
    json::array array;
    for (std::size_t i = 0; i < std::min(refused.size(), refusals_shown); ++i) {
        const RefusedLine& line = refused[i];
        array.push_back(json::object{{"line", line.line},
                                     {"column", text_or_null(line.column)},
                                     {"value", text_or_null(line.value)},
                                     {"code", std::string(name_of(line.refusal.code))},
                                     {"text", locale::text_of(language, line.refusal)}});
    }
    return array;
}

void put_counts(json::object& object, const Counts& counts) {
    object["lines"] = counts.lines;
    object["new_items"] = counts.new_items;
    object["changed"] = counts.changed;
    object["unchanged"] = counts.unchanged;
    object["cleared"] = counts.cleared;
    object["refused"] = counts.refused;
    object["new_customers"] = counts.new_customers;
}

json::object detected_json(const FileAbout& about) {
    const formats::Detected& detected = about.detected;
    json::array sheets;
    for (const std::string& sheet : detected.sheets) sheets.emplace_back(sheet);
    const bool workbook = detected.format == formats::FileFormat::xlsx;
    return {{"format", workbook ? "xlsx" : "csv"},
            {"encoding", text_or_null(detected.encoding)},
            {"delimiter", workbook ? json::value(nullptr) : json::value(std::string(1, detected.delimiter))},
            {"decimal", std::string(1, about.decimal)},
            {"date_format", text_or_null(about.date_layout)},
            {"header_line", detected.header_line},
            {"sheet", text_or_null(detected.sheet)},
            {"sheets", std::move(sheets)}};
}

json::array fields_json(Language language) {
    constexpr ImportKind kinds[] = {ImportKind::items, ImportKind::customers, ImportKind::contacts,
                                    ImportKind::allocations};
    json::array fields;
    for (std::size_t i = 0; i < field_count; ++i) {
        const auto field = static_cast<Field>(i);
        json::array known_by;
        bool required = false;
        for (const ImportKind kind : kinds) {
            if (need_of(field, kind) == FieldNeed::absent) continue;
            known_by.emplace_back(name_of(kind));
            required = required || (kind == ImportKind::items && need_of(field, kind) == FieldNeed::required);
        }
        const std::string name(name_of(field));
        fields.push_back(json::object{{"name", name},
                                      {"required", required},
                                      {"label", locale::text(language, "import.field." + name)},
                                      {"kinds", known_by}});
    }
    return fields;
}

}  // namespace

std::string state_of(const LoadRecord& load) {
    return !load.reconciled ? "none" : load.differences == 0 ? "ok" : "differences";
}

std::string notice_text(const Note& note, Language language) {
    const std::string key = "import.notice." + note.code;
    const bool one =
        !note.data.empty() && note.data.front() == std::pair<std::string, std::string>{"count", "1"};
    return locale::text(language, one && locale::has_text(language, key + ".one") ? key + ".one" : key,
                        note.data);
}
std::string question_text(const Note& note, Language language) {
    return locale::text(language, "import.question." + note.code, note.data);
}

json::object file_json(const FileAbout& about, Language language) {
    json::array columns;
    for (std::size_t i = 0; i < about.header.size(); ++i) {
        json::array samples;
        for (const std::string& sample : about.samples[i]) samples.emplace_back(sample);
        columns.push_back(json::object{{"name", about.header[i]}, {"samples", std::move(samples)}});
    }
    return {{"file_id", about.id},
            {"name", about.name},
            {"size", static_cast<std::int64_t>(about.size)},
            {"sha256", about.sha256},
            {"lines", about.lines},
            {"detected", detected_json(about)},
            {"columns", std::move(columns)},
            {"proposed_mapping", json::parse(to_json(about.proposal.mapping))},
            {"kind", std::string(name_of(about.proposal.kind))},
            {"fields", fields_json(language)}};
}

json::object preview_json(const Preview& preview, Language language) {
    const Plan& plan = *preview.plan;
    json::object object;
    put_counts(object, plan.counts);
    object["preview_id"] = preview.id;
    json::array entities;
    for (const std::string& code : preview.new_entities) entities.emplace_back(code);
    object["new_entities"] = std::move(entities);
    json::array totals;
    for (const EntityTotal& total : plan.totals) {
        totals.push_back(json::object{{"entity", total.entity},
                                      {"currency", total.currency.code()},
                                      {"in_file", decimal(total.in_file, total.currency)},
                                      {"before", decimal(total.before, total.currency)},
                                      {"after", decimal(total.after, total.currency)}});
    }
    object["totals"] = std::move(totals);
    object["notices"] = notices_json(plan.notices, language);
    json::array questions;
    for (const Note& note : plan.questions)
        questions.push_back(note_json(note, question_text(note, language)));
    object["questions"] = std::move(questions);
    object["refusals_sample"] = refusals_json(plan.file->refused, language);
    return object;
}

json::object load_json(const LoadRecord& load) {
    json::object counts;
    put_counts(counts, load.counts);
    return {{"id", load.id.value},
            {"at", load.at.rfc3339()},
            {"author", load.author},
            {"file_name", load.file_name},
            {"sha256", load.sha256},
            {"kind", std::string(name_of(load.kind))},
            {"mode", load.mode == LoadMode::stock ? "stock" : "delta"},
            {"as_of", load.as_of.iso()},
            {"state", load.undone ? "undone" : "applied"},
            {"counts", std::move(counts)},
            {"reconciliation_state", state_of(load)}};
}

json::object report_json(const LoadReport& report, Language language) {
    json::array rows;
    for (const ReconciliationRow& row : report.reconciliation) {
        json::value customer = nullptr;
        if (row.customer)
            customer = json::object{
                {"id", row.customer.value}, {"code", row.customer_code}, {"name", row.customer_name}};
        rows.push_back(json::object{{"entity", row.entity},
                                    {"currency", row.currency.code()},
                                    {"customer", std::move(customer)},
                                    {"in_file", decimal(row.in_file, row.currency)},
                                    {"in_ledger", decimal(row.in_ledger, row.currency)},
                                    {"difference", decimal(row.in_ledger - row.in_file, row.currency)}});
    }
    json::array unreplaced;
    for (const UnreplacedPayment& payment : report.unreplaced) {
        const Customer& customer = payment.customer;
        unreplaced.push_back(json::object{
            {"id", payment.item.value},
            {"number", payment.number},
            {"customer",
             json::object{{"id", customer.id.value}, {"code", customer.code}, {"name", customer.name}}},
            {"date", payment.date.iso()},
            {"amount", decimal(payment.amount, payment.currency)},
            {"currency", payment.currency.code()}});
    }
    json::value undo = nullptr;
    if (report.undo_refusal) {
        undo = note_json({std::string(name_of(report.undo_refusal->code)), report.undo_refusal->data},
                         locale::text_of(language, *report.undo_refusal));
    }
    return {{"load_id", report.load.id.value},
            {"summary", load_json(report.load)},
            {"notices", notices_json(report.load.notices, language)},
            {"refusals_sample", refusals_json(report.load.refusals, language)},
            {"reconciliation", json::object{{"state", state_of(report.load)},
                                            {"differences", report.load.differences},
                                            {"rows", std::move(rows)},
                                            {"unreplaced_payments", std::move(unreplaced)}}},
            {"can_undo", !report.undo_refusal},
            {"undo_refusal", std::move(undo)}};
}

}  // namespace countback::imports
