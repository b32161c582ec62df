// Files of customers and of contacts: their lines, and what they change.
#pragma once
#include "imports/plan.h"
#include "imports/row_reader.h"

namespace countback::imports {

/// Reads customers or contacts into `plan.party_lines`. A customer (or a contact's e-mail) twice in one file:
/// equal lines are refused as duplicates, different ones both (IMP-1). Refusals of the file itself end it.
Result<void> read_parties(formats::TableSource& rows, const ItemReading& reading, Plan& plan);

/// What the product knows of the parties, asked once per line.
struct PartyLookup {
    std::function<std::optional<Customer>(CustomerId)> customer;
    std::function<std::vector<Contact>(CustomerId)> contacts;
    std::function<LabelId(LabelKind, std::string_view)> label;  ///< none when new
    std::function<bool(const Contact&)> removed;                ///< by a person (IMP-5)
};

/// IMP-5: what the file says of fields that the product owns is taken out of the plan and named in `kept`.
void keep_owned_fields(const Snapshot& book, const PartyLookup& lookup, Plan& plan);

/// Marks the lines that change something and counts.
void plan_parties(const Snapshot& book, const PartyLookup& lookup, Plan& plan);

/// IMP-1 for a file of items: known customers whose name is another on a later issue date than any of the
/// ledger's.
std::vector<std::uint32_t> renamed_customers(const Snapshot& book, const Plan& plan);

/// The texts after a line: what the file says, else what was.
Customer merged(const Customer& known, const PartyLine& line);

/// An attribute that a line sets; label attributes hold their text until labels have ids.
struct WantedAttribute {
    Attribute attribute;
    std::optional<LabelKind> label;
    std::string text;
    std::int64_t value = 0;
};
std::vector<WantedAttribute> wanted_attributes(const PartyLine& line);

}  // namespace countback::imports
