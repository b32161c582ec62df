#include "formats/pdf_text.h"

#include "base/ensure.h"

namespace countback::formats {
namespace {

/// Chinese, Japanese and Korean write many same letters in different forms.
std::string_view han_family(std::string_view language) {
    if (language.starts_with("ja")) return "Noto Sans CJK JP";
    if (language.starts_with("ko")) return "Noto Sans CJK KR";
    if (language.starts_with("zh-TW") || language.starts_with("zh-Hant")) return "Noto Sans CJK TC";
    return "Noto Sans CJK SC";
}

PangoAlignment to_pango(Align align) {
    if (align == Align::right) return PANGO_ALIGN_RIGHT;
    return align == Align::center ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT;
}

/// A control character has no glyph; line ends break lines.
std::string without_controls(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f) c = ' ';
    return out;
}

/// Finding the machine's fonts takes 40 ms: once a thread, not once a letter.
PangoFontMap* fonts() {
    static thread_local const std::unique_ptr<PangoFontMap, UnrefObject> found(pango_cairo_font_map_new());
    ensure(found != nullptr, "there is a font map");
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(found.get()), 72.0);
    return found.get();
}

struct FreeFont {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

}  // namespace

TextMaker::TextMaker() : context_(pango_font_map_create_context(fonts())) {
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    speak("en");
}

void TextMaker::speak(const std::string& language) {
    families_ = "Noto Sans,Noto Sans Arabic,Noto Sans Hebrew," + std::string(han_family(language));
    pango_context_set_language(context_.get(), pango_language_from_string(language.c_str()));
    const bool right_to_left =
        language.starts_with("ar") || language.starts_with("he") || language.starts_with("fa");
    pango_context_set_base_dir(context_.get(), right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
}

TextLayout TextMaker::make(std::string_view text, const TextStyle& style) const {
    TextLayout layout(pango_layout_new(context_.get()), UnrefObject{});
    const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), families_.c_str());
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.weight == Weight::bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    // A line of an address or a table keeps its side, whatever script its name is in.
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_alignment(layout.get(), to_pango(style.align));
    if (style.width > 0) {
        pango_layout_set_width(layout.get(), static_cast<int>(style.width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    }
    const std::string clean = without_controls(text);
    pango_layout_set_text(layout.get(), clean.c_str(), static_cast<int>(clean.size()));
    return layout;
}

double TextMaker::width_of(const TextLayout& layout) {
    PangoRectangle box;
    pango_layout_get_extents(layout.get(), nullptr, &box);
    return static_cast<double>(box.width) / PANGO_SCALE;
}

double TextMaker::height_of(const TextLayout& layout) {
    PangoRectangle box;
    pango_layout_get_extents(layout.get(), nullptr, &box);
    return static_cast<double>(box.height) / PANGO_SCALE;
}

}  // namespace countback::formats

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
/// Asked by the leak checker: what the two libraries keep for the life of the process, about 1 kB once.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\nleak:libcairo\n"; }
#endif
#endif
