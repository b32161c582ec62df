#include "correspondence/papers.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/base64.h"
#include "formats/epc.h"
#include "locale/numbers.h"
#include "locale/texts.h"

namespace countback::correspondence {

namespace {

using formats::Align;
using formats::Letter;
using formats::LetterTable;

std::string word(const Paper& paper, std::string_view key) {
    return locale::text(paper.language, "message." + std::string(key));
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string_view line : split(text, '\n')) {
        if (!trim(line).empty()) lines.emplace_back(trim(line));
    }
    return lines;
}

std::vector<std::string> footer_of(const Paper& paper) {
    std::string line = paper.card.name;
    for (const std::string& part :
         {paper.card.registration, paper.card.vat_number, paper.card.phone, paper.card.email}) {
        if (!part.empty()) line += " \xC2\xB7 " + part;
    }
    std::vector<std::string> footer{line};
    if (!paper.card.iban.empty()) {
        std::string bank = "IBAN " + formats::grouped(paper.card.iban);
        if (!paper.card.bic.empty()) bank += " \xC2\xB7 BIC " + paper.card.bic;
        footer.push_back(bank);
    }
    return footer;
}

/// What both papers share: who writes to whom, where and when.
Letter frame(const Paper& paper) {
    Letter letter;
    letter.language = code_of(paper.language);
    letter.logo_png = paper.card.logo_png.empty() ? "" : crypto::bytes_of_base64(paper.card.logo_png);
    letter.sender.push_back(paper.card.name);
    for (std::string& line : lines_of(paper.card.address)) letter.sender.push_back(std::move(line));
    letter.address.push_back(paper.recipient.name);
    if (!paper.attention.empty())
        letter.address.push_back(
            locale::text(paper.language, "message.attention", {{"name", paper.attention}}));
    for (std::string& line : lines_of(paper.recipient.address)) letter.address.push_back(std::move(line));
    letter.address_label = word(paper, "address");
    letter.window = paper.entity.country == "DE" || paper.entity.country == "GB"
                        ? formats::AddressWindow::left
                        : formats::AddressWindow::right;
    letter.place_and_date = locale::long_date(paper.language, paper.day);
    const bool other_pays = paper.recipient.id != paper.customer.id;
    const std::string account =
        other_pays ? paper.customer.name + " (" + paper.customer.code + ')' : paper.customer.code;
    letter.references = {{word(paper, "account"), account}, {word(paper, "reference"), paper.reference}};
    letter.footer = footer_of(paper);
    letter.running_title = paper.card.name + " \xC2\xB7 " + paper.customer.code;
    return letter;
}

/// The euros that the message asks to be paid: what the QR code fills in; nothing of what is paid.
Money to_pay(const Paper& paper) {
    const Currency euro = *Currency::parse("EUR");
    for (const AskedTotal& total : asked_totals(paper)) {
        if (total.asked.currency == euro) return total.to_pay();
    }
    return {0, euro};
}

/// The QR code takes 70 letters of the payee's name; banks go by the IBAN.
std::string cut_for_qr(const std::string& name) {
    constexpr std::size_t letters_max = 70;
    std::size_t letters = 0;
    for (std::size_t place = 0; place < name.size(); ++place) {
        const bool begins_letter = (static_cast<unsigned char>(name[place]) & 0xC0U) != 0x80U;
        if (begins_letter && ++letters > letters_max) return std::string(trim(name.substr(0, place)));
    }
    return name;
}

std::optional<formats::LetterPayment> payment_of(const Paper& paper) {
    if (paper.card.iban.empty()) return std::nullopt;
    formats::LetterPayment payment;
    payment.title = word(paper, "how_to_pay");
    payment.lines = {"IBAN " + formats::grouped(paper.card.iban)};
    if (!paper.card.bic.empty()) payment.lines.push_back("BIC " + paper.card.bic);
    payment.lines.push_back(word(paper, "reference") + ' ' + formats::grouped(paper.reference));
    const Money amount = to_pay(paper);
    const bool structured = paper.reference.starts_with("RF");
    const auto payload =
        formats::sepa_qr_payload({cut_for_qr(paper.card.name), paper.card.iban, paper.card.bic, amount,
                                  structured ? paper.reference : "", structured ? "" : paper.reference});
    if (payload && amount.minor > 0) {
        payment.qr_payload = *payload;
        payment.qr_caption = locale::money(paper.language, amount);
    }
    return payment;
}

/// Under the outstanding amount: how much of it the table says something of.
std::vector<std::vector<std::string>> known_totals(const Paper& paper, std::size_t columns) {
    std::vector<std::vector<std::string>> rows;
    for (const StatementTotals& total : paper.statement.totals) {
        Money sum{0, total.currency};
        for (std::size_t place = 0; place < paper.known.size(); ++place) {
            const Money open = paper.statement.lines[place].open;
            std::int64_t of_line = 0;
            for (const KnownOfLine& one : paper.known[place])
                of_line = std::min(open.minor, checked_add(of_line, one.amount.minor));
            if (open.currency == total.currency) sum.minor = checked_add(sum.minor, of_line);
        }
        if (sum.minor == 0) continue;
        std::vector<std::string> row(columns);
        row.front() = word(paper, "known_total");
        row.back() = locale::money(paper.language, sum);
        rows.push_back(std::move(row));
    }
    return rows;
}

/// The customer's column stands in a group's papers only.
void add_columns(const Paper& paper, std::initializer_list<std::string_view> keys, LetterTable& table) {
    if (!paper.owners.empty()) table.columns.push_back({word(paper, "head.customer")});
    for (const std::string_view key : keys) {
        const bool words = key == "number" || key == "type" || key == "known";
        const bool date = key == "issued" || key == "due";
        const Align align = words || date ? Align::left : Align::right;
        table.columns.push_back({word(paper, "head." + std::string(key)), align, date});
    }
}

/// What is known of a line has a column of its own; beside the customers of a group there is no room for one,
/// and it stands with the line's kind.
std::vector<std::string> statement_row(const Paper& paper, std::size_t place) {
    const StatementLine& line = paper.statement.lines[place];
    const bool grouped = !paper.owners.empty();
    const std::string known =
        paper.known.empty() ? std::string() : known_told(paper.known[place], paper.language);
    std::vector<std::string> row{paper.numbers[place],
                                 word(paper, "type." + std::to_string(static_cast<int>(line.type))),
                                 locale::short_date(paper.language, line.issue),
                                 locale::short_date(paper.language, line.due),
                                 line.days_late > 0 ? std::to_string(line.days_late) : "",
                                 locale::money(paper.language, line.amount),
                                 locale::money(paper.language, line.open)};
    if (grouped) {
        if (!known.empty()) row[1] += ", " + known;
        row.insert(row.begin(), paper.owners[place]);
    } else if (!paper.known.empty()) {
        row.insert(row.end() - 2, known);
    }
    return row;
}

LetterTable statement_table(const Paper& paper) {
    LetterTable table;
    if (paper.owners.empty() && !paper.known.empty())
        add_columns(paper, {"number", "type", "issued", "due", "days_late", "known", "billed", "open"},
                    table);
    else
        add_columns(paper, {"number", "type", "issued", "due", "days_late", "billed", "open"}, table);
    for (std::size_t place = 0; place < paper.statement.lines.size(); ++place)
        table.rows.push_back(statement_row(paper, place));
    for (const StatementTotals& total : paper.statement.totals) {
        std::vector<std::string> row(table.columns.size());
        row.front() = word(paper, "outstanding");
        row.back() = locale::money(paper.language, {total.outstanding(), total.currency});
        table.totals.push_back(std::move(row));
    }
    for (std::vector<std::string>& row : known_totals(paper, table.columns.size()))
        table.totals.push_back(std::move(row));
    return table;
}

LetterTable ages_table(const Paper& paper) {
    LetterTable table;
    table.title = word(paper, "ages");
    table.columns.push_back({word(paper, "currency"), Align::left});
    for (const char* key :
         {"not_due", "d1_30", "d31_60", "d61_90", "d91_120", "d120_plus", "unapplied", "outstanding"}) {
        table.columns.push_back({word(paper, key), Align::right});
    }
    for (const StatementTotals& total : paper.statement.totals) {
        const auto amount = [&](std::int64_t minor) {
            return minor == 0 ? std::string() : locale::amount(paper.language, {minor, total.currency});
        };
        std::vector<std::string> row{std::string(total.currency.code()), amount(total.not_due)};
        for (const std::int64_t late : total.late) row.push_back(amount(late));
        row.push_back(amount(total.unapplied));
        row.push_back(locale::amount(paper.language, {total.outstanding(), total.currency}));
        table.rows.push_back(std::move(row));
    }
    return table;
}

LetterTable asked_table(const Paper& paper) {
    LetterTable table;
    table.title = account_told(paper);
    const bool grouped = !paper.owners.empty();
    add_columns(paper, {"number", "issued", "due", "days_late", "amount"}, table);
    for (const ItemCells& cells : item_cells(paper, paper.asked.size())) {
        table.rows.push_back({cells.number, cells.issued, cells.due, cells.days_late, cells.amount});
        if (grouped) table.rows.back().insert(table.rows.back().begin(), cells.owner);
    }
    for (const TotalCells& total : total_cells(paper)) {
        std::vector<std::string> row(table.columns.size());
        row.front() = total.label;
        row.back() = total.amount;
        table.totals.push_back(std::move(row));
    }
    return table;
}

/// Paragraphs are parted by empty lines.
std::vector<std::string> paragraphs(std::string_view text) {
    std::vector<std::string> all;
    std::string paragraph;
    for (const std::string_view line : split(text, '\n')) {
        if (!trim(line).empty()) {
            paragraph += (paragraph.empty() ? "" : "\n") + std::string(line);
            continue;
        }
        if (!paragraph.empty()) all.push_back(std::move(paragraph));
        paragraph.clear();
    }
    if (!paragraph.empty()) all.push_back(std::move(paragraph));
    return all;
}

/// The items stand once as a table; where the text has them again, as lines.
std::string with_items_told(const Paper& paper, std::string text) {
    for (auto at = text.find(items_mark); at != std::string::npos; at = text.find(items_mark))
        text.replace(at, items_mark.size(), items_as_text(paper));
    return text;
}

std::optional<Attachment> as_pdf(const Paper& paper, std::vector<Letter> letters, const std::string& name) {
    formats::LetterBatch batch{letters.front().title, paper.card.name,
                               static_cast<std::int64_t>(paper.day.days()) * 86'400, std::move(letters)};
    auto pdf = formats::write_pdf(batch);
    if (!pdf && pdf.error().fault == formats::PdfFault::logo_unreadable) {
        for (Letter& letter : batch.letters) letter.logo_png.clear();
        pdf = formats::write_pdf(batch);
    }
    if (!pdf) return std::nullopt;
    return Attachment{name, "application/pdf", std::move(pdf->bytes), {}};
}

/// A file name of letters, digits and hyphens.
std::string file_name(const Paper& paper, std::string_view kind) {
    std::string code = paper.customer.code;
    std::replace_if(
        code.begin(), code.end(), [](unsigned char letter) { return std::isalnum(letter) == 0; }, '-');
    return std::string(kind) + '-' + code + '-' + paper.day.iso() + ".pdf";
}

}  // namespace

Letter statement_of(const Paper& paper) {
    Letter letter = frame(paper);
    letter.title = word(paper, "statement_title") + ' ' + locale::long_date(paper.language, paper.day);
    letter.tables.push_back(statement_table(paper));
    letter.tables.push_back(ages_table(paper));
    letter.payment = payment_of(paper);
    return letter;
}

Letter letter_of(const Paper& paper) {
    Letter letter = frame(paper);
    letter.title = paper.letter_title;
    const auto mark = paper.letter_text.find(items_mark);
    letter.opening = paragraphs(std::string_view(paper.letter_text).substr(0, mark));
    if (mark != std::string::npos) {
        if (LetterTable table = asked_table(paper); !table.rows.empty() || !table.title.empty())
            letter.tables.push_back(std::move(table));
        letter.closing =
            paragraphs(with_items_told(paper, paper.letter_text.substr(mark + items_mark.size())));
    }
    letter.payment = payment_of(paper);
    return letter;
}

namespace {

/// The letter, its statement, and for each who has a copy the letter once more, under that name.
std::vector<Letter> sheets_of(const Paper& paper) {
    std::vector<Letter> sheets{letter_of(paper), statement_of(paper)};
    for (const std::string& name : paper.copies) {
        Paper copy = paper;
        copy.attention = name;
        sheets.push_back(letter_of(copy));
        const std::string original = paper.attention.empty() ? paper.recipient.name : paper.attention;
        sheets.back().references.push_back({word(paper, "copy"), original});
    }
    return sheets;
}

}  // namespace

std::vector<Attachment> attachments_of(const Paper& paper, const std::string& channel) {
    const bool french = paper.language == Language::fr;
    std::vector<Attachment> all;
    if (channel != "email") {
        if (auto pdf = as_pdf(paper, sheets_of(paper), file_name(paper, french ? "lettre" : "letter")))
            all.push_back(std::move(*pdf));
        return all;
    }
    if (auto pdf = as_pdf(paper, {statement_of(paper)}, file_name(paper, french ? "releve" : "statement")))
        all.push_back(std::move(*pdf));
    return all;
}

}  // namespace countback::correspondence
