// countback decide: whom to chase on a day, as a dry run, and why.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "collections/agenda_json.h"
#include "collections/words.h"
#include "formats/write_csv.h"
#include "main/commands.h"
#include "parties/directory.h"

namespace countback {

namespace {

using collections::DecidedRun;
using collections::Decision;
using collections::Outcome;
using collections::PageNames;

struct DecideWish {
    CompanyAddress address;
    std::string date, format = "table", customer;
    bool why = false, all = false;
};

Date date_of(const DecideWish& wish, const Clock& clock) {
    if (wish.date.empty()) return clock.today();
    const auto date = Date::parse_iso(wish.date);
    if (!date)
        throw CommandRefused({RefusalCode::field_invalid, {{"field", "--date"}, {"reason", wish.date}}});
    return *date;
}

/// The customers of that code, in every entity.
std::vector<CustomerId> customers_of(store::Connection& connection, const std::string& code) {
    std::vector<CustomerId> found;
    for (const Entity& entity : parties::entities(connection)) {
        if (const auto id = parties::customer_by_code(connection, entity.id, code)) found.push_back(*id);
    }
    if (found.empty()) throw CommandRefused({RefusalCode::customer_unknown, {{"value", code}}});
    return found;
}

std::string amounts_of(const Decision& decision) {
    std::string text;
    for (const Money& sum : decision.overdue) {
        if (!text.empty()) text += " + ";
        text += decimal(sum.minor, sum.currency) + ' ' + std::string(sum.currency.code());
    }
    return text;
}

std::string step_of(const Decision& decision, Language language) {
    return decision.step() ? collections::name_of(*decision.step(), language) : "";
}

std::string first_reason(const Decision& decision, PageNames& names) {
    if (decision.reasons.empty()) return {};
    return collections::text_of("reason", decision.reasons.front(), decision.scenario, names);
}

std::vector<const Decision*> shown_rows(const DecidedRun& run, const DecideWish& wish) {
    std::vector<const Decision*> rows;
    for (const Decision& decision : run.decisions.rows) {
        if (wish.all || !wish.customer.empty() || decision.outcome == Outcome::due) rows.push_back(&decision);
    }
    return rows;
}

formats::Cells cells_of(const Decision& decision, PageNames& names) {
    const Customer& customer = names.customer(decision.customer);
    formats::Cells cells{std::int64_t{decision.priority.total},
                         names.entity(decision.entity).code,
                         customer.code,
                         customer.name,
                         std::string(collections::name_of(decision.outcome)),
                         step_of(decision, names.language())};
    if (decision.earliest)
        cells.emplace_back(*decision.earliest);
    else
        cells.emplace_back();
    cells.emplace_back(amounts_of(decision));
    cells.emplace_back(first_reason(decision, names));
    return cells;
}

void print_csv(const std::vector<const Decision*>& rows, PageNames& names) {
    formats::Table table;
    for (const char* title : {"priority", "entity", "customer", "name", "outcome", "next_step",
                              "earliest_date", "overdue", "reason"}) {
        table.columns.push_back({title, formats::CellKind::text});
    }
    table.columns[0].kind = formats::CellKind::integer;
    table.columns[6].kind = formats::CellKind::date;
    std::vector<formats::Cells> cells;
    for (const Decision* row : rows) cells.push_back(cells_of(*row, names));
    table.next_row = formats::rows_of(std::move(cells));
    formats::write_csv({"decide", {table}}, {}, [](std::string_view text) { fmt::print("{}", text); });
}

void print_json(const DecidedRun& run, const std::vector<const Decision*>& rows, const DecideWish& wish,
                PageNames& names) {
    boost::json::array array;
    for (const Decision* row : rows) {
        array.push_back(wish.why ? collections::decision_json(*row, run, names)
                                 : collections::agenda_row_json(*row, run.decisions.date, names));
    }
    const boost::json::object answer{{"date", run.decisions.date.iso()},
                                     {"dry_run", true},
                                     {"counts", collections::counts_json(run.decisions.counts)},
                                     {"rows", std::move(array)}};
    fmt::print("{}\n", boost::json::serialize(answer));
}

void print_why(const Decision& decision, PageNames& names) {
    const auto say = [&](std::string_view family, const collections::Note& note) {
        fmt::print("      {}\n", collections::text_of(family, note, decision.scenario, names));
    };
    for (const auto& note : decision.reasons) say("reason", note);
    for (const auto& note : decision.would_change) say("change", note);
    for (const auto& note : decision.path) say("path", note);
    for (const auto& grade : decision.priority.grades) {
        if (grade.grade > 0)
            fmt::print("      {} x {}  {}\n", grade.weight, grade.grade,
                       collections::text_of("grade", grade.why, decision.scenario, names));
    }
}

void print_table(const DecidedRun& run, const std::vector<const Decision*>& rows, const DecideWish& wish,
                 PageNames& names) {
    const auto& counts = run.decisions.counts;
    fmt::print("{}  due {}, waiting {}, suppressed {}, nothing {}  (dry run: nothing is sent)\n",
               run.decisions.date.iso(), counts.of(Outcome::due), counts.of(Outcome::waiting),
               counts.of(Outcome::suppressed), counts.of(Outcome::nothing));
    for (const Decision* row : rows) {
        const Customer& customer = names.customer(row->customer);
        fmt::print("{:>4}  {:<10} {:<28.28} {:<10} {:<22.22} {:>22}  {}\n", row->priority.total,
                   customer.code, customer.name, collections::name_of(row->outcome),
                   step_of(*row, names.language()), amounts_of(*row),
                   row->earliest ? row->earliest->iso() : "");
        if (wish.why) print_why(*row, names);
    }
}

void decide(const DecideWish& wish) {
    Company company(existing(wish.address));
    collections::Collections service(company.ledger());
    PageNames names(company.database(), terminal_language(), {});
    collections::DecideQuery query{{},
                                   {date_of(wish, company.clock()), known_now},
                                   wish.why ? collections::Detail::whole : collections::Detail::explained};
    if (!wish.customer.empty()) query.selection.customers = customers_of(names.connection(), wish.customer);
    const DecidedRun run = service.decide(Perimeter::whole(), query);
    const auto rows = shown_rows(run, wish);
    if (wish.format == "csv") return print_csv(rows, names);
    if (wish.format == "json") return print_json(run, rows, wish, names);
    print_table(run, rows, wish, names);
}

}  // namespace

void add_decide_command(CLI::App& program) {
    const auto wish = std::make_shared<DecideWish>();
    CLI::App* command = program.add_subcommand("decide", "Whom to chase on a day, and why; nothing is sent");
    add_company_options(*command, wish->address);
    command->add_option("--date", wish->date, "Day to decide for, 2026-03-31; today when left out");
    command->add_option("--format", wish->format, "How the answer is written")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->capture_default_str();
    command->add_option("--customer", wish->customer, "Only the customer of this code, whatever the outcome");
    command->add_flag("--why", wish->why, "Say for each customer what decided, and what would change it");
    command->add_flag("--all", wish->all, "Also customers who wait, are held back, or owe nothing");
    command->callback([wish] { decide(*wish); });
}

}  // namespace countback
