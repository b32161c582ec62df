#include "formats/message_text.h"

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "base/ensure.h"
#include "base/text.h"
#include "formats/message_tags.h"

namespace countback::formats {
namespace {

namespace mustache = kainjow::mustache;

/// Bytes walked and written before we stop: dozens of times what the largest allowed message needs.
constexpr std::size_t work_max = 32 * message_output_bytes_max;

struct Stopped {
    MessageFault fault;
};

/// An empty text is a no to sections, which the library would take for a yes.
mustache::data to_library(const MessageData& from, int depth);

mustache::data to_library(const MessageData::Value& value, int depth) {
    if (const auto* text = std::get_if<std::string>(&value))
        return text->empty() ? mustache::data(false) : mustache::data(*text);
    if (const auto* flag = std::get_if<bool>(&value)) return mustache::data(*flag);
    if (const auto* rows = std::get_if<MessageData::Rows>(&value)) {
        mustache::data list(mustache::data::type::list);
        for (const auto& row : *rows) list.push_back(to_library(row, depth + 1));
        return list;
    }
    return to_library(*std::get<std::unique_ptr<MessageData>>(value), depth + 1);
}

mustache::data to_library(const MessageData& from, int depth) {
    ensure(depth <= 16, "data of a message are not nested endlessly");
    mustache::data object(mustache::data::type::object);
    for (const auto& [name, value] : from.values) object.set(name, to_library(value, depth));
    return object;
}

/// The library's own look-up, with every step counted: nothing else bounds a loop in a loop in a loop.
class CountedContext final : public mustache::basic_context<std::string> {
public:
    CountedContext(const mustache::data* root, const std::map<std::string, std::size_t>& bytes_per_pass)
        : bytes_per_pass_(bytes_per_pass) {
        scopes_.push_back({"", root});
    }

    void push(const mustache::data* data) override {
        spend(bytes_per_pass_.at(next_));
        scopes_.push_back({next_, data});
    }
    void pop() override {
        next_ = scopes_.back().first;  // the next row of the same list, unless a name is asked first
        scopes_.pop_back();
    }
    const mustache::data* get(const std::string& name) const override {
        const mustache::data* found = find(name);
        next_ = name;
        spend(16 + (found != nullptr && found->is_string() ? found->string_value().size() : 0));
        return found;
    }
    const mustache::data* get_partial(const std::string&) const override { return nullptr; }

private:
    const mustache::data* find(const std::string& path) const {
        for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope)
            if (const auto* found = find_in(scope->second, path)) return found;
        return nullptr;
    }
    static const mustache::data* find_in(const mustache::data* from, std::string_view path) {
        for (const auto step : split(path, '.')) {
            if (from == nullptr || !from->is_object()) return nullptr;
            from = from->get(std::string(step));
        }
        return from;
    }
    void spend(std::size_t work) const {
        spent_ += work;
        if (spent_ > work_max) throw Stopped{MessageFault::takes_too_long};
    }

    const std::map<std::string, std::size_t>& bytes_per_pass_;
    std::vector<std::pair<std::string, const mustache::data*>> scopes_;
    mutable std::string next_;
    mutable std::size_t spent_ = 0;
};

/// Takes the rendered pieces and stops at the limit.
struct BoundedOutput {
    std::string text;
    BoundedOutput& operator<<(const std::string& piece) {
        if (text.size() + piece.size() > message_output_bytes_max)
            throw Stopped{MessageFault::output_too_large};
        text += piece;
        return *this;
    }
};

MessageRefusal nowhere(MessageFault fault) { return {fault, {}, 0, 0}; }

}  // namespace

struct MessageText::Compiled {
    std::string source;
    MessagePart part;
    std::map<std::string, std::size_t> per_pass;
};

tl::expected<MessageText, MessageRefusal> MessageText::read(std::string source, MessagePart part,
                                                            const MessageNames& names) {
    if (source.size() > message_source_bytes_max) return tl::unexpected(nowhere(MessageFault::too_large));
    if (!valid_utf8(source) || source.find('\0') != std::string::npos)
        return tl::unexpected(nowhere(MessageFault::not_utf8));
    auto tags = scan_tags(source, part);
    if (!tags) return tl::unexpected(tags.error());
    if (const auto named = resolve_names(source, *tags, names); !named) return tl::unexpected(named.error());
    if (part == MessagePart::html)
        if (const auto html = check_html(source, *tags); !html) return tl::unexpected(html.error());
    const mustache::mustache parsed(source);
    ensure(parsed.is_valid(), "the library reads a template as our own check does");
    auto per_pass = bytes_per_pass(source, *tags);
    return MessageText(std::make_unique<Compiled>(Compiled{std::move(source), part, std::move(per_pass)}));
}

MessageText::MessageText(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
MessageText::MessageText(MessageText&&) noexcept = default;
MessageText& MessageText::operator=(MessageText&&) noexcept = default;
MessageText::~MessageText() = default;

tl::expected<std::string, MessageRefusal> MessageText::render(const MessageData& data) const {
    const mustache::data root = to_library(data, 0);
    // The library's template changes while it renders: each call reads its own, about 1 ms for 64 KB.
    mustache::mustache parsed(compiled_->source);
    if (compiled_->part == MessagePart::text)
        parsed.set_custom_escape([](const std::string& text) { return text; });
    CountedContext context(&root, compiled_->per_pass);
    BoundedOutput output;
    try {
        parsed.render(context, output);
    } catch (const Stopped& stopped) {
        return tl::unexpected(nowhere(stopped.fault));
    }
    return std::move(output.text);
}

MessageData& MessageData::text(std::string name, std::string value) {
    values.emplace_back(std::move(name), std::move(value));
    return *this;
}
MessageData& MessageData::flag(std::string name, bool value) {
    values.emplace_back(std::move(name), value);
    return *this;
}
MessageData& MessageData::rows(std::string name, Rows rows) {
    values.emplace_back(std::move(name), std::move(rows));
    return *this;
}
MessageData& MessageData::object(std::string name, MessageData inner) {
    values.emplace_back(std::move(name), std::make_unique<MessageData>(std::move(inner)));
    return *this;
}

std::string_view name_of(MessageFault fault) {
    constexpr std::string_view names[] = {"too_large",         "not_utf8",
                                          "tag_unclosed",      "section_unclosed",
                                          "section_unopened",  "too_deep",
                                          "name_unknown",      "name_not_a_text",
                                          "partial_refused",   "delimiters_refused",
                                          "unescaped_refused", "html_broken",
                                          "html_tag_refused",  "html_attribute_refused",
                                          "html_link_refused", "output_too_large",
                                          "takes_too_long"};
    return names[static_cast<std::size_t>(fault)];
}

}  // namespace countback::formats
