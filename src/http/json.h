// Reading bodies and queries into plain structs with named refusals, and writing answers. Amounts are
// strings.
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/refusal.h"
#include "http/message.h"

namespace countback::http {

namespace json = boost::json;

/// The body as one JSON object, depth ≤ 32, with no field but those that are known: what would be ignored is
/// refused by name (`field_invalid`, reason unknown). Refuses `bad_request`; needs Content-Type
/// application/json.
Result<json::object> read_object(const Request& request, std::initializer_list<std::string_view> known);

/// Lengths in characters of UTF-8 bytes.
struct TextLimits {
    std::size_t min = 1;
    std::size_t max = 500;
};

/// Reads the fields of a JSON object and remembers the first thing wrong, so that a caller fills its struct
/// and asks once:
///   BodyReader body(object);
///   const NewPromise promise{body.id("customer"), body.date("from"), body.optional_text("cause")};
///   if (body.refusal()) return tl::unexpected(*body.refusal());
/// Refuses `field_missing{field}` and `field_invalid{field, reason}`.
class BodyReader {
public:
    explicit BodyReader(const json::object& object) : object_(object) {}

    std::string text(std::string_view field, TextLimits limits = {});
    std::optional<std::string> optional_text(std::string_view field, TextLimits limits = {});
    std::int64_t id(std::string_view field);  ///< > 0
    std::optional<std::int64_t> optional_id(std::string_view field);
    std::vector<std::int64_t> ids(std::string_view field);  ///< absent or null = empty; at most 10 000
    Date date(std::string_view field);
    std::optional<Date> optional_date(std::string_view field);
    std::vector<std::string> texts(std::string_view field);  ///< absent or null = empty; at most 10 000
    const json::object* optional_object(std::string_view field);
    /// One of `choices`; its place in the list.
    std::size_t choice(std::string_view field, std::initializer_list<std::string_view> choices);

    /// Refuses any other field: what nobody reads.
    void only(std::initializer_list<std::string_view> known);
    void refuse_field(std::string_view field, std::string_view reason);
    const std::optional<Refusal>& refusal() const { return refusal_; }

private:
    const json::value* present(std::string_view field);
    const json::value* required(std::string_view field);

    const json::object& object_;
    std::optional<Refusal> refusal_;
};

/// The same for query parameters. A parameter given empty counts as not given.
class QueryReader {
public:
    explicit QueryReader(const Request& request) : request_(request) {}

    std::optional<std::string> text(std::string_view name, TextLimits limits = {});
    std::optional<Date> date(std::string_view name);
    std::vector<std::int64_t> ids(std::string_view name);  ///< comma-separated, each > 0
    std::optional<std::int64_t> id(std::string_view name);
    std::int64_t whole(std::string_view name, std::int64_t fallback, std::int64_t min, std::int64_t max);
    /// The place of the value in `choices`; 0, the first, when not given.
    std::size_t choice(std::string_view name, std::initializer_list<std::string_view> choices);

    void refuse_field(std::string_view name, std::string_view reason);
    const std::optional<Refusal>& refusal() const { return refusal_; }

private:
    std::optional<std::string_view> given(std::string_view name) const;

    const Request& request_;
    std::optional<Refusal> refusal_;
};

Response json_answer(const json::value& value, int status = 200);
Response no_content();  ///< 204
/// `{"refusal":{"code","text","data"}}` with the refusal's status.
Response refusal_answer(const Refusal& refusal, Language language);
json::object refusal_json(const Refusal& refusal, Language language);

}  // namespace countback::http
