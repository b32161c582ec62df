#include "crypto/random.h"

#include <sodium.h>

#include <vector>

#include "crypto/ready.h"

namespace countback::crypto {

std::string random_token() {
    ready();
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    char text[64];
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text;
}

std::string random_hex(std::size_t bytes) {
    ready();
    std::vector<unsigned char> random(bytes);
    randombytes_buf(random.data(), bytes);
    std::string text(bytes * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), random.data(), bytes);
    text.pop_back();
    return text;
}

bool equal(std::string_view a, std::string_view b) {
    return !a.empty() && a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace countback::crypto
