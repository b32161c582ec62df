#include "crypto/base64.h"

#include <sodium.h>

#include "crypto/ready.h"

namespace countback::crypto {

std::string base64_of(std::string_view bytes) {
    ready();
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

std::string bytes_of_base64(std::string_view text) {
    ready();
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    const int status =
        sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), "\r\n ", &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
    if (status != 0) return {};
    bytes.resize(size);
    return bytes;
}

}  // namespace countback::crypto
