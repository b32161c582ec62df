#include "formats/mime.h"

#include <gmime/gmime.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace countback::formats;

namespace {

OutgoingMail mail() {
    OutgoingMail one;
    one.from = {"Comptabilité, Société Générée", "desk@us.test"};
    one.reply_to = {"", "reply+k1@capture.us.test"};
    one.to = {{"北京商贸有限公司", "ap@acme.test"}, {"شركة النور", "ap@bücher.test"}};
    one.cc = {{"O'Neil \"Jim\" <x>", "cfo@acme.test"}};
    one.subject =
        "Relance : facture n° 2026-001 échue, 请付款 — une ligne assez longue pour être pliée en deux";
    one.text = "Bonjour,\n\n.\nFrom here: 1 200,00 €\n" + std::string(1200, 'x') + "\n";
    one.html = "<p>Bonjour é</p>";
    one.attachments = {{"relevé 2026-03.pdf", "application/pdf", std::string("%PDF\0\xff\r\n.\r\n", 12)},
                       {"logo.png", "image/png", "PNG", "logo"}};
    one.message_id = "m1.c7@desk.us.test";
    one.unix_seconds = 1772355600;  // 2026-03-01 09:00:00 UTC
    one.headers = {{"Auto-Submitted", "auto-generated"}};
    return one;
}

/// The message read back by the library's parser.
class ReadBack {
public:
    explicit ReadBack(const std::string& bytes) {
        GMimeStream* stream = g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size());
        GMimeParser* parser = g_mime_parser_new_with_stream(stream);
        message_ = g_mime_parser_construct_message(parser, nullptr);
        g_object_unref(parser);
        g_object_unref(stream);
    }
    ~ReadBack() { g_object_unref(message_); }
    GMimeMessage* get() const { return message_; }
    GMimeObject* part(std::initializer_list<int> path) const {
        GMimeObject* at = g_mime_message_get_mime_part(message_);
        for (const int index : path) at = g_mime_multipart_get_part(GMIME_MULTIPART(at), index);
        return at;
    }
    static std::string type_of(GMimeObject* part) {
        char* type = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part));
        std::string text = type;
        g_free(type);
        return text;
    }
    static std::string bytes_of(GMimeObject* part) {
        GMimeStream* stream = g_mime_stream_mem_new();
        g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), stream);
        const GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
        std::string bytes(reinterpret_cast<const char*>(array->data), array->len);
        g_object_unref(stream);
        return bytes;
    }

private:
    GMimeMessage* message_;
};

std::string fault_of(const OutgoingMail& one) {
    const auto written = write_mail(one);
    return written ? "none" : std::string(name_of(written.error().fault)) + " " + written.error().where;
}

template <class Change>
std::string fault_with(Change change) {
    OutgoingMail one = mail();
    change(one);
    return fault_of(one);
}

std::string with_line_feeds(std::string text) {
    std::erase(text, '\r');
    return text;
}

}  // namespace

TEST(Mime, says_the_same_when_read_back) {
    const auto bytes = write_mail(mail());
    ASSERT_TRUE(bytes);
    const ReadBack read(*bytes);
    EXPECT_NE(bytes->find("<ap@xn--bcher-kva.test>"), std::string::npos);
    EXPECT_STREQ(g_mime_message_get_subject(read.get()), mail().subject.c_str());
    EXPECT_STREQ(g_mime_message_get_message_id(read.get()), "m1.c7@desk.us.test");
    EXPECT_EQ(g_date_time_to_unix(g_mime_message_get_date(read.get())), 1772355600);
    InternetAddressList* to = g_mime_message_get_to(read.get());
    ASSERT_EQ(internet_address_list_length(to), 2);
    InternetAddress* second = internet_address_list_get_address(to, 1);
    EXPECT_STREQ(internet_address_get_name(second), "شركة النور");
    EXPECT_STREQ(internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(second)),
                 "ap@xn--bcher-kva.test");
    InternetAddress* cc = internet_address_list_get_address(g_mime_message_get_cc(read.get()), 0);
    EXPECT_STREQ(internet_address_get_name(cc), "O'Neil \"Jim\" <x>");
    EXPECT_STREQ(g_mime_object_get_header(GMIME_OBJECT(read.get()), "Auto-Submitted"), "auto-generated");
}

TEST(Mime, words_inside_related_inside_mixed) {
    const auto bytes = write_mail(mail());
    const ReadBack read(*bytes);
    EXPECT_EQ(ReadBack::type_of(read.part({})), "multipart/mixed");
    EXPECT_EQ(ReadBack::type_of(read.part({0})), "multipart/related");
    EXPECT_EQ(ReadBack::type_of(read.part({0, 0})), "multipart/alternative");
    EXPECT_EQ(with_line_feeds(ReadBack::bytes_of(read.part({0, 0, 0}))), mail().text);
    EXPECT_EQ(ReadBack::bytes_of(read.part({0, 0, 1})), mail().html);
    EXPECT_STREQ(g_mime_object_get_content_type_parameter(read.part({0, 0, 1}), "charset"), "utf-8");
    EXPECT_STREQ(g_mime_part_get_content_id(GMIME_PART(read.part({0, 1}))), "logo");
    EXPECT_STREQ(g_mime_part_get_filename(GMIME_PART(read.part({1}))), "relevé 2026-03.pdf");
    EXPECT_EQ(ReadBack::bytes_of(read.part({1})), mail().attachments[0].bytes);
    OutgoingMail plain = mail();
    plain.html.clear();
    plain.attachments.clear();
    EXPECT_EQ(ReadBack::type_of(ReadBack(*write_mail(plain)).part({})), "text/plain");
}

TEST(Mime, the_same_mail_is_the_same_bytes_short_ascii_lines) {
    const std::string bytes = *write_mail(mail());
    EXPECT_EQ(bytes, *write_mail(mail()));
    std::size_t line = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const auto c = static_cast<unsigned char>(bytes[at]);
        ASSERT_LT(c, 0x80);
        ASSERT_TRUE(c != '\n' || (at > 0 && bytes[at - 1] == '\r')) << bytes.substr(0, at);
        ASSERT_TRUE(c != '\r' || (at + 1 < bytes.size() && bytes[at + 1] == '\n'));
        line = c == '\n' ? 0 : line + 1;
        ASSERT_LE(line, 999u);
    }
}

TEST(Mime, nothing_begins_a_header_of_its_own) {
    EXPECT_EQ(fault_with([](auto& m) { m.subject = "a\r\nBcc: x@evil.test"; }), "control_character subject");
    EXPECT_EQ(fault_with([](auto& m) { m.to[0].name = "a\nBcc: x@evil.test"; }), "control_character to name");
    EXPECT_EQ(fault_with([](auto& m) { m.to[0].address = "a@b@c"; }), "address_invalid to: a@b@c");
    EXPECT_EQ(fault_with([](auto& m) { m.attachments[0].name = "a\r\nX: y"; }),
              "control_character attachment");
    EXPECT_EQ(fault_with([](auto& m) { m.attachments[0].type = "a/b; x=y"; }), "type_invalid a/b; x=y");
    EXPECT_EQ(fault_with([](auto& m) { m.attachments[1].content_id = "<a>"; }), "content_id_invalid <a>");
    EXPECT_EQ(fault_with([](auto& m) { m.message_id = "a b@c"; }), "message_id_invalid a b@c");
    EXPECT_EQ(fault_with([](auto& m) { m.headers[0].name = "Bcc"; }), "header_invalid Bcc");
    EXPECT_EQ(fault_with([](auto& m) { m.headers[0].name = "X: y\r\nZ"; }), "header_invalid X: y\r\nZ");
    EXPECT_EQ(fault_with([](auto& m) { m.headers[0].value = "a\rb"; }), "control_character Auto-Submitted");
    EXPECT_EQ(fault_with([](auto& m) { m.subject = "\xff"; }), "not_utf8 subject");
    EXPECT_EQ(fault_with([](auto& m) { m.to.clear(); }), "recipients_missing to");
    EXPECT_EQ(fault_with([](auto& m) { m.text.clear(), m.html.clear(); }), "body_missing text");
    EXPECT_EQ(fault_with([](auto& m) { m.text = std::string("a\0b", 3); }), "control_character text");
}

TEST(Mime, a_subject_that_looks_like_an_encoded_word_is_shown_as_it_is) {
    for (const std::string& subject : {std::string("=?utf-8?q?Paid?= twice"), std::string(2000, 'x')}) {
        OutgoingMail one = mail();
        one.subject = subject;
        one.to[0].name = subject;
        const std::string bytes = *write_mail(one);
        const ReadBack read(bytes);
        EXPECT_EQ(g_mime_message_get_subject(read.get()), subject);
        InternetAddressList* to = g_mime_message_get_to(read.get());
        EXPECT_EQ(internet_address_get_name(internet_address_list_get_address(to, 0)), subject);
        for (std::size_t at = bytes.find("=?UTF-8?B?"); at != bytes.npos;
             at = bytes.find("=?UTF-8?B?", at + 1))
            EXPECT_LE(bytes.find("?=", at + 10) + 2 - at, 75u);
    }
}

TEST(Mime, any_subject_and_name_come_back_and_add_no_header) {
    const ReadBack known(*write_mail(mail()));
    const int headers =
        g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(known.get())));
    EXPECT_TRUE(rc::check([headers](const std::vector<std::uint16_t>& letters) {
        std::string words;
        for (const std::uint32_t letter : letters) {
            const auto code = letter % 0x2000 + 0x21;
            if (code < 0x7f) words += static_cast<char>(code);
            if (code < 0xa0) continue;
            if (code < 0x800)
                words += {static_cast<char>(0xc0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
            if (code >= 0x800)
                words += {static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
                          static_cast<char>(0x80 | (code & 63))};
        }
        OutgoingMail one = mail();
        one.subject = words + "s";
        one.to[0].name = words + "n";
        const ReadBack read(*write_mail(one));
        RC_ASSERT(std::string(g_mime_message_get_subject(read.get())) == one.subject);
        InternetAddressList* to = g_mime_message_get_to(read.get());
        RC_ASSERT(internet_address_list_length(to) == 2);
        RC_ASSERT(std::string(internet_address_get_name(internet_address_list_get_address(to, 0))) ==
                  one.to[0].name);
        RC_ASSERT(g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(read.get()))) ==
                  headers);
    }));
}
