// `countback verify`: is what is kept whole and unchanged?
#include "main/verification.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <memory>

#include "main/commands.h"

namespace countback {

namespace {

double each(std::size_t bytes, std::uint32_t count) {
    return static_cast<double>(bytes) / std::max(1U, count);
}

/// Items with their texts' numbers, versions, keys and postings; allocations with theirs; accounts, standings
/// and the journal apart.
void tell_memory(const Ledger& ledger) {
    const Snapshot book = ledger.book();
    const Book::Memory held = ledger.memory();
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    fmt::print("Memory: {:.1f} bytes an item, {:.1f} bytes an allocation, {:.1f} MB beside them.\n",
               each(held.items, book.item_count()), each(held.allocations, book.allocation_count()),
               static_cast<double>(held.other) / 1e6);
    fmt::print("The program held {:.0f} MB at most since it began.\n",
               static_cast<double>(used.ru_maxrss) / 1024);
}

}  // namespace

void add_verify_command(CLI::App& program) {
    CLI::App* command =
        program.add_subcommand("verify", "Check that the database and the audit log are whole");
    const auto address = std::make_shared<CompanyAddress>();
    const auto memory = std::make_shared<bool>(false);
    add_company_options(*command, *address);
    command->add_flag("--memory", *memory, "Tell what the ledger holds in memory, an item and an allocation");
    command->callback([address, memory] {
        Company company(existing(*address));
        Verification found = verify_database(company.database());
        check_book(company, found);
        for (const std::string& sentence : found.good) fmt::print("{}\n", sentence);
        if (*memory) tell_memory(company.ledger());
        for (const std::string& sentence : found.bad) fmt::print(stderr, "{}\n", sentence);
        if (!found.bad.empty())
            throw std::runtime_error("the check found damage: restore the last good backup");
    });
}

}  // namespace countback
