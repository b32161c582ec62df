// Reads a JSON document field by field and keeps the first thing wrong with its place, `steps[2].channel`.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/refusal.h"
#include "http/json.h"

namespace countback::collections {

namespace json = boost::json;

struct WholeRange {
    int min = 0, max = 0;
    int fallback = 0;  ///< when the field is absent
};

class Fields {
public:
    /// `path`: where the object stands, empty for the document itself. `refusal` outlives this and is shared
    /// by all readers of one document.
    Fields(const json::object& object, std::string path, std::optional<Refusal>& refusal)
        : object_(object), path_(std::move(path)), refusal_(refusal) {}

    /// An empty list is there, null is not.
    bool has(std::string_view name) const {
        const json::value* value = object_.if_contains(name);
        return value && !value->is_null();
    }

    /// Trimmed of nothing; empty when absent or null. At most `max` bytes.
    std::string text(std::string_view name, std::size_t max);
    int whole(std::string_view name, WholeRange range);
    bool flag(std::string_view name);        ///< false when absent
    std::int64_t id(std::string_view name);  ///< 0 when absent
    const json::array& array(std::string_view name, std::size_t max);
    const json::object* object(std::string_view name);
    /// `[{"amount":"15.00","currency":"EUR"}]`, amounts ≥ 0, each currency once.
    std::vector<Money> amounts(std::string_view name);
    /// Codes, `a-z`, digits and `_`, at most ten.
    std::vector<std::string> codes(std::string_view name);

    /// By name_of(Enum) of the first `count` values.
    template <class Enum>
    Enum choice(std::string_view name, int count, Enum fallback) {
        const std::string given = text(name, 40);
        if (given.empty()) return fallback;
        for (int place = 0; place < count; ++place) {
            if (name_of(static_cast<Enum>(place)) == given) return static_cast<Enum>(place);
        }
        refuse_field(name, given);
        return fallback;
    }

    /// A reader of each object in the list.
    template <class Read>
    void each(std::string_view name, std::size_t max, Read read) {
        std::size_t place = 0;
        for (const json::value& value : array(name, max)) {
            const std::string where = path_of(name) + '[' + std::to_string(place++) + ']';
            if (!value.is_object()) {
                refuse_at(where, "object");
                return;
            }
            Fields fields(value.get_object(), where, refusal_);
            read(fields);
            fields.finish();
        }
    }

    /// Refuses fields that nobody asked for.
    void finish();
    void refuse_field(std::string_view name, std::string_view reason) { refuse_at(path_of(name), reason); }
    void refuse(Refusal refusal) {
        if (!refusal_) refusal_ = std::move(refusal);
    }
    std::string path_of(std::string_view name) const;

private:
    const json::value* present(std::string_view name);
    void refuse_at(std::string where, std::string_view reason);

    const json::object& object_;
    std::string path_;
    std::optional<Refusal>& refusal_;
    std::vector<std::string_view> asked_;
};

/// A lower-case code, `reminder_1`, of 1 to 40 characters.
bool is_code(std::string_view text);

json::array amounts_json(const std::vector<Money>& amounts);

}  // namespace countback::collections
