// `countback export`: everything the company holds, as readable files, while the desk goes on working.
#include <fmt/format.h>

#include <memory>

#include "main/commands.h"
#include "main/company_copy.h"

namespace countback {

void add_export_command(CLI::App& program) {
    struct Wishes {
        CompanyAddress company;
        std::string folder;
    };
    CLI::App* command =
        program.add_subcommand("export", "Write everything into a folder of readable files, table by table");
    const auto wishes = std::make_shared<Wishes>();
    add_company_options(*command, wishes->company);
    command->add_option("folder", wishes->folder, "Folder to make")->required();
    command->footer(
        "One JSON array a row, in one file a table; manifest.json names tables and columns and says how "
        "many\n"
        "rows there are and their sum. `countback restore` reads such a folder back, into either database.\n"
        "Sealed passwords stay sealed: they open with secret.key of this data folder only.");
    command->callback([wishes] {
        const auto database = store::Database::open(existing(wishes->company).database_address());
        migrate_all(*database);
        const auto connection = database->lease();
        const store::Reading reading(*connection);
        std::int64_t rows = 0;
        const TableSums sums =
            write_folder(source_of(*connection), wishes->folder,
                         [&](const std::string& /*table*/, std::int64_t of) { rows += of; });
        fmt::print("Written: {} tables, {} rows, into {}.\n", sums.size(), rows, wishes->folder);
    });
}

}  // namespace countback
