// The statement of account and the letter as PDF (COL-7, MSG-1): written from the same Paper as the words.
#pragma once
#include "correspondence/compose.h"
#include "formats/pdf.h"

namespace countback::correspondence {

/// What goes with an e-mail: the statement. With a letter: the letter, followed by the statement.
std::vector<Attachment> attachments_of(const Paper& paper, const std::string& channel);

/// One letter of a batch: address window, the words with the items as a table, how to pay.
formats::Letter letter_of(const Paper& paper);
formats::Letter statement_of(const Paper& paper);

/// Where the letter's text has its items; the text before and after it are its paragraphs.
inline constexpr std::string_view items_mark = "\x1f items \x1f";

}  // namespace countback::correspondence
