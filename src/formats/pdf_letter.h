// Inside formats: where everything of a letter stands.
#pragma once
#include "formats/pdf_page.h"
#include "formats/pdf_table.h"

namespace countback::formats {

constexpr std::size_t letter_pages_max = 400;

/// Thrown while placing; write_pdf() turns it into the refusal.
struct CannotPlace {
    PdfFault fault;
};

class LetterSetter {
public:
    LetterSetter(const TextMaker& maker, const Letter& letter, std::optional<Picture> logo);
    std::vector<Page> pages();

private:
    void begin_page();
    void head();
    bool address(double x);
    double address_height(const std::vector<std::string>& address, double size) const;
    void references(bool address_cut);
    void paragraph(const std::string& text);
    void paragraphs(const std::vector<std::string>& texts);
    void table(const LetterTable& table);
    void table_row(const TableSetter& setter, const TableSetter::Row& row, const TableSetter::Row& header);
    void table_header(const TableSetter& setter, const TableSetter::Row& header);
    void payment(const LetterPayment& payment);
    void feet();
    /// Breaks the page unless so much room is left.
    void need(double height);
    double lines(const std::vector<std::string>& texts, double x, double y, const TextStyle& style);
    Page& page() { return pages_.back(); }

    const TextMaker& maker_;
    const Letter& letter_;
    std::optional<Picture> logo_;
    std::vector<Page> pages_;
    std::vector<TextLayout> footer_;
    double bottom_ = 0;  ///< where the body ends
    double y_ = 0;       ///< where the next thing goes
};

}  // namespace countback::formats
