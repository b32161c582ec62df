#include "access/settings.h"

namespace countback::access {
namespace {

constexpr store::Sql newest{
    "access_setting_newest",
    "select document from access_setting where name = $1 order by row_no desc limit 1"};
constexpr store::Sql newest_row{"access_setting_newest_row",
                                "select max(row_no) from access_setting where name = $1"};
constexpr store::Sql add{"access_setting_add",
                         "insert into access_setting (row_no, name, document, user_id, recorded_at)"
                         " values ($1, $2, $3, $4, $5)"};

}  // namespace

std::optional<boost::json::object> setting(store::Connection& connection, std::string_view name) {
    const auto text = connection.text(newest, {std::string(name)});
    if (!text) return std::nullopt;
    return boost::json::parse(*text).as_object();
}

std::int64_t setting_version(store::Connection& connection, std::string_view name) {
    return connection.integer(newest_row, {std::string(name)}).value_or(0);
}

Result<void> save_setting(store::Connection& connection, const Audit& audit, const SettingChange& change) {
    store::Transaction transaction(connection);
    const std::string name(change.name);
    const std::int64_t row = store::allot(connection, "access_setting", 1);
    // The number's row is held from here on: two savings come one after the other.
    if (change.seen && *change.seen != setting_version(connection, name))
        return refuse(RefusalCode::changed_meanwhile, {{"what", name}});
    const std::string before = connection.text(newest, {name}).value_or("");
    const std::string after = boost::json::serialize(change.document);
    if (before == after) return {};
    connection.run(add, {row, name, after, change.origin.user.value, change.now.micros});
    audit.append(connection, change.origin, {"setting_saved", name, before, after});
    transaction.commit();
    return {};
}

}  // namespace countback::access
