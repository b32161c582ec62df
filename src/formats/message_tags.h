// Inside formats: the tags of a template, found and checked before the library sees it.
#pragma once
#include <map>
#include <optional>

#include "formats/message_text.h"

namespace countback::formats {

enum class TagType : std::uint8_t { variable, unescaped, section, inverted, close, comment };

struct MessageTag {
    TagType type = TagType::variable;
    std::size_t begin = 0;  ///< of `{{`
    std::size_t end = 0;    ///< behind `}}`
    std::string name;
    NameKind kind = NameKind::text;  ///< of the name in its place, once resolved
};

using Checked = tl::expected<void, MessageRefusal>;

MessageRefusal refusal_at(MessageFault fault, std::string_view source, std::size_t at, std::string name = {});

/// All tags in order; refuses what no template may hold.
tl::expected<std::vector<MessageTag>, MessageRefusal> scan_tags(std::string_view source, MessagePart part);

/// Names, kinds and nesting; fills each tag's kind.
Checked resolve_names(std::string_view source, std::vector<MessageTag>& tags, const MessageNames& names);

/// Tags, attributes and links of HTML, with templates' tags standing for what they bring.
Checked check_html(std::string_view source, const std::vector<MessageTag>& tags);

/// For each section's name the most bytes that one pass through such a section walks over; `""` is the whole.
std::map<std::string, std::size_t> bytes_per_pass(std::string_view source,
                                                  const std::vector<MessageTag>& tags);

}  // namespace countback::formats
