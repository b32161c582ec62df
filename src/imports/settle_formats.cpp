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

void decide(FileFormats& found, const Evidence& evidence, const Mapping& mapping, char delimiter) {
    found.amount = {mapping.formats.decimal.value_or(evidence.amounts.decimal(delimiter)),
                    mapping.amount_unit};
    found.decimal_open = !mapping.formats.decimal && evidence.amounts.is_open();
    found.order = evidence.dates.order();
    found.date_layout = evidence.dates.layout();
    found.order_open = !mapping.formats.date_format && evidence.dates.is_open();
    if (mapping.formats.date_format)
        found.order = formats::order_of_layout(*mapping.formats.date_format).value_or(found.order);
}

}  // namespace

bool FileFormats::drops_point_zero(Field field) const {
    return std::find(point_zero_dropped.begin(), point_zero_dropped.end(), field) != point_zero_dropped.end();
}

Result<FileFormats> settle_formats(formats::TableSource& rows, const Columns& columns, const Mapping& mapping,
                                   char delimiter) {
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
    decide(found, evidence, mapping, delimiter);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (evidence.codes[i].on_every_value()) found.point_zero_dropped.push_back(codes[i]);
    }
    return found;
}

}  // namespace countback::imports
