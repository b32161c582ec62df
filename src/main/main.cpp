// The program: its commands, in the order a company meets them.
#include <fmt/format.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <system_error>

#include "base/disk.h"
#include "locale/texts.h"
#include "main/commands.h"
#include "main/worker_command.h"

namespace countback {

Language terminal_language() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0')
            return std::string_view(value).starts_with("fr") ? Language::fr : Language::en;
    }
    return Language::en;
}

void add_company_options(CLI::App& command, CompanyAddress& address) {
    command.add_option("--data", address.data, "Folder that holds the company's data")->capture_default_str();
    command.add_option("--db", address.database,
                       "PostgreSQL database, postgresql://…, instead of the embedded one");
}

namespace {

void add_commands(CLI::App& program) {
    add_serve_command(program);
    add_import_command(program);
    add_demo_command(program);
    add_report_command(program);
    add_decide_command(program);
    add_run_command(program);
    add_user_command(program);
    add_backup_command(program);
    add_restore_command(program);
    add_export_command(program);
    add_move_command(program);
    add_verify_command(program);
}

int refused(const Refusal& refusal) {
    fmt::print(stderr, "countback: {}\n", locale::text_of(terminal_language(), refusal));
    return 1;
}

/// What a database is told by is its refusal; its own words are added where they say more: the name of a
/// server that does not answer, a statement of ours that is wrong.
int failed(const store::Failure& failure) {
    const Refusal refusal = store::refusal_of(failure);
    if (refusal.code == RefusalCode::server_error) {
        fmt::print(stderr, "countback: {}\n", failure.what());
        return 1;
    }
    const bool gone = refusal.code == RefusalCode::database_gone && refusal.data.empty();
    const std::string more = gone ? fmt::format(" ({})", failure.what()) : std::string();
    fmt::print(stderr, "countback: {}{}\n", locale::text_of(terminal_language(), refusal), more);
    return 1;
}

int failed(const std::system_error& failure) {
    if (const auto refusal = refused_by_disk(failure.code().value())) {
        const auto* files = dynamic_cast<const std::filesystem::filesystem_error*>(&failure);
        const std::string where = files ? fmt::format(" ({})", files->path1().string()) : std::string();
        fmt::print(stderr, "countback: {}{}\n", locale::text_of(terminal_language(), *refusal), where);
    } else {
        fmt::print(stderr, "countback: {}\n", failure.what());
    }
    return 1;
}

int run(int count, char** words) {
    CLI::App program{"Countback: where the money is, why, and whom to chase today."};
    program.set_version_flag("--version", COUNTBACK_VERSION);
    program.require_subcommand(1);
    program.get_formatter()->column_width(34);
    add_commands(program);
    try {
        program.parse(count, words);
        return 0;
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : 2;
    } catch (const CommandRefused& no) {
        return refused(no.refusal());
    } catch (const store::Failure& failure) {
        return failed(failure);
    } catch (const std::system_error& failure) {
        return failed(failure);
    } catch (const std::exception& failure) {
        fmt::print(stderr, "countback: {}\n", failure.what());
    }
    return 1;
}

}  // namespace

}  // namespace countback

int main(int count, char** words) {
    if (const auto code = countback::run_as_worker(count, words)) return *code;
    std::signal(SIGXFSZ, SIG_IGN);  // a file at its size limit is a full disk, not the end
    // What the program writes (database, key, backups, logs) is for its owner alone.
    umask(S_IRWXG | S_IRWXO);
    return countback::run(count, words);
}
