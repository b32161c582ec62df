// Any bytes as a workbook; and, so that the zip's checksums do not stop every try, any bytes as numbers and
// formats.
#include <cstdlib>

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
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    Counting sink;
    countback::formats::read_xlsx(bytes, "", sink);
    countback::formats::plain_number(bytes);
    countback::formats::shows_dates(bytes);
    return 0;
}
