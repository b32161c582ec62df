// The perimeter, moment and page that the lists of collections are asked for, read from the query.
#pragma once
#include <string>

#include "measures/exports.h"
#include "measures/query.h"
#include "receivables/lists.h"
#include "receivables/lists_names.h"

namespace countback::collections {

struct PageQuery {
    MeasureRequest request;
    std::string search;
    std::string sort;  ///< a column's name; empty = the list's own
    PageRequest page;
    AnswerFormat format = AnswerFormat::json;  ///< a file holds all rows

    const Selection& selection() const { return request.query.selection; }
    Moment moment() const { return request.query.moment; }
};

/// Refuses field_invalid, moment_unknown. `date` is another name of `as_of` (the agenda's).
Result<PageQuery> read_page_query(const access::Caller& caller, const http::Request& request,
                                  const Snapshot& book, Date today);

using Answer = Result<http::Response>;

/// The answer itself, or its rows as a file.
Answer list_answer(json::object answer, const PageQuery& page, std::string_view name,
                   const std::vector<ExportColumn>& columns);

/// Keeps only customers whose code or name begins with the text; false when that leaves none.
bool narrow_to(std::string_view text, ListNames& names, Selection& selection);

}  // namespace countback::collections
