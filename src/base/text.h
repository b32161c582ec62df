// Small operations on UTF-8 text that come back on every floor.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace countback {

std::string_view trim(std::string_view text);  ///< without ASCII white space at both ends
std::vector<std::string_view> split(std::string_view text, char separator);
std::string ascii_lower(std::string_view text);
bool valid_utf8(std::string_view text);
/// ASCII's: what ends or bends a line, and DEL.
constexpr bool is_control(char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f; }
bool has_control(std::string_view text);

/// For comparing names people typed: lower case, accents folded, runs of anything else than letters and
/// digits made one space. "Société Générale " → "societe generale".
std::string fold(std::string_view text);

/// A 64-bit hash with good spread, the same on every machine and version; not against attackers.
std::uint64_t hash64(std::string_view text);

}  // namespace countback
