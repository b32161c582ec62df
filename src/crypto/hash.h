// Hashes of files and tokens, MACs, passwords.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace countback::crypto {

std::string sha256_hex(std::string_view bytes);  ///< 64 lower-case letters

/// SHA-256 of bytes that come in parts.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(std::string_view bytes);
    /// With its length before it: two parts never read as two others.
    void add_part(std::string_view part);
    std::string hex();  ///< once, at the end

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Of a file's bytes. Throws std::runtime_error when it cannot be read.
std::string sha256_hex_of_file(const std::filesystem::path& file);

/// The installation's own key, 32 bytes.
using Key = std::array<unsigned char, 32>;

/// HMAC-SHA-512/256 as 64 lower-case letters. `purpose` keeps the uses of one key apart.
std::string mac_hex(const Key& key, std::string_view purpose, std::string_view text);

/// argon2id, 64 MiB, 3 passes: about 0.1 s, on purpose. The text holds salt and cost.
std::string password_hash(std::string_view password);
bool password_fits(std::string_view hash, std::string_view password);

}  // namespace countback::crypto
