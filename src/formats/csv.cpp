#include "formats/csv.h"

#include <algorithm>
#include <cstring>

namespace countback::formats {
namespace {

constexpr std::size_t chunk_bytes = 1 << 20;

// Removes one quote of each pair, in place; returns the new length.
std::size_t undouble(char* text, std::size_t length) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < length; ++at) {
        text[kept++] = text[at];
        if (text[at] == '"' && at + 1 < length && text[at + 1] == '"') ++at;
    }
    return kept;
}

std::string_view without_blanks(const char* begin, std::size_t length) {
    while (length > 0 && (*begin == ' ' || *begin == '\t')) {
        ++begin;
        --length;
    }
    while (length > 0 && (begin[length - 1] == ' ' || begin[length - 1] == '\t')) --length;
    return {begin, length};
}

}  // namespace

CsvReader::CsvReader(ReadBytes bytes, char delimiter)
    : bytes_(std::move(bytes)), delimiter_(delimiter), buffer_(row_bytes_max + chunk_bytes) {
    for (const char c : {delimiter, '\n', '\r'}) ends_field_[static_cast<unsigned char>(c)] = 1;
}

Result<bool> CsvReader::next(TableRow& row) {
    quotes_ = Quotes::honoured;
    while (true) {
        const Scan scan = begin_ == end_ && !at_end_ ? Scan::more_bytes : scan_row(quotes_);
        if (scan == Scan::too_many_columns) {
            return refuse(RefusalCode::file_not_a_table, {{"line", std::to_string(line_)}});
        }
        if (scan == Scan::more_bytes) {
            if (end_ - begin_ > row_bytes_max) {
                return refuse(RefusalCode::line_too_long, {{"line", std::to_string(line_)}});
            }
            refill();
            continue;
        }
        if (scan == Scan::row && quoted_lines_ > 0 && columns_expected_ > 0 &&
            fields_.size() != columns_expected_) {
            quotes_ = Quotes::literal;
            continue;
        }
        if (scan == Scan::blank && begin_ == end_ && at_end_) return false;
        const std::int64_t line = line_;
        line_ += row_lines_;
        if (scan == Scan::row) publish(row);
        begin_ = row_end_;
        quotes_ = Quotes::honoured;
        if (scan == Scan::blank) continue;
        row.line = line;
        return true;
    }
}

// Reads one row from begin_ on; leaves its fields, its end and its line ends behind.
CsvReader::Scan CsvReader::scan_row(Quotes quotes) {
    fields_.clear();
    quoted_lines_ = 0;
    std::size_t at = begin_;
    row_end_ = at;
    if (at == end_) return Scan::blank;
    while (true) {
        const bool quoted = at < end_ && buffer_[at] == '"' && quotes == Quotes::honoured;
        const Scan scan = quoted ? scan_quoted_field(at) : scan_plain_field(at);
        if (scan != Scan::row) return scan;
        if (fields_.size() > columns_max) return Scan::too_many_columns;
        if (at < end_ && buffer_[at] == delimiter_) {
            ++at;
            if (at == end_ && !at_end_) return Scan::more_bytes;
            continue;
        }
        return end_of_line(at);
    }
}

CsvReader::Scan CsvReader::scan_plain_field(std::size_t& at) {
    const std::size_t begin = at;
    const char* text = buffer_.data();
    while (at < end_ && ends_field_[static_cast<unsigned char>(text[at])] == 0) ++at;
    if (at == end_ && !at_end_) return Scan::more_bytes;
    fields_.push_back({begin, at, false});
    return Scan::row;
}

// Moves field.end to the quote that closes the field.
CsvReader::Quoted CsvReader::find_closing_quote(Field& field) const {
    const char* text = buffer_.data();
    const std::size_t limit = std::min(end_, field.begin + quoted_field_bytes_max);
    std::size_t at = field.begin;
    while (at < limit) {
        const void* found = std::memchr(text + at, '"', limit - at);
        if (found == nullptr) break;
        at = static_cast<std::size_t>(static_cast<const char*>(found) - text);
        if (at + 1 == end_ && !at_end_) return Quoted::more_bytes;
        if (at + 1 < end_ && text[at + 1] == '"') {
            field.doubled = true;
            at += 2;
            continue;
        }
        field.end = at;
        const bool ends = at + 1 == end_ || ends_field_[static_cast<unsigned char>(text[at + 1])] != 0;
        return ends ? Quoted::closed : Quoted::stray;
    }
    return limit == end_ && !at_end_ ? Quoted::more_bytes : Quoted::stray;
}

CsvReader::Scan CsvReader::scan_quoted_field(std::size_t& at) {
    Field field{at + 1, at + 1, false};
    const Quoted quoted = find_closing_quote(field);
    if (quoted == Quoted::more_bytes) return Scan::more_bytes;
    if (quoted == Quoted::stray) return scan_plain_field(at);
    for (std::size_t i = field.begin; i < field.end; ++i) {
        quoted_lines_ += buffer_[i] == '\n' ? 1 : 0;
    }
    fields_.push_back(field);
    at = field.end + 1;
    return Scan::row;
}

CsvReader::Scan CsvReader::end_of_line(std::size_t& at) {
    const std::size_t field_end = at;
    if (at < end_) {
        if (buffer_[at] == '\r') {
            if (at + 1 == end_ && !at_end_) return Scan::more_bytes;
            if (at + 1 < end_ && buffer_[at + 1] == '\n') ++at;
        }
        ++at;
    }
    row_lines_ = quoted_lines_ + (at > field_end ? 1 : 0);
    row_end_ = at;
    for (const Field& field : fields_) {
        if (!without_blanks(buffer_.data() + field.begin, field.end - field.begin).empty()) return Scan::row;
    }
    return Scan::blank;
}

bool CsvReader::refill() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    const std::size_t got = bytes_({buffer_.data() + end_, buffer_.size() - end_});
    end_ += got;
    at_end_ = got == 0;
    return got > 0;
}

void CsvReader::publish(TableRow& row) {
    cells_.clear();
    for (const Field& field : fields_) {
        char* text = buffer_.data() + field.begin;
        std::size_t length = field.end - field.begin;
        if (field.doubled) length = undouble(text, length);
        cells_.push_back(without_blanks(text, length));
    }
    row.cells = cells_;
}

}  // namespace countback::formats
