#include "formats/message_tags.h"

#include <algorithm>

#include "base/text.h"

namespace countback::formats {
namespace {

tl::unexpected<MessageRefusal> refuse_at(MessageFault fault, std::string_view source, std::size_t at,
                                         std::string name = {}) {
    return tl::unexpected(refusal_at(fault, source, at, std::move(name)));
}

/// The library trims by these.
std::string_view without_space(std::string_view text) {
    constexpr std::string_view space = " \t\n\v\f\r";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::optional<TagType> type_of(char sign) {
    switch (sign) {
        case '#':
            return TagType::section;
        case '^':
            return TagType::inverted;
        case '/':
            return TagType::close;
        case '!':
            return TagType::comment;
        case '&':
            return TagType::unescaped;
        default:
            return std::nullopt;
    }
}

/// The tag that begins at `at`.
tl::expected<MessageTag, MessageRefusal> tag_at(std::string_view source, std::size_t at, MessagePart part) {
    const bool triple = source.substr(at).starts_with("{{{");
    const std::string_view closing = triple ? "}}}" : "}}";
    const std::size_t inside = at + (triple ? 3 : 2);
    const std::size_t end = source.find(closing, inside);
    if (end == std::string_view::npos) return refuse_at(MessageFault::tag_unclosed, source, at);
    MessageTag tag;
    tag.begin = at;
    tag.end = end + closing.size();
    std::string_view content = without_space(source.substr(inside, end - inside));
    const char sign = content.empty() ? ' ' : content.front();
    if (sign == '>') return refuse_at(MessageFault::partial_refused, source, at);
    if (sign == '=') return refuse_at(MessageFault::delimiters_refused, source, at);
    const auto type = triple ? TagType::unescaped : type_of(sign);
    if (type && !triple) content = without_space(content.substr(1));
    tag.type = type.value_or(TagType::variable);
    tag.name = content;
    if (tag.type == TagType::unescaped && part == MessagePart::html)
        return refuse_at(MessageFault::unescaped_refused, source, at, tag.name);
    return tag;
}

const MessageName* find(const MessageNames& names, std::string_view name) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.name == name; });
    return found == names.end() ? nullptr : &*found;
}

/// `a.b` inside one scope.
const MessageName* find_path(const MessageNames& scope, std::string_view path) {
    const MessageNames* names = &scope;
    const MessageName* found = nullptr;
    for (const auto step : split(path, '.')) {
        if (found != nullptr && found->kind != NameKind::object) return nullptr;
        found = find(*names, step);
        if (found == nullptr) return nullptr;
        names = &found->inner;
    }
    return found;
}

struct OpenSection {
    const MessageTag* tag;
    const MessageNames* scope;  ///< what its inside adds, or null
};

const MessageName* look_up(const std::vector<OpenSection>& open, const MessageNames& names,
                           std::string_view path) {
    for (auto section = open.rbegin(); section != open.rend(); ++section) {
        if (section->scope == nullptr) continue;
        if (const auto* found = find_path(*section->scope, path)) return found;
    }
    return find_path(names, path);
}

bool is_text(NameKind kind) { return kind == NameKind::text || kind == NameKind::link; }
bool opens(const MessageTag& tag) { return tag.type == TagType::section || tag.type == TagType::inverted; }

}  // namespace

MessageRefusal refusal_at(MessageFault fault, std::string_view source, std::size_t at, std::string name) {
    MessageRefusal refusal{fault, std::move(name), 1, 1};
    for (const char c : source.substr(0, at)) {
        if (c == '\n') {
            ++refusal.line;
            refusal.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
            ++refusal.column;
        }
    }
    if (refusal.name.size() > 80) {
        std::size_t end = 80;
        while ((static_cast<unsigned char>(refusal.name[end]) & 0xc0) == 0x80) --end;
        refusal.name.resize(end);
    }
    return refusal;
}

tl::expected<std::vector<MessageTag>, MessageRefusal> scan_tags(std::string_view source, MessagePart part) {
    std::vector<MessageTag> tags;
    for (std::size_t at = source.find("{{"); at != std::string_view::npos; at = source.find("{{", at)) {
        auto tag = tag_at(source, at, part);
        if (!tag) return tl::unexpected(tag.error());
        at = tag->end;
        tags.push_back(std::move(*tag));
    }
    return tags;
}

Checked resolve_names(std::string_view source, std::vector<MessageTag>& tags, const MessageNames& names) {
    std::vector<OpenSection> open;
    for (auto& tag : tags) {
        if (tag.type == TagType::comment) continue;
        if (tag.type == TagType::close) {
            if (open.empty() || open.back().tag->name != tag.name)
                return refuse_at(MessageFault::section_unopened, source, tag.begin, tag.name);
            open.pop_back();
            continue;
        }
        const MessageName* found = look_up(open, names, tag.name);
        if (found == nullptr) return refuse_at(MessageFault::name_unknown, source, tag.begin, tag.name);
        tag.kind = found->kind;
        if (!opens(tag)) {
            if (!is_text(tag.kind))
                return refuse_at(MessageFault::name_not_a_text, source, tag.begin, tag.name);
            continue;
        }
        if (open.size() >= static_cast<std::size_t>(message_depth_max))
            return refuse_at(MessageFault::too_deep, source, tag.begin, tag.name);
        const bool adds = tag.type == TagType::section && !found->inner.empty();
        open.push_back({&tag, adds ? &found->inner : nullptr});
    }
    if (!open.empty())
        return refuse_at(MessageFault::section_unclosed, source, open.back().tag->begin,
                         open.back().tag->name);
    return {};
}

std::map<std::string, std::size_t> bytes_per_pass(std::string_view source,
                                                  const std::vector<MessageTag>& tags) {
    std::map<std::string, std::size_t> most{{"", source.size()}};
    std::vector<const MessageTag*> open;
    for (const auto& tag : tags) {
        if (opens(tag)) open.push_back(&tag);
        if (tag.type != TagType::close) continue;
        auto& known = most[tag.name];
        known = std::max(known, tag.end - open.back()->begin);
        open.pop_back();
    }
    return most;
}

}  // namespace countback::formats
