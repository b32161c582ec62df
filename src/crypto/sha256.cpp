#include "crypto/sha256.h"

#include <sodium.h>

namespace countback::crypto {
namespace {

crypto_hash_sha256_state* as_state(std::array<std::byte, 128>& bytes) {
    static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(bytes));
    return reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}

const unsigned char* data_of(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Sha256::Sha256() : state_{} { crypto_hash_sha256_init(as_state(state_)); }

void Sha256::add(std::string_view bytes) {
    crypto_hash_sha256_update(as_state(state_), data_of(bytes), bytes.size());
}

std::string Sha256::finish() {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(as_state(state_), reinterpret_cast<unsigned char*>(digest.data()));
    return digest;
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

std::string hex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        text += digits[static_cast<unsigned char>(byte) >> 4];
        text += digits[static_cast<unsigned char>(byte) & 15];
    }
    return text;
}

}  // namespace countback::crypto
