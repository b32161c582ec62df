// `countback demo`: a company to try, in an empty data folder.
#include "main/demo_command.h"

#include <fmt/format.h>

#include <memory>

#include "demo/load.h"
#include "main/commands.h"

namespace countback {

Result<void> fill_with_demo(Company& company) {
    const Date today = company.clock().today();
    auto loaded = demo::load(company.ledger(), demo::generate(today), today);
    if (loaded) company.set_setting("demo", "1");
    return loaded;
}

void add_demo_command(CLI::App& program) {
    CLI::App* command =
        program.add_subcommand("demo", "Fill an empty company with a made-up one to try things on");
    const auto address = std::make_shared<CompanyAddress>();
    add_company_options(*command, *address);
    command->callback([address] {
        Company company(*address);
        granted(fill_with_demo(company));
        fmt::print("The demo company stands in {}. Open it: countback serve --data {}\n",
                   company.data().string(), address->data);
    });
}

}  // namespace countback
