// Any bytes as an address: what passes is printable ASCII without brackets, and passes again unchanged.
#include <cstdint>
#include <cstdlib>

#include "net/address.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace countback::net;
    const auto address = mail_address(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!address) return 0;
    for (const char c : *address)
        if (c <= 0x20 || c >= 0x7f || c == '<' || c == '>') std::abort();
    const auto again = mail_address(*address);
    if (!again || *again != *address) std::abort();
    return 0;
}
