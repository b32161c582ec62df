// Any bytes as a logo or a QR code's text: read or refused, within the sizes that were promised.
#include <cstdint>
#include <cstdlib>

#include "formats/pdf_picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace countback::formats;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto picture = read_png(bytes))
        if (picture->width > 4000 || picture->height > 4000) std::abort();
    if (const auto squares = qr_code(bytes))
        if (squares->side < 21 || squares->side > 177) std::abort();
    return 0;
}
