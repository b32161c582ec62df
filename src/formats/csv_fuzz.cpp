// Any bytes under any delimiter: rows end, views stay inside, lines only grow.
#include <cstdlib>

#include "formats/csv.h"
#include "formats/text_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace countback::formats;
    if (size < 2) return 0;
    constexpr char delimiters[] = {',', ';', '\t', '|'};
    CsvReader reader(read_from(std::string(reinterpret_cast<const char*>(data) + 2, size - 2)),
                     delimiters[data[0] % 4]);
    reader.expect_columns(data[1] % 8);
    TableRow row;
    std::int64_t line = 0;
    std::size_t bytes = 0;
    while (true) {
        const auto more = reader.next(row);
        if (!more || !*more) break;
        if (row.line <= line) std::abort();
        line = row.line;
        for (const auto cell : row.cells) bytes += cell.size();
    }
    if (bytes > size) std::abort();
    return 0;
}
