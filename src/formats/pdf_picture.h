// Inside formats: logos and QR codes.
#pragma once
#include <cairo.h>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace countback::formats {

struct Picture {
    std::shared_ptr<cairo_surface_t> surface;
    double width = 0;  ///< pixels
    double height = 0;
};

/// Reads a PNG of at most 1 MB and 4000 × 4000; nothing when it is none.
std::optional<Picture> read_png(std::string_view bytes);

/// A QR code as its dark runs, row by row.
struct Squares {
    struct Run {
        int row = 0;
        int column = 0;
        int length = 0;
    };
    int side = 0;  ///< squares along an edge
    std::vector<Run> runs;
};

/// A QR code with error level M; nothing when the text is too long for EPC069-12's 331 bytes.
std::optional<Squares> qr_code(std::string_view text);

}  // namespace countback::formats
