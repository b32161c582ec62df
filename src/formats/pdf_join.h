// Files that were written and kept, put together for the printer: each begins on a front side, the pages stay
// as they were. Only for PDF of our own: a file from outside is never read here.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace countback::formats {

class PdfJoiner {
public:
    /// `title` is of the whole file.
    explicit PdfJoiner(std::string_view title);
    PdfJoiner(PdfJoiner&&) noexcept;
    PdfJoiner& operator=(PdfJoiner&&) noexcept;
    ~PdfJoiner();

    /// False, and nothing added, when the bytes are no PDF that can be read whole. An empty side goes before
    /// it where it would begin on a back.
    bool add(const std::string& pdf);
    int pages() const;  ///< with the empty sides
    /// The file. Nothing can be added any more.
    std::string finish();

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

}  // namespace countback::formats
