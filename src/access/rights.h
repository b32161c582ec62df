// ACC-1: roles and the rights they give. A right is asked by the gate before a route is answered.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace countback::access {

/// `none` is for public routes only: everybody has it.
/// `configure` changes how the company chases: scenarios, rules, limits.
enum class Right : std::uint8_t { none, read, act, import_, configure, administer };

std::string_view name_of(Right right);  ///< `none`, `read`, `act`, `import`, `configure`, `administer`

enum class Role : std::uint8_t {
    administrator,
    credit_manager,
    collector,
    sales,
    sales_administration,
    controller,
    executive,
    guest
};

std::string_view name_of(Role role);  ///< `credit_manager`
std::optional<Role> parse_role(std::string_view name);

/// The rights of a role, in the order of the enum, without `none`.
std::vector<Right> rights_of(Role role);
bool has_right(Role role, Right right);

}  // namespace countback::access
