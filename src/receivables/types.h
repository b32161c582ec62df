// The facts of the ledger as plain data (LED-2, LED-3; house: Standings).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/ids.h"
#include "base/money.h"

namespace countback {

/// LED-2. Numbers are stored: append only.
enum class ItemType : std::uint8_t {
    invoice = 1,
    credit_note = 2,
    payment = 3,
    misc = 4,
    draft = 5,
    late_fee = 6,
    down_payment_request = 7,  ///< memo: shown on the account, in no balance
};

/// Why an item is settled without a counter-item (LED-3). Stored numbers.
enum class ClearingCause : std::uint8_t {
    link = 0,  ///< debit against credit, both items known
    cash = 1,
    credit_note = 2,
    offset = 3,
    write_off = 4,
    unknown = 5,
};

/// Bits of an item version, below 2^16. Stored.
namespace item_flag {
constexpr std::uint32_t sales = 1;             ///< a debit misc counted in billings
constexpr std::uint32_t opening_balance = 2;   ///< never counted in billings
constexpr std::uint32_t due_before_issue = 4;  ///< kept as sent, flagged
constexpr std::uint32_t negative_invoice = 8;  ///< came as a negative invoice, became a credit note
constexpr std::uint32_t undone = 16;           ///< its load was undone: amount 0 from this fact on
constexpr std::uint32_t made_here = 32;        ///< entered in the product, never cleared by absence
constexpr std::uint32_t due_from_terms = 64;   ///< no due date in the source; computed (LED-8)
constexpr std::uint32_t due_set_here = 128;    ///< a person set the due date; loads leave it (IMP-5)
constexpr std::uint32_t provisional = 256;     ///< cash recorded here, until a load brings it (IMP-8)
}  // namespace item_flag

/// A version of an item. The first gives it its id; a later one (same `item`) corrects it for every day
/// from the issue date on, seen from its own fact number on.
struct ItemFact {
    FactNo fact;  ///< given by the ledger
    ItemId item;  ///< none = a new item
    CustomerId customer;
    ItemType type = ItemType::invoice;
    Currency currency;
    std::int64_t amount = 0;  ///< minor units, signed: debits > 0, credits < 0
    Date issue;
    Date due;
    std::uint32_t flags = 0;
    std::uint64_t key = 0;  ///< hash of the item key (IMP-1): finds the item of a later load
    int instalment = 0;     ///< 0 = none
    std::string number;     ///< as printed on the document
    LoadId load;            ///< none = made in the product
};

/// A dated amount that settles. `amount` > 0; a counter-fact has amount < 0 and names what it reverses.
struct AllocationFact {
    FactNo fact;
    ItemId item;     ///< the debit when both are known, else the settled item
    ItemId counter;  ///< the credit; none when a cause stands in its place
    ClearingCause cause = ClearingCause::link;
    std::int64_t amount = 0;  ///< minor units
    Date given;               ///< as the source or the person said
    Date effective;           ///< max(given, issue dates of the items): computed by Writing::add
    bool estimated = false;   ///< the date is the load's, not the source's (IMP-3)
    FactNo reverses;          ///< of a counter-fact: the allocation it takes back
    LoadId load;
};

/// House: Standings. Stored numbers.
enum class StandingKind : std::uint8_t {
    processing = 1,
    promise = 2,
    plan = 3,
    dispute = 4,
    litigation = 5,
    proposal = 6,
    payment_in_progress = 7,
    stop = 8,
    insolvency = 9,
};

enum class StandingSource : std::uint8_t { desk = 1, import = 2, page = 3, call = 4, email = 5, demo = 6 };

/// Something that holds for an item or a whole customer between two days. A later fact with the same
/// `standing` replaces it as seen from then on (ending it is such a fact, with `to` set).
struct StandingFact {
    FactNo fact;
    StandingId standing;  ///< none = a new one
    CustomerId customer;
    ItemId item;  ///< none = the whole customer
    StandingKind kind = StandingKind::stop;
    std::optional<std::int64_t> amount;  ///< minor units, > 0, in the item's currency; none = the whole
    LabelId cause;
    StandingSource source = StandingSource::desk;
    Date from;               ///< first day it holds
    std::optional<Date> to;  ///< last day it holds; a promise: the promised date; none = open
    bool cancelled = false;  ///< taken back: holds on no day, seen from this fact on
    std::string reason;      ///< free text, kept in the erasable table
};

/// What an account is, from a day on. Numbers are stored.
enum class Attribute : std::uint8_t {
    entity = 1,           ///< EntityId; the first fact of an account
    collector = 2,        ///< LabelId
    segment = 3,          ///< LabelId, typology
    risk_class = 4,       ///< LabelId
    scenario = 5,         ///< number of a scenario
    doubtful = 6,         ///< 0 or 1
    country = 7,          ///< two letters, first × 256 + second
    legal_identity = 8,   ///< hash of SIREN, VAT, DUNS or LEI; same = one legal person
    terms = 9,            ///< LabelId of the terms' text
    language = 10,        ///< two letters, first × 256 + second
    no_contact = 11,      ///< sum of no_mail and no_post: how it cannot be written to
    group_master = 12,    ///< CustomerId under whose scenario it is chased (COL-2); 0 = stands alone
    payment_centre = 13,  ///< CustomerId whose contacts receive its messages (COL-7); 0 = its own
};

constexpr std::size_t attribute_end = 14;  ///< above the last

/// Of Attribute::no_contact.
inline constexpr std::int64_t no_mail = 1;  ///< no mail address, of the customer or a contact
inline constexpr std::int64_t no_post = 2;  ///< no postal address

struct AttributeFact {
    FactNo fact;
    CustomerId customer;
    Attribute attribute = Attribute::entity;
    std::int64_t value = 0;
    Date from;  ///< holds from this day on, until a later day's fact
};

enum class LoadMode : std::uint8_t { delta = 1, stock = 2 };

/// One import run, per entity it touched.
struct LoadFact {
    FactNo fact;
    LoadId load;  ///< none = a new one
    EntityId entity;
    Date as_of;  ///< the extraction date
    LoadMode mode = LoadMode::delta;
    bool undone = false;
};

constexpr std::int64_t two_letters(char a, char b) {
    return static_cast<unsigned char>(a) * 256 + static_cast<unsigned char>(b);
}
/// What `two_letters` packed; empty for 0.
inline std::string two_letter_text(std::int64_t packed) {
    return packed == 0 ? "" : std::string{static_cast<char>(packed / 256), static_cast<char>(packed % 256)};
}

}  // namespace countback
