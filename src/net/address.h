// A mail address that can be trusted in an envelope and in a header: one plain `local@domain`, nothing else.
#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace countback::net {

enum class AddressFault {
    empty,              ///< nothing, or only white space
    control_character,  ///< a line end, a zero byte, a tab: how headers and commands are injected
    not_an_address,     ///< no single `@`, white space, brackets, a quoted local part, misplaced dots
    not_ascii,          ///< letters beyond ASCII before the `@`: most servers cannot take them
    domain_invalid,     ///< the domain cannot be a host name, even as an international one
    too_long,           ///< over 64 bytes before the `@` or 254 in all
};

std::string_view name_of(AddressFault fault);  ///< `control_character`

/// The address as it goes over the wire: trimmed of spaces, the local part as written, the domain lower case
/// and in ASCII ("compta@société.test" becomes "compta@xn--socit-esab.test").
tl::expected<std::string, AddressFault> mail_address(std::string_view text);

/// What stands after the last `@`, in ASCII lower case; empty without one.
std::string domain_of(std::string_view address);

/// A host name lower case and in ASCII, or nothing in it that could be one (then empty). At most 253 bytes.
std::string host_name(std::string_view text);

}  // namespace countback::net
