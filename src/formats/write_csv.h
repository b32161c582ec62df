// Documents as CSV. Text that a spreadsheet would run as a formula gets an apostrophe in front.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "formats/document.h"
#include "locale/language.h"

namespace countback::formats {

struct CsvStyle {
    char delimiter = ',';
    char decimal = '.';
    std::string_view byte_order_mark;  ///< spreadsheets need one to see UTF-8
};

/// What spreadsheets in that language open without questions: French `;` and `,`.
CsvStyle csv_style_of(Language language);

/// Every table: its header, rows, totals; a blank line between tables. Rows are asked for as pieces are.
Pieces csv_pieces(Document document, const CsvStyle& style);

using WriteText = std::function<void(std::string_view)>;

/// The same, pushed.
void write_csv(Document document, const CsvStyle& style, const WriteText& write);

/// One cell as text, quoted where needed; `=`, `+`, `-`, `@`, tab in front are made harmless.
void append_csv_text(std::string& out, std::string_view text, char delimiter);

/// One cell exactly as another program wrote it, quoted where needed: for lines that go back to where they
/// came from.
void append_csv_verbatim(std::string& out, std::string_view text, char delimiter);

}  // namespace countback::formats
