#include "collections/page_names.h"

#include "collections/queries.h"
#include "locale/texts.h"

namespace countback::collections {

std::string PageNames::reason(FactNo standing) {
    std::string given = connection().text(standing_reason, {standing.value}).value_or("");
    const std::string of_the_demo = "demo.reason." + given;
    return locale::has_text(language_, of_the_demo) ? locale::text(language_, of_the_demo) : given;
}

std::string PageNames::author(FactNo fact) {
    const FactOrigin found = origin(fact);
    return found.user && user_name_ ? user_name_(found.user) : found.source;
}

std::string PageNames::user(UserId user) {
    return user_name_ ? user_name_(user) : std::to_string(user.value);
}

json::value PageNames::label_json(LabelId id) {
    if (!id) return nullptr;
    return json::object{{"id", id.value}, {"name", label(id)}};
}

}  // namespace countback::collections
