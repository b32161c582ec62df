// Inside formats: a letter's pages before they are drawn. Everything is placed first, because the first page
// already says how many there are.
#pragma once
#include <functional>

#include "formats/pdf_picture.h"
#include "formats/pdf_text.h"

namespace countback::formats {

constexpr double page_width = 595.276;  ///< A4 in points
constexpr double page_height = 841.89;
constexpr double margin = millimetres(20);
constexpr double body_width = page_width - 2 * margin;

/// Cairo takes colours as shares of one.
struct Grey {
    double share = 0;  ///< 0 = black
};

class Page {
public:
    void text(double x, double y, TextLayout layout, Grey grey = {});
    void line(double x, double y, double width, Grey grey);
    void frame(double x, double y, double width, double height, Grey grey);
    void shade(double x, double y, double width, double height, Grey grey);
    void picture(double x, double y, const Picture& picture, double width);
    void squares(double x, double y, const Squares& squares, double width);
    void draw(cairo_t* paper) const;

private:
    std::vector<std::function<void(cairo_t*)>> marks_;
};

}  // namespace countback::formats
