#include "collections/fields.h"

#include <algorithm>

namespace countback::collections {

namespace {

const json::array no_values;

}  // namespace

bool is_code(std::string_view text) {
    const auto fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
    };
    return !text.empty() && text.size() <= 40 && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(), fits);
}

std::string Fields::path_of(std::string_view name) const {
    return path_.empty() ? std::string(name) : path_ + '.' + std::string(name);
}

void Fields::refuse_at(std::string where, std::string_view reason) {
    refuse({RefusalCode::field_invalid, {{"field", std::move(where)}, {"reason", std::string(reason)}}});
}

const json::value* Fields::present(std::string_view name) {
    asked_.push_back(name);
    const json::value* value = object_.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
}

std::string Fields::text(std::string_view name, std::size_t max) {
    const json::value* value = present(name);
    if (!value) return {};
    if (!value->is_string() || value->get_string().size() > max) {
        refuse_field(name, value->is_string() ? "length" : "text");
        return {};
    }
    return std::string(value->get_string());
}

int Fields::whole(std::string_view name, WholeRange range) {
    const json::value* value = present(name);
    if (!value) return range.fallback;
    if (!value->is_int64() || value->get_int64() < range.min || value->get_int64() > range.max) {
        refuse_field(name, std::to_string(range.min) + " … " + std::to_string(range.max));
        return range.fallback;
    }
    return static_cast<int>(value->get_int64());
}

bool Fields::flag(std::string_view name) {
    const json::value* value = present(name);
    if (!value) return false;
    if (!value->is_bool()) refuse_field(name, "true, false");
    return value->is_bool() && value->get_bool();
}

std::int64_t Fields::id(std::string_view name) {
    const json::value* value = present(name);
    if (!value) return 0;
    if (value->is_int64() && value->get_int64() > 0) return value->get_int64();
    refuse_field(name, "id");
    return 0;
}

const json::array& Fields::array(std::string_view name, std::size_t max) {
    const json::value* value = present(name);
    if (!value) return no_values;
    if (value->is_array() && value->get_array().size() <= max) return value->get_array();
    refuse_field(name, value->is_array() ? "≤ " + std::to_string(max) : "list");
    return no_values;
}

const json::object* Fields::object(std::string_view name) {
    const json::value* value = present(name);
    if (!value) return nullptr;
    if (!value->is_object()) refuse_field(name, "object");
    return value->if_object();
}

std::vector<Money> Fields::amounts(std::string_view name) {
    std::vector<Money> all;
    each(name, 200, [&](Fields& fields) {
        const auto currency = Currency::parse(fields.text("currency", 3));
        if (!currency) return fields.refuse_field("currency", "ISO 4217");
        const auto minor = parse_decimal(fields.text("amount", 40), *currency);
        if (!minor || *minor < 0) return fields.refuse_field("amount", "≥ 0");
        const auto same = [&](const Money& one) { return one.currency == *currency; };
        if (std::any_of(all.begin(), all.end(), same)) return fields.refuse_field("currency", "×2");
        all.push_back({*minor, *currency});
    });
    return all;
}

std::vector<std::string> Fields::codes(std::string_view name) {
    std::vector<std::string> all;
    for (const json::value& value : array(name, 10)) {
        const bool fits = value.is_string() && is_code(std::string_view(value.get_string()));
        if (!fits) {
            refuse_field(name, "a-z, 0-9, _");
            return {};
        }
        all.emplace_back(value.get_string());
    }
    return all;
}

void Fields::finish() {
    for (const auto& [key, value] : object_) {
        const std::string_view name(key.data(), key.size());
        if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) return refuse_field(name, "?");
    }
}

json::array amounts_json(const std::vector<Money>& amounts) {
    json::array array;
    for (const Money& one : amounts) {
        array.emplace_back(
            json::object{{"amount", decimal(one.minor, one.currency)}, {"currency", one.currency.code()}});
    }
    return array;
}

}  // namespace countback::collections
