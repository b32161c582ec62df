// `countback demo`: a company to try, in an empty data folder.
#include "main/demo_command.h"

#include <fmt/format.h>

#include <memory>

#include "access/settings.h"
#include "base/text.h"
#include "collections/service.h"
#include "correspondence/late_payment.h"
#include "demo/load.h"
#include "main/commands.h"
#include "parties/directory.h"

namespace countback {

namespace {

constexpr int weeks_of_reminders = 26;
constexpr std::uint64_t kept_of_ten = 8;

/// The collectors of the demo did most of what was due in the last half year, each Tuesday: old debts stand
/// at the step that fits them.
Result<void> remind_in_the_past(Company& company, Date today) {
    collections::Collections collections(company.ledger());
    Date day = today - 7 * weeks_of_reminders;
    while (day.weekday() != 2) day = day + 1;
    for (; day < today; day = day + 7) {
        const auto keep = [&](CustomerId customer) {
            const std::string word = std::to_string(customer.value) + "/" + day.iso();
            return hash64(word) % 10 < kept_of_ten;
        };
        const auto done = collections.mark_due_steps({{}, "demo"}, day, keep);
        if (!done) return tl::unexpected(done.error());
    }
    return {};
}

/// LAW-1: the demo's public buyers are public buyers to the law too.
void name_public_buyers(Company& company) {
    const auto connection = company.database().lease();
    correspondence::LatePayment chosen;
    for (const Label& one : parties::labels(*connection, LabelKind::segment)) {
        if (one.text == demo::public_buyers) chosen.public_segments.push_back(one.id);
    }
    access::save_setting(*connection, company.audit(),
                         {correspondence::late_payment_setting,
                          correspondence::late_payment_json(chosen),
                          {{}, "demo"},
                          company.clock().now()});
}

}  // namespace

Result<void> fill_with_demo(Company& company) {
    const Date today = company.clock().today();
    auto loaded = demo::load(company.ledger(), demo::generate(today), today);
    if (!loaded) return loaded;
    company.set_setting("demo", "1");
    name_public_buyers(company);
    return remind_in_the_past(company, today);
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
