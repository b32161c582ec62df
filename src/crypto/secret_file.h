// The installation's key, `data/secret.key`: made once, readable by its owner only, never in an export or
// backup.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/hash.h"

namespace countback::crypto {

/// Reads the key, or makes it (0600) when the file is absent. Throws std::runtime_error with a plain sentence
/// when the file is damaged, cannot be read, or may be read by others.
Key key_from(const std::filesystem::path& file);

/// Encrypted and authenticated with the key; nothing when `sealed` was changed or sealed by another key.
std::string sealed(const Key& key, std::string_view plain);
std::optional<std::string> unsealed(const Key& key, std::string_view sealed);

}  // namespace countback::crypto
