// MSG-1, MSG-2, COL-7: from a request to what exactly is written: whom to, in which language, the words, the
// items with their totals per currency, the statement attached.
//
// A group's head is written to for all of it: its statement has every member's lines, each named (COL-2). The
// contacts are those of the customer's payment centre where it has one (COL-7, group.h).
// Recipients: the contacts of the first function that has a valid address, else the customer's own address,
// else the first contact without a function; copies go to every contact of the copy functions. Language: the
// contact's, else the customer's, else French for a French entity, else English. A letter goes to the
// customer's postal address.
#pragma once
#include <algorithm>
#include <functional>

#include "correspondence/documents.h"
#include "correspondence/late_payment.h"
#include "correspondence/sender_card.h"
#include "correspondence/templates.h"
#include "locale/language.h"
#include "receivables/ledger.h"
#include "receivables/statement.h"

namespace countback::correspondence {

/// Who signs, and through which mailbox: settings and users, which other rooms keep.
struct Signature {
    Mailbox person{};            ///< MSG-3: the account's collector, else credit manager, else administrator
    std::string from_address{};  ///< of the company's mailbox; empty = none is set yet
    std::string reply_to{};      ///< empty = the person's own address
};

/// What is known of an open line, so that it does not stand there as plainly late: disputed, promised, a
/// payment under way, in a payment plan.
struct KnownOfLine {
    StandingKind kind = StandingKind::dispute;
    Money amount;                 ///< of what is open, > 0
    bool whole = true;            ///< all that is open
    std::optional<Date> until{};  ///< a promise: its day
};

/// Everything that is written from: one customer, one entity, one moment.
struct Paper {
    Entity entity;
    Customer customer;
    Customer recipient;               ///< its payment centre, else the customer itself
    std::vector<Contact> contacts{};  ///< of the recipient
    std::string greeted{};            ///< the person written to; empty = nobody is known by name
    /// Of a letter: whom it is for inside the company, and who has a copy; may be empty.
    std::string attention{};
    std::vector<std::string> copies{};
    SenderCard card;
    Signature signature;
    Statement statement;
    std::vector<std::string> numbers{};             ///< of the statement's lines, as printed on the documents
    std::vector<std::string> owners{};              ///< of a group: the lines' customers, by name; else empty
    std::vector<std::vector<KnownOfLine>> known{};  ///< of the statement's lines; empty = of none
    std::vector<AskedItem> asked{};
    /// Of a notice: the items it names that are paid, and so no longer in the statement, with their numbers.
    std::vector<std::pair<StatementLine, std::string>> paid{};
    std::optional<PenaltyShown> penalties{};
    Language language = Language::en;
    std::string letter_title{};  ///< the subject, for letters
    std::string letter_text{};   ///< the words, for letters
    Date day;
    std::string reference{};  ///< ISO 11649 RF, of the customer's code
    bool reminded = false;  ///< each item asked for was asked for before, by a message sent when it was late
    AskedDocuments documents{};
};

struct ComposeNeeds {
    std::function<Signature(CustomerId, LabelId collector)> signature;
    /// Whether the message is of the scenario for public buyers: the law gives them rates of their own.
    std::function<bool(const NewMessage&)> public_buyer;
    DocumentRules documents{};
};

/// COL-7: what is known of each line of the statement on its day; empty where nothing is known of any.
std::vector<std::vector<KnownOfLine>> known_of(const Snapshot& book, const Statement& statement);
/// `disputed`, `50.00 EUR promised for 20/03/2026`; empty = nothing is known.
std::string known_told(const std::vector<KnownOfLine>& known, Language language);

/// Whether a text may say that the customer was reminded of what it asks for: of every item (MSG-2).
bool was_reminded(store::Connection& connection, const NewMessage& message, const Statement& statement);

/// Whom a message of these functions would reach. Empty = nobody.
struct Recipients {
    std::vector<Mailbox> to{}, cc{};
    std::string language{};  ///< of the first contact; may be empty
    std::string greeted{};   ///< name of the contact at the first address; empty = none, or unnamed
};
Recipients recipients_of(const Customer& customer, const std::vector<Contact>& contacts,
                         const std::vector<std::string>& to, const std::vector<std::string>& cc);

class Composer {
public:
    Composer(Ledger& ledger, ComposeNeeds needs) : ledger_(ledger), needs_(std::move(needs)) {}

    /// The content as it would be frozen now; `id` makes the message id (0 in a preview).
    /// Refuses no_recipient, template_unknown, template_invalid, not_found (the customer).
    Result<Content> compose(store::Connection& connection, const Snapshot& book, const NewMessage& message,
                            MessageId id) const;
    /// The same with words that are not saved: a preview in the editor.
    Result<Content> compose_with(store::Connection& connection, const Snapshot& book,
                                 const NewMessage& message, const TemplateText& text) const;

    /// Whether a content frozen before is addressed to whom the message would be addressed now.
    bool still_addressed(store::Connection& connection, const Snapshot& book, const NewMessage& message,
                         const Content& content) const;

private:
    Result<Paper> paper(store::Connection& connection, const Snapshot& book, const NewMessage& message) const;
    /// A text that names `documents` has the items' own PDF attached, in an e-mail.
    void attach_documents(const Snapshot& book, const NewMessage& message, const TemplateText& text,
                          Paper& paper) const;
    /// A text that names penalties is told those of its items, where the entity shows any.
    void count_penalties(store::Connection& connection, const Snapshot& book, const NewMessage& message,
                         const TemplateText& text, Paper& paper) const;
    Result<Content> write(Paper paper, const NewMessage& message, const TemplateText& text,
                          MessageId id) const;

    Ledger& ledger_;
    ComposeNeeds needs_;
};

/// Whether the ledger has learnt anything since the content was frozen at that instant, or in the minute
/// before: a writing that was under way then is not seen by its instant.
bool moved_since(const Snapshot& book, Instant frozen);

/// The names of templates filled from a paper. `items_table` is as given: text or a mark.
formats::MessageData data_of(const Paper& paper, std::string items_table);
/// COL-7: whose account it is, where another one is written to: `Account: Nord SA (C-1042)`; else empty.
std::string account_told(const Paper& paper);
/// The asked items as lines of plain text, with the total of each currency: the oldest `items_listed_max`,
/// and how many more there are. Above them whose account it is, where another one is written to. May be
/// empty.
std::string items_as_text(const Paper& paper);
/// So many stand in an e-mail: what follows them stays inside the 100 KB that common programs show.
constexpr std::size_t items_listed_max = 100;
/// `and 200 more, all in the attached statement`; empty = all are listed.
std::string more_items_told(const Paper& paper);
/// The items as written-out cells, not yet escaped, and the totals, one a currency.
struct ItemCells {
    std::string owner{}, number{}, issued{}, due{}, days_late{}, amount{};
};
/// The oldest `at_most`, in the statement's order.
std::vector<ItemCells> item_cells(const Paper& paper, std::size_t at_most);
/// What stands under them: the total of each currency; where a credit stands on the account, that credit and
/// what is left to pay.
struct TotalCells {
    std::string label{}, amount{};
};
std::vector<TotalCells> total_cells(const Paper& paper);

/// What the message asks for in one currency.
struct AskedTotal {
    Money asked;   ///< of its items, those it thanks for included
    Money open;    ///< of those that are open
    Money credit;  ///< payments and credit notes on the account that no item has taken, >= 0

    /// What is to be paid for it: never below 0 (COL-7).
    Money to_pay() const {
        return {std::max<std::int64_t>(0, checked_add(open.minor, -credit.minor)), open.currency};
    }
};
/// One a currency that is asked for, in the statement's order. Text, table, QR code and statement agree on
/// it.
std::vector<AskedTotal> asked_totals(const Paper& paper);
/// Of one item, never more than is open of it.
Money asked_of(const AskedItem& asked, const StatementLine& line);
/// The text as HTML that the common programs show: tables, inline styles, both colour schemes. Where the text
/// has `mark` alone on a line, the items stand as a table.
std::string html_of(const Paper& paper, const std::string& subject, const std::string& text,
                    std::string_view mark);

}  // namespace countback::correspondence
