// Writes one e-mail as RFC 5322 and MIME. The same input gives the same bytes, so that what is kept as
// evidence can be hashed before it is sent; nothing in a name, subject or header can begin a header of its
// own.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace countback::formats {

struct Mailbox {
    std::string name;     ///< shown to people; may be empty; any script
    std::string address;  ///< checked and put in ASCII as net/address.h does
};

struct Attachment {
    std::string name;  ///< file name, any script; no path
    std::string type;  ///< `application/pdf`
    std::string bytes;
    /// Set for a picture that the HTML shows as `cid:…`: letters, digits, dots and hyphens.
    std::string content_id{};
};

struct ExtraHeader {
    std::string name;   ///< letters, digits, hyphens; none of those the message has of its own
    std::string value;  ///< any script
};

struct OutgoingMail {
    Mailbox from;
    Mailbox reply_to;  ///< empty address = none
    std::vector<Mailbox> to;
    std::vector<Mailbox> cc;
    std::string subject;
    std::string text;  ///< the plain part; at least one of text and html is there
    std::string html;
    std::vector<Attachment> attachments;
    std::string message_id;            ///< `a1b2@desk.test`, without brackets; also makes the boundaries
    std::string in_reply_to;           ///< the same form, empty = none
    std::int64_t unix_seconds = 0;     ///< the Date header, in UTC
    std::vector<ExtraHeader> headers;  ///< `Auto-Submitted`, …
};

enum class MailFault : std::uint8_t {
    address_invalid,
    recipients_missing,
    control_character,  ///< a line end or another control character in a name, subject, file name or header
    not_utf8,
    body_missing,
    message_id_invalid,
    header_invalid,  ///< the name cannot be one, or belongs to the message itself
    type_invalid,    ///< an attachment's type is no `type/subtype`
    content_id_invalid,
};
std::string_view name_of(MailFault fault);  ///< `control_character`

struct MailRefusal {
    MailFault fault;
    std::string where;  ///< the field, and the value where it may be shown: `to: a@b@c`
};

/// The whole message with CRLF line ends, ASCII throughout. text and html become a multipart/alternative,
/// with attachments inside a multipart/mixed (pictures of the HTML beside it in a multipart/related).
tl::expected<std::string, MailRefusal> write_mail(const OutgoingMail& mail);

}  // namespace countback::formats
