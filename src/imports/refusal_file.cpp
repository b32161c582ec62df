// IMP-1: the refused lines, to be mended and sent again: line, column, value, code and reason in front, then
// the file's own columns as they were. Sent again as they are, the columns in front are simply not mapped.
#include <fstream>
#include <unordered_map>

#include "formats/write_csv.h"
#include "imports/service.h"
#include "locale/texts.h"

namespace countback::imports {
namespace {

using formats::append_csv_verbatim;

class RefusalFile {
public:
    RefusalFile(const Preview& preview, Language language) : language_(language) {
        if (preview.detected.delimiter != 0) delimiter_ = preview.detected.delimiter;
        for (const RefusedLine& line : preview.plan->file->refused) by_line_.emplace(line.line, &line);
    }

    void header(const std::vector<std::string>& columns) {
        for (const char* name : {"line", "column", "value", "code", "reason"}) {
            text_ += locale::text(language_, std::string("import.refused.") + name);
            text_ += delimiter_;
        }
        for (std::size_t i = 0; i < columns.size(); ++i) cell(columns[i], i + 1 == columns.size());
    }

    void row(const formats::TableRow& row) {
        const auto found = by_line_.find(row.line);
        if (found == by_line_.end()) return;
        const RefusedLine& refused = *found->second;
        text_ += std::to_string(refused.line) + delimiter_;
        cell(refused.column, false);
        cell(refused.value, false);
        cell(name_of(refused.refusal.code), false);
        cell(locale::text_of(language_, refused.refusal), false);
        for (std::size_t i = 0; i < row.cells.size(); ++i) cell(row.cells[i], i + 1 == row.cells.size());
    }

    bool flush(std::ofstream& out) {
        out << text_;
        text_.clear();
        return out.good();
    }

private:
    void cell(std::string_view text, bool last) {
        append_csv_verbatim(text_, text, delimiter_);
        text_ += last ? '\n' : delimiter_;
    }

    Language language_;
    char delimiter_ = ',';
    std::unordered_map<std::int64_t, const RefusedLine*> by_line_;
    std::string text_;
};

}  // namespace

Result<void> write_refusal_file(const Preview& preview, Language language,
                                const std::filesystem::path& path) {
    if (preview.plan->file->refused.empty()) return {};
    auto table = formats::open_table(preview.request.path, preview.request.mapping.formats);
    if (!table) return tl::unexpected(table.error());
    std::ofstream out(path, std::ios::binary);
    out << "\xEF\xBB\xBF";
    RefusalFile file(preview, language);
    file.header(table->header);
    formats::TableRow row;
    while (true) {
        const auto more = table->rows->next(row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        file.row(row);
        if (!file.flush(out)) return refuse(RefusalCode::disk_full);
    }
    file.flush(out);
    out.close();
    if (!out) return refuse(RefusalCode::disk_full);
    return {};
}

}  // namespace countback::imports
