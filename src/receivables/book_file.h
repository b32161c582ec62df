// The Book in a file beside the database, so that a large company starts without reading every fact.
//
//   start = file (checked) + facts after its fact number;   no file, or one that does not fit: all facts
//
// The file says which fact it is true at and what the chain of facts was there; it is used only when the
// database's chain says the same at that fact. Every piece carries its SHA-256. It is a copy: deleting it
// loses nothing.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "receivables/book.h"

namespace countback {

/// Ties a file to the facts it was made of.
struct BookMark {
    FactNo last;
    std::string chain;  ///< of the journal at `last`
};

class BookFile {
public:
    explicit BookFile(std::filesystem::path path) : path_(std::move(path)) {}

    /// Of a file of this program's layout with an unharmed head; nothing otherwise.
    std::optional<BookMark> mark() const;
    /// Fills an empty Book; false, and nothing changed, when a piece is missing or harmed.
    bool read(Book& book) const;
    /// Writes the Book as of `book` while others append and read, then takes the place of the file before it
    /// at once. Throws std::system_error; the file before it then stays.
    void write(const Snapshot& book, const BookMark& mark) const;

private:
    std::filesystem::path path_;
};

}  // namespace countback
