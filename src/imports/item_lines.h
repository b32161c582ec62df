// IMP-1: the lines of an items file as plain data. Each line is read by itself: a missing or unreadable field
// refuses that line with file, line, column, value and reason; the good lines go on.
#pragma once
#include <functional>
#include <memory>
#include <set>

#include "formats/table.h"
#include "imports/file_parties.h"
#include "imports/mapping.h"
#include "imports/refused.h"
#include "imports/texts.h"
#include "receivables/book.h"
#include "receivables/terms.h"
#include "receivables/types.h"

namespace countback::imports {

/// The most that the amounts of a file, and of the ledger with it, may come to in minor units of any
/// currency: a quarter of what 64 bits hold. A line beyond it is refused.
constexpr std::int64_t gross_total_max = std::int64_t{1} << 61;

struct ItemLine {
    std::int64_t line = 0;
    std::uint32_t customer = 0;  ///< its place in FileParties
    ItemType type = ItemType::invoice;
    Currency currency;
    std::uint32_t flags = 0;
    std::int64_t amount = 0;  ///< minor units, signed
    Date issue;
    Date due;
    std::optional<Date> cleared;
    std::optional<std::int64_t> remaining;  ///< minor units, signed like the amount
    int instalment = 0;                     ///< 0 = none
    std::uint64_t key = 0;                  ///< of the item, or of all instalments of one number
    std::string_view number;
    std::string_view source_id;
    std::uint32_t extra = 0;  ///< its place in ItemFile::extras + 1; 0 = none
};

/// What few files have, apart so that plain lines stay small.
struct ItemExtra {
    std::optional<std::int64_t> vat;
    std::string_view order_reference, document_link;
    std::string_view custom;  ///< a JSON object of the user's own columns
    bool operator==(const ItemExtra&) const = default;
};

/// How the values of this file are written, settled over all of it (IMP-2).
struct FileFormats {
    formats::AmountFormat amount;
    formats::DateOrder order = formats::DateOrder::day_first;
    std::string date_layout;                ///< shown to the user; empty = no date seen
    bool decimal_open = false;              ///< the file leaves the decimal mark open: ask
    bool order_open = false;                ///< the file leaves the order of day and month open: ask
    std::vector<Field> point_zero_dropped;  ///< `1930438491.0` on every value
    std::int64_t lines = 0;

    /// What files of these headers write, to be remembered with them: as this one proves, as a person chose,
    /// else as it was remembered.
    std::optional<std::string> kept_date_format;
    std::optional<char> kept_decimal;

    bool drops_point_zero(Field field) const;
};

/// How earlier files of the same headers were written; asked where this one leaves it open (IMP-2).
struct RememberedFormats {
    std::optional<std::string> date_format;
    std::optional<char> decimal;
};

/// Walks the whole file once. Refusals of the file itself end it.
struct FormatsKnown {
    const Mapping& mapping;
    char delimiter = ',';
    RememberedFormats remembered;
};
Result<FileFormats> settle_formats(formats::TableSource& rows, const Columns& columns,
                                   const FormatsKnown& known);

struct ItemFile {
    explicit ItemFile(FileParties file_parties) : parties(std::move(file_parties)) {}
    FileParties parties;
    std::vector<ItemLine> lines;
    std::vector<ItemExtra> extras;
    std::vector<RefusedLine> refused;
    Protected protect;
    std::unique_ptr<Texts> texts = std::make_unique<Texts>();
    std::int64_t lines_read = 0;
    std::int64_t due_before_issue = 0, negative_invoices = 0, types_from_sign = 0, due_from_terms = 0,
                 cleared_before_issue = 0;
    /// Per (entity, currency, customer): what lines refused for other reasons than repetition say, where
    /// readable.
    struct RefusedAmount {
        std::uint32_t entity = 0;               ///< its place in FileParties
        std::optional<std::uint32_t> customer;  ///< none = the line does not say whose it is
        Currency currency;
        std::int64_t amount = 0;
        Date issue;  ///< where unreadable, before every day
        std::optional<Date> cleared;
        std::optional<std::int64_t> remaining;
    };
    std::vector<RefusedAmount> refused_amounts;
    /// Lines without a due date whose terms, n days end of month, have two readings (LED-8).
    struct EndOfMonth {
        std::uint32_t line = 0;
        int days = 0;
    };
    std::vector<EndOfMonth> ends_of_month;
    /// Of customers and contacts: what stands for a language and is none we know, each once.
    std::set<std::string> unknown_languages;
};

struct ItemReading {
    const Columns& columns;
    const FileFormats& formats;
    /// Missing trailing cells are empty ones (a workbook does not store them).
    bool short_rows_allowed = false;
};

/// Reads every line into `file`. Refusals of the file itself end it.
Result<void> read_items(formats::TableSource& rows, const ItemReading& reading, ItemFile& file);

/// LED-8: gives lines whose terms have two readings the due date of the reading that the customer's imported
/// due dates agree on, those of the file and of the ledger.
void infer_due_dates(const Snapshot& book, ItemFile& file);

/// Inside one file (IMP-1): lines equal in all fields are refused as duplicates, lines of one key that differ
/// are refused both, one number with several due dates becomes instalments 1…n by due date.
void settle_groups(ItemFile& file, const Columns& columns);

/// The hash of an item key: the source id when there is one, else entity, type, number, calendar year of
/// issue and, where the file gives it, the instalment.
struct ItemKey {
    std::string_view source_id;
    std::string_view entity;
    ItemType type = ItemType::invoice;
    std::string_view number;
    int year = 0;
    int instalment = 0;
};
std::uint64_t hash_of(const ItemKey& key);

/// What a source's word for the type means; nothing when unknown.
struct TypeWord {
    ItemType type;
    std::uint32_t flags = 0;
};
std::optional<TypeWord> parse_type(std::string_view word);

}  // namespace countback::imports
