#include <algorithm>

#include "imports/service.h"
#include "parties/directory.h"

namespace countback::imports {
namespace {

constexpr std::size_t shown_max = 5;

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (std::size_t i = 0; i < std::min(words.size(), shown_max); ++i) all += (i > 0 ? ", " : "") + words[i];
    return words.size() > shown_max ? all + "…" : all;
}

void note_count(Plan& plan, const char* code, std::int64_t count) {
    if (count > 0) plan.notices.push_back({code, {{"count", std::to_string(count)}}});
}

void note_names(Plan& plan, const KnownParties& known) {
    std::vector<std::string> several;
    for (const FileCustomer& customer : plan.file->parties.customers) {
        if (customer.several_names) several.push_back(customer.code + " (" + customer.name + ")");
    }
    if (!several.empty())
        plan.notices.push_back(
            {"several_names", {{"count", std::to_string(several.size())}, {"examples", joined(several)}}});
    note_count(plan, "customers_renamed", static_cast<std::int64_t>(plan.renamed.size()));
    const auto twins = near_twin_codes(plan.file->parties, known);
    if (!twins.empty())
        plan.notices.push_back(
            {"near_twin_codes", {{"count", std::to_string(twins.size())}, {"examples", joined(twins)}}});
}

void note_formats(Plan& plan, const Columns& columns, const FileFormats& formats) {
    std::vector<std::string> dropped;
    for (const Field field : formats.point_zero_dropped) dropped.emplace_back(columns.column_name(field));
    if (!dropped.empty()) plan.notices.push_back({"point_zero_dropped", {{"columns", joined(dropped)}}});
    if (formats.order_open) plan.questions.push_back({"date_order_open", {{"format", formats.date_layout}}});
    if (formats.decimal_open)
        plan.questions.push_back({"decimal_open", {{"decimal", std::string(1, formats.amount.decimal)}}});
}

}  // namespace

void add_notices(Plan& plan, const KnownParties& known, const Columns& columns, const FileFormats& formats) {
    note_formats(plan, columns, formats);
    note_names(plan, known);
    const ItemFile& file = *plan.file;
    note_count(plan, "due_before_issue", file.due_before_issue);
    note_count(plan, "negative_invoices", file.negative_invoices);
    note_count(plan, "due_from_terms", file.due_from_terms);
    note_count(plan, "cleared_before_issue", file.cleared_before_issue);
    if (!columns.has(Field::type)) note_count(plan, "types_from_sign", file.types_from_sign);
    if (!file.unknown_languages.empty()) {
        const std::vector<std::string> values(file.unknown_languages.begin(), file.unknown_languages.end());
        plan.notices.push_back(
            {"languages_unknown", {{"count", std::to_string(values.size())}, {"examples", joined(values)}}});
    }
    if (!plan.kept.empty())
        plan.notices.push_back(
            {"kept_here", {{"count", std::to_string(plan.kept.size())}, {"examples", joined(plan.kept)}}});
    note_count(plan, "payments_replaced", static_cast<std::int64_t>(plan.replacements.size()));
    note_count(plan, "payments_not_replaced", static_cast<std::int64_t>(plan.unreplaced.size()));
    const auto repeated = std::count_if(
        file.refused.begin(), file.refused.end(),
        [](const RefusedLine& line) { return line.refusal.code == RefusalCode::duplicate_line; });
    note_count(plan, "duplicate_lines", repeated);
}

KnownParties known_parties(store::Connection& connection) {
    KnownParties known;
    for (Entity& entity : parties::entities(connection)) {
        KnownParties::Known& place = known.entities.emplace_back();
        parties::each_customer(connection, entity.id, [&](const Customer& customer) {
            place.customers.emplace(customer.code, KnownCustomer{customer.id, customer.name});
        });
        place.entity = std::move(entity);
    }
    return known;
}

}  // namespace countback::imports
