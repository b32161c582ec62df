// HTML that a mail program shows and nothing more: a list of tags and attributes, everything else is refused
// at the place where it stands. Not a repairer: a template that passes is sent as it was written.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "formats/message_tags.h"

namespace countback::formats {
namespace {

constexpr std::array<std::string_view, 44> tags_known = {
    "html",       "head",   "body", "title",   "meta",     "style", "table",  "thead", "tbody",
    "tfoot",      "tr",     "td",   "th",      "p",        "br",    "hr",     "h1",    "h2",
    "h3",         "h4",     "div",  "span",    "a",        "img",   "strong", "em",    "b",
    "i",          "u",      "s",    "small",   "sup",      "sub",   "ul",     "ol",    "li",
    "blockquote", "center", "font", "caption", "colgroup", "col",   "pre",    "code"};
constexpr std::array<std::string_view, 29> attributes_known = {
    "style",       "class",       "align",   "valign",      "width",     "height",  "bgcolor", "border",
    "cellpadding", "cellspacing", "colspan", "rowspan",     "href",      "src",     "alt",     "title",
    "lang",        "dir",         "role",    "name",        "content",   "charset", "scope",   "id",
    "color",       "face",        "size",    "aria-hidden", "aria-label"};
constexpr std::array<std::string_view, 4> link_starts = {"https://", "http://", "mailto:", "tel:"};

template <class List>
bool among(const List& list, std::string_view one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

class HtmlCheck {
public:
    HtmlCheck(std::string_view source, const std::vector<MessageTag>& tags) : source_(source), tags_(tags) {}

    Checked run() {
        while (at_ < source_.size()) {
            Checked step = skip_tag() || source_[at_] != '<' ? plain() : markup();
            if (!step) return step;
        }
        return {};
    }

private:
    Checked refuse(MessageFault fault, std::size_t at, std::string_view name = {}) const {
        return tl::unexpected(refusal_at(fault, source_, at, std::string(name)));
    }

    /// The template's tag that begins here, or null.
    const MessageTag* tag_here() {
        while (next_ < tags_.size() && tags_[next_].begin < at_) ++next_;
        return next_ < tags_.size() && tags_[next_].begin == at_ ? &tags_[next_] : nullptr;
    }
    bool skip_tag() {
        const MessageTag* tag = tag_here();
        if (tag == nullptr) return false;
        at_ = tag->end;
        jumped_ = true;
        return true;
    }
    Checked plain() {
        if (!jumped_) ++at_;
        jumped_ = false;
        return {};
    }

    Checked markup() {
        const std::size_t begin = at_;
        if (source_.substr(at_).starts_with("<!--")) return past("-->", begin);
        if (ascii_lower(source_.substr(at_, 9)) == "<!doctype") return past(">", begin);
        ++at_;
        const bool closes = at_ < source_.size() && source_[at_] == '/';
        if (closes) ++at_;
        const std::string name = word();
        if (name.empty() || !among(tags_known, name))
            return refuse(MessageFault::html_tag_refused, begin, name);
        tag_ = name;
        const Checked inside = attributes(begin);
        if (!inside || closes || name != "style") return inside;
        return style(begin);
    }

    Checked past(std::string_view end, std::size_t begin) {
        const std::size_t found = source_.find(end, at_ + 2);
        if (found == std::string_view::npos) return refuse(MessageFault::html_broken, begin);
        // A template's tag could bring the end of a comment; a section could hide half of it.
        if (source_.substr(begin, found - begin).find("{{") != std::string_view::npos)
            return refuse(MessageFault::html_broken, begin);
        at_ = found + end.size();
        return {};
    }

    /// What stands in <style> is for the eye only; nothing from data, no second file.
    Checked style(std::size_t begin) {
        const std::string rest = ascii_lower(source_.substr(at_));
        const std::size_t end = rest.find("</style");
        if (end == std::string::npos) return refuse(MessageFault::html_broken, begin, "style");
        const std::string_view inside = std::string_view(rest).substr(0, end);
        for (const std::string_view bad : {"{{", "@import", "url(", "expression", "<", "\\"})
            if (inside.find(bad) != std::string_view::npos)
                return refuse(MessageFault::html_attribute_refused, at_ + inside.find(bad), "style");
        at_ += end;
        return {};
    }

    std::string word() {
        const std::size_t begin = at_;
        while (at_ < source_.size() && is_name(source_[at_])) ++at_;
        return ascii_lower(source_.substr(begin, at_ - begin));
    }

    /// Sections must open and close on the same side of every bracket and quote: what is hidden together
    /// with half a quote would show what the other half hid. false = they do not.
    static bool keeps_balance(const MessageTag& tag, int& open) {
        if (tag.type == TagType::section || tag.type == TagType::inverted) ++open;
        if (tag.type == TagType::close) --open;
        return open >= 0;
    }

    Checked attributes(std::size_t begin) {
        int open = 0;
        while (at_ < source_.size()) {
            if (const MessageTag* tag = tag_here()) {
                if (tag->type == TagType::variable)
                    return refuse(MessageFault::html_attribute_refused, at_, tag->name);
                if (!keeps_balance(*tag, open)) return refuse(MessageFault::html_broken, begin, tag_);
                at_ = tag->end;
                continue;
            }
            const char c = source_[at_];
            if (c == '>' && open != 0) break;
            if (c == '>') {
                ++at_;
                return {};
            }
            if (is_space(c) || c == '/') {
                ++at_;
                continue;
            }
            if (const Checked one = attribute(); !one) return one;
        }
        return refuse(MessageFault::html_broken, begin, tag_);
    }

    Checked attribute() {
        const std::size_t begin = at_;
        const std::string name = word();
        if (name.empty() || !among(attributes_known, name))
            return refuse(MessageFault::html_attribute_refused, begin, name);
        if (at_ >= source_.size() || source_[at_] != '=') return {};
        ++at_;
        const char quote = at_ < source_.size() ? source_[at_] : ' ';
        if (quote != '"' && quote != '\'') return refuse(MessageFault::html_attribute_refused, begin, name);
        ++at_;
        const std::size_t value_begin = at_;
        const MessageTag* first = tag_here();
        const std::size_t end = end_of_value(quote);
        if (end == std::string_view::npos) return refuse(MessageFault::html_broken, begin, name);
        const std::string_view value = source_.substr(value_begin, end - value_begin);
        at_ = end + 1;
        if (name == "href" || name == "src") return link(value, first, begin);
        if (name == "style") return inline_style(value, begin);
        return {};
    }

    /// The closing quote, passing over templates' tags.
    std::size_t end_of_value(char quote) {
        int open = 0;
        while (at_ < source_.size()) {
            const MessageTag* tag = tag_here();
            if (tag == nullptr && source_[at_] == quote) return open == 0 ? at_ : std::string_view::npos;
            if (tag != nullptr && !keeps_balance(*tag, open)) return std::string_view::npos;
            at_ = tag != nullptr ? tag->end : at_ + 1;
        }
        return std::string_view::npos;
    }

    Checked link(std::string_view value, const MessageTag* first, std::size_t begin) const {
        if (first != nullptr) {
            if (first->type == TagType::variable && first->kind == NameKind::link) return {};
            return refuse(MessageFault::html_link_refused, begin, first->name);
        }
        const std::string low = ascii_lower(value.substr(0, 16));
        for (const auto start : link_starts)
            if (low.starts_with(start)) return {};
        if (low.starts_with("cid:") && tag_ == "img") return {};
        if (low.starts_with("#") && tag_ == "a") return {};
        return refuse(MessageFault::html_link_refused, begin, value.substr(0, 60));
    }

    Checked inline_style(std::string_view value, std::size_t begin) const {
        const std::string low = ascii_lower(value);
        for (const std::string_view bad : {"url(", "expression", "@import", "\\", "&"})
            if (low.find(bad) != std::string::npos)
                return refuse(MessageFault::html_attribute_refused, begin, "style");
        return {};
    }

    std::string_view source_;
    const std::vector<MessageTag>& tags_;
    std::size_t at_ = 0;
    std::size_t next_ = 0;
    bool jumped_ = false;
    std::string tag_;
};

}  // namespace

Checked check_html(std::string_view source, const std::vector<MessageTag>& tags) {
    return HtmlCheck(source, tags).run();
}

}  // namespace countback::formats
