// Plain records over the worker's pipe: kind (1 byte), line (8), number of cells (4), then each cell's length
// (4) and bytes. Numbers in the machine's order: both ends are the same program on the same machine.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace countback::formats {

enum class RecordKind : std::uint8_t { sheets = 1, row = 2, end = 3 };

void append_record(std::string& out, RecordKind kind, std::int64_t line,
                   std::span<const std::string_view> cells);

struct RecordHead {
    RecordKind kind;
    std::int64_t line;
    std::uint32_t cells;
};
constexpr std::size_t record_head_bytes = 13;

}  // namespace countback::formats
