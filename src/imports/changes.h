// What a person changes in the product that a file could say too (IMP-5), and cash recorded before the source
// has it (IMP-8). Each function is one transaction with its line in the audit log; the caller's perimeter
// decides what exists for her.
#pragma once
#include "access/audit.h"
#include "parties/ownership.h"
#include "receivables/ledger.h"

namespace countback::imports {

/// Who changes something, and from where.
struct Person {
    Perimeter perimeter;
    UserId user;
    std::string address;               ///< of the network, for the audit log
    std::string_view source = "desk";  ///< of the journal
};

/// A customer as a form shows it.
struct CustomerFields {
    Customer texts;
    std::map<parties::CustomerField, std::string> labels;  ///< collector, segment, risk class; empty = none
    parties::OwnedFields owned;
    std::vector<Contact> contacts;
};

struct CustomerChange {
    CustomerId customer;
    std::map<parties::CustomerField, std::string>
        values;                                      ///< empty text = none; a name's place takes the code
    std::map<parties::CustomerField, Owner> owners;  ///< set after the values
};

/// What is said of a contact; the rest stays.
struct ContactChange {
    std::optional<std::string> name, function, email, phone, language;
    std::optional<Owner> owner;
};

/// A new due date makes the product its owner; `owner` = source gives it back to the next load.
struct ItemChange {
    ItemId item;
    std::optional<Date> due;
    std::optional<Owner> owner;
    std::string reason;
};

struct NewPayment {
    CustomerId customer;
    std::string amount;  ///< decimal, > 0
    std::string currency;
    Date date;
    std::string reference;  ///< as the bank or the card says; may be empty
    struct Part {
        ItemId item;
        std::string amount;
    };
    std::vector<Part> parts;
};

class Changes {
public:
    Changes(Ledger& ledger, const access::Audit& audit) : ledger_(ledger), audit_(audit) {}

    /// Refusals: not_found.
    Result<CustomerFields> customer(const Perimeter& perimeter, CustomerId customer);
    /// A value that is the same changes nothing, not even the owner. Refusals: not_found,
    /// field_invalid{field, reason}.
    Result<CustomerFields> change_customer(const Person& person, const CustomerChange& change);
    /// Refusals: not_found, field_missing{name}, field_invalid{function, language, email}.
    Result<std::int64_t> add_contact(const Person& person, CustomerId customer, const ContactChange& said);
    Result<void> change_contact(const Person& person, const Contact& which, const ContactChange& said);
    /// Refusals: not_found.
    Result<void> remove_contact(const Person& person, const Contact& which);
    /// Refusals: not_found, reason_missing, field_missing{due_date}.
    Result<void> change_item(const Person& person, const ItemChange& change);
    /// IMP-8. Refusals: not_found, amount_unreadable, amount_not_positive, amount_above_open,
    /// currency_mismatch, currency_unknown, item_settled, field_invalid{date}.
    Result<ItemId> record_payment(const Person& person, const NewPayment& payment);

    Ledger& ledger() { return ledger_; }

private:
    Result<AccountRow> admitted(const Snapshot& book, const Perimeter& perimeter, CustomerId customer) const;
    void keep_reachable(Writing& writing, CustomerId customer) const;  ///< COL-6, from today on
    void log(Writing& writing, const Person& person, const access::AuditEntry& entry) const;

    Ledger& ledger_;
    const access::Audit& audit_;
};

/// Two letters as the product keeps them; nothing when they are not two letters. Empty stays empty.
std::optional<std::string> read_country(std::string_view text);
std::optional<std::string> read_language(std::string_view text);

}  // namespace countback::imports
