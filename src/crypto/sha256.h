// SHA-256 of texts and of streams: file fingerprints, the hash chain of facts.
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace countback::crypto {

/// The 32 bytes of the digest.
std::string sha256(std::string_view bytes);
/// Lower-case hexadecimal of any bytes.
std::string hex(std::string_view bytes);

/// For bytes that come in parts.
class Sha256 {
public:
    Sha256();
    void add(std::string_view bytes);
    std::string finish();  ///< the 32 bytes; once

private:
    alignas(8) std::array<std::byte, 128> state_;
};

}  // namespace countback::crypto
