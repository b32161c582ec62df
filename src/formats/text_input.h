// Bytes of a text file as UTF-8, streamed: detects the encoding over the whole file, converts through ICU.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/refusal.h"
#include "formats/csv.h"

namespace countback::formats {

/// The encoding of a text file: by its byte order mark; else `utf-8` when every byte of it is valid UTF-8;
/// else UTF-16 by its zero bytes; else what ICU finds most likely among the Western and Central European
/// single-byte sets, `windows-1252` when in doubt (it holds all of latin-1). Refusals: file_empty,
/// file_not_a_table (control bytes: no text), file_unreadable.
Result<std::string> detect_encoding(const std::filesystem::path& file);

/// The file as UTF-8 without a byte order mark. Bytes that the encoding does not know become U+FFFD.
/// Refusals: encoding_unreadable (no such encoding), file_unreadable.
Result<ReadBytes> open_text(const std::filesystem::path& file, const std::string& encoding);

/// Text in memory, for detection and tests.
ReadBytes read_from(std::string text);

}  // namespace countback::formats
