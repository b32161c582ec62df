// Any bytes as a workbook. A zip's checksums stop nearly every random change, so bytes that do not begin as a
// zip are taken as a workbook's parts, one after another with a NUL between, and packed before they are read;
// a part left out or empty is a small good one. And any bytes as numbers and formats.
#include <zip.h>

#include <array>
#include <cstdlib>
#include <vector>

#include "formats/xlsx.h"

namespace {

class Counting final : public countback::formats::XlsxSink {
public:
    bool sheets(const std::vector<std::string>& names, std::size_t chosen) override {
        if (chosen >= names.size()) std::abort();
        return true;
    }
    bool row(std::int64_t, std::span<const std::string_view> cells) override {
        for (const auto cell : cells) bytes_ += cell.size();
        return ++rows_ < 10'000;
    }

private:
    std::size_t rows_ = 0;
    std::size_t bytes_ = 0;
};

struct Part {
    const char* name;
    std::string_view good;
};
constexpr std::array<Part, 5> parts{
    Part{"xl/worksheets/sheet1.xml",
         R"(<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>)"},
    Part{"xl/sharedStrings.xml", "<sst><si><t>number</t></si></sst>"},
    Part{"xl/styles.xml", R"(<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>)"},
    Part{"xl/workbook.xml", R"(<workbook><sheets><sheet name="Open" r:id="rId1"/></sheets></workbook>)"},
    Part{"xl/_rels/workbook.xml.rels",
         R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>)"}};

/// The parts as a zip, not compressed; `texts` live until it is made.
std::string packed(std::string_view texts) {
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
    for (const Part& part : parts) {
        const auto end = texts.find('\0');
        std::string_view text = texts.substr(0, end);
        texts.remove_prefix(end == std::string_view::npos ? texts.size() : end + 1);
        if (text.empty()) text = part.good;
        zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
        const zip_int64_t place = zip_file_add(archive, part.name, source, ZIP_FL_OVERWRITE);
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(place), ZIP_CM_STORE, 0);
    }
    if (zip_close(archive) != 0) std::abort();
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    Counting sink;
    countback::formats::read_xlsx(bytes.starts_with("PK") ? std::string(bytes) : packed(bytes), "", sink);
    countback::formats::plain_number(bytes);
    countback::formats::shows_dates(bytes);
    return 0;
}
