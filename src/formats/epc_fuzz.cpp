// Any bytes as account numbers and references: what passes, passes again; payloads keep their size.
#include <cstdlib>

#include "formats/epc.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace countback;
    using namespace countback::formats;
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto account = iban(text); account && *iban(*account) != *account) std::abort();
    if (const auto made = creditor_reference(text); made && *read_creditor_reference(*made) != *made)
        std::abort();
    const auto payload =
        sepa_qr_payload({text, "BE68539007547034", "", {1, *Currency::parse("EUR")}, "", text});
    if (payload && payload->size() > 331) std::abort();
    return 0;
}
