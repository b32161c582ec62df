// Takes values out of one row and remembers the first thing that refuses it, with column and value.
#pragma once
#include <optional>

#include "imports/item_lines.h"

namespace countback::imports {

class RowReader {
public:
    RowReader(const Columns& columns, const FileFormats& formats) : columns_(columns), formats_(formats) {}

    /// A row with a character that no text holds (a zero byte, a bell) is refused at once.
    void begin(const formats::TableRow& row);
    /// The value, trimmed, without a dropped `.0`; empty when not mapped.
    std::string_view text(Field field) const;
    /// Refuses value_missing when empty.
    std::string_view required(Field field);
    std::optional<Date> date(Field field);  ///< refuses date_unreadable; empty = nothing
    std::optional<std::int64_t> amount(Field field, Currency currency);  ///< refuses amount_unreadable
    std::optional<int> whole(Field field);              ///< refuses number_unreadable; 0…999
    std::optional<Currency> currency();                 ///< refuses currency_unknown
    bool readable_width(const formats::TableRow& row);  ///< refuses columns_mismatch

    void refuse(Field field, RefusalCode code);
    void refuse_line(Refusal refusal);
    /// More named values for the text of the refusal at hand.
    void add_data(std::vector<std::pair<std::string, std::string>> data);
    bool refused() const { return refused_.has_value(); }
    RefusedLine take_refusal() { return std::move(*refused_); }

private:
    const Columns& columns_;
    const FileFormats& formats_;
    const formats::TableRow* row_ = nullptr;
    std::optional<RefusedLine> refused_;
    std::string last_currency_text_;
    std::optional<Currency> last_currency_;
};

}  // namespace countback::imports
