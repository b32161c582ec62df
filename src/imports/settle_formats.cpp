// IMP-2: one walk over the whole file settles how its amounts and dates are written.
#include <algorithm>

#include "imports/item_lines.h"

namespace countback::imports {
namespace {

constexpr Field date_fields[] = {Field::issue_date, Field::due_date, Field::cleared_date, Field::date};
constexpr Field amount_fields[] = {Field::amount, Field::debit, Field::credit, Field::remaining,
                                   Field::vat_amount};
constexpr Field code_fields[] = {Field::entity,         Field::customer_code,     Field::number,
                                 Field::source_id,      Field::instalment,        Field::order_reference,
                                 Field::counter_number, Field::counter_source_id, Field::legal_id};

// The columns a list of fields is read from, constants left out.
template <std::size_t N>
std::vector<Field> in_columns(const Field (&fields)[N], const Columns& columns) {
    std::vector<Field> found;
    for (const Field field : fields) {
        if (columns.has(field) && !columns.is_constant(field)) found.push_back(field);
    }
    return found;
}

struct Evidence {
    formats::AmountEvidence amounts;
    formats::DateEvidence dates;
    std::vector<formats::PointZeroEvidence> codes;
};

std::string layout_of(formats::DateOrder order) {
    return order == formats::DateOrder::day_first ? "dd/mm/yyyy" : "mm/dd/yyyy";
}

void decide_decimal(FileFormats& found, const formats::AmountEvidence& evidence, const FormatsKnown& known) {
    const std::optional<char> chosen = known.mapping.formats.decimal;
    const bool recalled = evidence.is_open() && !chosen && known.remembered.decimal;
    const char read = recalled ? *known.remembered.decimal : evidence.decimal(known.delimiter);
    found.amount = {chosen.value_or(read), known.mapping.amount_unit};
    found.decimal_open = evidence.is_open() && !chosen && !recalled;
    const bool told = chosen || evidence.open_values() + evidence.points() + evidence.commas() > 0;
    found.kept_decimal = told ? std::optional(found.amount.decimal) : known.remembered.decimal;
}

void decide_order(FileFormats& found, const formats::DateEvidence& evidence, const FormatsKnown& known) {
    const auto chosen = known.mapping.formats.date_format;
    const bool recalled = evidence.is_open() && !chosen && known.remembered.date_format;
    found.order = evidence.order();
    found.date_layout = evidence.layout();
    if (recalled) found.date_layout = *known.remembered.date_format;
    if (chosen || recalled)
        found.order = formats::order_of_layout(chosen ? *chosen : found.date_layout).value_or(found.order);
    found.order_open = evidence.is_open() && !chosen && !recalled;
    const bool told = chosen || evidence.is_open() || evidence.is_proved();
    found.kept_date_format = told ? std::optional(layout_of(found.order)) : known.remembered.date_format;
}

}  // namespace

bool FileFormats::drops_point_zero(Field field) const {
    return std::find(point_zero_dropped.begin(), point_zero_dropped.end(), field) != point_zero_dropped.end();
}

Result<FileFormats> settle_formats(formats::TableSource& rows, const Columns& columns,
                                   const FormatsKnown& known) {
    const auto dates = in_columns(date_fields, columns);
    const auto amounts = in_columns(amount_fields, columns);
    const auto codes = in_columns(code_fields, columns);
    Evidence evidence;
    evidence.codes.resize(codes.size());
    FileFormats found;
    formats::TableRow row;
    while (true) {
        const auto more = rows.next(row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        ++found.lines;
        for (const Field field : dates) evidence.dates.add(columns.text(field, row));
        for (const Field field : amounts) evidence.amounts.add(columns.text(field, row));
        for (std::size_t i = 0; i < codes.size(); ++i) evidence.codes[i].add(columns.text(codes[i], row));
    }
    decide_decimal(found, evidence.amounts, known);
    decide_order(found, evidence.dates, known);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (evidence.codes[i].on_every_value()) found.point_zero_dropped.push_back(codes[i]);
    }
    return found;
}

}  // namespace countback::imports
