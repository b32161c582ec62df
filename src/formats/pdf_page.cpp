#include "formats/pdf_page.h"

namespace countback::formats {
namespace {

void set(cairo_t* paper, Grey grey) { cairo_set_source_rgb(paper, grey.share, grey.share, grey.share); }

}  // namespace

void Page::text(double x, double y, TextLayout layout, Grey grey) {
    marks_.push_back([=, layout = std::move(layout)](cairo_t* paper) {
        set(paper, grey);
        cairo_move_to(paper, x, y);
        pango_cairo_show_layout(paper, layout.get());
    });
}

void Page::line(double x, double y, double width, Grey grey) {
    marks_.push_back([=](cairo_t* paper) {
        set(paper, grey);
        cairo_set_line_width(paper, 0.6);
        cairo_move_to(paper, x, y);
        cairo_rel_line_to(paper, width, 0);
        cairo_stroke(paper);
    });
}

void Page::frame(double x, double y, double width, double height, Grey grey) {
    marks_.push_back([=](cairo_t* paper) {
        set(paper, grey);
        cairo_set_line_width(paper, 0.6);
        cairo_rectangle(paper, x, y, width, height);
        cairo_stroke(paper);
    });
}

void Page::shade(double x, double y, double width, double height, Grey grey) {
    marks_.push_back([=](cairo_t* paper) {
        set(paper, grey);
        cairo_rectangle(paper, x, y, width, height);
        cairo_fill(paper);
    });
}

void Page::picture(double x, double y, const Picture& picture, double width) {
    marks_.push_back([=](cairo_t* paper) {
        const double scale = width / picture.width;
        cairo_save(paper);
        cairo_translate(paper, x, y);
        cairo_scale(paper, scale, scale);
        cairo_set_source_surface(paper, picture.surface.get(), 0, 0);
        cairo_paint(paper);
        cairo_restore(paper);
    });
}

void Page::squares(double x, double y, const Squares& squares, double width) {
    marks_.push_back([=](cairo_t* paper) {
        const double side = width / squares.side;
        set(paper, {});
        for (const auto& run : squares.runs)
            cairo_rectangle(paper, x + run.column * side, y + run.row * side, run.length * side, side);
        cairo_fill(paper);
    });
}

void Page::draw(cairo_t* paper) const {
    for (const auto& mark : marks_) mark(paper);
}

}  // namespace countback::formats
