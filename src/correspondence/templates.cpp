#include "correspondence/templates.h"

#include <algorithm>
#include <limits>

#include "base/embedded.h"
#include "base/text.h"
#include "correspondence/own_texts.h"
#include "correspondence/queries.h"

namespace countback::embedded {
std::span<const File> message_texts();
}

namespace countback::correspondence {

namespace {

using formats::MessageName;
using formats::MessagePart;
using formats::MessageText;
using formats::NameKind;

constexpr std::size_t subject_letters_max = 500;

constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();

/// Of the versions before that row.
std::optional<TemplateText> saved(store::Connection& connection, std::string_view code,
                                  std::string_view language, std::int64_t before = newest) {
    std::optional<TemplateText> found;
    connection.each(newest_template, {code, language, before}, [&](const store::Row& row) {
        found = TemplateText{std::string(code), std::string(language), std::string(row.text(1)),
                             std::string(row.text(2)), row.integer(0)};
    });
    return found;
}

MessageName word(std::string name) { return {std::move(name), NameKind::text, {}}; }
MessageName flag(std::string name) { return {std::move(name), NameKind::flag, {}}; }
MessageName object(std::string name, std::vector<std::string> inner) {
    MessageName all{std::move(name), NameKind::object, {}};
    for (std::string& one : inner) all.inner.push_back(word(std::move(one)));
    return all;
}

tl::unexpected<Refusal> refused(const formats::MessageRefusal& refusal, int line_before) {
    const std::string reason =
        std::string(name_of(refusal.fault)) + (refusal.name.empty() ? "" : " “" + refusal.name + "”");
    return refuse(RefusalCode::template_invalid,
                  {{"line", std::to_string(refusal.line + line_before)}, {"reason", reason}});
}

Result<std::string> rendered(const std::string& source, const formats::MessageData& data) {
    const auto text = MessageText::read(source, MessagePart::text, template_names());
    if (!text) return refused(text.error(), 0);
    auto result = text->render(data);
    if (!result) return refused(result.error(), 0);
    return std::move(*result);
}

/// A section that is not written leaves no hole: at most one empty line between paragraphs.
std::string without_holes(const std::string& text) {
    std::string kept;
    kept.reserve(text.size());
    for (const char letter : text) {
        if (letter != '\n' || !kept.ends_with("\n\n")) kept += letter;
    }
    return kept;
}

/// One line, whatever a value held.
std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char letter) { return letter < 32; }, ' ');
    return std::string(trim(text));
}

}  // namespace

/// `code.language.txt`: the subject, an empty line, the text.
std::optional<TemplateText> shipped_text(std::string_view code, std::string_view language) {
    const std::string name = std::string(code) + '.' + std::string(language) + ".txt";
    for (const embedded::File& file : embedded::message_texts()) {
        if (file.name != name) continue;
        const auto end = file.bytes.find("\n\n");
        return TemplateText{std::string(code), std::string(language), std::string(file.bytes.substr(0, end)),
                            std::string(file.bytes.substr(end + 2)), 0};
    }
    return std::nullopt;
}

const formats::MessageNames& template_names() {
    static const formats::MessageNames names = [] {
        formats::MessageNames all{object("company", {"name", "address", "registration", "vat_number", "phone",
                                                     "email", "iban", "bic"}),
                                  object("customer", {"name", "code"}),
                                  object("contact", {"name"}),
                                  object("sender", {"name", "email", "phone"}),
                                  word("date"),
                                  word("total"),
                                  word("count"),
                                  flag("several"),
                                  flag("reminded"),
                                  flag("paid_in_part"),
                                  word("items_table"),
                                  word("oldest_due_date"),
                                  word("days_late"),
                                  word("delay"),
                                  word("reference"),
                                  word("documents"),
                                  flag("penalties"),
                                  word("penalty_interest"),
                                  word("penalty_indemnity"),
                                  word("penalty_total"),
                                  word("penalty_rate"),
                                  word("penalty_law"),
                                  word("penalty_billed")};
        MessageName items{"items", NameKind::list, {}};
        for (const char* name : {"number", "type", "issue_date", "due_date", "days_late", "delay", "amount",
                                 "asked", "member"}) {
            items.inner.push_back(word(name));
        }
        MessageName totals{"totals", NameKind::list, {}};
        for (const char* name :
             {"currency", "asked", "to_pay", "outstanding", "overdue", "not_due", "unapplied"}) {
            totals.inner.push_back(word(name));
        }
        MessageName penalties{"penalty_lines", NameKind::list, {}};
        for (const char* name : {"number", "from", "to", "days", "duration", "rate", "amount", "interest"}) {
            penalties.inner.push_back(word(name));
        }
        all.push_back(std::move(penalties));
        all.push_back(std::move(items));
        all.push_back(std::move(totals));
        return all;
    }();
    return names;
}

namespace {

std::optional<TemplateText> text_before(store::Connection& connection, std::string_view code,
                                        std::string_view language, std::int64_t row) {
    for (const std::string_view wanted : {language, std::string_view("en"), std::string_view("fr")}) {
        if (auto own = saved(connection, code, wanted, row)) return own;
        if (auto given = shipped_text(code, wanted)) return given;
    }
    return std::nullopt;
}

}  // namespace

std::optional<TemplateText> template_text(store::Connection& connection, std::string_view code,
                                          std::string_view language) {
    return text_before(connection, code, language, newest);
}

bool text_stands(store::Connection& connection, const Message& message) {
    const auto language = connection.text(language_of_content, {message.id.value});
    const auto asked = connection.integer(row_of_request, {message.id.value});
    if (message.run != 0 || message.edit || !language || !asked) return true;
    const auto then = text_before(connection, message.template_code, *language, *asked);
    const auto now = template_text(connection, message.template_code, *language);
    const bool same = then && now && then->subject == now->subject && then->text == now->text;
    return same || (!then && !now);
}

std::vector<TemplateText> all_templates(store::Connection& connection) {
    std::vector<std::string> codes(shipped_codes.begin(), shipped_codes.end());
    connection.each(template_codes, {}, [&](const store::Row& row) {
        const std::string code(row.text(0));
        if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    });
    std::vector<TemplateText> all;
    for (const std::string& code : codes) {
        for (const char* language : {"en", "fr"}) {
            auto one = saved(connection, code, language);
            if (!one) one = shipped_text(code, language);
            if (one) all.push_back(std::move(*one));
        }
    }
    return all;
}

Result<void> check_template(const TemplateText& text) {
    const auto letter = [](char one) {
        return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '_';
    };
    if (text.code.empty() || text.code.size() > 40 ||
        !std::all_of(text.code.begin(), text.code.end(), letter))
        return refuse(RefusalCode::field_invalid, {{"field", "code"}, {"reason", "a-z 0-9 _"}});
    if (text.language != "en" && text.language != "fr")
        return refuse(RefusalCode::field_invalid, {{"field", "language"}, {"reason", text.language}});
    const bool one_line =
        text.subject.find('\n') == std::string::npos && text.subject.find('\r') == std::string::npos;
    if (trim(text.subject).empty() || text.subject.size() > subject_letters_max || !one_line)
        return refuse(RefusalCode::field_invalid, {{"field", "subject"}, {"reason", "1-500"}});
    const auto subject = MessageText::read(text.subject, MessagePart::text, template_names());
    if (!subject) return refused(subject.error(), 0);
    const auto body = MessageText::read(text.text, MessagePart::text, template_names());
    if (!body) return refused(body.error(), 0);
    return {};
}

Result<std::int64_t> save_template(store::Connection& connection, const TemplateText& text,
                                   const TextChange& change) {
    const auto good = check_template(text);
    if (!good) return tl::unexpected(good.error());
    const std::int64_t row = store::allot(connection, row_numbers, 1);
    // The number's row is held from here on: two savings come one after the other.
    const auto standing = saved(connection, text.code, text.language);
    if (change.seen && *change.seen != (standing ? standing->version : 0))
        return refuse(RefusalCode::changed_meanwhile, {{"what", "template"}});
    // Those delivered need no version of their own, and follow what is delivered later.
    const auto delivered = shipped_text(text.code, text.language);
    if (delivered && delivered->subject == text.subject && delivered->text == text.text) {
        if (standing) withdraw_text(connection, text.code, text.language, {change.author, change.now});
        return 0;
    }
    connection.run(add_template, {row, text.code, text.language, text.subject, text.text, "",
                                  change.author.value, change.now.micros});
    return row;
}

Result<Rendered> render(const TemplateText& text, const formats::MessageData& data) {
    auto subject = rendered(text.subject, data);
    if (!subject) return tl::unexpected(subject.error());
    auto body = rendered(text.text, data);
    if (!body) return tl::unexpected(body.error());
    return Rendered{one_line(std::move(*subject)), without_holes(*body)};
}

}  // namespace countback::correspondence
