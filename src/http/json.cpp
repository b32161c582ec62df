#include "http/json.h"

#include <algorithm>

#include "base/text.h"
#include "locale/texts.h"

namespace countback::http {

namespace {

constexpr std::size_t list_max = 10'000;

Refusal field_refusal(RefusalCode code, std::string_view field, std::string_view reason) {
    return {code, {{"field", std::string(field)}, {"reason", std::string(reason)}}};
}

/// Text that may be kept: UTF-8, no control characters except tab and new line.
bool keepable(std::string_view text) {
    return valid_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
           });
}

std::optional<std::string_view> wrong_text(std::string_view text, TextLimits limits) {
    if (text.size() < limits.min) return "too short";
    if (text.size() > limits.max) return "too long";
    if (!keepable(text)) return "not plain text";
    return std::nullopt;
}

}  // namespace

Result<json::object> read_object(const Request& request, std::initializer_list<std::string_view> known) {
    const std::string type = ascii_lower(request.header("content-type"));
    if (!type.starts_with("application/json")) {
        return refuse(RefusalCode::bad_request, {{"reason", "Content-Type: application/json"}});
    }
    json::parse_options options;
    options.max_depth = 32;
    json::error_code error;
    json::value value = json::parse(request.body, error, {}, options);
    if (error) return refuse(RefusalCode::bad_request, {{"reason", "JSON: " + error.message()}});
    if (!value.is_object())
        return refuse(RefusalCode::bad_request, {{"reason", "JSON: one object expected"}});
    BodyReader body(value.get_object());
    body.only(known);
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return std::move(value.get_object());
}

const json::value* BodyReader::present(std::string_view field) {
    const json::value* value = object_.if_contains(field);
    return value == nullptr || value->is_null() ? nullptr : value;
}

const json::value* BodyReader::required(std::string_view field) {
    const json::value* value = present(field);
    if (value == nullptr && !refusal_) refusal_ = field_refusal(RefusalCode::field_missing, field, "");
    return value;
}

void BodyReader::refuse_field(std::string_view field, std::string_view reason) {
    if (!refusal_) refusal_ = field_refusal(RefusalCode::field_invalid, field, reason);
}

void BodyReader::only(std::initializer_list<std::string_view> known) {
    for (const auto& field : object_) {
        const std::string_view name(field.key().data(), field.key().size());
        if (std::find(known.begin(), known.end(), name) == known.end())
            return refuse_field(name.substr(0, 60), "unknown");
    }
}

std::string BodyReader::text(std::string_view field, TextLimits limits) {
    return required(field) == nullptr ? std::string{} : optional_text(field, limits).value_or("");
}

std::optional<std::string> BodyReader::optional_text(std::string_view field, TextLimits limits) {
    const json::value* value = present(field);
    if (value == nullptr) return std::nullopt;
    const json::string* text = value->if_string();
    const auto wrong =
        text == nullptr ? std::optional<std::string_view>("text expected") : wrong_text(*text, limits);
    if (wrong) {
        refuse_field(field, *wrong);
        return std::nullopt;
    }
    return std::string(text->data(), text->size());
}

std::int64_t BodyReader::id(std::string_view field) {
    return required(field) == nullptr ? 0 : optional_id(field).value_or(0);
}

std::optional<std::int64_t> BodyReader::optional_id(std::string_view field) {
    const json::value* value = present(field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_int64() || value->get_int64() <= 0) {
        refuse_field(field, "a positive whole number expected");
        return std::nullopt;
    }
    return value->get_int64();
}

std::vector<std::int64_t> BodyReader::ids(std::string_view field) {
    std::vector<std::int64_t> ids;
    const json::value* value = present(field);
    if (value == nullptr) return ids;
    if (!value->is_array() || value->get_array().size() > list_max) {
        refuse_field(field, "a list of numbers expected");
        return ids;
    }
    for (const json::value& entry : value->get_array()) {
        if (!entry.is_int64() || entry.get_int64() <= 0) {
            refuse_field(field, "a list of numbers expected");
            return {};
        }
        ids.push_back(entry.get_int64());
    }
    return ids;
}

std::vector<std::string> BodyReader::texts(std::string_view field) {
    std::vector<std::string> texts;
    const json::value* value = present(field);
    if (value == nullptr) return texts;
    if (!value->is_array() || value->get_array().size() > list_max) {
        refuse_field(field, "a list of texts expected");
        return texts;
    }
    for (const json::value& entry : value->get_array()) {
        const json::string* text = entry.if_string();
        if (text == nullptr || wrong_text(*text, {.min = 0})) {
            refuse_field(field, "a list of texts expected");
            return {};
        }
        texts.emplace_back(text->data(), text->size());
    }
    return texts;
}

Date BodyReader::date(std::string_view field) {
    return required(field) == nullptr ? Date{} : optional_date(field).value_or(Date{});
}

std::optional<Date> BodyReader::optional_date(std::string_view field) {
    const json::value* value = present(field);
    if (value == nullptr) return std::nullopt;
    const json::string* text = value->if_string();
    const auto date = text == nullptr ? std::nullopt : Date::parse_iso(*text);
    if (!date) refuse_field(field, "a date like 2026-03-31 expected");
    return date;
}

const json::object* BodyReader::optional_object(std::string_view field) {
    const json::value* value = present(field);
    if (value == nullptr) return nullptr;
    if (!value->is_object()) refuse_field(field, "an object expected");
    return value->if_object();
}

std::size_t BodyReader::choice(std::string_view field, std::initializer_list<std::string_view> choices) {
    const std::string given = text(field);
    const auto* found = std::find(choices.begin(), choices.end(), given);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
    refuse_field(field, "not one of the known values");
    return 0;
}

std::optional<std::string_view> QueryReader::given(std::string_view name) const {
    const auto value = request_.parameter(name);
    return value && value->empty() ? std::nullopt : value;
}

void QueryReader::refuse_field(std::string_view name, std::string_view reason) {
    if (!refusal_) refusal_ = field_refusal(RefusalCode::field_invalid, name, reason);
}

std::optional<std::string> QueryReader::text(std::string_view name, TextLimits limits) {
    const auto value = given(name);
    if (!value) return std::nullopt;
    if (const auto wrong = wrong_text(*value, limits)) {
        refuse_field(name, *wrong);
        return std::nullopt;
    }
    return std::string(*value);
}

std::optional<Date> QueryReader::date(std::string_view name) {
    const auto value = given(name);
    if (!value) return std::nullopt;
    const auto date = Date::parse_iso(*value);
    if (!date) refuse_field(name, "a date like 2026-03-31 expected");
    return date;
}

std::vector<std::int64_t> QueryReader::ids(std::string_view name) {
    std::vector<std::int64_t> ids;
    const auto value = given(name);
    if (!value) return ids;
    for (const std::string_view part : split(*value, ',')) {
        const auto id = parse_id(part);
        if (!id || ids.size() == list_max) {
            refuse_field(name, "whole numbers with commas expected");
            return {};
        }
        ids.push_back(*id);
    }
    return ids;
}

std::optional<std::int64_t> QueryReader::id(std::string_view name) {
    const auto value = given(name);
    if (!value) return std::nullopt;
    const auto id = parse_id(*value);
    if (!id) refuse_field(name, "a positive whole number expected");
    return id;
}

std::int64_t QueryReader::whole(std::string_view name, std::int64_t fallback, std::int64_t min,
                                std::int64_t max) {
    const auto value = given(name);
    if (!value) return fallback;
    const auto number = *value == "0" ? std::optional<std::int64_t>(0) : parse_id(*value);
    if (number && *number >= min && *number <= max) return *number;
    refuse_field(name,
                 "a whole number from " + std::to_string(min) + " to " + std::to_string(max) + " expected");
    return fallback;
}

std::size_t QueryReader::choice(std::string_view name, std::initializer_list<std::string_view> choices) {
    const auto value = given(name);
    if (!value) return 0;
    const auto* found = std::find(choices.begin(), choices.end(), *value);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
    refuse_field(name, "not one of the known values");
    return 0;
}

Response json_answer(const json::value& value, int status) {
    Response response;
    response.status = status;
    response.headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Cache-Control", "no-store"}};
    response.body = json::serialize(value);
    return response;
}

Response no_content() {
    Response response;
    response.status = 204;
    response.headers = {{"Cache-Control", "no-store"}};
    return response;
}

json::object refusal_json(const Refusal& refusal, Language language) {
    json::object data;
    for (const auto& [name, value] : refusal.data) data[name] = value;
    return {{"code", name_of(refusal.code)},
            {"text", locale::text_of(language, refusal)},
            {"data", std::move(data)}};
}

Response refusal_answer(const Refusal& refusal, Language language) {
    return json_answer(json::object{{"refusal", refusal_json(refusal, language)}},
                       http_status_of(refusal.code));
}

}  // namespace countback::http
