#include "formats/pdf_picture.h"

#include <qrencode.h>

#include <algorithm>
#include <cstring>

namespace countback::formats {
namespace {

constexpr std::size_t logo_bytes_max = 1'000'000;
constexpr std::uint32_t logo_side_max = 4000;
constexpr std::size_t qr_bytes_max = 331;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

/// The size stands in the first chunk: looked at before anything is unpacked.
bool has_fitting_size(std::string_view bytes) {
    constexpr std::string_view begin("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    if (bytes.size() < 33 || bytes.size() > logo_bytes_max || !bytes.starts_with(begin)) return false;
    const std::uint32_t width = big_endian(bytes, 16);
    const std::uint32_t height = big_endian(bytes, 20);
    return width > 0 && height > 0 && width <= logo_side_max && height <= logo_side_max;
}

cairo_status_t give(void* left_pointer, unsigned char* room, unsigned int size) {
    auto& left = *static_cast<std::string_view*>(left_pointer);
    if (left.size() < size) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(room, left.data(), size);
    left.remove_prefix(size);
    return CAIRO_STATUS_SUCCESS;
}

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

std::optional<Picture> read_png(std::string_view bytes) {
    if (!has_fitting_size(bytes)) return std::nullopt;
    Picture picture;
    picture.surface.reset(cairo_image_surface_create_from_png_stream(give, &bytes), cairo_surface_destroy);
    if (cairo_surface_status(picture.surface.get()) != CAIRO_STATUS_SUCCESS) return std::nullopt;
    picture.width = cairo_image_surface_get_width(picture.surface.get());
    picture.height = cairo_image_surface_get_height(picture.surface.get());
    return picture;
}

std::optional<Squares> qr_code(std::string_view text) {
    if (text.empty() || text.size() > qr_bytes_max) return std::nullopt;
    const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeData(
        static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!code) return std::nullopt;
    Squares squares;
    squares.side = code->width;
    for (int row = 0; row < code->width; ++row) {
        bool before = false;
        for (int column = 0; column < code->width; ++column) {
            const bool dark = (code->data[row * code->width + column] & 1) != 0;
            if (dark && before) ++squares.runs.back().length;
            if (dark && !before) squares.runs.push_back({row, column, 1});
            before = dark;
        }
    }
    return squares;
}

}  // namespace countback::formats
