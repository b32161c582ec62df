// `countback verify`: is what is kept whole and unchanged?
#include "main/verification.h"

#include <fmt/format.h>

#include <memory>

#include "main/commands.h"

namespace countback {

void add_verify_command(CLI::App& program) {
    CLI::App* command =
        program.add_subcommand("verify", "Check that the database and the audit log are whole");
    const auto address = std::make_shared<CompanyAddress>();
    add_company_options(*command, *address);
    command->callback([address] {
        Company company(existing(*address));
        const Verification found = verify_database(company.database());
        for (const std::string& sentence : found.good) fmt::print("{}\n", sentence);
        fmt::print("The ledger was read again: {} items, {} allocations.\n",
                   company.ledger().book().item_count(), company.ledger().book().allocation_count());
        for (const std::string& sentence : found.bad) fmt::print(stderr, "{}\n", sentence);
        if (!found.bad.empty())
            throw std::runtime_error("the check found damage: restore the last good backup");
    });
}

}  // namespace countback
