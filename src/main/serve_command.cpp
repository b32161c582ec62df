// `countback serve`: the desk for a browser, until it is told to stop.
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

#include "http/log.h"
#include "main/commands.h"
#include "main/demo_command.h"
#include "main/desk.h"
#include "store/news.h"

namespace countback {

namespace {

struct Wishes {
    CompanyAddress company;
    http::ServerSettings server;
    bool demo_if_empty = false;
    bool log_to_terminal = false;
};

const access::Origin this_machine{UserId{}, "command line"};

/// Ends the program at once, as a power cut would, so that the service manager starts it anew.
constexpr int set_back_status = 75;

/// Takes in what other processes committed (another server, an import by the command line) when they tell of
/// it, and twice a second whatever is told; keeps the Book's file up with the facts.
class Follower {
public:
    explicit Follower(Ledger& ledger)
        : news_(ledger.database()), thread_([this, &ledger] { follow(ledger); }) {}
    ~Follower() {
        ending_ = true;
        news_.end();
        thread_.join();
    }
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

private:
    void follow(Ledger& ledger) {
        bool healthy = true;
        while (!ending_) {
            try {
                ledger.catch_up();
                if (const auto refused = ledger.keep()) http::log_problem("keeping the book", *refused);
                healthy = true;
            } catch (const SetBack& set_back) {
                http::log_problem("following", set_back.what());
                std::_Exit(set_back_status);
            } catch (const std::exception& failure) {
                if (healthy) http::log_problem("catching up", failure.what());
                healthy = false;
            }
            news_.wait(std::chrono::milliseconds(500));
        }
    }

    std::atomic<bool> ending_{false};
    store::News news_;
    std::thread thread_;
};

/// On the very first start there is nobody: make the administrator whom the link lets in.
UserId administrator(Company& company) {
    if (const auto known = company.users().first_administrator()) return *known;
    const Language language = terminal_language();
    return granted(
        company.users().add({language == Language::fr ? "Administrateur" : "Administrator",
                             std::string(access::no_mailbox), access::Role::administrator, language},
                            this_machine));
}

void greet(Company& company, const http::ServerSettings& settings, std::uint16_t port) {
    const std::string address = settings.public_hosts.empty() ? fmt::format("http://localhost:{}", port)
                                                              : "https://" + settings.public_hosts.front();
    const std::string link = company.users().make_link(administrator(company), this_machine);
    fmt::print("Countback is ready: {}\n", address);
    fmt::print("Sign in (this link works once, within the hour): {}/sign-in#token={}\n", address, link);
    fmt::print("Stop with Ctrl+C.\n");
    std::fflush(stdout);
}

void fill_if_empty(Company& company) {
    if (company.ledger().book().last_fact()) return;
    fmt::print("Making the demo company…\n");
    std::fflush(stdout);
    granted(fill_with_demo(company));
}

constexpr store::Sql database_clock{"main_database_clock",
                                    "select (extract(epoch from clock_timestamp()) * 1000000)::bigint"};

/// Runs and messages are held up to a time: machines that disagree about it take them from each other.
void compare_clocks(Company& company) {
    if (!company.database().postgresql()) return;
    constexpr std::int64_t tolerated = 30;
    const auto theirs = company.database().lease()->integer(database_clock);
    const std::int64_t ahead = (company.clock().now().micros - theirs.value_or(0)) / 1'000'000;
    if (ahead < -tolerated || ahead > tolerated)
        http::log_problem("clock",
                          fmt::format("this machine's clock is {} seconds {} the database's: keep them "
                                      "in step (NTP)",
                                      std::abs(ahead), ahead > 0 ? "ahead of" : "behind"));
}

void keep_book(Company& company) {
    if (const auto refused = company.ledger().keep(Ledger::Keep::at_the_end))
        http::log_problem("keeping the book", *refused);
}

void serve(Wishes wishes) {
    Company company(wishes.company);
    if (wishes.demo_if_empty) fill_if_empty(company);
    const bool terminal = wishes.log_to_terminal || isatty(STDERR_FILENO) == 0;
    http::start_log(terminal ? std::filesystem::path{} : company.data() / "countback.log");
    wishes.server.upload_directory = company.data() / "incoming";
    wishes.server.behind_proxy = !wishes.server.public_hosts.empty();
    compare_clocks(company);
    std::error_code ignored;
    std::filesystem::remove_all(wishes.server.upload_directory, ignored);
    Desk desk(company);
    {
        http::Server server(wishes.server, desk.application());
        const Follower follower(company.ledger());
        desk.open_post_office();
        greet(company, wishes.server, server.port());
        http::log_event("started", {{"version", COUNTBACK_VERSION}});
        server.run();
    }
    keep_book(company);
    http::log_event("stopped");
    http::stop_log();
}

}  // namespace

void add_serve_command(CLI::App& program) {
    CLI::App* command = program.add_subcommand("serve", "Open the desk for a browser on this machine");
    const auto wishes = std::make_shared<Wishes>();
    add_company_options(*command, wishes->company);
    command->add_option("--port", wishes->server.port, "Port to listen on; 0 takes any free one")
        ->capture_default_str();
    command
        ->add_option("--listen", wishes->server.address,
                     "Network address to listen on; 0.0.0.0 for every one")
        ->capture_default_str();
    command->add_option(
        "--public-host", wishes->server.public_hosts,
        "Name under which people reach it through a reverse proxy (may be given several times)");
    command->add_flag("--demo-if-empty", wishes->demo_if_empty,
                      "Fill a company that has nothing yet with demo data");
    command->add_flag("--log-here", wishes->log_to_terminal,
                      "Write the log to the terminal instead of countback.log in the data folder");
    command->callback([wishes] { serve(*wishes); });
}

}  // namespace countback
