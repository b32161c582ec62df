// Letters and statements as PDF: A4, an address that shows in a DL window envelope, tables that go over pages
// with their header, any script rightly shaped. The same input gives the same bytes.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace countback::formats {

/// Where the envelope shows the address: right as in France (NF Z10-011), left as in Germany and the UK.
enum class AddressWindow : std::uint8_t { right, left };

enum class Align : std::uint8_t { left, right, center };

struct LetterColumn {
    std::string title;
    Align align = Align::left;
    bool whole = false;  ///< its cells stand on one line, as those to the right do: dates
};

struct LetterTable {
    std::string title;  ///< above it; may be empty
    std::vector<LetterColumn> columns;
    std::vector<std::vector<std::string>> rows;    ///< as many cells as columns, or fewer
    std::vector<std::vector<std::string>> totals;  ///< bold, under a line: one a currency
};

struct LetterReference {
    std::string label;
    std::string value;
};

/// How to pay, in a frame at the end that no page break cuts.
struct LetterPayment {
    std::string title;
    std::vector<std::string> lines;  ///< account, reference, …
    std::string qr_payload;          ///< of formats/epc.h; empty = no code; at most 331 bytes
    std::string qr_caption;
};

/// One letter to one address; `pages` counts by letter.
struct Letter {
    std::string language = "en";  ///< BCP 47: decides Chinese or Japanese forms and the writing direction
    std::string logo_png;         ///< bytes of a PNG, at most 1 MB and 4000 × 4000; empty = none
    std::vector<std::string> sender;
    std::vector<std::string> address;  ///< set smaller, then shortened, until it fits the window
    std::string address_label;  ///< names the whole address among the references where it was shortened
    AddressWindow window = AddressWindow::right;
    std::string place_and_date;
    std::vector<LetterReference> references;
    std::string title;
    std::vector<std::string> opening;  ///< paragraphs, may hold line ends; at most 64 KB each
    std::vector<LetterTable> tables;
    std::vector<std::string> closing;
    std::optional<LetterPayment> payment;
    std::vector<std::string> footer;  ///< small, on every page: company, bank details
    std::string running_title;        ///< small, on top of the pages after the first
};

struct LetterBatch {
    std::string title;  ///< of the file
    std::string author;
    std::int64_t unix_seconds = 0;  ///< when it was made, UTC, written into the file
    std::vector<Letter> letters;    ///< in the order they are printed
};

enum class PdfFault : std::uint8_t {
    nothing_to_write,
    not_utf8,         ///< or a zero byte
    logo_unreadable,  ///< no PNG, too large, broken
    qr_too_long,
    too_many_pages,    ///< a letter over 400 pages or a batch over 5 000
    text_too_long,     ///< one text over 64 KB
    too_many_columns,  ///< a table over 12
};
std::string_view name_of(PdfFault fault);  ///< `logo_unreadable`

struct PdfRefusal {
    PdfFault fault;
    std::size_t letter = 0;  ///< which, from 0
};

struct Pdf {
    std::string bytes;
    std::vector<int> pages;  ///< of each letter
};

/// All letters in one file, each beginning on a page of its own and numbered 1/3, 2/3, 3/3.
tl::expected<Pdf, PdfRefusal> write_pdf(const LetterBatch& batch);

}  // namespace countback::formats
