#include "correspondence/compose.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "correspondence/group.h"
#include "correspondence/letters.h"
#include "correspondence/outbox.h"
#include "correspondence/papers.h"
#include "crypto/hash.h"
#include "formats/epc.h"
#include "locale/country.h"
#include "net/address.h"
#include "parties/directory.h"
#include "receivables/lists_names.h"

namespace countback::correspondence {

namespace {

void add_address(std::vector<Mailbox>& boxes, const std::string& name, const std::string& address) {
    const auto good = net::mail_address(address);
    if (!good) return;
    const auto same = [&](const Mailbox& one) { return ascii_lower(one.address) == ascii_lower(*good); };
    if (std::none_of(boxes.begin(), boxes.end(), same)) boxes.push_back({name, *good});
}

const Contact* first_of(const std::vector<Contact>& contacts, const std::string& function) {
    for (const Contact& contact : contacts) {
        if (contact.function == function && net::mail_address(contact.email)) return &contact;
    }
    return nullptr;
}

const Contact* first_without_function(const std::vector<Contact>& contacts) {
    const Contact* none = first_of(contacts, "");
    return none ? none : first_of(contacts, "other");
}

/// Of the first contact with that address.
std::string name_at(const std::vector<Contact>& contacts, const std::string& address) {
    for (const Contact& one : contacts) {
        const auto own = net::mail_address(one.email);
        if (own && ascii_lower(*own) == ascii_lower(address)) return one.name;
    }
    return {};
}

Language language_of(const Recipients& recipients, const Customer& customer, const Entity& entity) {
    for (const std::string& code : {recipients.language, customer.language}) {
        if (const auto language = parse_language(ascii_lower(code))) return *language;
        if (!code.empty()) return Language::en;
    }
    return entity.country == "FR" || customer.country == "FR" ? Language::fr : Language::en;
}

bool is_letter(const NewMessage& message) { return message.channel != "email"; }

/// An address in another country than the sender's ends with that country's name.
void add_country_line(Customer& recipient, const Entity& sender) {
    const bool abroad =
        !recipient.country.empty() && !sender.country.empty() && recipient.country != sender.country;
    const std::string_view address = trim(recipient.address);
    if (!abroad || address.empty()) return;
    const std::string_view last = address.substr(address.rfind('\n') + 1);
    if (locale::names_country(last, recipient.country)) return;
    const Language language = locale::language_of_post(sender.country);
    recipient.address =
        std::string(address) + '\n' + locale::country_in_capitals(language, recipient.country);
}

Entity entity_of(store::Connection& connection, const Customer& customer) {
    for (Entity& entity : parties::entities(connection)) {
        if (entity.id == customer.entity) return std::move(entity);
    }
    return {};
}

/// The customer that the message goes to: its payment centre, else the customer itself.
Customer recipient_customer(store::Connection& connection, const Snapshot& book, AccountRow account,
                            const Customer& customer, Date day) {
    const CustomerId centre = book.customer(recipient_of(book, account, {day, known_now}));
    Customer recipient = parties::customer(connection, centre).value_or(customer);
    add_country_line(recipient, entity_of(connection, customer));
    return recipient;
}

/// The first contact by name of the first function that has one; a letter needs no e-mail address.
std::string attention_of(const std::vector<Contact>& contacts, const std::vector<std::string>& to) {
    for (const std::string& function : to) {
        for (const Contact& one : contacts) {
            if (one.function == function && !one.name.empty()) return one.name;
        }
    }
    return {};
}

/// Who has a copy of a letter, each once.
std::vector<std::string> copies_of(const std::vector<Contact>& contacts, const NewMessage& message) {
    std::vector<std::string> names;
    const std::string first = attention_of(contacts, message.to);
    for (const std::string& function : message.cc) {
        for (const Contact& one : contacts) {
            const bool known =
                one.name == first || std::find(names.begin(), names.end(), one.name) != names.end();
            if (one.function == function && !one.name.empty() && !known) names.push_back(one.name);
        }
    }
    return names;
}

/// By e-mail the recipients' boxes, of a letter the postal address. Nobody when there is none.
Recipients addressed(const Customer& recipient, const std::vector<Contact>& contacts,
                     const NewMessage& message) {
    Recipients all = recipients_of(recipient, contacts, message.to, message.cc);
    if (!is_letter(message)) return all;
    const std::string address = joined_address(recipient.address);
    all.to.clear();
    all.cc.clear();
    all.greeted.clear();  // an envelope names the company, no person
    if (address.empty()) return all;
    all.to = {{recipient.name, address}};
    for (const std::string& name : copies_of(contacts, message)) all.cc.push_back({name, address});
    return all;
}

/// COL-7: words that name nobody begin with whose account it is, where another one is written to.
std::string opening_of(const Paper& paper) {
    const std::string account = account_told(paper);
    return account.empty() ? account : account + "\n\n";
}

bool same_boxes(const std::vector<Mailbox>& one, const std::vector<Mailbox>& other) {
    return std::equal(
        one.begin(), one.end(), other.begin(), other.end(),
        [](const Mailbox& a, const Mailbox& b) { return ascii_lower(a.address) == ascii_lower(b.address); });
}

}  // namespace

Recipients recipients_of(const Customer& customer, const std::vector<Contact>& contacts,
                         const std::vector<std::string>& to, const std::vector<std::string>& cc) {
    Recipients all;
    for (const std::string& function : to) {
        const Contact* first = first_of(contacts, function);
        if (!first) continue;
        all.language = first->language;
        all.greeted = first->name;
        for (const Contact& one : contacts) {
            if (one.function == function) add_address(all.to, one.name, one.email);
        }
        break;
    }
    if (all.to.empty()) {
        add_address(all.to, customer.name, customer.email);
        all.greeted = all.to.empty() ? std::string() : name_at(contacts, all.to.front().address);
    }
    if (all.to.empty()) {  // a contact nobody gave a function to, rather than nobody
        if (const Contact* other = first_without_function(contacts)) {
            all.language = other->language;
            all.greeted = other->name;
            add_address(all.to, other->name, other->email);
        }
    }
    if (all.to.empty()) return all;
    for (const std::string& function : cc) {
        for (const Contact& one : contacts) {
            const auto same = [&](const Mailbox& box) {
                return ascii_lower(box.address) == ascii_lower(one.email);
            };
            if (one.function == function && std::none_of(all.to.begin(), all.to.end(), same))
                add_address(all.cc, one.name, one.email);
        }
    }
    return all;
}

bool moved_since(const Snapshot& book, Instant frozen) {
    constexpr std::int64_t minute = 60'000'000;
    return book.known_at({frozen.micros - minute}) < book.last_fact();
}

namespace {

void add_totals(std::vector<StatementTotals>& totals, const StatementTotals& more) {
    const auto same = [&](const StatementTotals& one) { return one.currency == more.currency; };
    const auto found = std::find_if(totals.begin(), totals.end(), same);
    if (found == totals.end()) {
        totals.push_back(more);
        return;
    }
    found->not_due = checked_add(found->not_due, more.not_due);
    found->unapplied = checked_add(found->unapplied, more.unapplied);
    for (std::size_t age = 0; age < more.late.size(); ++age)
        found->late[age] = checked_add(found->late[age], more.late[age]);
}

/// The lines of all accounts as one statement, and whose each line is.
Statement joint_statement(const Snapshot& book, const std::vector<AccountRow>& accounts, Moment moment,
                          std::vector<AccountRow>& owners) {
    Statement joint{accounts.front(), moment.as_of, {}, {}};
    std::vector<std::pair<StatementLine, AccountRow>> lines;
    for (const AccountRow account : accounts) {
        const Statement own = make_statement(book, account, moment);
        for (const StatementLine& line : own.lines) lines.emplace_back(line, account);
        for (const StatementTotals& total : own.totals) add_totals(joint.totals, total);
    }
    const auto key = [](const auto& one) {
        return std::tuple(one.first.open.currency.code(), one.first.due, one.first.item);
    };
    std::sort(lines.begin(), lines.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    for (const auto& [line, account] : lines) {
        joint.lines.push_back(line);
        owners.push_back(account);
    }
    std::sort(joint.totals.begin(), joint.totals.end(),
              [](const auto& a, const auto& b) { return a.currency.code() < b.currency.code(); });
    return joint;
}

/// COL-2: of a group's head the statement has every member's lines, each with its customer's name.
void read_statement(store::Connection& connection, const Snapshot& book, AccountRow account, Paper& paper) {
    const Moment moment{paper.day, known_now};
    const std::vector<AccountRow> accounts = chased_together(book, account, moment);
    if (accounts.size() == 1) {
        paper.statement = make_statement(book, account, moment);
        return;
    }
    std::vector<AccountRow> owners;
    paper.statement = joint_statement(book, accounts, moment, owners);
    std::unordered_map<AccountRow, std::string> names;
    for (const AccountRow owner : owners) {
        if (!names.contains(owner)) {
            const auto customer = parties::customer(connection, book.customer(owner));
            names[owner] = customer ? customer->name : std::string();
        }
        paper.owners.push_back(names[owner]);
    }
}

/// What a word of thanks names.
std::vector<std::pair<StatementLine, std::string>> paid_items(const Snapshot& book, const NewMessage& message,
                                                              ListNames& names) {
    std::vector<std::pair<StatementLine, std::string>> paid;
    for (const AskedItem& one : message.items) {
        const auto row = book.item(one.item);
        const auto item = row ? book.view(*row, known_now) : std::nullopt;
        if (!item || book.open(*item, {message.day, known_now}) != 0) continue;
        const Money amount{item->amount, item->currency};
        paid.emplace_back(
            StatementLine{item->id, item->type, item->issue, item->due, 0, amount, {0, item->currency}},
            names.item_number(item->id));
    }
    return paid;
}

}  // namespace

Result<Paper> Composer::paper(store::Connection& connection, const Snapshot& book,
                              const NewMessage& message) const {
    const auto account = book.account(message.customer);
    auto customer = parties::customer(connection, message.customer);
    if (!account || !customer) return refuse(RefusalCode::not_found, {{"what", "customer"}});
    Paper paper;
    paper.customer = std::move(*customer);
    paper.entity = entity_of(connection, paper.customer);
    paper.recipient = recipient_customer(connection, book, *account, paper.customer, message.day);
    paper.contacts = parties::contacts(connection, paper.recipient.id);
    paper.card = sender_card(connection, paper.entity);
    paper.day = message.day;
    const Moment moment{message.day, known_now};
    const LabelId collector{book.attribute(*account, Attribute::collector, moment)};
    paper.signature = needs_.signature(message.customer, collector);
    read_statement(connection, book, *account, paper);
    paper.known = known_of(book, paper.statement);
    ListNames names(ledger_.database());
    for (const StatementLine& line : paper.statement.lines)
        paper.numbers.push_back(names.item_number(line.item));
    paper.asked = message.items;
    paper.reminded = was_reminded(connection, message, paper.statement);
    if (message.kind == MessageKind::notice) paper.paid = paid_items(book, message, names);
    paper.reference = formats::creditor_reference(paper.customer.code).value_or(paper.customer.code);
    return paper;
}

void Composer::attach_documents(const Snapshot& book, const NewMessage& message, const TemplateText& text,
                                Paper& paper) const {
    const bool asked = names_documents(text.text) || names_documents(text.subject);
    if (!asked || is_letter(message) || needs_.documents.folder.empty()) return;
    ListNames names(ledger_.database());
    const std::int64_t bytes_max = needs_.documents.bytes_max ? needs_.documents.bytes_max() : 0;
    paper.documents = documents_of(book, names, paper, {needs_.documents.folder, bytes_max});
}

void Composer::count_penalties(store::Connection& connection, const Snapshot& book, const NewMessage& message,
                               const TemplateText& text, Paper& paper) const {
    if (!paper.card.penalties_shown || !names_penalties(text.text)) return;
    const bool of_the_public = needs_.public_buyer && needs_.public_buyer(message);
    paper.penalties = penalties_of(connection, {book, paper.entity, message, paper.statement, of_the_public});
}

Result<Content> Composer::write(Paper paper, const NewMessage& message, const TemplateText& text,
                                MessageId id) const {
    Recipients recipients = addressed(paper.recipient, paper.contacts, message);
    if (recipients.to.empty()) return refuse(RefusalCode::no_recipient, {{"customer", paper.recipient.name}});
    paper.greeted = std::move(recipients.greeted);
    const std::string items = items_as_text(paper);
    auto plain = render(text, data_of(paper, items));
    if (!plain) return tl::unexpected(plain.error());
    auto marked = render(text, data_of(paper, items.empty() ? items : std::string(items_mark)));
    if (!marked) return tl::unexpected(marked.error());
    if (plain->text.find(paper.customer.name) == std::string::npos) {
        for (std::string* words : {&plain->text, &marked->text}) words->insert(0, opening_of(paper));
    }
    Content content;
    content.language = code_of(paper.language);
    content.to = std::move(recipients.to);
    content.cc = std::move(recipients.cc);
    const std::string& company = paper.card.name;
    const std::string& person = paper.signature.person.name;
    content.from = {person.empty() ? company : person + " (" + company + ")", paper.signature.from_address};
    content.reply_to =
        paper.signature.reply_to.empty() ? paper.signature.person.address : paper.signature.reply_to;
    const std::string domain = net::domain_of(paper.signature.from_address);
    content.message_id = "countback." + std::to_string(id.value) + '.' +
                         crypto::sha256_hex(message.live_key + plain->text).substr(0, 16) + '@' +
                         (domain.empty() ? "countback.invalid" : domain);
    content.subject = plain->subject;
    content.text = plain->text;
    content.html = html_of(paper, plain->subject, marked->text, items_mark);
    for (const AskedTotal& total : asked_totals(paper)) {
        if (total.open.minor > 0) content.to_pay.push_back(total.to_pay());
    }
    content.asked_digest = asked_digest(message, content.to_pay);
    if (is_letter(message)) {
        paper.attention = attention_of(paper.contacts, message.to);
        for (const Mailbox& one : content.cc) paper.copies.push_back(one.name);
    }
    paper.letter_title = plain->subject;
    paper.letter_text = marked->text;
    content.attachments = attachments_of(paper, message.channel);
    if (is_letter(message) && content.attachments.empty())
        return refuse(RefusalCode::template_invalid, {{"line", "0"}, {"reason", "not_printable"}});
    content.notes = paper.documents.notes();
    if (paper.penalties) {
        for (std::string& why : paper.penalties->left_out) content.notes.push_back(std::move(why));
    }
    for (Attachment& one : paper.documents.attachments) content.attachments.push_back(std::move(one));
    for (Attachment& one : content.attachments) one.digest = crypto::sha256_hex(one.bytes);
    content.digest = digest_of(content);
    return content;
}

bool Composer::still_addressed(store::Connection& connection, const Snapshot& book, const NewMessage& message,
                               const Content& content) const {
    const auto account = book.account(message.customer);
    const auto customer = parties::customer(connection, message.customer);
    if (!account || !customer) return false;
    const Customer recipient = recipient_customer(connection, book, *account, *customer, message.day);
    const Recipients now = addressed(recipient, parties::contacts(connection, recipient.id), message);
    return same_boxes(now.to, content.to) && same_boxes(now.cc, content.cc);
}

Result<Content> Composer::compose_with(store::Connection& connection, const Snapshot& book,
                                       const NewMessage& message, const TemplateText& text) const {
    auto made = paper(connection, book, message);
    if (!made) return tl::unexpected(made.error());
    const Recipients recipients = recipients_of(made->recipient, made->contacts, message.to, message.cc);
    made->language = language_of(recipients, made->recipient, made->entity);
    if (const auto own = parse_language(text.language)) made->language = *own;
    attach_documents(book, message, text, *made);
    count_penalties(connection, book, message, text, *made);
    return write(std::move(*made), message, text, {});
}

Result<Content> Composer::compose(store::Connection& connection, const Snapshot& book,
                                  const NewMessage& message, MessageId id) const {
    auto made = paper(connection, book, message);
    if (!made) return tl::unexpected(made.error());
    const Recipients recipients = recipients_of(made->recipient, made->contacts, message.to, message.cc);
    made->language = language_of(recipients, made->recipient, made->entity);
    auto text = template_text(connection, message.template_code, code_of(made->language));
    if (!text) return refuse(RefusalCode::template_unknown, {{"template", message.template_code}});
    attach_documents(book, message, *text, *made);
    if (message.edit) {
        text->subject = message.edit->subject;
        text->text = message.edit->text;
    }
    count_penalties(connection, book, message, *text, *made);
    auto written = write(std::move(*made), message, *text, id);
    if (written) written->words = {text->subject, text->text};
    return written;
}

}  // namespace countback::correspondence
