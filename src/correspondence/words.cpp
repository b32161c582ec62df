// What templates are filled with, and the items as plain text.
#include <algorithm>
#include <numeric>

#include "base/ratio.h"
#include "correspondence/compose.h"
#include "locale/numbers.h"
#include "locale/texts.h"

namespace countback::correspondence {

namespace {

using formats::MessageData;

struct AskedLine {
    const StatementLine* line = nullptr;
    std::string owner, number;  ///< the owner of a group's lines only
    Money asked;
};

/// In the statement's order; an item that is settled meanwhile has no line, but where the message thanks for
/// it.
std::vector<AskedLine> asked_lines(const Paper& paper) {
    std::vector<AskedLine> lines;
    for (std::size_t place = 0; place < paper.statement.lines.size(); ++place) {
        const StatementLine& line = paper.statement.lines[place];
        const auto asked = std::find_if(paper.asked.begin(), paper.asked.end(),
                                        [&](const AskedItem& one) { return one.item == line.item; });
        if (asked == paper.asked.end()) continue;
        const std::string owner = paper.owners.empty() ? std::string() : paper.owners[place];
        lines.push_back({&line, owner, paper.numbers[place], asked_of(*asked, line)});
    }
    for (const auto& [line, number] : paper.paid) {
        const auto asked = std::find_if(paper.asked.begin(), paper.asked.end(),
                                        [&](const AskedItem& one) { return one.item == line.item; });
        lines.push_back({&line, {}, number, asked->amount});
    }
    return lines;
}

/// The oldest by due date, left in their order.
std::vector<AskedLine> oldest_lines(const Paper& paper, std::size_t at_most) {
    std::vector<AskedLine> lines = asked_lines(paper);
    if (lines.size() <= at_most) return lines;
    std::vector<std::size_t> places(lines.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::stable_sort(places.begin(), places.end(),
                     [&](std::size_t a, std::size_t b) { return lines[a].line->due < lines[b].line->due; });
    places.resize(at_most);
    std::sort(places.begin(), places.end());
    std::vector<AskedLine> oldest;
    for (const std::size_t place : places) oldest.push_back(std::move(lines[place]));
    return oldest;
}

/// By payments or credit notes.
bool is_paid_in_part(const AskedLine& line) {
    return line.line->open.minor > 0 && line.line->open.minor < line.line->amount.minor;
}

/// What a message asks to be paid, or thanks for; where credits cover all of it, 0.00 of one currency.
std::vector<Money> sums_told(const Paper& paper) {
    std::vector<Money> sums;
    for (const AskedTotal& total : asked_totals(paper))
        sums.push_back(total.credit.minor > 0 ? total.to_pay() : total.asked);
    const auto nothing = [](const Money& one) { return one.minor == 0; };
    if (std::all_of(sums.begin(), sums.end(), nothing) && !sums.empty())
        sums.erase(sums.begin() + 1, sums.end());
    else
        std::erase_if(sums, nothing);
    return sums;
}

/// `100.00 EUR`, `100.00 EUR and 5.00 USD`, `100.00 EUR, 5.00 USD and 300 JPY`.
std::string sum_of(const Paper& paper) {
    std::string text;
    const std::vector<Money> sums = sums_told(paper);
    const std::string last = ' ' + locale::text(paper.language, "message.and") + ' ';
    for (std::size_t place = 0; place < sums.size(); ++place) {
        if (place > 0) text += place + 1 == sums.size() ? last : ", ";
        text += locale::money(paper.language, sums[place]);
    }
    return text;
}

/// `1 day`, `12 days`; in French none is one.
std::string days_told(Language language, int days) {
    const bool one = days == 1 || (language == Language::fr && days == 0);
    return locale::text(language, one ? "message.days_one" : "message.days",
                        {{"days", std::to_string(days)}});
}

MessageData row_of(const AskedLine& line, Language language) {
    MessageData row;
    row.text("member", line.owner)
        .text("number", line.number)
        .text("type",
              locale::text(language, "message.type." + std::to_string(static_cast<int>(line.line->type))))
        .text("issue_date", locale::short_date(language, line.line->issue))
        .text("due_date", locale::short_date(language, line.line->due))
        .text("days_late", std::to_string(line.line->days_late))
        .text("delay", days_told(language, line.line->days_late))
        .text("amount", locale::money(language, line.line->amount))
        .text("asked", locale::money(language, line.asked));
    return row;
}

MessageData::Rows totals_of(const Paper& paper) {
    MessageData::Rows rows;
    const std::vector<AskedTotal> asked = asked_totals(paper);
    for (const StatementTotals& total : paper.statement.totals) {
        const auto own = std::find_if(asked.begin(), asked.end(), [&](const AskedTotal& one) {
            return one.asked.currency == total.currency;
        });
        const auto text = [&](std::int64_t minor) {
            return locale::money(paper.language, Money{minor, total.currency});
        };
        MessageData row;
        row.text("currency", std::string(total.currency.code()))
            .text("asked", text(own == asked.end() ? 0 : own->asked.minor))
            .text("to_pay", text(own == asked.end() ? 0 : own->to_pay().minor))
            .text("outstanding", text(total.outstanding()))
            .text("overdue", text(total.overdue()))
            .text("not_due", text(total.not_due))
            .text("unapplied", text(total.unapplied));
        rows.push_back(std::move(row));
    }
    return rows;
}

MessageData company_of(const Paper& paper) {
    MessageData company;
    company.text("name", paper.card.name)
        .text("address", paper.card.address)
        .text("registration", paper.card.registration)
        .text("vat_number", paper.card.vat_number)
        .text("phone", paper.card.phone)
        .text("email", paper.card.email)
        .text("iban", paper.card.iban)
        .text("bic", paper.card.bic);
    return company;
}

/// `12.15 %`, in French `12,15 %`.
std::string percent(Language language, std::int64_t hundredths) {
    std::string text = Hundredths{hundredths}.text();
    if (language == Language::fr) std::replace(text.begin(), text.end(), '.', ',');
    return text + " %";
}

/// Each rate once, in the order of time: `14.50 %, 13.15 %`.
std::string rates_of(const PenaltyShown& owed, Language language) {
    std::vector<std::pair<Date, std::int64_t>> rates;
    for (const PenaltyLine& one : owed.lines) rates.emplace_back(one.segment.from, one.segment.hundredths);
    std::sort(rates.begin(), rates.end());
    std::vector<std::int64_t> told;
    std::string text;
    for (const auto& [from, rate] : rates) {
        if (std::find(told.begin(), told.end(), rate) != told.end()) continue;
        told.push_back(rate);
        text += (text.empty() ? "" : ", ") + percent(language, rate);
    }
    return text;
}

MessageData penalty_row(const Paper& paper, const PenaltyLine& line) {
    const PenaltySegment& segment = line.segment;
    MessageData row;
    for (std::size_t place = 0; place < paper.statement.lines.size(); ++place) {
        if (paper.statement.lines[place].item == line.item) row.text("number", paper.numbers[place]);
    }
    row.text("from", locale::short_date(paper.language, segment.from))
        .text("to", locale::short_date(paper.language, segment.to))
        .text("days", std::to_string(segment.days))
        .text("duration", days_told(paper.language, segment.days))
        .text("rate", percent(paper.language, segment.hundredths))
        .text("amount", locale::money(paper.language, segment.amount))
        .text("interest", locale::money(paper.language, segment.interest));
    return row;
}

/// What makes them owed: `§ 288 BGB`; empty where the law has not been read for that kind of debtor.
std::string laws_of(const PenaltyShown& owed, Language language) {
    std::string text;
    for (const PenaltyLaw& one : owed.laws) {
        const std::string key = "message.law." + one.country + (one.of_public_buyers ? ".public" : "");
        if (!locale::has_text(language, key)) continue;
        const std::string_view joint = language == Language::fr ? " ; " : "; ";
        text += std::string(text.empty() ? "" : joint) + locale::text(language, key);
    }
    return text;
}

void add_penalties(const Paper& paper, MessageData& data) {
    const bool shown = paper.penalties && paper.penalties->owed();
    data.flag("penalties", shown);
    if (!shown) return;
    const PenaltyShown& owed = *paper.penalties;
    const Money total{checked_add(owed.interest.minor, owed.indemnity.minor), owed.interest.currency};
    data.text("penalty_law", laws_of(owed, paper.language))
        .text("penalty_interest", locale::money(paper.language, owed.interest))
        .text("penalty_indemnity", locale::money(paper.language, owed.indemnity))
        .text("penalty_total", locale::money(paper.language, total))
        .text("penalty_rate", rates_of(owed, paper.language));
    if (owed.billed.minor > 0) data.text("penalty_billed", locale::money(paper.language, owed.billed));
    MessageData::Rows rows;
    for (const PenaltyLine& one : owed.lines) rows.push_back(penalty_row(paper, one));
    data.rows("penalty_lines", std::move(rows));
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

/// What is attached, and what is there but too large to be: `F-001, F-002 (too large to attach: F-003)`.
std::string documents_text(const Paper& paper) {
    const std::string attached = joined(paper.documents.numbers);
    if (paper.documents.left_out.empty()) return attached;
    const std::string rest = locale::text(paper.language, "message.documents_left_out",
                                          {{"numbers", joined(paper.documents.left_out)}});
    return attached.empty() ? rest : attached + " (" + rest + ")";
}

}  // namespace

formats::MessageData data_of(const Paper& paper, std::string items_table) {
    const std::vector<AskedLine> lines = asked_lines(paper);
    MessageData data;
    MessageData customer, contact, sender;
    customer.text("name", paper.customer.name).text("code", paper.customer.code);
    contact.text("name", paper.greeted);
    const Signature& signature = paper.signature;
    const bool nobody = signature.person.name.empty();
    sender.text("name", nobody ? locale::text(paper.language, "message.receivables") : signature.person.name)
        .text("email", signature.person.address.empty() ? signature.from_address : signature.person.address)
        .text("phone", paper.card.phone);
    data.object("company", company_of(paper));
    data.object("customer", std::move(customer));
    data.object("contact", std::move(contact));
    data.object("sender", std::move(sender));
    data.text("date", locale::long_date(paper.language, paper.day));
    data.text("total", sum_of(paper));
    data.text("count", std::to_string(lines.size()));
    data.flag("several", lines.size() > 1);
    data.flag("reminded", paper.reminded);
    data.flag("paid_in_part", std::any_of(lines.begin(), lines.end(), is_paid_in_part));
    data.text("items_table", std::move(items_table));
    data.text("reference", paper.reference);
    data.text("documents", documents_text(paper));
    const auto oldest =
        std::min_element(lines.begin(), lines.end(),
                         [](const AskedLine& a, const AskedLine& b) { return a.line->due < b.line->due; });
    if (oldest != lines.end()) {
        data.text("oldest_due_date", locale::long_date(paper.language, oldest->line->due));
        data.text("days_late", std::to_string(oldest->line->days_late));
        data.text("delay", days_told(paper.language, oldest->line->days_late));
    }
    add_penalties(paper, data);
    MessageData::Rows rows;
    for (const AskedLine& line : lines) rows.push_back(row_of(line, paper.language));
    data.rows("items", std::move(rows));
    data.rows("totals", totals_of(paper));
    return data;
}

std::string account_told(const Paper& paper) {
    if (paper.recipient.id == paper.customer.id) return {};
    return locale::text(paper.language, "message.account_of",
                        {{"name", paper.customer.name}, {"code", paper.customer.code}});
}

std::string more_items_told(const Paper& paper) {
    const std::size_t count = asked_lines(paper).size();
    if (count <= items_listed_max) return {};
    const char* key = paper.paid.empty() ? "message.more_items" : "message.more_paid";
    return locale::text(paper.language, key, {{"count", std::to_string(count - items_listed_max)}});
}

std::string items_as_text(const Paper& paper) {
    std::string text = account_told(paper);
    if (!text.empty()) text += '\n';
    for (const AskedLine& line : oldest_lines(paper, items_listed_max)) {
        const std::string number = line.owner.empty() ? line.number : line.owner + ", " + line.number;
        const locale::Data data{{"number", number},
                                {"due", locale::short_date(paper.language, line.line->due)},
                                {"amount", locale::money(paper.language, line.asked)},
                                {"days", std::to_string(line.line->days_late)}};
        const int late = line.line->days_late;
        const char* key = late > 1    ? "message.line_late"
                          : late == 1 ? "message.line_late_one"
                                      : "message.line_due";
        text += locale::text(paper.language, key, data) + '\n';
    }
    if (const std::string more = more_items_told(paper); !more.empty()) text += "- " + more + '\n';
    for (const TotalCells& total : total_cells(paper)) {
        text += locale::text(paper.language, "message.line_total",
                             {{"label", total.label}, {"amount", total.amount}}) +
                '\n';
    }
    if (!text.empty()) text.pop_back();
    return text;
}

/// The rows of the HTML table: already written out, not yet escaped.
std::vector<ItemCells> item_cells(const Paper& paper, std::size_t at_most) {
    std::vector<ItemCells> cells;
    for (const AskedLine& line : oldest_lines(paper, at_most)) {
        cells.push_back({line.owner, line.number, locale::short_date(paper.language, line.line->issue),
                         locale::short_date(paper.language, line.line->due),
                         line.line->days_late > 0 ? std::to_string(line.line->days_late) : "",
                         locale::money(paper.language, line.asked)});
    }
    return cells;
}

std::vector<TotalCells> total_cells(const Paper& paper) {
    std::vector<TotalCells> cells;
    const auto add = [&](std::string_view key, const Money& amount) {
        cells.push_back({locale::text(paper.language, "message." + std::string(key)),
                         locale::money(paper.language, amount)});
    };
    for (const AskedTotal& total : asked_totals(paper)) {
        add("total", total.asked);
        if (total.credit.minor == 0) continue;
        add("credits_on_account", {-total.credit.minor, total.credit.currency});
        add("to_pay", total.to_pay());
    }
    return cells;
}

}  // namespace countback::correspondence
