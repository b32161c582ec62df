// Inside formats: a table's columns, wide enough for what is in them, and its rows, ready to be placed.
#pragma once
#include "formats/pdf_page.h"

namespace countback::formats {

class TableSetter {
public:
    TableSetter(const TextMaker& maker, const LetterTable& table);

    struct Row {
        std::vector<TextLayout> cells;
        double height = 0;
    };
    Row header() const;
    Row row(const std::vector<std::string>& cells, Weight weight) const;
    /// Puts a row's words down at `y`.
    void place(Page& page, double y, const Row& row) const;

private:
    double width_of(const std::string& text, Weight weight) const;
    double cells_width(std::size_t column) const;
    double longest_word_of_title(std::size_t column) const;
    bool keeps_width(std::size_t column) const;
    void share_out();
    void narrow(std::vector<std::size_t> columns, double room);

    const TextMaker& maker_;
    const LetterTable& table_;
    std::vector<double> widths_;
};

}  // namespace countback::formats
