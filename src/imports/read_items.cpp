#include <limits>

#include "http/json.h"
#include "imports/item_lines.h"
#include "imports/row_reader.h"

namespace countback::imports {
namespace {

constexpr ItemType all_types[] = {
    ItemType::invoice,  ItemType::credit_note,         ItemType::payment, ItemType::misc, ItemType::draft,
    ItemType::late_fee, ItemType::down_payment_request};

bool is_credit(ItemType type) { return type == ItemType::credit_note || type == ItemType::payment; }

// Reads the rows of one file into lines; what a row leaves unreadable is nothing here.
class ItemRows {
public:
    ItemRows(const ItemReading& reading, ItemFile& file)
        : columns_(reading.columns),
          short_rows_allowed_(reading.short_rows_allowed),
          file_(file),
          row_(reading.columns, reading.formats) {}

    void read(const formats::TableRow& row) {
        ++file_.lines_read;
        row_.begin(row);
        line_ = {};
        line_.line = row.line;
        entity_.reset();
        customer_.reset();
        amount_.reset();
        currency_.reset();
        issue_known_ = false;
        type_known_ = false;
        two_readings_.reset();
        const std::size_t expected = columns_.header.size();
        const bool whole = (short_rows_allowed_ && row.cells.size() <= expected) ||
                           row.cells.size() == expected || row_.readable_width(row);
        if (whole) read_fields(row);
        if (!row_.refused()) return keep();
        protect();
        file_.refused.push_back(row_.take_refusal());
    }

private:
    void read_fields(const formats::TableRow& row) {
        read_parties();
        line_.source_id = row_.text(Field::source_id);
        if (columns_.has(Field::source_id) && line_.source_id.empty())
            row_.refuse(Field::source_id, RefusalCode::value_missing);
        line_.number = columns_.has(Field::number) ? row_.text(Field::number) : line_.source_id;
        if (line_.number.empty()) line_.number = line_.source_id;
        if (line_.number.empty()) row_.refuse(Field::number, RefusalCode::value_missing);
        const auto issue = row_.date(Field::issue_date);
        if (!issue) row_.refuse(Field::issue_date, RefusalCode::value_missing);
        line_.issue = issue.value_or(Date{});
        issue_known_ = issue.has_value();
        read_money();
        read_dates();
        line_.instalment = row_.whole(Field::instalment).value_or(0);
        read_extra(row);
    }

    void read_parties() {
        const std::string_view code = row_.text(Field::entity);
        entity_ = columns_.has(Field::entity) ? (code.empty() ? std::nullopt : file_.parties.entity(code))
                                              : file_.parties.only_entity();
        if (!entity_)
            row_.refuse(Field::entity,
                        code.empty() ? RefusalCode::value_missing : RefusalCode::entity_unknown);
        const std::string_view customer = row_.required(Field::customer_code);
        if (entity_ && !customer.empty()) customer_ = file_.parties.customer(*entity_, customer);
        line_.customer = customer_.value_or(0);
    }

    void read_money() {
        const auto given = row_.currency();
        currency_ = given;
        if (entity_ && given) file_.parties.currency_seen(*entity_, *given);
        if (entity_ && row_.text(Field::currency).empty() && file_.parties.entities[*entity_].id) {
            currency_ = file_.parties.entities[*entity_].currency;
        }
        if (!currency_) row_.refuse(Field::currency, RefusalCode::value_missing);
        amount_ = currency_ ? read_amount(*currency_) : std::nullopt;
        refuse_beyond_total();
        settle_type();
        line_.currency = currency_.value_or(Currency{});
        line_.amount = amount_.value_or(0);
        if (amount_ && currency_) read_remaining();
    }

    // LED-1: all that is ever added up stays far within 64 bits.
    void refuse_beyond_total() {
        if (!amount_) return;
        if (std::abs(*amount_) > gross_total_max - gross_) {
            // The control totals still show it, as long as they can be added up themselves.
            if (std::abs(*amount_) > gross_total_max - refused_gross_) {
                amount_.reset();
            } else {
                refused_gross_ += std::abs(*amount_);
            }
            if (row_.refused()) return;
            row_.refuse(columns_.has(Field::amount) ? Field::amount : Field::debit,
                        RefusalCode::field_invalid);
            return row_.add_data({{"reason", "the total of all amounts would be too large"}});
        }
        gross_ += std::abs(*amount_);
    }

    std::optional<std::int64_t> read_amount(Currency currency) {
        if (columns_.has(Field::amount)) {
            const auto amount = row_.amount(Field::amount, currency);
            if (!amount) row_.refuse(Field::amount, RefusalCode::value_missing);
            return amount;
        }
        const auto debit = row_.amount(Field::debit, currency);
        const auto credit = row_.amount(Field::credit, currency);
        if (!debit && !credit)
            row_.refuse(columns_.has(Field::debit) ? Field::debit : Field::credit,
                        RefusalCode::value_missing);
        const auto unread = [&](Field field, bool read) { return !read && !row_.text(field).empty(); };
        if (unread(Field::debit, debit.has_value()) || unread(Field::credit, credit.has_value()) ||
            (!debit && !credit))
            return std::nullopt;
        return debit.value_or(0) - credit.value_or(0);
    }

    // LED-2: the type as the source says it, else from the sign: credits of a ledger with debit and credit
    // columns are payments, other negative amounts credit notes.
    void settle_type() {
        const std::string_view word = row_.text(Field::type);
        if (!word.empty()) {
            const auto type = type_of(word);
            if (!type) return row_.refuse(Field::type, RefusalCode::type_unknown);
            line_.type = type->type;
            line_.flags = type->flags;
            type_known_ = true;
        } else if (amount_) {
            line_.type = *amount_ >= 0                 ? ItemType::invoice
                         : columns_.has(Field::amount) ? ItemType::credit_note
                                                       : ItemType::payment;
            type_known_ = true;
            ++from_sign_;
        }
        if (!amount_) return;
        if (line_.type == ItemType::invoice && *amount_ < 0) {
            line_.type = ItemType::credit_note;
            line_.flags |= item_flag::negative_invoice;
        }
        const bool turned =
            is_credit(line_.type) ? *amount_ > 0 : line_.type != ItemType::misc && *amount_ < 0;
        if (turned) *amount_ = -*amount_;
    }

    std::optional<TypeWord> type_of(std::string_view word) {
        const auto known = types_.find(word);
        if (known != types_.end()) return known->second;
        return types_.emplace(std::string(word), parse_type(word)).first->second;
    }

    void read_remaining() {
        auto remaining = row_.amount(Field::remaining, *currency_);
        if (!remaining) return;
        if (*amount_ < 0 && *remaining > 0) remaining = -*remaining;
        const bool beyond = *amount_ >= 0 ? (*remaining < 0 || *remaining > *amount_) : *remaining < *amount_;
        if (beyond) row_.refuse(Field::remaining, RefusalCode::remaining_exceeds_amount);
        line_.remaining = remaining;
    }

    void read_dates() {
        line_.cleared = row_.date(Field::cleared_date);
        auto due = row_.date(Field::due_date);
        if (!due && !row_.refused() && issue_known_) due = due_without_date();
        if (!due) refuse_due();
        line_.due = due.value_or(Date{});
        if (due && issue_known_ && *due < line_.issue) line_.flags |= item_flag::due_before_issue;
    }

    void refuse_due() {
        if (!row_.text(Field::terms).empty()) {
            if (row_.refused()) return;
            row_.refuse(Field::terms, RefusalCode::field_invalid);
            return row_.add_data({{"reason", "these terms are not known"}});
        }
        row_.refuse(columns_.has(Field::due_date) ? Field::due_date : Field::terms,
                    RefusalCode::value_missing);
    }

    // LED-8: by the line's terms; credits without any are due when issued.
    std::optional<Date> due_without_date() {
        const std::string_view text = row_.text(Field::terms);
        if (const auto terms = text.empty() ? std::nullopt : parse_terms(text)) {
            line_.flags |= item_flag::due_from_terms;
            const auto other = parse_terms(text, EndOfMonthReading::eom_then_days);
            if (terms->kind == Terms::Kind::days_then_eom && *other != *terms) two_readings_ = terms->days;
            return due_date(*terms, line_.issue);
        }
        return is_credit(line_.type) ? std::optional(line_.issue) : std::nullopt;
    }

    void read_extra(const formats::TableRow& row) {
        ItemExtra extra;
        if (currency_) extra.vat = row_.amount(Field::vat_amount, *currency_);
        extra.order_reference = row_.text(Field::order_reference);
        extra.document_link = row_.text(Field::document_link);
        if (!columns_.custom.empty()) {
            boost::json::object custom;
            for (const auto& [name, column] : columns_.custom) {
                const auto place = static_cast<std::size_t>(column);
                if (place < row.cells.size() && !row.cells[place].empty()) custom[name] = row.cells[place];
            }
            custom_ = custom.empty() ? std::string() : boost::json::serialize(custom);
            extra.custom = custom_;
        }
        extra_ = extra;
    }

    void keep() {
        line_.number = file_.texts->keep(line_.number);
        line_.source_id = file_.texts->keep(line_.source_id);
        line_.key = hash_of(key_of(line_.type));
        if (extra_ != ItemExtra{}) {
            extra_.order_reference = file_.texts->keep(extra_.order_reference);
            extra_.document_link = file_.texts->keep(extra_.document_link);
            extra_.custom = file_.texts->keep(extra_.custom);
            file_.extras.push_back(extra_);
            line_.extra = static_cast<std::uint32_t>(file_.extras.size());
        }
        seen_parties();
        if (two_readings_)
            file_.ends_of_month.push_back({static_cast<std::uint32_t>(file_.lines.size()), *two_readings_});
        file_.lines.push_back(line_);
        file_.types_from_sign += from_sign_;
        from_sign_ = 0;
    }

    void seen_parties() {
        file_.parties.name_seen(line_.customer, row_.text(Field::customer_name), line_.issue);
        FileCustomer& customer = file_.parties.customers[line_.customer];
        if (const auto collector = row_.text(Field::collector);
            !collector.empty() && collector != customer.collector)
            customer.collector = collector;
        if (const auto segment = row_.text(Field::segment); !segment.empty() && segment != customer.segment)
            customer.segment = segment;
    }

    ItemKey key_of(ItemType type) const {
        return {
            line_.source_id, file_.parties.entities[*entity_].code, type, line_.number, line_.issue.year(),
            line_.instalment};
    }

    // IMP-3: a refused line protects the item it names; if unreadable, its customer; else its entity.
    void protect() {
        from_sign_ = 0;
        const bool named = !line_.source_id.empty() || (issue_known_ && !line_.number.empty());
        if (entity_ && named) {
            for (const ItemType type : all_types) {
                if (!type_known_ || type == line_.type) file_.protect.keys.insert(hash_of(key_of(type)));
            }
        } else if (customer_) {
            file_.protect.customers.insert(*customer_);
        } else if (entity_) {
            file_.protect.entities.insert(*entity_);
        } else {
            file_.protect.everything = true;
        }
        if (entity_ && amount_ && currency_ && line_.type != ItemType::down_payment_request) {
            const Date issue = issue_known_ ? line_.issue : Date(std::numeric_limits<std::int32_t>::min());
            file_.refused_amounts.push_back(
                {*entity_, customer_, *currency_, *amount_, issue, line_.cleared, line_.remaining});
        }
    }

    const Columns& columns_;
    bool short_rows_allowed_;
    ItemFile& file_;
    RowReader row_;
    ItemLine line_;
    ItemExtra extra_;
    std::string custom_;
    std::optional<std::uint32_t> entity_, customer_;
    std::optional<Currency> currency_;
    std::optional<std::int64_t> amount_;
    bool issue_known_ = false;
    bool type_known_ = false;
    std::optional<int> two_readings_;  ///< days, end of month
    std::int64_t from_sign_ = 0;
    std::int64_t gross_ = 0;          ///< minor units of all lines so far
    std::int64_t refused_gross_ = 0;  ///< of those beyond the total
    ByText<std::optional<TypeWord>> types_;
};

}  // namespace

Result<void> read_items(formats::TableSource& rows, const ItemReading& reading, ItemFile& file) {
    ItemRows reader(reading, file);
    formats::TableRow row;
    while (true) {
        const auto more = rows.next(row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return {};
        reader.read(row);
    }
}

}  // namespace countback::imports
