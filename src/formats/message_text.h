// Texts of messages that users write: Mustache with the logic taken out, so that a template can neither
// attack a reader nor stop the program.
//
//   Dear {{contact.name}},                          a text
//   {{#items}}{{number}}  {{open}}{{/items}}        once for each row of a list
//   {{#penalties}}…{{/penalties}}                   only when the flag is set, the text is not empty
//   {{^phone}}…{{/phone}}                           only when there is none
//   {{! for colleagues, not for the customer }}     a comment
//
// Everything a template may name is in a published list and is checked when the template is read; so are its
// size, its depth and, in HTML, its tags and links. Rendering is bounded in bytes and in work.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace countback::formats {

constexpr std::size_t message_source_bytes_max = 64 * 1024;
constexpr std::size_t message_output_bytes_max = 512 * 1024;
constexpr int message_depth_max = 4;  ///< sections inside sections

enum class MessagePart : std::uint8_t {
    text,  ///< subject or plain text: values as they are
    html,  ///< values escaped; a short list of tags and attributes, no script, links to the web only
};

enum class NameKind : std::uint8_t {
    text,    ///< a word or an amount, written out in the message's language
    link,    ///< a text that is an address of ours: the only one that may begin a link in HTML
    flag,    ///< yes or no, for sections
    list,    ///< rows, for sections; each row has the inner names
    object,  ///< inner names, by `a.b` or inside its section
};

/// One name of the published list.
struct MessageName {
    std::string name;  ///< letters, digits and `_`
    NameKind kind = NameKind::text;
    std::vector<MessageName> inner{};  ///< of a list's rows or an object
};
using MessageNames = std::vector<MessageName>;

/// What fills a template. A name that has no value counts as empty.
struct MessageData {
    using Rows = std::vector<MessageData>;
    using Value = std::variant<std::string, bool, Rows, std::unique_ptr<MessageData>>;
    std::vector<std::pair<std::string, Value>> values;

    MessageData& text(std::string name, std::string value);
    MessageData& flag(std::string name, bool value);
    MessageData& rows(std::string name, Rows rows);
    MessageData& object(std::string name, MessageData inner);
};

enum class MessageFault : std::uint8_t {
    too_large,               ///< the source is over 64 KB
    not_utf8,                ///< not UTF-8, or holds a zero byte
    tag_unclosed,            ///< `{{` without `}}`
    section_unclosed,        ///< `{{#a}}` without `{{/a}}`
    section_unopened,        ///< `{{/a}}` where `a` is not the open section
    too_deep,                ///< more than 4 sections inside each other
    name_unknown,            ///< not in the published list at this place
    name_not_a_text,         ///< a list, flag or object where a text is wanted
    partial_refused,         ///< `{{>…}}`
    delimiters_refused,      ///< `{{=…=}}`
    unescaped_refused,       ///< `{{{…}}}` or `{{&…}}` in HTML
    html_broken,             ///< a tag, comment or quote without its end
    html_tag_refused,        ///< `<script>`, `<form>`, … : not in the list of tags
    html_attribute_refused,  ///< `onclick`, … : not in the list, not quoted, or filled from data by name
    html_link_refused,       ///< a link or picture that begins neither `https:` … nor with one of our links
    output_too_large,        ///< rendered over 512 KB
    takes_too_long,          ///< more work than any real message
};
std::string_view name_of(MessageFault fault);  ///< `name_unknown`

struct MessageRefusal {
    MessageFault fault;
    std::string name;  ///< of the variable, section, tag or attribute; else empty
    int line = 0;      ///< from 1; 0 = no one place
    int column = 0;    ///< from 1, in characters
};

/// A template that was read and found good. Immutable; used by several threads at once.
class MessageText {
public:
    static tl::expected<MessageText, MessageRefusal> read(std::string source, MessagePart part,
                                                          const MessageNames& names);
    MessageText(MessageText&&) noexcept;
    MessageText& operator=(MessageText&&) noexcept;
    ~MessageText();

    /// Refuses only by `output_too_large` and `takes_too_long`.
    tl::expected<std::string, MessageRefusal> render(const MessageData& data) const;

private:
    struct Compiled;
    explicit MessageText(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace countback::formats
