// Which column, or which fixed value, fills each field (IMP-2). A mapping file is one JSON object:
//   {"customer_code": "cust_number", "currency": {"constant": "EUR"}, "amount_format": "minor"}
// Options beside the fields, each a text: amount_format (major, minor), decimal (`.` `,`), date_format
// (`dd/mm/yyyy`…), encoding, delimiter, header_line, sheet. A name that begins with `custom.` keeps a column
// of the user's own with each item.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "formats/table.h"
#include "formats/value.h"
#include "imports/fields.h"

namespace countback::imports {

struct Source {
    std::optional<std::string> column;
    std::optional<std::string> constant;
    bool operator==(const Source&) const = default;
};

struct Mapping {
    std::map<Field, Source> fields;
    std::map<std::string, std::string> custom;  ///< name to column header
    formats::AmountUnit amount_unit = formats::AmountUnit::major;
    formats::FormatChoice formats;

    bool has(Field field) const { return fields.contains(field); }
};

/// Refusals: mapping_invalid{reason}, mapping_field_unknown{field}.
Result<Mapping> parse_mapping(std::string_view json);
std::string to_json(const Mapping& mapping);

/// What a header row most likely means. `samples` are the first rows: a column of a proposed date must hold
/// dates.
struct Proposal {
    ImportKind kind = ImportKind::items;
    Mapping mapping;
};
Proposal propose(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& samples,
                 std::optional<ImportKind> wanted = std::nullopt);

/// Names a header row whatever the order of its columns: the key under which its mapping is kept.
std::string header_shape(const std::vector<std::string>& header);

/// The mapping with every field's column found in the header.
struct Columns {
    struct Place {
        int column = -1;  ///< in the row; −1 = the constant
        bool mapped = false;
        std::string constant;
    };
    std::vector<Place> fields = std::vector<Place>(field_count);
    std::vector<std::pair<std::string, int>> custom;
    std::vector<std::string> header;

    bool has(Field field) const { return fields[static_cast<std::size_t>(field)].mapped; }
    bool is_constant(Field field) const {
        return has(field) && fields[static_cast<std::size_t>(field)].column < 0;
    }
    std::string_view text(Field field, const formats::TableRow& row) const {
        const Place& place = fields[static_cast<std::size_t>(field)];
        if (place.column < 0) return place.constant;
        const auto column = static_cast<std::size_t>(place.column);
        return column < row.cells.size() ? row.cells[column] : std::string_view{};
    }
    /// The header of the field's column; empty for a constant.
    std::string_view column_name(Field field) const {
        const Place& place = fields[static_cast<std::size_t>(field)];
        return place.column < 0 ? std::string_view{}
                                : std::string_view(header[static_cast<std::size_t>(place.column)]);
    }
};

/// Refusals: mapping_column_unknown{column, field}, required_field_unmapped{field}.
Result<Columns> find_columns(const Mapping& mapping, ImportKind kind, const std::vector<std::string>& header);

}  // namespace countback::imports
