// MSG-2: a text that nothing uses is removed; its versions are kept.
#pragma once
#include "collections/pages.h"

namespace countback::collections {

/// Refuses template_unknown, field_invalid (delivered with the program), scenario_in_use (text_used: the
/// scenarios and the specific actions that write with it, by name).
Answer remove_text_page(const Pages& pages, const access::Caller& caller, const http::Request& request);

}  // namespace countback::collections
