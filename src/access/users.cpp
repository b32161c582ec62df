#include "access/users.h"

#include "access/queries.h"
#include "base/ensure.h"
#include "base/text.h"
#include "crypto/random.h"

namespace countback::access {

namespace {

constexpr std::int64_t minute_micros = 60'000'000;
// Behind one address may sit a whole office: one colleague's forgotten password must not lock out the others.
constexpr std::size_t failures_of_an_account_from_an_address = 10;
constexpr std::size_t failures_of_an_address = 100;
constexpr std::size_t failures_of_an_account = 30;
constexpr std::int64_t failures_minutes = 10;

std::string normal_email(std::string_view email) { return ascii_lower(trim(email)); }

bool email_like(std::string_view email) {
    const auto at = email.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < email.size() && email.size() <= 254 &&
           email.find('@', at + 1) == std::string_view::npos &&
           email.find_first_of(" \t\r\n<>,;") == std::string_view::npos;
}

std::string subject_of(UserId user) { return "user " + std::to_string(user.value); }

std::string hash_of_token(std::string_view token) { return crypto::sha256_hex(token); }

tl::unexpected<Refusal> too_many() {
    return refuse(RefusalCode::too_many_attempts, {{"minutes", std::to_string(failures_minutes)}});
}

tl::unexpected<Refusal> invalid(const char* field, const char* reason) {
    return refuse(RefusalCode::field_invalid, {{"field", field}, {"reason", reason}});
}

/// Verified when there is no such user, so that the time of an answer does not tell who has an account.
const std::string& decoy_hash() {
    static const std::string hash = crypto::password_hash(crypto::random_token());
    return hash;
}

Perimeter perimeter_of(store::Connection& connection, UserId user, bool all_entities, bool all_collectors) {
    Perimeter perimeter{all_entities, all_collectors, {}, {}};
    if (perimeter.admits_everything()) return perimeter;
    connection.each(queries::user_perimeter, {user.value}, [&](const store::Row& row) {
        if (row.text(0) == "entity") perimeter.entities.push_back(EntityId{row.integer(1)});
        if (row.text(0) == "collector") perimeter.collectors.push_back(LabelId{row.integer(1)});
    });
    return perimeter;
}

}  // namespace

Users::Users(store::Database& database, const Clock& clock, crypto::Key key)
    : database_(database),
      clock_(clock),
      key_(key),
      audit_(clock, key),
      by_both_(clock, failures_of_an_account_from_an_address, failures_minutes),
      by_address_(clock, failures_of_an_address, failures_minutes),
      by_email_(clock, failures_of_an_account, failures_minutes) {}

Result<UserId> Users::add(const NewUser& user, const Origin& by) {
    const std::string email = normal_email(user.email);
    if (trim(user.name).empty() || user.name.size() > 200) return invalid("name", "a name is needed");
    if (!email_like(email)) return invalid("email", "an e-mail address is needed");
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    // The number's row is locked first: two helpers adding the same e-mail come one after the other.
    const std::int64_t number = store::allot(*connection, "user", 1);
    if (connection->integer(queries::user_by_email, {email})) {
        return refuse(RefusalCode::user_exists, {{"email", email}});
    }
    const int whole = user.role == Role::administrator ? 1 : 0;
    connection->run(queries::user_insert, {number, access::name_of(user.role), code_of(user.language), whole,
                                           whole, clock_.now().micros});
    connection->run(queries::person_insert, {number, trim(user.name), email});
    audit_.append(*connection, by,
                  {"user_added", subject_of(UserId{number}), {}, access::name_of(user.role)});
    transaction.commit();
    return UserId{number};
}

std::optional<UserId> Users::find(std::string_view email) {
    const auto number = database_.lease()->integer(queries::user_by_email, {normal_email(email)});
    return number ? std::optional(UserId{*number}) : std::nullopt;
}

std::optional<UserId> Users::first_administrator() {
    const auto number = database_.lease()->integer(queries::user_first_administrator);
    return number ? std::optional(UserId{*number}) : std::nullopt;
}

std::vector<Profile> Users::all() {
    std::vector<Profile> users;
    database_.lease()->each(queries::users_all, {}, [&](const store::Row& row) {
        Profile profile;
        profile.user = UserId{row.integer(0)};
        profile.name = row.text(1);
        if (!row.is_null(2)) profile.email = row.text(2);
        profile.role = parse_role(row.text(3)).value_or(Role::guest);
        users.push_back(std::move(profile));
    });
    return users;
}

std::optional<Profile> Users::read_profile(store::Connection& connection, UserId user) {
    std::optional<Profile> profile;
    bool all_entities = false;
    bool all_collectors = false;
    connection.each(queries::user_profile, {user.value}, [&](const store::Row& row) {
        profile.emplace();
        profile->user = user;
        profile->name = row.text(0);
        if (!row.is_null(1)) profile->email = row.text(1);
        profile->has_password = !row.is_null(2);
        profile->role = parse_role(row.text(3)).value_or(Role::guest);
        profile->language = parse_language(row.text(4)).value_or(Language::en);
        all_entities = row.integer(5) != 0;
        all_collectors = row.integer(6) != 0;
    });
    if (profile) profile->perimeter = perimeter_of(connection, user, all_entities, all_collectors);
    return profile;
}

Profile Users::profile(UserId user) {
    auto profile = read_profile(*database_.lease(), user);
    ensure(profile.has_value(), "a profile is asked of a user who exists");
    return std::move(*profile);
}

std::string Users::make_link(UserId user, const Origin& by) {
    const std::string token = crypto::random_token();
    const std::int64_t now = clock_.now().micros;
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    connection->run(queries::links_delete_ended, {now});
    connection->run(queries::link_insert,
                    {hash_of_token(token), user.value, now, now + link_minutes * minute_micros});
    audit_.append(*connection, by, {"link_made", subject_of(user), {}, {}});
    transaction.commit();
    return token;
}

Session Users::session_of(const Profile& profile, const std::string& session_hash) const {
    return {{profile.user, profile.name, profile.language, profile.perimeter, profile.role, session_hash},
            csrf_of(session_hash)};
}

std::string Users::csrf_of(const std::string& session_hash) const {
    return crypto::mac_hex(key_, "csrf", session_hash).substr(0, 40);
}

std::string Users::name_of(UserId user) {
    return database_.lease()->text(queries::person_name, {user.value}).value_or("");
}

/// Inside the caller's transaction.
Result<Opened> Users::open_session(store::Connection& connection, UserId user, const Origin& origin,
                                   std::string_view how) {
    const auto profile = read_profile(connection, user);
    if (!profile) return refuse(RefusalCode::sign_in_failed);
    Opened opened{crypto::random_token(), {}};
    const std::string hash = hash_of_token(opened.token);
    const std::int64_t now = clock_.now().micros;
    connection.run(queries::sessions_delete_ended, {now});
    connection.run(queries::session_insert,
                   {hash, user.value, now, now + session_hours * 60 * minute_micros});
    audit_.append(connection, {user, origin.address}, {how, subject_of(user), {}, {}});
    opened.session = session_of(*profile, hash);
    return opened;
}

Result<Opened> Users::sign_in_with_link(std::string_view token, const std::string& address) {
    const std::string hash = hash_of_token(token);
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    if (connection->run(queries::link_use, {hash, clock_.now().micros}) != 1) {
        // A good link is never refused: nobody guesses 256 bits.
        if (by_address_.exhausted(address)) return too_many();
        by_address_.count_failure(address);
        return refuse(RefusalCode::link_expired);
    }
    const UserId user{connection->integer(queries::link_user, {hash}).value_or(0)};
    auto opened = open_session(*connection, user, {user, address}, "sign_in_by_link");
    if (opened) transaction.commit();
    return opened;
}

std::optional<std::string> Users::password_hash_of(store::Connection& connection, UserId user) {
    std::optional<std::string> hash;
    connection.each(queries::user_profile, {user.value}, [&](const store::Row& row) {
        if (!row.is_null(2)) hash = row.text(2);
    });
    return hash;
}

Result<Opened> Users::sign_in_with_password(std::string_view email, std::string_view password,
                                            const std::string& address) {
    const std::string account = normal_email(email);
    const std::string both = account + ' ' + address;
    if (by_both_.exhausted(both) || by_address_.exhausted(address) || by_email_.exhausted(account))
        return too_many();
    const auto connection = database_.lease();
    const UserId user{connection->integer(queries::user_by_email, {account}).value_or(0)};
    const auto hash = password_hash_of(*connection, user);
    const bool fits = crypto::password_fits(hash.value_or(decoy_hash()), password) && hash.has_value();
    store::Transaction transaction(*connection);
    if (!fits) {
        by_both_.count_failure(both);
        by_address_.count_failure(address);
        by_email_.count_failure(account);
        audit_.append(*connection, {UserId{}, address}, {"sign_in_failed", subject_of(user), {}, {}});
        transaction.commit();
        return refuse(RefusalCode::sign_in_failed);
    }
    auto opened = open_session(*connection, user, {user, address}, "sign_in_by_password");
    if (!opened) return opened;
    transaction.commit();
    by_both_.forget(both);
    by_email_.forget(account);
    return opened;
}

void Users::sign_out(const Caller& caller, const std::string& address) {
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    connection->run(queries::session_delete, {caller.session_hash});
    audit_.append(*connection, {caller.user, address}, {"sign_out", subject_of(caller.user), {}, {}});
    transaction.commit();
}

std::optional<Session> Users::session(std::string_view token) {
    if (token.empty() || token.size() > 100) return std::nullopt;
    const std::string hash = hash_of_token(token);
    const auto connection = database_.lease();
    const auto user = connection->integer(queries::session_user, {hash, clock_.now().micros});
    if (!user) return std::nullopt;
    const auto profile = read_profile(*connection, UserId{*user});
    if (!profile) return std::nullopt;
    return session_of(*profile, hash);
}

/// Inside the caller's transaction. Ends the user's sessions but the kept one.
Result<void> Users::write_password(store::Connection& connection, UserId user, const std::string& password,
                                   std::string_view kept_session) {
    if (password.size() > password_letters_max) return invalid("password", "too long");
    if (password.size() < password_letters_min) {
        return refuse(RefusalCode::password_too_short, {{"min", std::to_string(password_letters_min)}});
    }
    connection.run(queries::password_set, {user.value, crypto::password_hash(password)});
    connection.run(queries::sessions_delete_others, {user.value, kept_session});
    return {};
}

Result<void> Users::change_password(const Caller& caller, std::optional<std::string> current,
                                    const std::string& password, const std::string& address) {
    const std::string key = "password of " + std::to_string(caller.user.value);
    if (by_address_.exhausted(key)) return too_many();
    const auto connection = database_.lease();
    const auto hash = password_hash_of(*connection, caller.user);
    if (hash && !(current && crypto::password_fits(*hash, *current))) {
        by_address_.count_failure(key);
        return refuse(RefusalCode::password_wrong);
    }
    store::Transaction transaction(*connection);
    auto written = write_password(*connection, caller.user, password, caller.session_hash);
    if (!written) return written;
    audit_.append(*connection, {caller.user, address}, {"password_changed", subject_of(caller.user), {}, {}});
    transaction.commit();
    return {};
}

Result<void> Users::set_password(UserId user, const std::string& password, const Origin& by) {
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    auto written = write_password(*connection, user, password, {});
    if (!written) return written;
    audit_.append(*connection, by, {"password_set", subject_of(user), {}, {}});
    transaction.commit();
    return {};
}

void Users::set_language(const Caller& caller, Language language, const std::string& address) {
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    const auto before = read_profile(*connection, caller.user);
    connection->run(queries::language_set, {caller.user.value, code_of(language)});
    audit_.append(*connection, {caller.user, address},
                  {"language_changed", subject_of(caller.user), before ? code_of(before->language) : "",
                   code_of(language)});
    transaction.commit();
}

}  // namespace countback::access
