// The query parameters that mean the same on every read: as_of, known_at, entity, collector, segment,
// customer, currency, reporting (Perimeter and Moment of the API).
#pragma once
#include <optional>

#include "access/gate.h"
#include "measures/measure.h"

namespace countback {

/// RFC 3339 with `Z` or an offset; nothing when there is no such instant.
std::optional<Instant> parse_instant(std::string_view text);

/// One read: who asks, of which Book, what.
struct MeasureRequest {
    Perimeter perimeter;
    Snapshot book;
    MeasureQuery query;
    std::optional<Instant> known_at;  ///< as asked; none = now
    Language language = Language::en;
};

/// Reads the shared parameters; each refusal is `field_invalid`, `currency_unknown` or `moment_unknown`. `by`
/// is read where given.
Result<MeasureRequest> read_measure_request(const access::Caller& caller, const http::Request& request,
                                            const Snapshot& book, Date today);

}  // namespace countback
