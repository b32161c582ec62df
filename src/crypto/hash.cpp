#include "crypto/hash.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <array>
#include <fstream>
#include <new>
#include <stdexcept>
#include <vector>

#include "base/ensure.h"
#include "crypto/ready.h"

namespace countback::crypto {

namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex_of(const unsigned char* bytes, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

}  // namespace

/// OpenSSL's: it uses the processor's own instructions, many times as fast over a book or a large file.
struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> inner{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    if (EVP_DigestInit_ex(state_->inner.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    ensure(EVP_DigestUpdate(state_->inner.get(), bytes.data(), bytes.size()) == 1, "SHA-256 takes any bytes");
}

void Sha256::add_part(std::string_view part) {
    add(std::to_string(part.size()) + ':');
    add(part);
}

std::string Sha256::hex() {
    std::array<unsigned char, 32> hash{};
    unsigned size = 0;
    ensure(EVP_DigestFinal_ex(state_->inner.get(), hash.data(), &size) == 1 && size == hash.size(),
           "SHA-256 ends once");
    return hex_of(hash.data(), hash.size());
}

std::string sha256_hex(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

std::string sha256_hex_of_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + file.filename().string());
    Sha256 hash;
    std::vector<char> part(256 * 1024);
    while (stream.read(part.data(), static_cast<std::streamsize>(part.size())) || stream.gcount() > 0) {
        hash.add({part.data(), static_cast<std::size_t>(stream.gcount())});
    }
    return hash.hex();
}

std::string mac_hex(const Key& key, std::string_view purpose, std::string_view text) {
    ready();
    crypto_auth_hmacsha512256_state state;
    crypto_auth_hmacsha512256_init(&state, key.data(), key.size());
    crypto_auth_hmacsha512256_update(&state, bytes_of(purpose), purpose.size());
    const unsigned char between = 0;
    crypto_auth_hmacsha512256_update(&state, &between, 1);
    crypto_auth_hmacsha512256_update(&state, bytes_of(text), text.size());
    unsigned char mac[crypto_auth_hmacsha512256_BYTES];
    crypto_auth_hmacsha512256_final(&state, mac);
    return hex_of(mac, sizeof mac);
}

std::string password_hash(std::string_view password) {
    ready();
    char hash[crypto_pwhash_STRBYTES];
    constexpr unsigned long long passes = 3;
    constexpr std::size_t memory = 64UL * 1024 * 1024;
    if (crypto_pwhash_str_alg(hash, password.data(), password.size(), passes, memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw std::runtime_error("not enough memory to hash a password");
    }
    return hash;
}

bool password_fits(std::string_view hash, std::string_view password) {
    ready();
    const std::string terminated(hash);
    return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

}  // namespace countback::crypto
