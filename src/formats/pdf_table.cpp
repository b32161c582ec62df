#include "formats/pdf_table.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace countback::formats {
namespace {

constexpr double size = 8.5;
constexpr double gap = 6;  ///< between columns
constexpr double row_padding = 3;
constexpr std::size_t measured_per_column = 5;
constexpr std::size_t measured_bytes = 400;  ///< wider than any page

std::string_view measured_part(std::string_view text) {
    if (text.size() <= measured_bytes) return text;
    std::size_t end = measured_bytes;
    while ((static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
}

const std::string& cell(const std::vector<std::string>& cells, std::size_t column) {
    static const std::string none;
    return column < cells.size() ? cells[column] : none;
}

}  // namespace

TableSetter::TableSetter(const TextMaker& maker, const LetterTable& table) : maker_(maker), table_(table) {
    for (std::size_t column = 0; column < table.columns.size(); ++column)
        widths_.push_back(
            std::max(cells_width(column), width_of(table.columns[column].title, Weight::bold) + 1));
    share_out();
}

double TableSetter::width_of(const std::string& text, Weight weight) const {
    TextStyle style;
    style.size = size;
    style.weight = weight;
    return TextMaker::width_of(maker_.make(measured_part(text), style));
}

double TableSetter::longest_word_of_title(std::size_t column) const {
    double widest = 0;
    for (const std::string_view word : split(table_.columns[column].title, ' '))
        widest = std::max(widest, width_of(std::string(word), Weight::bold));
    return widest + 1;
}

/// Amounts, numbers and dates: broken over two lines they are read wrongly.
bool TableSetter::keeps_width(std::size_t column) const {
    return table_.columns[column].align != Align::left || table_.columns[column].whole;
}

/// Of the longest few: shaping every cell twice would double the work of a long statement.
double TableSetter::cells_width(std::size_t column) const {
    std::vector<const std::string*> longest;
    for (const auto& row : table_.rows) longest.push_back(&cell(row, column));
    const auto few = static_cast<std::ptrdiff_t>(std::min(longest.size(), measured_per_column));
    std::partial_sort(longest.begin(), longest.begin() + few, longest.end(),
                      [](const auto* a, const auto* b) { return a->size() > b->size(); });
    longest.resize(static_cast<std::size_t>(few));
    double widest = 0;
    for (const auto* text : longest) widest = std::max(widest, width_of(*text, Weight::normal));
    for (const auto& total : table_.totals)
        widest = std::max(widest, width_of(cell(total, column), Weight::bold));
    return widest + 1;
}

/// Every column gets what it wants up to an equal share; what short ones leave goes to the long ones: one
/// very long word wraps in its own column and squeezes no other.
void TableSetter::narrow(std::vector<std::size_t> columns, double room) {
    std::sort(columns.begin(), columns.end(),
              [&](std::size_t a, std::size_t b) { return widths_[a] < widths_[b]; });
    for (std::size_t place = 0; place < columns.size(); ++place) {
        double& width = widths_[columns[place]];
        width = std::min(width, room / static_cast<double>(columns.size() - place));
        room -= width;
    }
}

/// Amounts and dates keep their width; words share what is left and wrap. With room to spare, words get it;
/// with too little, the titles over amounts and dates wrap first.
void TableSetter::share_out() {
    const double room = body_width - gap * static_cast<double>(widths_.size() - 1);
    const bool tight = std::accumulate(widths_.begin(), widths_.end(), 0.0) > room;
    std::vector<std::size_t> words;
    double fixed = 0;
    for (std::size_t column = 0; column < widths_.size(); ++column) {
        if (!keeps_width(column)) {
            words.push_back(column);
            continue;
        }
        if (tight) widths_[column] = std::max(cells_width(column), longest_word_of_title(column));
        fixed += widths_[column];
    }
    const double wanted = std::accumulate(widths_.begin(), widths_.end(), 0.0) - fixed;
    const double left = room - fixed;
    if (!words.empty() && left >= 40.0 * static_cast<double>(words.size())) {
        if (wanted > left) return narrow(words, left);
        for (const auto column : words)
            widths_[column] += (left - wanted) / static_cast<double>(words.size());
        return;
    }
    const double all = fixed + wanted;
    for (double& width : widths_) width *= room / all;
}

TableSetter::Row TableSetter::header() const {
    std::vector<std::string> titles;
    for (const auto& column : table_.columns) titles.push_back(column.title);
    return row(titles, Weight::bold);
}

TableSetter::Row TableSetter::row(const std::vector<std::string>& cells, Weight weight) const {
    Row made;
    for (std::size_t column = 0; column < widths_.size(); ++column) {
        TextStyle style;
        style.size = size;
        style.weight = weight;
        style.align = table_.columns[column].align;
        style.width = widths_[column];
        made.cells.push_back(maker_.make(cell(cells, column), style));
        made.height = std::max(made.height, TextMaker::height_of(made.cells.back()));
    }
    made.height += row_padding;
    return made;
}

void TableSetter::place(Page& page, double y, const Row& row) const {
    double x = margin;
    for (std::size_t column = 0; column < widths_.size(); ++column) {
        page.text(x, y + row_padding / 2, row.cells[column]);
        x += widths_[column] + gap;
    }
}

}  // namespace countback::formats
