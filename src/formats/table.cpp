#include "formats/table.h"

#include <cstdio>
#include <cstring>

#include "base/text.h"
#include "formats/csv.h"
#include "formats/detect.h"
#include "formats/text_input.h"
#include "formats/worker.h"

namespace countback::formats {
namespace {

constexpr std::size_t detection_bytes = 256 << 10;
constexpr std::size_t rows_for_header = 60;

bool begins_as_zip(const std::filesystem::path& path) {
    char head[4] = {};
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return false;
    const std::size_t got = std::fread(head, 1, sizeof head, file);
    std::fclose(file);
    return got == sizeof head && std::memcmp(head, "PK\x03\x04", 4) == 0;
}

// Rows of a source that were already taken for the detection, then the rest of it.
class Replayed final : public TableSource {
public:
    Replayed(std::vector<SampleRow> first, std::unique_ptr<TableSource> rest, std::size_t from)
        : first_(std::move(first)), rest_(std::move(rest)), at_(from) {}
    Result<bool> next(TableRow& row) override {
        if (at_ == first_.size()) return rest_->next(row);
        const SampleRow& sample = first_[at_++];
        views_.assign(sample.cells.begin(), sample.cells.end());
        row = {sample.line, views_};
        return true;
    }

private:
    std::vector<SampleRow> first_;
    std::unique_ptr<TableSource> rest_;
    std::size_t at_;
    std::vector<std::string_view> views_;
};

// Finds the header among the first rows, and hands out those below it.
Result<OpenTable> below_header(Detected detected, std::unique_ptr<TableSource> source,
                               const FormatChoice& choice) {
    auto rows = sample_rows(*source, rows_for_header);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return refuse(RefusalCode::file_empty);
    detected.header_line = choice.header_line.value_or(detect_header_line(*rows));
    std::size_t header = 0;
    while (header < rows->size() && (*rows)[header].line < detected.header_line) ++header;
    if (header == rows->size())
        return refuse(RefusalCode::file_not_a_table, {{"line", std::to_string(detected.header_line)}});
    OpenTable table{std::move(detected), column_names((*rows)[header].cells), nullptr};
    if (table.header.size() < 2)
        return refuse(RefusalCode::file_not_a_table, {{"line", std::to_string(table.detected.header_line)}});
    if (auto* csv = dynamic_cast<CsvReader*>(source.get())) csv->expect_columns(table.header.size());
    table.rows = std::make_unique<Replayed>(std::move(*rows), std::move(source), header + 1);
    return table;
}

Result<OpenTable> open_workbook(const std::filesystem::path& path, const FormatChoice& choice) {
    auto opened = open_xlsx(path, choice.sheet.value_or(""));
    if (!opened) return tl::unexpected(opened.error());
    Detected detected;
    detected.format = FileFormat::xlsx;
    detected.sheet = opened->sheet;
    detected.sheets = opened->sheets;
    return below_header(std::move(detected), std::move(opened->rows), choice);
}

Result<std::string> encoding_of(const std::filesystem::path& path, const FormatChoice& choice) {
    auto found = detect_encoding(path);
    if (!found || !choice.encoding) return found;
    std::string wanted = ascii_lower(*choice.encoding);
    if (wanted == "utf8") wanted = "utf-8";
    if (wanted == "utf-8" && *found != "utf-8")
        return refuse(RefusalCode::encoding_unreadable, {{"encoding", wanted}});
    return wanted;
}

// The first bytes as text, cut behind the last whole line.
Result<std::string> head_of(const std::filesystem::path& path, const std::string& encoding) {
    auto bytes = open_text(path, encoding);
    if (!bytes) return tl::unexpected(bytes.error());
    std::string head(detection_bytes, '\0');
    std::size_t filled = 0;
    while (filled < head.size()) {
        const std::size_t got = (*bytes)({head.data() + filled, head.size() - filled});
        if (got == 0) break;
        filled += got;
    }
    head.resize(filled);
    const auto last = head.find_last_of("\r\n");
    if (filled == detection_bytes && last != std::string::npos) head.resize(last + 1);
    return head;
}

}  // namespace

Result<OpenTable> open_table(const std::filesystem::path& path, const FormatChoice& choice) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    if (failed) return refuse(RefusalCode::file_unreadable);
    if (size == 0) return refuse(RefusalCode::file_empty);
    if (begins_as_zip(path)) return open_workbook(path, choice);
    const auto encoding = encoding_of(path, choice);
    if (!encoding) return tl::unexpected(encoding.error());
    const auto head = head_of(path, *encoding);
    if (!head) return tl::unexpected(head.error());
    if (trim(*head).empty()) return refuse(RefusalCode::file_empty);
    Detected detected;
    detected.encoding = *encoding;
    detected.delimiter = choice.delimiter.value_or(detect_delimiter(*head));
    if (detected.delimiter == 0) {
        const bool one_line = head->find('\n') == std::string::npos && head->size() == detection_bytes;
        return refuse(one_line ? RefusalCode::line_too_long : RefusalCode::file_not_a_table, {{"line", "1"}});
    }
    auto bytes = open_text(path, *encoding);
    if (!bytes) return tl::unexpected(bytes.error());
    auto reader = std::make_unique<CsvReader>(std::move(*bytes), detected.delimiter);
    return below_header(std::move(detected), std::move(reader), choice);
}

}  // namespace countback::formats
