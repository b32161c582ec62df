// MSG-2: the invoices' own PDF, where the company puts them: FOLDER/ENTITY_CODE/NUMBER.pdf. A sign that a
// file name may not hold is written as % and two hexadecimal digits, so each number has one file and no
// number leaves the folder:
//
//   F-001 -> F-001.pdf    2026/001 -> 2026%2F001.pdf    ../../etc/passwd -> %2E.%2F..%2Fetc%2Fpasswd.pdf
//
// Attached to an e-mail whose text names `documents`, oldest due first, until the limit is reached; the
// others are named in the text. Files are never opened as PDF here, only looked at: whether they begin like
// one.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "correspondence/types.h"

namespace countback::correspondence {

struct DocumentRules {
    std::filesystem::path folder{};             ///< empty = there are none
    std::function<std::int64_t()> bytes_max{};  ///< of one message's documents together
};

enum class DocumentProblem : std::uint8_t {
    missing,    ///< also: a name too long for a file, a link, a folder
    not_pdf,    ///< does not begin like a PDF
    too_large,  ///< over the limit given
};

/// The name of a code's folder or a number's file, without its ending; empty when it cannot be one.
std::string document_name(std::string_view text);
/// The file's bytes. Links are not followed.
tl::expected<std::string, DocumentProblem> read_document(const std::filesystem::path& folder,
                                                         std::string_view entity_code,
                                                         std::string_view number, std::int64_t bytes_max);

/// What of a message's items has a document.
struct AskedDocuments {
    std::vector<std::string> numbers{};    ///< attached
    std::vector<std::string> left_out{};   ///< would be over the limit
    std::vector<std::string> not_pdf{};    ///< the file is no PDF
    std::vector<std::string> ambiguous{};  ///< another customer has an item of that number
    std::vector<Attachment> attachments{};

    std::vector<std::string> notes() const;  ///< for the message's story: `document_not_pdf F-3, F-4`
};
/// Whether a text asks for them: it names `documents`.
bool names_documents(std::string_view text);

}  // namespace countback::correspondence
