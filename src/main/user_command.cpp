// `countback user add | link | password | list`: who may come in, from the machine that holds the data.
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "main/commands.h"

namespace countback {

namespace {

using access::Origin;

struct Wishes {
    CompanyAddress company;
    access::NewUser user;
    std::string role = "administrator";
    std::string language = "en";
    std::string email;
    std::string address = "http://localhost:8080";
};

const Origin command_line{UserId{}, "command line"};

/// One line, not shown while it is typed. Never from the words of the command: others can read those.
std::string asked_password() {
    termios before{};
    const bool terminal = isatty(STDIN_FILENO) != 0 && tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &silent);
        fmt::print(stderr, "New password (not shown): ");
    }
    std::string password;
    std::getline(std::cin, password);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSANOW, &before);
        fmt::print(stderr, "\n");
    }
    return password;
}

UserId user_meant(Company& company, const std::string& email) {
    const auto user = email.empty() ? company.users().first_administrator() : company.users().find(email);
    if (!user) throw std::runtime_error("there is no such user; see countback user list");
    return *user;
}

void print_link(Company& company, UserId user, const std::string& address) {
    fmt::print("Sign in once, within the hour: {}/sign-in#token={}\n", address,
               company.users().make_link(user, command_line));
}

void add_add(CLI::App& user, const std::shared_ptr<Wishes>& wishes) {
    CLI::App* add = user.add_subcommand("add", "Add a user and print a sign-in link");
    add_company_options(*add, wishes->company);
    add->add_option("--name", wishes->user.name, "First and last name")->required();
    add->add_option("--email", wishes->user.email, "E-mail address: the name to sign in with")->required();
    add->add_option("--role", wishes->role, "What the user may do: administrator, for now")
        ->capture_default_str();
    add->add_option("--language", wishes->language, "Language: en or fr")->capture_default_str();
    add->add_option("--address", wishes->address, "Where the desk is reached, for the link")
        ->capture_default_str();
    add->callback([wishes] {
        const auto role = access::parse_role(wishes->role);
        const auto language = parse_language(wishes->language);
        if (!role) throw std::runtime_error("there is no role \"" + wishes->role + "\"");
        if (*role != access::Role::administrator)
            throw std::runtime_error(
                "only administrators can be added for now: the other roles need a perimeter, which cannot be "
                "set yet");
        if (!language) throw std::runtime_error("the desk speaks en and fr");
        wishes->user.role = *role;
        wishes->user.language = *language;
        Company company(wishes->company);
        const UserId added = granted(company.users().add(wishes->user, command_line));
        fmt::print("User {} added.\n", added.value);
        print_link(company, added, wishes->address);
    });
}

void add_link(CLI::App& user, const std::shared_ptr<Wishes>& wishes) {
    CLI::App* link = user.add_subcommand("link", "Print a sign-in link that works once, within the hour");
    add_company_options(*link, wishes->company);
    link->add_option("--email", wishes->email, "Whose; without it, the first administrator's");
    link->add_option("--address", wishes->address, "Where the desk is reached")->capture_default_str();
    link->callback([wishes] {
        Company company(wishes->company);
        print_link(company, user_meant(company, wishes->email), wishes->address);
    });
}

void add_password(CLI::App& user, const std::shared_ptr<Wishes>& wishes) {
    CLI::App* password =
        user.add_subcommand("password", "Set a password, read from the terminal or the input");
    add_company_options(*password, wishes->company);
    password->add_option("--email", wishes->email, "Whose; without it, the first administrator's");
    password->callback([wishes] {
        Company company(wishes->company);
        const UserId meant = user_meant(company, wishes->email);
        granted(company.users().set_password(meant, asked_password(), command_line));
        fmt::print("Password set; sessions open before have ended.\n");
    });
}

void add_list(CLI::App& user, const std::shared_ptr<Wishes>& wishes) {
    CLI::App* list = user.add_subcommand("list", "List the users");
    add_company_options(*list, wishes->company);
    list->callback([wishes] {
        Company company(wishes->company);
        for (const access::Profile& profile : company.users().all()) {
            fmt::print("{:>4}  {:<22} {:<32} {}\n", profile.user.value, access::name_of(profile.role),
                       profile.email.value_or("-"), profile.name);
        }
    });
}

}  // namespace

void add_user_command(CLI::App& program) {
    CLI::App* user = program.add_subcommand("user", "Add users, give sign-in links, set passwords");
    user->require_subcommand(1);
    const auto wishes = std::make_shared<Wishes>();
    add_add(*user, wishes);
    add_link(*user, wishes);
    add_password(*user, wishes);
    add_list(*user, wishes);
}

}  // namespace countback
