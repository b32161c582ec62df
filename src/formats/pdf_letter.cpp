// The page: margins of 20 mm. Address block: 45 mm from the top, where the window of a DL envelope (110 × 220
// mm, window 20 mm from its side and bottom) shows a sheet folded in three; the body begins below the first
// fold.
#include "formats/pdf_letter.h"

#include <algorithm>

namespace countback::formats {
namespace {

constexpr double top = millimetres(15);
constexpr double address_top = millimetres(50);
constexpr double address_right_x = millimetres(110);
constexpr double address_left_x = millimetres(25);
constexpr double address_width = millimetres(80);
constexpr double address_height_max = millimetres(35);
constexpr double body_top = millimetres(100);
constexpr double later_body_top = millimetres(24);
constexpr double logo_width_max = millimetres(55);
constexpr double logo_height_max = millimetres(20);
constexpr double qr_width = millimetres(28);
constexpr double footer_bottom = page_height - millimetres(10);
constexpr double paragraph_gap = 7;
constexpr std::size_t whole_address_bytes_max = 2'000;
constexpr Grey light{0.75};
constexpr Grey mild{0.4};
constexpr Grey pale{0.94};

TextStyle style_of(double size, double width, Weight weight = Weight::normal) {
    TextStyle style;
    style.size = size;
    style.width = width;
    style.weight = weight;
    return style;
}

/// Cuts a text to so many bytes, at the end of a letter. Whether it was longer.
bool shorten(std::string& text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return false;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text = text.substr(0, end) + "\u2026";
    return true;
}

}  // namespace

LetterSetter::LetterSetter(const TextMaker& maker, const Letter& letter, std::optional<Picture> logo)
    : maker_(maker), letter_(letter), logo_(std::move(logo)) {
    double height = 10;
    for (const auto& line : letter.footer) {
        TextStyle style = style_of(7, body_width - millimetres(30));
        footer_.push_back(maker.make(line, style));
        height += TextMaker::height_of(footer_.back());
    }
    bottom_ = footer_bottom - height - 6;
}

std::vector<Page> LetterSetter::pages() {
    begin_page();
    head();
    paragraphs(letter_.opening);
    for (const auto& one : letter_.tables) table(one);
    paragraphs(letter_.closing);
    if (letter_.payment) payment(*letter_.payment);
    feet();
    return std::move(pages_);
}

void LetterSetter::begin_page() {
    if (pages_.size() >= letter_pages_max) throw CannotPlace{PdfFault::too_many_pages};
    pages_.emplace_back();
    y_ = later_body_top;
    if (pages_.size() == 1 || letter_.running_title.empty()) return;
    page().text(margin, top, maker_.make(letter_.running_title, style_of(8, body_width)), mild);
}

void LetterSetter::need(double height) {
    if (y_ + height > bottom_) begin_page();
}

double LetterSetter::lines(const std::vector<std::string>& texts, double x, double y,
                           const TextStyle& style) {
    for (const auto& text : texts) {
        auto layout = maker_.make(text, style);
        const double height = TextMaker::height_of(layout);
        page().text(x, y, std::move(layout));
        y += height;
    }
    return y;
}

double LetterSetter::address_height(const std::vector<std::string>& address, double size) const {
    double height = 0;
    for (const auto& line : address)
        height += TextMaker::height_of(maker_.make(line, style_of(size, address_width)));
    return height;
}

/// As large as the window lets it be: a long address is set smaller, down to 7 points. What still does not
/// fit is shortened: first its longest lines, then lines from its middle, for name and town stand at its
/// ends. Answers whether anything was left out.
bool LetterSetter::address(double x) {
    constexpr double smallest = 7;
    constexpr std::size_t line_bytes_max = 45;  ///< of a line in the smallest letters
    std::vector<std::string> shown = letter_.address;
    double size = 10;
    while (size > smallest && address_height(shown, size) > address_height_max) size -= 0.5;
    bool cut = false;
    if (address_height(shown, size) > address_height_max) {
        for (std::string& line : shown) cut = shorten(line, line_bytes_max) || cut;
    }
    const std::string gap = "\u2026";
    if (address_height(shown, size) > address_height_max) {
        shown.insert(shown.begin() + static_cast<std::ptrdiff_t>(shown.size() / 2), gap);
        cut = true;
    }
    while (shown.size() > 3 && address_height(shown, size) > address_height_max) {
        const auto at = std::find(shown.begin(), shown.end(), gap);
        const bool more_above = at - shown.begin() > shown.end() - at - 1;
        shown.erase(more_above ? at - 1 : at + 1);
    }
    lines(shown, x, address_top, style_of(size, address_width));
    return cut;
}

/// The sender stands above the address window's free side, so that the window shows nothing else.
void LetterSetter::head() {
    const bool right = letter_.window == AddressWindow::right;
    const double side_x = right ? margin : address_right_x;
    double y = top;
    if (logo_) {
        const double scale = std::min(logo_width_max / logo_->width, logo_height_max / logo_->height);
        page().picture(side_x, y, *logo_, logo_->width * scale);
        y += logo_->height * scale + 4;
    }
    const double sender_end = lines(letter_.sender, side_x, y, style_of(8.5, millimetres(80)));
    const bool cut = address(right ? address_right_x : address_left_x);
    y_ = std::max(body_top, sender_end + 10);
    references(cut);
    if (!letter_.place_and_date.empty()) {
        TextStyle style = style_of(9.5, body_width);
        style.align = Align::right;
        auto layout = maker_.make(letter_.place_and_date, style);
        page().text(margin, y_, layout);
        y_ += TextMaker::height_of(layout) + paragraph_gap;
    }
    if (letter_.title.empty()) return;
    auto title = maker_.make(letter_.title, style_of(12, body_width, Weight::bold));
    page().text(margin, y_, title);
    y_ += TextMaker::height_of(title) + paragraph_gap;
}

void LetterSetter::references(bool address_cut) {
    std::vector<LetterReference> all = letter_.references;
    if (address_cut) {
        LetterReference whole{letter_.address_label, {}};
        for (const auto& line : letter_.address) whole.value += (whole.value.empty() ? "" : ", ") + line;
        shorten(whole.value, whole_address_bytes_max);
        all.push_back(std::move(whole));
    }
    for (const auto& reference : all) {
        need(14);
        page().text(margin, y_, maker_.make(reference.label, style_of(8.5, millimetres(38))), mild);
        auto value = maker_.make(reference.value, style_of(8.5, body_width - millimetres(40)));
        page().text(margin + millimetres(40), y_, value);
        y_ += TextMaker::height_of(value) + 1;
    }
    if (!all.empty()) y_ += paragraph_gap;
}

/// One line after the other, so that a long paragraph goes on on the next page.
void LetterSetter::paragraph(const std::string& text) {
    auto layout = maker_.make(text, style_of(9.5, body_width));
    const double height = TextMaker::height_of(layout);
    if (height < (bottom_ - later_body_top) / 3) {
        need(height);
        page().text(margin, y_, layout);
        y_ += height + paragraph_gap;
        return;
    }
    for (int number = 0; number < pango_layout_get_line_count(layout.get()); ++number) {
        const PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), number);
        const auto begin = static_cast<std::size_t>(line->start_index);
        const std::string part = std::string(pango_layout_get_text(layout.get()))
                                     .substr(begin, static_cast<std::size_t>(line->length));
        auto one = maker_.make(part, style_of(9.5, 0));
        need(TextMaker::height_of(one));
        page().text(margin, y_, one);
        y_ += TextMaker::height_of(one);
    }
    y_ += paragraph_gap;
}

void LetterSetter::paragraphs(const std::vector<std::string>& texts) {
    for (const auto& text : texts) paragraph(text);
}

void LetterSetter::table_header(const TableSetter& setter, const TableSetter::Row& header) {
    page().shade(margin - 3, y_, body_width + 6, header.height, pale);
    setter.place(page(), y_, header);
    y_ += header.height;
}

void LetterSetter::table_row(const TableSetter& setter, const TableSetter::Row& row,
                             const TableSetter::Row& header) {
    if (y_ + row.height > bottom_) {
        begin_page();
        table_header(setter, header);
    }
    setter.place(page(), y_, row);
    y_ += row.height;
    page().line(margin - 3, y_, body_width + 6, light);
}

void LetterSetter::table(const LetterTable& table) {
    if (table.columns.empty()) return;
    const TableSetter setter(maker_, table);
    const auto header = setter.header();
    need(header.height * 3 + 20);
    if (!table.title.empty()) {
        auto title = maker_.make(table.title, style_of(10, body_width, Weight::bold));
        page().text(margin, y_, title);
        y_ += TextMaker::height_of(title) + 3;
    }
    table_header(setter, header);
    for (const auto& cells : table.rows) table_row(setter, setter.row(cells, Weight::normal), header);
    for (const auto& cells : table.totals) table_row(setter, setter.row(cells, Weight::bold), header);
    y_ += 2 * paragraph_gap;
}

void LetterSetter::payment(const LetterPayment& payment) {
    std::optional<Squares> code;
    if (!payment.qr_payload.empty()) {
        code = qr_code(payment.qr_payload);
        if (!code) throw CannotPlace{PdfFault::qr_too_long};
    }
    const double words_width = body_width - 16 - (code ? qr_width + 16 : 0);
    std::vector<TextLayout> words{maker_.make(payment.title, style_of(9.5, words_width, Weight::bold))};
    for (const auto& line : payment.lines) words.push_back(maker_.make(line, style_of(9, words_width)));
    auto caption = maker_.make(payment.qr_caption, style_of(7, qr_width + 10));
    double height = 0;
    for (const auto& one : words) height += TextMaker::height_of(one) + 1;
    if (code) height = std::max(height, qr_width + 6 + TextMaker::height_of(caption));
    need(height + 16);
    page().frame(margin - 3, y_, body_width + 6, height + 16, light);
    double y = y_ + 8;
    for (const auto& one : words) {
        page().text(margin + 5, y, one);
        y += TextMaker::height_of(one) + 1;
    }
    if (code) {
        const double x = page_width - margin - 8 - qr_width;
        page().squares(x, y_ + 8, *code, qr_width);
        page().text(x, y_ + 8 + qr_width + 6, caption, mild);
    }
    y_ += height + 16 + paragraph_gap;
}

/// Last, when the number of pages is known.
void LetterSetter::feet() {
    for (std::size_t number = 0; number < pages_.size(); ++number) {
        double y = bottom_ + 10;
        if (!footer_.empty()) pages_[number].line(margin, y - 4, body_width, light);
        for (const auto& line : footer_) {
            pages_[number].text(margin, y, line, mild);
            y += TextMaker::height_of(line);
        }
        TextStyle style = style_of(8, millimetres(28));
        style.align = Align::right;
        const std::string text = std::to_string(number + 1) + "/" + std::to_string(pages_.size());
        pages_[number].text(page_width - margin - millimetres(28), bottom_ + 10, maker_.make(text, style),
                            mild);
    }
}

}  // namespace countback::formats
