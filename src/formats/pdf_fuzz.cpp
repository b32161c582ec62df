// Any bytes as a logo, a QR code's text and words of a letter: a PDF or a refusal.
#include <cstdlib>

#include "formats/pdf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace countback::formats;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    Letter with_logo;
    with_logo.logo_png = bytes;
    if (const auto pdf = write_pdf({"", "", 0, {with_logo}}); pdf && pdf->pages != std::vector<int>{1})
        std::abort();
    Letter with_words;
    with_words.title = bytes;
    with_words.opening = {bytes};
    LetterTable table;
    table.title = bytes;
    table.columns.resize(2);
    table.columns[0].title = bytes;
    table.columns[1].align = Align::right;
    table.rows.assign(1, std::vector<std::string>(2, bytes));
    with_words.tables.push_back(table);
    with_words.payment = LetterPayment{bytes, {bytes}, bytes, bytes};
    if (const auto pdf = write_pdf({bytes, bytes, 0, {with_words}}); pdf && pdf->pages.empty()) std::abort();
    return 0;
}
