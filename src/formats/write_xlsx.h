// Documents as XLSX, row by row in constant memory: one sheet a table, frozen header, totals in bold.
#pragma once
#include <filesystem>

#include "base/refusal.h"
#include "formats/document.h"

namespace countback::formats {

/// Writes the file. A sheet takes 1,048,576 rows; more go on in a next sheet. Refusals: disk_full.
Result<void> write_xlsx(const Document& document, const std::filesystem::path& file);

}  // namespace countback::formats
