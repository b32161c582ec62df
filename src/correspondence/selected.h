// Of what the caller may see, what the bar above the page names: companies, collectors, segments.
#pragma once
#include "http/json.h"
#include "receivables/book.h"

namespace countback::correspondence {

/// `entity`, `collector`, `segment`: ids, comma-separated in a query, lists in a body; absent = all. What
/// cannot be read is the reader's refusal.
template <class Reader>
Selection selected(Reader& reader) {
    Selection selection;
    for (const std::int64_t id : reader.ids("entity")) selection.entities.push_back(EntityId{id});
    for (const std::int64_t id : reader.ids("collector")) selection.collectors.push_back(LabelId{id});
    for (const std::int64_t id : reader.ids("segment")) selection.segments.push_back(LabelId{id});
    return selection;
}

/// Whether it names anything: all accounts are meant otherwise.
inline bool names_any(const Selection& selection) {
    return !selection.entities.empty() || !selection.collectors.empty() || !selection.segments.empty();
}

}  // namespace countback::correspondence
