// Inside formats: every text of a letter, looked at before anything is drawn.
#pragma once
#include "formats/pdf.h"

namespace countback::formats {

/// What makes these texts, or one of a letter's, impossible to set: `not_utf8` or `text_too_long`.
std::optional<PdfFault> fault_of_texts(const std::vector<std::string>& texts);
std::optional<PdfFault> fault_of_texts(const Letter& letter);

}  // namespace countback::formats
