// Any text as an amount, a date, a number: what is read can be written and read again.
#include <cstdlib>

#include "formats/value.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace countback;
    using namespace countback::formats;
    if (size < 1) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto currency = *Currency::parse(data[0] & 4 ? "JPY" : data[0] & 8 ? "KWD" : "EUR");
    const AmountFormat format{data[0] & 1 ? ',' : '.', data[0] & 2 ? AmountUnit::minor : AmountUnit::major};
    if (const auto minor = read_amount(text, format, currency)) {
        const auto again = read_amount(decimal(*minor, currency), {'.', AmountUnit::major}, currency);
        if (format.unit == AmountUnit::major && (!again || *again != *minor)) std::abort();
    }
    AmountEvidence amounts;
    amounts.add(text);
    DateEvidence dates;
    dates.add(text);
    dates.layout();
    for (const DateOrder order : {DateOrder::day_first, DateOrder::month_first}) {
        const auto date = read_date(text, order);
        if (date && read_date(date->iso(), order) != date) std::abort();
    }
    return 0;
}
