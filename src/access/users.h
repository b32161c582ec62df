// Who may come in: users, their sessions, links and passwords (ACC-1). Each change is one transaction with
// its line in the audit. Tokens and passwords are kept as hashes only.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/attempts.h"
#include "access/audit.h"
#include "access/gate.h"
#include "base/clock.h"
#include "store/database.h"

namespace countback::access {

inline constexpr std::int64_t session_hours = 12;
inline constexpr std::int64_t link_minutes = 60;
inline constexpr std::size_t password_letters_min = 12;
inline constexpr std::size_t password_letters_max = 1024;

struct NewUser {
    std::string name;
    std::string email;
    Role role = Role::administrator;
    Language language = Language::en;
};

struct Profile {
    UserId user;
    std::string name;
    std::optional<std::string> email;
    bool has_password = false;
    Role role = Role::guest;
    Language language = Language::en;
    Perimeter perimeter;
};

/// A session just opened: the token goes into the cookie and is kept nowhere.
struct Opened {
    std::string token;
    Session session;
};

/// Of the administrator whom the first start makes: nobody reads it, so nobody is told to write there.
inline constexpr std::string_view no_mailbox = "administrator@localhost.test";

class Users {
public:
    Users(store::Database& database, const Clock& clock, crypto::Key key);

    /// Refuses field_invalid (name, email) and user_exists.
    Result<UserId> add(const NewUser& user, const Origin& by);
    std::optional<UserId> find(std::string_view email);
    std::optional<UserId> first_administrator();
    std::vector<Profile> all();
    std::string name_of(UserId user);  ///< as colleagues may read it; empty when there is none
    Profile profile(UserId user);      ///< throws Bug when there is none

    /// A token that opens one session within the hour.
    std::string make_link(UserId user, const Origin& by);
    /// Refuses link_expired, too_many_attempts.
    Result<Opened> sign_in_with_link(std::string_view token, const std::string& address);
    /// Refuses sign_in_failed (whatever was wrong), too_many_attempts.
    Result<Opened> sign_in_with_password(std::string_view email, std::string_view password,
                                         const std::string& address);
    void sign_out(const Caller& caller, const std::string& address);
    /// What stands behind a cookie's token; nothing when forged, ended or unknown.
    std::optional<Session> session(std::string_view token);
    /// The CSRF word of a session, by its token's hash.
    std::string csrf_of(const std::string& session_hash) const;

    /// `current` is asked once a password is set. Ends the user's other sessions.
    /// Refuses password_wrong, password_too_short, too_many_attempts.
    Result<void> change_password(const Caller& caller, std::optional<std::string> current,
                                 const std::string& password, const std::string& address);
    /// Without asking for the current one: the command line of who holds the data folder.
    Result<void> set_password(UserId user, const std::string& password, const Origin& by);
    void set_language(const Caller& caller, Language language, const std::string& address);

private:
    Result<Opened> open_session(store::Connection& connection, UserId user, const Origin& origin,
                                std::string_view how);
    std::optional<Profile> read_profile(store::Connection& connection, UserId user);
    std::optional<std::string> password_hash_of(store::Connection& connection, UserId user);
    Session session_of(const Profile& profile, const std::string& session_hash) const;
    Result<void> write_password(store::Connection& connection, UserId user, const std::string& password,
                                std::string_view kept_session);

    store::Database& database_;
    const Clock& clock_;
    crypto::Key key_;
    Audit audit_;
    Attempts by_both_;     ///< failures on one account from one address
    Attempts by_address_;  ///< failures of one address, whoever it tries to be
    Attempts by_email_;    ///< failures on one account, from wherever
};

}  // namespace countback::access
