#include "formats/mime.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>

#include "base/ensure.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "net/address.h"

namespace countback::formats {
namespace {

struct Unref {
    template <class T>
    void operator()(T* object) const {
        g_object_unref(object);
    }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

void start_library() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

using Checked = tl::expected<void, MailRefusal>;

tl::unexpected<MailRefusal> refuse(MailFault fault, std::string where) {
    return tl::unexpected(MailRefusal{fault, std::move(where)});
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_word(std::string_view text, std::string_view signs) {
    const auto fits = [&](char c) { return is_letter_or_digit(c) || signs.find(c) != signs.npos; };
    return !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), fits);
}
bool is_message_id(std::string_view id) {
    constexpr std::string_view signs = ".-_+=$";
    const std::size_t at = id.find('@');
    return at != id.npos && is_word(id.substr(0, at), signs) && is_word(id.substr(at + 1), ".-");
}
bool is_type(std::string_view type) {
    const std::size_t slash = type.find('/');
    return slash != type.npos && is_word(type.substr(0, slash), "-") &&
           is_word(type.substr(slash + 1), ".+-");
}

Checked one_line(std::string_view text, const std::string& field) {
    if (has_control(text)) return refuse(MailFault::control_character, field);
    if (!valid_utf8(text)) return refuse(MailFault::not_utf8, field);
    return {};
}

Checked body(std::string_view text, const std::string& field) {
    if (!valid_utf8(text)) return refuse(MailFault::not_utf8, field);
    if (text.find('\0') != text.npos) return refuse(MailFault::control_character, field);
    return {};
}

Checked mailbox(const Mailbox& one, const std::string& field) {
    if (const auto name = one_line(one.name, field + " name"); !name) return name;
    if (!net::mail_address(one.address))
        return refuse(MailFault::address_invalid, field + ": " + one.address);
    return {};
}

Checked mailboxes(const OutgoingMail& mail) {
    if (const auto from = mailbox(mail.from, "from"); !from) return from;
    if (!mail.reply_to.address.empty())
        if (const auto reply = mailbox(mail.reply_to, "reply_to"); !reply) return reply;
    if (mail.to.empty()) return refuse(MailFault::recipients_missing, "to");
    for (const auto& one : mail.to)
        if (const auto to = mailbox(one, "to"); !to) return to;
    for (const auto& one : mail.cc)
        if (const auto cc = mailbox(one, "cc"); !cc) return cc;
    return {};
}

Checked header(const ExtraHeader& one) {
    constexpr std::array<std::string_view, 13> own = {
        "from", "to",         "cc",          "bcc",        "reply-to",     "sender",  "subject",
        "date", "message-id", "in-reply-to", "references", "mime-version", "received"};
    const std::string name = ascii_lower(one.name);
    const bool taken = std::find(own.begin(), own.end(), name) != own.end() || name.starts_with("content-");
    if (taken || !is_word(one.name, "-")) return refuse(MailFault::header_invalid, one.name);
    return one_line(one.value, one.name);
}

Checked attachment(const Attachment& one) {
    if (!is_type(one.type)) return refuse(MailFault::type_invalid, one.type);
    if (!one.content_id.empty() && !is_word(one.content_id, ".-"))
        return refuse(MailFault::content_id_invalid, one.content_id);
    return one_line(one.name, "attachment");
}

Checked check(const OutgoingMail& mail) {
    if (const auto all = mailboxes(mail); !all) return all;
    if (const auto subject = one_line(mail.subject, "subject"); !subject) return subject;
    if (!is_message_id(mail.message_id)) return refuse(MailFault::message_id_invalid, mail.message_id);
    if (!mail.in_reply_to.empty() && !is_message_id(mail.in_reply_to))
        return refuse(MailFault::message_id_invalid, mail.in_reply_to);
    if (mail.text.empty() && mail.html.empty()) return refuse(MailFault::body_missing, "text");
    if (const auto text = body(mail.text, "text"); !text) return text;
    if (const auto html = body(mail.html, "html"); !html) return html;
    for (const auto& one : mail.headers)
        if (const auto fits = header(one); !fits) return fits;
    for (const auto& one : mail.attachments)
        if (const auto fits = attachment(one); !fits) return fits;
    return {};
}

bool is_plain(std::string_view text) {
    constexpr std::size_t word_max = 60;
    std::size_t word = 0;
    for (const char c : text) {
        word = c == ' ' ? 0 : word + 1;
        if (static_cast<unsigned char>(c) >= 0x80 || word > word_max) return false;
    }
    return text.find("=?") == text.npos;
}

bool begins_letter(std::string_view text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
}

std::string base64_word(std::string_view bytes) {
    gchar* letters = g_base64_encode(reinterpret_cast<const guchar*>(bytes.data()), bytes.size());
    std::string word = "=?UTF-8?B?" + std::string(letters) + "?=";
    g_free(letters);
    return word;
}

std::string quoted_word(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string word = "=?UTF-8?Q?";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        word += {'=', digits[byte >> 4], digits[byte & 15]};
    }
    return word + "?=";
}

/// The next word of at most 75 characters, cut between letters; takes its bytes from `text`. Base64 where it
/// needs no padding, because there are readers that stop at padding in the middle; else quoted.
std::string next_word(std::string_view& text) {
    constexpr std::size_t base64_bytes = 45;
    constexpr std::size_t quoted_bytes = 21;
    const auto take = [&text](std::size_t bytes) {
        const std::string_view taken = text.substr(0, bytes);
        text.remove_prefix(bytes);
        return taken;
    };
    if (text.size() <= base64_bytes) return base64_word(take(text.size()));
    for (std::size_t end = base64_bytes; end > quoted_bytes; end -= 3)
        if (begins_letter(text, end)) return base64_word(take(end));
    std::size_t end = quoted_bytes;
    while (!begins_letter(text, end)) --end;
    return quoted_word(take(end));
}

/// RFC 2047. The library's own encoder makes too long words of Chinese, and lets a text that looks like an
/// encoded word pass as one.
std::string encoded_words(std::string_view text) {
    if (is_plain(text)) return std::string(text);
    std::string out = next_word(text);
    while (!text.empty()) out += " " + next_word(text);
    return out;
}

void add_mailbox(GMimeMessage* message, GMimeAddressType kind, const Mailbox& one) {
    const std::string address = *net::mail_address(one.address);
    const std::string name = encoded_words(trim(one.name));
    g_mime_message_add_mailbox(message, kind, name.empty() ? nullptr : name.c_str(), address.c_str());
}

class PartMaker {
public:
    explicit PartMaker(const OutgoingMail& mail) : mail_(mail) {}

    Owned<GMimeObject> body() {
        Owned<GMimeObject> inner = words();
        inner = beside(std::move(inner), "related",
                       [](const Attachment& one) { return !one.content_id.empty(); });
        return beside(std::move(inner), "mixed",
                      [](const Attachment& one) { return one.content_id.empty(); });
    }

private:
    Owned<GMimeObject> words() {
        if (mail_.html.empty()) return text_part("plain", mail_.text);
        if (mail_.text.empty()) return text_part("html", mail_.html);
        Owned<GMimeMultipart> both = multipart("alternative");
        g_mime_multipart_add(both.get(), text_part("plain", mail_.text).get());
        g_mime_multipart_add(both.get(), text_part("html", mail_.html).get());
        return Owned<GMimeObject>(GMIME_OBJECT(both.release()));
    }

    template <class Wanted>
    Owned<GMimeObject> beside(Owned<GMimeObject> inner, const char* subtype, Wanted wanted) {
        const auto& all = mail_.attachments;
        if (std::none_of(all.begin(), all.end(), wanted)) return inner;
        Owned<GMimeMultipart> outer = multipart(subtype);
        g_mime_multipart_add(outer.get(), inner.get());
        for (const auto& one : all)
            if (wanted(one)) g_mime_multipart_add(outer.get(), file_part(one).get());
        return Owned<GMimeObject>(GMIME_OBJECT(outer.release()));
    }

    /// Boundaries come from the message id: the same message, the same bytes.
    Owned<GMimeMultipart> multipart(const char* subtype) {
        Owned<GMimeMultipart> made(g_mime_multipart_new_with_subtype(subtype));
        const std::string seed = mail_.message_id + "/" + subtype;
        g_mime_multipart_set_boundary(made.get(), ("=_" + crypto::sha256_hex(seed).substr(0, 32)).c_str());
        return made;
    }

    /// Not the library's own text part: that one picks a narrower character set by itself.
    static Owned<GMimeObject> text_part(const char* subtype, const std::string& text) {
        GMimePart* part = part_of("text", subtype, text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
        g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
        return Owned<GMimeObject>(GMIME_OBJECT(part));
    }

    static Owned<GMimeObject> file_part(const Attachment& one) {
        const std::size_t slash = one.type.find('/');
        GMimePart* part = part_of(one.type.substr(0, slash).c_str(), one.type.substr(slash + 1).c_str(),
                                  one.bytes, GMIME_CONTENT_ENCODING_BASE64);
        g_mime_object_set_disposition(GMIME_OBJECT(part), one.content_id.empty() ? "attachment" : "inline");
        g_mime_part_set_filename(part, one.name.c_str());
        if (!one.content_id.empty()) g_mime_part_set_content_id(part, one.content_id.c_str());
        return Owned<GMimeObject>(GMIME_OBJECT(part));
    }

    static GMimePart* part_of(const char* type, const char* subtype, const std::string& bytes,
                              GMimeContentEncoding encoding) {
        GMimePart* part = g_mime_part_new_with_type(type, subtype);
        const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
        const Owned<GMimeDataWrapper> content(
            g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
        g_mime_part_set_content(part, content.get());
        g_mime_part_set_content_encoding(part, encoding);
        return part;
    }

    const OutgoingMail& mail_;
};

struct FreeFormat {
    void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
};

std::string written(GMimeMessage* message) {
    const std::unique_ptr<GMimeFormatOptions, FreeFormat> format(g_mime_format_options_new());
    g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
    g_mime_format_options_set_param_encoding_method(format.get(), GMIME_PARAM_ENCODING_METHOD_RFC2231);
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    ensure(g_mime_object_write_to_stream(GMIME_OBJECT(message), format.get(), stream.get()) >= 0,
           "a message can be written to memory");
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

void add_date(GMimeMessage* message, std::int64_t unix_seconds) {
    GDateTime* date = g_date_time_new_from_unix_utc(unix_seconds);
    ensure(date != nullptr, "a message's date is a date");
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
}

}  // namespace

tl::expected<std::string, MailRefusal> write_mail(const OutgoingMail& mail) {
    if (const auto fits = check(mail); !fits) return tl::unexpected(fits.error());
    start_library();
    const Owned<GMimeMessage> message(g_mime_message_new(TRUE));
    add_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, mail.from);
    if (!mail.reply_to.address.empty())
        add_mailbox(message.get(), GMIME_ADDRESS_TYPE_REPLY_TO, mail.reply_to);
    for (const auto& one : mail.to) add_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, one);
    for (const auto& one : mail.cc) add_mailbox(message.get(), GMIME_ADDRESS_TYPE_CC, one);
    const std::string subject = encoded_words(mail.subject);
    g_mime_message_set_subject(message.get(), subject.c_str(), "utf-8");
    add_date(message.get(), mail.unix_seconds);
    g_mime_message_set_message_id(message.get(), mail.message_id.c_str());
    GMimeObject* object = GMIME_OBJECT(message.get());
    if (!mail.in_reply_to.empty()) {
        const std::string reference = "<" + mail.in_reply_to + ">";
        g_mime_object_set_header(object, "In-Reply-To", reference.c_str(), "utf-8");
        g_mime_object_set_header(object, "References", reference.c_str(), "utf-8");
    }
    for (const auto& one : mail.headers)
        g_mime_object_append_header(object, one.name.c_str(), encoded_words(one.value).c_str(), "utf-8");
    const auto body = PartMaker(mail).body();
    g_mime_message_set_mime_part(message.get(), body.get());
    return written(message.get());
}

std::string_view name_of(MailFault fault) {
    constexpr std::string_view names[] = {"address_invalid", "recipients_missing", "control_character",
                                          "not_utf8",        "body_missing",       "message_id_invalid",
                                          "header_invalid",  "type_invalid",       "content_id_invalid"};
    return names[static_cast<std::size_t>(fault)];
}

}  // namespace countback::formats
