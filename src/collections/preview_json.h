// What an edit of the policy would change, as the editor shows it.
#pragma once
#include "collections/page_names.h"
#include "collections/preview.h"

namespace countback::collections {

json::object preview_json(const Preview& preview, PageNames& names);

}  // namespace countback::collections
