// countback run: the run of a day by hand, or what it would do.
#include <fmt/format.h>

#include <memory>

#include "main/commands.h"
#include "main/post_office.h"

namespace countback {

namespace {

struct RunCommandWish {
    CompanyAddress address;
    std::string date;
    bool dry = false;
};

void run(const RunCommandWish& wish) {
    Company company(existing(wish.address));
    collections::Collections service(company.ledger());
    PostOffice office(company, service);
    collections::RunWish run;
    run.day = company.clock().today();
    run.dry = wish.dry;
    run.source = "command";
    if (!wish.date.empty()) {
        const auto date = Date::parse_iso(wish.date);
        if (!date)
            throw CommandRefused({RefusalCode::field_invalid, {{"field", "--date"}, {"reason", wish.date}}});
        run.day = *date;
    }
    const auto record = granted(office.reminders().run(Perimeter::whole(), {{}, "command"}, run));
    fmt::print("{} {}\n", wish.dry ? "Dry run of" : "Run of", record.day.iso());
    fmt::print("  messages asked for   {}\n  for a person         {}\n  waiting              {}\n",
               record.requested, record.to_do, record.waiting);
    fmt::print("  held back            {}\n  nothing to do        {}\n  could not be read    {}\n",
               record.held, record.nothing, record.failed);
    if (!wish.dry && record.requested > 0) fmt::print("`countback serve` sends them.\n");
}

}  // namespace

void add_run_command(CLI::App& program) {
    CLI::App* command =
        program.add_subcommand("run", "Make the day's run: ask for every automatic reminder that is due");
    const auto wish = std::make_shared<RunCommandWish>();
    add_company_options(*command, wish->address);
    command->add_option("--date", wish->date, "Day to decide for, 2026-03-31; today when not given");
    command->add_flag("--dry-run", wish->dry, "Only say what it would do");
    command->callback([wish] { run(*wish); });
}

}  // namespace countback
