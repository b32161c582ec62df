// `countback backup`: a whole copy of the company's database while the desk goes on working.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "main/commands.h"

namespace countback {

void add_backup_command(CLI::App& program) {
    struct Wishes {
        CompanyAddress company;
        std::string file;
    };
    CLI::App* command =
        program.add_subcommand("backup", "Copy the database into one file, while the desk is open");
    const auto wishes = std::make_shared<Wishes>();
    add_company_options(*command, wishes->company);
    command->add_option("file", wishes->file, "File to write; it must not exist yet")->required();
    command->callback([wishes] {
        const auto database = store::Database::open(wishes->company.database_address());
        if (database->postgresql()) {
            throw std::runtime_error(
                "this company is kept in PostgreSQL: back it up with pg_dump, or use countback export");
        }
        if (std::filesystem::exists(wishes->file)) {
            throw std::runtime_error("the file " + wishes->file + " is already there: choose another name");
        }
        database->backup_to(wishes->file);
        fmt::print("Written: {} ({} bytes). Keep secret.key from the data folder too, apart from it.\n",
                   wishes->file, std::filesystem::file_size(wishes->file));
    });
}

}  // namespace countback
