// The perimeter, moment and page that the lists of collections are asked for, read from the query.
#pragma once
#include <optional>
#include <string>

#include "http/json.h"
#include "receivables/book.h"

namespace countback::collections {

struct PageQuery {
    Selection selection;
    Moment moment;
    std::optional<Currency> reporting;
    std::size_t limit = 100;
    std::string after, search, sort;
};

/// Refuses field_invalid and moment_unknown. `date` is another name of `as_of` (the agenda's).
Result<PageQuery> read_page_query(const http::Request& request, const Snapshot& book, Date today);

/// RFC 3339 with `Z` or an offset; nothing when it is none.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace countback::collections
