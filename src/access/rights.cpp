// ACC-1, the table of roles:
//   administrator          read act import configure administer
//   credit manager         read act import configure
//   sales administration   read act import        (prepares invoices, feeds the ledger)
//   collector, sales       read act
//   controller, executive  read
//   guest                  read
#include "access/rights.h"

#include <algorithm>
#include <array>
#include <utility>

namespace countback::access {

namespace {

constexpr std::array<std::pair<Role, std::string_view>, 8> role_names{{
    {Role::administrator, "administrator"},
    {Role::credit_manager, "credit_manager"},
    {Role::collector, "collector"},
    {Role::sales, "sales"},
    {Role::sales_administration, "sales_administration"},
    {Role::controller, "controller"},
    {Role::executive, "executive"},
    {Role::guest, "guest"},
}};

}  // namespace

std::string_view name_of(Right right) {
    switch (right) {
        case Right::none:
            return "none";
        case Right::read:
            return "read";
        case Right::act:
            return "act";
        case Right::import_:
            return "import";
        case Right::configure:
            return "configure";
        case Right::administer:
            return "administer";
    }
    return "none";
}

std::string_view name_of(Role role) { return role_names[static_cast<std::size_t>(role)].second; }

std::optional<Role> parse_role(std::string_view name) {
    for (const auto& [role, role_name] : role_names) {
        if (role_name == name) return role;
    }
    return std::nullopt;
}

std::vector<Right> rights_of(Role role) {
    switch (role) {
        case Role::administrator:
            return {Right::read, Right::act, Right::import_, Right::configure, Right::administer};
        case Role::credit_manager:
            return {Right::read, Right::act, Right::import_, Right::configure};
        case Role::sales_administration:
            return {Right::read, Right::act, Right::import_};
        case Role::collector:
        case Role::sales:
            return {Right::read, Right::act};
        case Role::controller:
        case Role::executive:
        case Role::guest:
            return {Right::read};
    }
    return {};
}

bool has_right(Role role, Right right) {
    if (right == Right::none) return true;
    const auto rights = rights_of(role);
    return std::find(rights.begin(), rights.end(), right) != rights.end();
}

}  // namespace countback::access
