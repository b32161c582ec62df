// The names of settings faults, outcomes and causes, as texts and records keep them.
#include "net/smtp.h"

namespace countback::net {

std::string_view name_of(SmtpSettingsFault fault) {
    switch (fault) {
        case SmtpSettingsFault::host_invalid:
            return "host_invalid";
        case SmtpSettingsFault::port_invalid:
            return "port_invalid";
        case SmtpSettingsFault::ca_file_unreadable:
            return "ca_file_unreadable";
        case SmtpSettingsFault::own_name_invalid:
            return "own_name_invalid";
        case SmtpSettingsFault::credentials_invalid:
            return "credentials_invalid";
        case SmtpSettingsFault::password_without_tls:
            return "password_without_tls";
        case SmtpSettingsFault::timeout_out_of_range:
            return "timeout_out_of_range";
    }
    return "unknown";
}

std::string_view name_of(SendOutcome outcome) {
    switch (outcome) {
        case SendOutcome::sent:
            return "sent";
        case SendOutcome::refused_for_now:
            return "refused_for_now";
        case SendOutcome::refused:
            return "refused";
        case SendOutcome::not_connected:
            return "not_connected";
        case SendOutcome::ambiguous:
            return "ambiguous";
    }
    return "unknown";
}

std::string_view name_of(SendCause cause) {
    switch (cause) {
        case SendCause::none:
            return "none";
        case SendCause::host_unknown:
            return "host_unknown";
        case SendCause::unreachable:
            return "unreachable";
        case SendCause::timed_out:
            return "timed_out";
        case SendCause::connection_lost:
            return "connection_lost";
        case SendCause::tls_unavailable:
            return "tls_unavailable";
        case SendCause::certificate_refused:
            return "certificate_refused";
        case SendCause::sign_in_refused:
            return "sign_in_refused";
        case SendCause::sender_refused:
            return "sender_refused";
        case SendCause::server_not_ready:
            return "server_not_ready";
        case SendCause::address_invalid:
            return "address_invalid";
        case SendCause::recipients_missing:
            return "recipients_missing";
        case SendCause::message_invalid:
            return "message_invalid";
    }
    return "unknown";
}

}  // namespace countback::net
