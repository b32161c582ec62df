// The commands of `countback`. Each adds itself to the program, with its help and what it does.
#pragma once
#include <CLI/CLI.hpp>

#include "base/refusal.h"
#include "locale/language.h"
#include "main/company.h"

namespace countback {

void add_serve_command(CLI::App& program);
void add_import_command(CLI::App& program);
void add_demo_command(CLI::App& program);
void add_user_command(CLI::App& program);
void add_backup_command(CLI::App& program);
void add_restore_command(CLI::App& program);
void add_export_command(CLI::App& program);
void add_move_command(CLI::App& program);
void add_verify_command(CLI::App& program);
void add_report_command(CLI::App& program);
void add_decide_command(CLI::App& program);
void add_run_command(CLI::App& program);

/// `--data` and `--db`, the same for every command.
void add_company_options(CLI::App& command, CompanyAddress& address);

/// Thrown by a command whose wish was refused: main prints the text and ends with 1.
class CommandRefused : public std::exception {
public:
    explicit CommandRefused(Refusal refusal) : refusal_(std::move(refusal)) {}
    const Refusal& refusal() const { return refusal_; }

private:
    Refusal refusal_;
};

/// The value, or CommandRefused.
template <class T>
T granted(Result<T> result) {
    if (!result) throw CommandRefused(result.error());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Of the terminal: LC_ALL, LC_MESSAGES or LANG.
Language terminal_language();

}  // namespace countback
