// The Book in a file beside the database, so that a large company starts without reading every fact.
//
//   start = file (checked) + facts after its fact number;   no file, or one that does not fit: all facts
//
// The file says which fact it is true at and what the chain of facts was there; it is used only when the
// database's chain says the same at that fact. Every piece carries its SHA-256. It is a copy: deleting it
// loses nothing.
#pragma once
#include <filesystem>
#include <functional>
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

    /// Fills an empty Book when the file's mark fits the database, as `fits` says, and answers the mark.
    /// Nothing, and nothing changed, when it does not, or when the file or a piece of it is missing, harmed,
    /// not ours to read or of another layout.
    std::optional<BookMark> read(Book& book, const std::function<bool(const BookMark&)>& fits) const;
    /// Writes the Book as of `book` while others append and read, then takes the place of the file before it
    /// at once. Throws std::system_error; the file before it then stays.
    void write(const Snapshot& book, const BookMark& mark) const;

private:
    std::filesystem::path path_;
};

}  // namespace countback
