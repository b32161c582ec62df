// `countback import`: loads files of customers, contacts, items or allocations (IMP-1 … IMP-6).
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "imports/answers.h"
#include "locale/texts.h"
#include "main/commands.h"

namespace countback {
namespace {

using imports::Field;
using imports::ImportKind;

constexpr std::size_t refusals_printed = 10;
constexpr std::string_view order_question = "date_order_open";

struct ImportWish {
    CompanyAddress address;
    std::string mode = "delta";
    std::string kind;
    std::vector<std::string> mappings;
    bool dry_run = false;
    bool yes = false;
    std::string as_of;
    std::string entity;
    std::string currency;
    std::string date_format;
    std::string decimal;
    std::string format = "text";
    std::vector<std::string> files;
};

std::string read_whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("the mapping file " + path + " cannot be read");
    return {std::istreambuf_iterator<char>(file), {}};
}

// The kind that a mapping's own fields are of; one required field that is missing is told, not taken for
// another kind.
ImportKind kind_of(const imports::Mapping& mapping) {
    const auto has_any = [&](std::initializer_list<Field> fields) {
        return std::any_of(fields.begin(), fields.end(), [&](Field field) { return mapping.has(field); });
    };
    if (has_any({Field::issue_date, Field::due_date, Field::debit, Field::credit, Field::remaining,
                 Field::cleared_date}))
        return ImportKind::items;
    if (mapping.has(Field::date)) return ImportKind::allocations;
    if (has_any({Field::amount, Field::number})) return ImportKind::items;
    return mapping.has(Field::contact_name) ? ImportKind::contacts : ImportKind::customers;
}

class ImportRun {
public:
    ImportRun(const ImportWish& wish, Company& company)
        : wish_(wish),
          company_(company),
          service_(company.ledger(), company.data() / "uploads"),
          language_(terminal_language()) {}

    void run() {
        http::json::array answers;
        for (std::size_t i = 0; i < wish_.files.size(); ++i) answers.push_back(load(i));
        if (json())
            fmt::print("{}\n", http::json::serialize(http::json::object{{"files", std::move(answers)}}));
    }

private:
    bool json() const { return wish_.format == "json"; }

    imports::Sender sender() const {
        return {Perimeter::whole(), {}, "countback import", "import", language_};
    }

    http::json::object load(std::size_t index) {
        const std::string& path = wish_.files[index];
        imports::Proposal proposal = proposal_for(index);
        const imports::FileAbout about =
            granted(service_.inspect(path, path, proposal.mapping.formats, imports::parse_kind(wish_.kind)));
        if (wish_.mappings.empty()) proposal = about.proposal;
        settle_options(proposal);
        imports::PreviewRequest request;
        request.path = path;
        request.file_name = std::filesystem::path(path).filename().string();
        request.sha256 = about.sha256;
        request.mapping = std::move(proposal.mapping);
        request.scope = scope(proposal.kind);
        const auto preview = granted(service_.preview(sender(), std::move(request)));
        if (!json()) print(about, *preview);
        http::json::object answer{
            {"file", path}, {"preview", imports::preview_json(*preview, language_)}, {"report", nullptr}};
        if (wish_.dry_run) return answer;
        const auto report = apply(*preview);
        if (report) answer["report"] = imports::report_json(*report, language_);
        return answer;
    }

    imports::Proposal proposal_for(std::size_t index) const {
        imports::Proposal proposal;
        if (wish_.mappings.empty()) return proposal;
        proposal.mapping = granted(
            imports::parse_mapping(read_whole(wish_.mappings[wish_.mappings.size() == 1 ? 0 : index])));
        proposal.kind = kind_of(proposal.mapping);
        return proposal;
    }

    void settle_options(imports::Proposal& proposal) const {
        if (!wish_.kind.empty()) proposal.kind = *imports::parse_kind(wish_.kind);
        const auto constant = [&](Field field, const std::string& value) {
            if (!value.empty() && !proposal.mapping.has(field))
                proposal.mapping.fields[field] = {std::nullopt, value};
        };
        constant(Field::entity, wish_.entity);
        constant(Field::currency, wish_.currency);
        formats::FormatChoice& choice = proposal.mapping.formats;
        if (!wish_.date_format.empty()) {
            if (!formats::order_of_layout(wish_.date_format))
                throw CommandRefused(
                    {RefusalCode::mapping_invalid, {{"reason", "--date-format is such as dd/mm/yyyy"}}});
            choice.date_format = wish_.date_format;
        }
        if (!wish_.decimal.empty()) choice.decimal = wish_.decimal.front();
    }

    imports::LoadScope scope(ImportKind kind) const {
        imports::LoadScope scope;
        scope.kind = kind;
        scope.mode = wish_.mode == "stock" ? LoadMode::stock : LoadMode::delta;
        scope.as_of = company_.clock().today();
        if (!wish_.as_of.empty()) {
            const auto day = Date::parse_iso(wish_.as_of);
            if (!day) throw CommandRefused({RefusalCode::date_unreadable, {{"value", wish_.as_of}}});
            scope.as_of = *day;
        }
        return scope;
    }

    // A file that is in already is no failure of a nightly run: nothing was to be done.
    std::optional<imports::LoadReport> apply(const imports::Preview& preview) {
        std::set<std::string> accepted;
        if (wish_.yes) {
            for (const imports::Note& question : preview.plan->questions) accepted.insert(question.code);
            accepted.erase(
                std::string(order_question));  // a wrong guess would move every date: nobody saw it
        }
        auto report = service_.apply(sender(), preview.id, accepted);
        if (!report && report.error().code == RefusalCode::load_already_applied) {
            if (!json()) fmt::print("{}\n", locale::text_of(language_, report.error()));
            return std::nullopt;
        }
        if (!report && report.error().code == RefusalCode::question_unanswered && !json()) {
            fmt::print(stderr, "{}\n", advice(preview));
        }
        imports::LoadReport done = granted(std::move(report));
        if (!json()) print(done);
        return done;
    }

    static const char* advice(const imports::Preview& preview) {
        const auto& asked = preview.plan->questions;
        const bool order = std::any_of(asked.begin(), asked.end(), [](const imports::Note& question) {
            return question.code == order_question;
        });
        return order
                   ? "Every date can be read day first or month first, and no earlier file of these headers "
                     "says which: run again with --date-format dd/mm/yyyy or --date-format mm/dd/yyyy."
                   : "Look at the questions above; run again with --yes to accept them.";
    }

    static void print_count(const char* name, std::int64_t count) {
        fmt::print("  {:<16}{:>12}\n", name, count);
    }

    void print(const imports::FileAbout& about, const imports::Preview& preview) const {
        const formats::Detected& found = about.detected;
        const bool workbook = found.format == formats::FileFormat::xlsx;
        fmt::print("{}: {}, {}, decimals \"{}\"{}, header on line {}\n", about.name,
                   imports::name_of(preview.plan->scope.kind),
                   workbook ? "XLSX, sheet " + found.sheet
                            : "CSV, " + found.encoding + ", delimiter \"" +
                                  (found.delimiter == '\t' ? "tab" : std::string(1, found.delimiter)) + "\"",
                   preview.formats.amount.decimal,
                   preview.formats.date_layout.empty() ? "" : ", dates " + preview.formats.date_layout,
                   found.header_line);
        const imports::Counts& counts = preview.plan->counts;
        print_count("lines", counts.lines);
        print_count("new", counts.new_items);
        print_count("changed", counts.changed);
        print_count("unchanged", counts.unchanged);
        print_count("cleared", counts.cleared);
        print_count("refused", counts.refused);
        print_count("new customers", counts.new_customers);
        print_totals(*preview.plan);
        for (const imports::Note& note : preview.plan->notices)
            fmt::print("  Note: {}\n", imports::notice_text(note, language_));
        for (const imports::Note& note : preview.plan->questions)
            fmt::print("  Question: {}\n", imports::question_text(note, language_));
        print_refused(preview.plan->file->refused);
    }

    static void print_totals(const imports::Plan& plan) {
        if (plan.totals.empty()) return;
        fmt::print("  Open on {}:\n  {:<12}{:<6}{:>20}{:>20}{:>20}\n", plan.scope.as_of.iso(), "entity", "",
                   "in the file", "before", "after");
        for (const imports::EntityTotal& total : plan.totals) {
            fmt::print("  {:<12}{:<6}{:>20}{:>20}{:>20}\n", total.entity, total.currency.code(),
                       decimal(total.in_file, total.currency), decimal(total.before, total.currency),
                       decimal(total.after, total.currency));
        }
    }

    void print_refused(const std::vector<imports::RefusedLine>& refused) const {
        if (refused.empty()) return;
        const std::size_t shown = std::min(refused.size(), refusals_printed);
        fmt::print("  Refused lines (the first {} of {}):\n", shown, refused.size());
        for (std::size_t i = 0; i < shown; ++i) {
            const std::string column = refused[i].column.empty() ? "" : ", " + refused[i].column;
            fmt::print("    line {}{}: {} {}\n", refused[i].line, column, name_of(refused[i].refusal.code),
                       locale::text_of(language_, refused[i].refusal));
        }
    }

    void print(const imports::LoadReport& report) const {
        fmt::print("Loaded, as load {}.", report.load.id.value);
        if (report.load.reconciled) {
            fmt::print(" Reconciliation of the file with the ledger: {}.",
                       report.load.differences == 0
                           ? "no difference"
                           : std::to_string(report.load.differences) + " differences");
        }
        fmt::print("\n");
        for (const imports::ReconciliationRow& row : report.reconciliation) {
            if (row.in_file == row.in_ledger) continue;
            fmt::print("  {} {} {}: file {}, ledger {}\n", row.entity, row.currency.code(), row.customer_code,
                       decimal(row.in_file, row.currency), decimal(row.in_ledger, row.currency));
        }
        if (const auto file = service_.refusal_file(report.load.id))
            fmt::print("The refused lines, to be mended and sent again: {}\n", file->string());
    }

    const ImportWish& wish_;
    Company& company_;
    imports::Imports service_;
    Language language_;
};

}  // namespace

void add_import_command(CLI::App& program) {
    CLI::App* command =
        program.add_subcommand("import", "Load files of customers, contacts, items or allocations");
    const auto wish = std::make_shared<ImportWish>();
    add_company_options(*command, wish->address);
    command
        ->add_option("--mode", wish->mode,
                     "delta: only what is sent changes; stock: the file is all that is open")
        ->check(CLI::IsMember({"delta", "stock"}))
        ->capture_default_str();
    command->add_option("--kind", wish->kind, "What the files hold; otherwise told from the headers")
        ->check(CLI::IsMember({"items", "customers", "contacts", "allocations"}));
    command
        ->add_option("--mapping", wish->mappings,
                     "JSON file, field to column header; one for all files or one each")
        ->check(CLI::ExistingFile);
    command->add_flag("--dry-run", wish->dry_run, "Show what would happen, change nothing");
    command->add_flag(
        "--yes", wish->yes,
        "Accept what the preview asks: new entities, the guard, an open decimal sign; not an open "
        "order of day and month");
    command->add_option("--as-of", wish->as_of, "Day of the extraction, 2026-03-31; today unless said");
    command->add_option("--entity", wish->entity, "Code of our company, where the file does not say it");
    command->add_option("--currency", wish->currency, "Currency, where the file does not say it");
    command->add_option(
        "--date-format", wish->date_format,
        "Where the dates leave it open: dd/mm/yyyy or mm/dd/yyyy; kept for files of the same headers");
    command->add_option("--decimal", wish->decimal, "Where the amounts leave it open: . or ,")
        ->check(CLI::IsMember({".", ","}));
    command->add_option("--format", wish->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command->add_option("files", wish->files, "The files, in this order")->required();
    command->footer(
        "Ends with 0 when the files are in (lines may be refused: they are listed and written to a file),\n"
        "1 when a file was refused (nothing of it has changed anything), 2 when the command was not "
        "understood.");
    command->callback([wish] {
        if (wish->mappings.size() > 1 && wish->mappings.size() != wish->files.size()) {
            throw CLI::ValidationError("--mapping", "give one mapping for all files, or one for each");
        }
        Company company(wish->address);
        ImportRun(*wish, company).run();
        if (const auto refused = company.ledger().keep(Ledger::Keep::at_the_end))
            fmt::print(
                stderr,
                "The files are in. The Book's file was not kept ({}): the next start reads every fact.\n",
                *refused);
    });
}

}  // namespace countback
