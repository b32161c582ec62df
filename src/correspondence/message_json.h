// Messages as the API shows them.
#pragma once
#include <boost/json.hpp>

#include "correspondence/types.h"
#include "receivables/lists_names.h"

namespace countback::correspondence {

namespace json = boost::json;

/// A message's line in a list: amounts as decimal strings, one a currency.
json::object message_json(const Message& message, ListNames& names);
/// Null where there are none.
json::value words_json(const std::optional<NewMessage::Edit>& words);
/// What exactly was written, without the attachments' bytes.
json::object content_json(const Content& content);

}  // namespace countback::correspondence
