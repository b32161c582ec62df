// The texts behind the ids of one answer, with those that only collections shows: reasons, authors,
// languages.
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <string>

#include "locale/language.h"
#include "receivables/lists_names.h"

namespace countback::collections {

namespace json = boost::json;

/// A user's name as others may read it.
using UserName = std::function<std::string(UserId)>;

class PageNames : public ListNames {
public:
    PageNames(store::Database& database, Language language, UserName user_name)
        : ListNames(database), language_(language), user_name_(std::move(user_name)) {}

    Language language() const { return language_; }
    /// As given when it was recorded; of the demo company in the reader's language.
    std::string reason(FactNo standing);
    std::string author(FactNo fact);     ///< a user's name, else the source of the journal
    std::string user(UserId user);       ///< by name; its number where names are not known
    json::value label_json(LabelId id);  ///< null when none

private:
    Language language_;
    UserName user_name_;
};

}  // namespace countback::collections
