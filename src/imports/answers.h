// The imports' answers as JSON, as docs/api/openapi.yaml has them; the routes and the command line share
// them.
#pragma once
#include "http/json.h"
#include "imports/service.h"

namespace countback::imports {

http::json::object file_json(const FileAbout& about, Language language);
http::json::object preview_json(const Preview& preview, Language language);
http::json::object load_json(const LoadRecord& load);
http::json::object report_json(const LoadReport& report, Language language);

/// `import.notice.<code>` and `import.question.<code>` with their values.
std::string notice_text(const Note& note, Language language);
/// IMP-6: "none" (nothing to compare), "ok" or "differences"; what the badge of every screen says.
std::string state_of(const LoadRecord& load);
std::string question_text(const Note& note, Language language);

}  // namespace countback::imports
