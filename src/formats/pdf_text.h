// Inside formats: words on paper. One shaper a batch; fonts are named, so that every machine draws the same.
#pragma once
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <string_view>

#include "formats/pdf.h"

namespace countback::formats {

struct UnrefObject {
    template <class T>
    void operator()(T* object) const {
        g_object_unref(object);
    }
};
using TextLayout = std::shared_ptr<PangoLayout>;

enum class Weight : std::uint8_t { normal, bold };

/// Points, from the top left corner of the page.
constexpr double millimetres(double value) { return value * 72.0 / 25.4; }

struct TextStyle {
    double size = 9.5;  ///< points
    Weight weight = Weight::normal;
    Align align = Align::left;
    double width = 0;  ///< points to wrap at; 0 = one line, as wide as it comes
};

class TextMaker {
public:
    TextMaker();
    /// For the layouts made from now on.
    void speak(const std::string& language);
    TextLayout make(std::string_view text, const TextStyle& style) const;
    static double width_of(const TextLayout& layout);
    static double height_of(const TextLayout& layout);

private:
    std::unique_ptr<PangoContext, UnrefObject> context_;
    std::string families_;
};

}  // namespace countback::formats
