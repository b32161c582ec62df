// Documents as XLSX, row by row in constant memory: one sheet a table, frozen header, totals in bold.
#pragma once
#include "formats/document.h"

namespace countback::formats {

/// A sheet takes 1,048,576 rows; more go on in a next sheet. Amounts stand in the file as exact decimals;
/// those of more than 15 figures, which a spreadsheet would round, as text. Rows are asked for as pieces are.
Pieces xlsx_pieces(Document document);

}  // namespace countback::formats
