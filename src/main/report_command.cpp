// `countback report ageing | dso`: the same measures as the desk's, in the terminal. Rows never mix
// currencies unless --currency says which one to convert to.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>

#include "main/commands.h"
#include "main/company_rates.h"
#include "measures/answers_json.h"
#include "measures/exports.h"
#include "measures/query.h"
#include "measures/settings.h"

namespace countback {

namespace {

struct Wishes {
    CompanyAddress company;
    std::string as_of, as_known_at, by = "currency", currency, format = "table", rates;
    std::string method = "accounting";
    int window = 12;
};

/// What a report prints: the same cells in every format. Empty cell = not available. Rows are made when their
/// turn comes.
struct Printed {
    json::object head;
    std::vector<std::string> columns;
    std::size_t count = 0;
    std::function<json::object(std::size_t)> row;
};

[[noreturn]] void wrong(const std::string& field, const std::string& value) {
    throw CommandRefused({RefusalCode::field_invalid, {{"field", field}, {"reason", value}}});
}

FactNo known_at(const Snapshot& book, const std::string& text) {
    if (text.empty()) return known_now;
    const auto day = Date::parse_iso(text);
    const auto instant =
        day ? std::optional(Instant{(day->days() + 1) * 86'400'000'000LL - 1}) : parse_instant(text);
    if (!instant) wrong("--as-known-at", text);
    const FactNo known = book.known_at(*instant);
    if (book.last_fact() && !known) throw CommandRefused({RefusalCode::moment_unknown, {{"known_at", text}}});
    return known;
}

MeasureQuery query_of(const Wishes& wishes, Company& company, const Snapshot& book) {
    MeasureQuery query;
    const auto as_of = wishes.as_of.empty() ? company.clock().today() : Date::parse_iso(wishes.as_of);
    if (!as_of) wrong("--as-of", wishes.as_of);
    query.moment = {*as_of, known_at(book, wishes.as_known_at)};
    query.by = wishes.by == "entity" ? By::entity : wishes.by == "customer" ? By::customer : By::currency;
    if (wishes.currency.empty()) return query;
    query.reporting = Currency::parse(wishes.currency);
    if (!query.reporting) throw CommandRefused({RefusalCode::currency_unknown, {{"value", wishes.currency}}});
    return query;
}

RateTable rates_of(const Wishes& wishes, const Company& company) {
    RateTable table = *company_rates(company.data());
    if (wishes.rates.empty()) return table;
    std::ifstream file(wishes.rates, std::ios::binary);
    if (!file) throw CommandRefused({RefusalCode::file_unreadable, {{"file", wishes.rates}}});
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    table.take_in(granted(RateTable::read(text)));
    return table;
}

std::string key_of(RowKey key, By by, ListNames& names) {
    if (by == By::entity) return names.entity(EntityId{key.id}).code;
    if (by == By::customer) return names.customer(CustomerId{key.id}).code;
    return std::string(key.currency.code());
}

/// Rows by key, then currency. `rows` and the company outlive what is printed.
template <class Row, class Columns>
void put_rows(Printed& printed, const std::vector<Row>& rows, By by, Company& company, Columns columns) {
    using Place = std::pair<std::string, const Row*>;
    auto places = std::make_shared<std::vector<Place>>();
    ListNames names(company.database());
    for (const Row& row : rows) places->emplace_back(key_of(row.key, by, names), &row);
    std::ranges::stable_sort(*places, {}, [](const Place& place) {
        return std::pair(std::string_view(place.first), place.second->key.currency.code());
    });
    printed.count = rows.size();
    printed.row = [places, columns, wanted = printed.columns](std::size_t at) {
        const auto& [key, row] = (*places)[at];
        const json::object all = columns(*row);
        json::object chosen{{"key", key}};
        for (const std::string& column : wanted) {
            if (column != "key") chosen[column] = all.at(column);
        }
        return chosen;
    };
}

void note_conversion(Printed& printed, const MeasureQuery& query, const ConversionNote& note) {
    if (!query.reporting) return;
    json::array unconverted;
    for (const Currency currency : note.unconverted) unconverted.emplace_back(currency.code());
    printed.head["unconverted"] = std::move(unconverted);
    printed.head["rate_table_date"] =
        note.rate_day ? json::value(note.rate_day->iso()) : json::value(nullptr);
}

std::string cell_text(const json::value& value) {
    if (value.is_null()) return "";
    if (value.is_bool()) return value.as_bool() ? "yes" : "no";
    return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

/// Codes come from customers' files: quoted, and harmless in a spreadsheet. Amounts keep their sign.
std::string csv_cell(const json::value& value, const std::string& column) {
    std::string text = cell_text(value);
    if (column != "key") return text;
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(0, "'");
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

void print_csv(const Printed& printed) {
    fmt::print("{}\n", fmt::join(printed.columns, ","));
    for (std::size_t at = 0; at < printed.count; ++at) {
        const json::object row = printed.row(at);
        std::vector<std::string> cells;
        for (const std::string& column : printed.columns) cells.push_back(csv_cell(row.at(column), column));
        fmt::print("{}\n", fmt::join(cells, ","));
    }
}

void print_table(const Printed& printed) {
    std::vector<std::size_t> widths;
    for (const std::string& column : printed.columns) widths.push_back(column.size());
    for (std::size_t at = 0; at < printed.count; ++at) {
        const json::object row = printed.row(at);
        for (std::size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], cell_text(row.at(printed.columns[i])).size());
    }
    const auto line = [&](auto cell) {
        std::string text;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const bool words = printed.columns[i] == "key" || printed.columns[i] == "currency";
            text += words ? fmt::format("{:<{}}  ", cell(i), widths[i])
                          : fmt::format("{:>{}}  ", cell(i), widths[i]);
        }
        fmt::print("{}\n", text.substr(0, text.find_last_not_of(' ') + 1));
    };
    fmt::print("{} as of {}\n", cell_text(printed.head.at("rule")), cell_text(printed.head.at("as_of")));
    line([&](std::size_t i) { return printed.columns[i]; });
    for (std::size_t at = 0; at < printed.count; ++at) {
        const json::object row = printed.row(at);
        line([&](std::size_t i) { return cell_text(row.at(printed.columns[i])); });
    }
}

formats::CellKind kind_of(const std::string& column) {
    for (const char* words : {"key", "currency", "more_than", "short_history"})
        if (column == words) return formats::CellKind::text;
    return column == "days" ? formats::CellKind::hundredths : formats::CellKind::money;
}

/// Straight to standard output, piece by piece.
void print_xlsx(const Printed& printed) {
    ExportFile file{"ageing", {}, rows_made(printed.count, printed.row), {}};
    if (printed.head.at("rule") != "AGE-1") file.name = "dso";
    for (const std::string& column : printed.columns)
        file.columns.push_back({column, kind_of(column), column});
    const formats::Pieces pieces = export_pieces(std::move(file), AnswerFormat::xlsx, Language::en);
    std::string piece;
    for (bool more = true; more;) {
        more = pieces(piece);
        if (std::fwrite(piece.data(), 1, piece.size(), stdout) != piece.size())
            throw CommandRefused({RefusalCode::disk_full, {}});
    }
}

void print(Printed printed, const std::string& format) {
    if (format == "csv") return print_csv(printed);
    if (format == "xlsx") return print_xlsx(printed);
    if (format == "table") return print_table(printed);
    json::array rows;
    for (std::size_t at = 0; at < printed.count; ++at) rows.push_back(printed.row(at));
    printed.head["rows"] = std::move(rows);
    fmt::print("{}\n", json::serialize(printed.head));
}

void report_ageing(const Wishes& wishes) {
    Company company(existing(wishes.company));
    const Snapshot book = company.ledger().book();
    const MeasureQuery query = query_of(wishes, company, book);
    const AgeingOptions options = measure_settings(*company.database().lease()).ageing_options();
    const Ageing ageing = measure_ageing(Perimeter::whole(), book, query, options, rates_of(wishes, company));
    Printed printed{{{"rule", "AGE-1"}, {"as_of", query.moment.as_of.iso()}},
                    {"key", "currency", "not_due", "d1_30", "d31_60", "d61_90", "d91_120", "d120_plus",
                     "unapplied", "outstanding"},
                    0,
                    {}};
    note_conversion(printed, query, ageing.conversion);
    put_rows(printed, ageing.rows, query.by, company,
             [](const AgeingRow& row) { return ageing_columns_json(row.amounts, row.key.currency); });
    print(std::move(printed), wishes.format);
}

void report_dso(const Wishes& wishes) {
    Company company(existing(wishes.company));
    const Snapshot book = company.ledger().book();
    const MeasureQuery query = query_of(wishes, company, book);
    DsoOptions options;
    options.method = wishes.method == "countback" ? DsoMethod::countback : DsoMethod::accounting;
    options.window_months = wishes.window;
    const DsoMeasure dso = measure_dso(Perimeter::whole(), book, query, options, rates_of(wishes, company));
    const bool accounting = options.method == DsoMethod::accounting;
    Printed printed{{{"rule", accounting ? "DSO-1" : "DSO-2"},
                     {"as_of", query.moment.as_of.iso()},
                     {"method", wishes.method}},
                    {"key", "currency", "outstanding", "billings", "days", "more_than", "short_history"},
                    0,
                    {}};
    if (accounting) printed.head["window"] = wishes.window;
    note_conversion(printed, query, dso.conversion);
    put_rows(printed, dso.rows, query.by, company, dso_columns_json);
    print(std::move(printed), wishes.format);
}

void add_shared_options(CLI::App& report, const std::shared_ptr<Wishes>& wishes) {
    add_company_options(report, wishes->company);
    report.add_option("--as-of", wishes->as_of, "Date of the figures, like 2026-03-31; today when not given");
    report.add_option("--as-known-at", wishes->as_known_at,
                      "What was known then: an instant like 2026-04-02T08:00:00Z, or a day (its end, UTC)");
    report.add_option("--by", wishes->by, "One row for each: currency, entity or customer")
        ->check(CLI::IsMember({"currency", "entity", "customer"}))
        ->capture_default_str();
    report.add_option("--currency", wishes->currency,
                      "Convert to this currency at the date's reference rate");
    report.add_option("--rates", wishes->rates,
                      "CSV of newer reference rates: date,USD,GBP… units for one euro");
    report
        .add_option("--format", wishes->format,
                    "How it is printed: table, csv, json, or xlsx for a file: … --format xlsx > ageing.xlsx")
        ->check(CLI::IsMember({"table", "csv", "json", "xlsx"}))
        ->capture_default_str();
}

}  // namespace

void add_report_command(CLI::App& program) {
    CLI::App* report = program.add_subcommand("report", "Print ageing or DSO at any date");
    report->require_subcommand(1);
    const auto wishes = std::make_shared<Wishes>();
    CLI::App* ageing =
        report->add_subcommand("ageing", "Open amounts by how late they are, credits not allocated apart");
    add_shared_options(*ageing, wishes);
    ageing->callback([wishes] { report_ageing(*wishes); });
    CLI::App* dso = report->add_subcommand("dso", "Days sales outstanding");
    add_shared_options(*dso, wishes);
    dso->add_option("--method", wishes->method,
                    "accounting: balance over billings; countback: the latest months used up")
        ->check(CLI::IsMember({"accounting", "countback"}))
        ->capture_default_str();
    dso->add_option("--window", wishes->window, "Months of the accounting method: 12, 6, 3 or 1")
        ->check(CLI::IsMember({12, 6, 3, 1}))
        ->capture_default_str();
    dso->callback([wishes] { report_dso(*wishes); });
}

}  // namespace countback
