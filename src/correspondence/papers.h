// The statement of account and the letter as PDF (COL-7, MSG-1): written from the same Paper as the words.
#pragma once
#include "correspondence/compose.h"
#include "formats/pdf.h"
#include "receivables/lists_names.h"

namespace countback::correspondence {

/// What goes with an e-mail: the statement. With a letter: the letter, followed by the statement.
std::vector<Attachment> attachments_of(const Paper& paper, const std::string& channel);

/// Where documents lie, and how many bytes of them go with one message.
struct DocumentRoom {
    std::filesystem::path folder{};
    std::int64_t bytes_max = 0;
};
/// The documents of the items asked for, in the statement's order. One that another customer's item of the
/// same number and entity could mean is never attached.
AskedDocuments documents_of(const Snapshot& book, ListNames& names, const Paper& paper,
                            const DocumentRoom& room);

/// Whether the number belongs, within the item's entity, to nobody but the item's own customer.
bool document_is_own(const Snapshot& book, ListNames& names, ItemId item, const std::string& number);
/// What the file is called where it is attached or fetched: letters, digits and hyphens.
std::string document_file_name(std::string number);
/// Of one document fetched by itself.
inline constexpr std::int64_t document_bytes_max = 50'000'000;

/// One letter of a batch: address window, the words with the items as a table, how to pay.
formats::Letter letter_of(const Paper& paper);
formats::Letter statement_of(const Paper& paper);

/// Where the letter's text has its items; the text before and after it are its paragraphs.
inline constexpr std::string_view items_mark = "\x1f items \x1f";

}  // namespace countback::correspondence
