// The statements of access/, one text for both databases.
#pragma once
#include "store/database.h"

namespace countback::access::queries {

using store::Sql;

inline constexpr Sql user_insert{
    "access_user_insert",
    "insert into access_user (user_id, role, language, all_entities, all_collectors, created_at)"
    " values ($1, $2, $3, $4, $5, $6)"};
inline constexpr Sql person_insert{"access_person_insert",
                                   "insert into access_person (user_id, name, email) values ($1, $2, $3)"};
inline constexpr Sql user_by_email{
    "access_user_by_email",
    "select u.user_id from access_user u join access_person p on p.user_id = u.user_id"
    " where p.email = $1 and u.ended_at is null"};
inline constexpr Sql user_first_administrator{
    "access_user_first_administrator",
    "select min(user_id) from access_user where role = 'administrator' and ended_at is null"};
inline constexpr Sql person_name{"access_person_name", "select name from access_person where user_id = $1"};
inline constexpr Sql users_all{"access_users_all",
                               "select u.user_id, p.name, p.email, u.role from access_user u join "
                               "access_person p on p.user_id = u.user_id"
                               " where u.ended_at is null order by u.user_id"};
inline constexpr Sql user_profile{
    "access_user_profile",
    "select p.name, p.email, p.password_hash, u.role, u.language, u.all_entities, u.all_collectors"
    " from access_user u join access_person p on p.user_id = u.user_id where u.user_id = $1 and u.ended_at "
    "is null"};
inline constexpr Sql user_perimeter{"access_user_perimeter",
                                    "select kind, value from access_perimeter where user_id = $1"};
inline constexpr Sql password_set{"access_password_set",
                                  "update access_person set password_hash = $2 where user_id = $1"};
inline constexpr Sql language_set{"access_language_set",
                                  "update access_user set language = $2 where user_id = $1"};

inline constexpr Sql link_insert{
    "access_link_insert",
    "insert into access_link (token_hash, user_id, created_at, ends_at) values ($1, $2, $3, $4)"};
/// Changes one row only the first time: two clicks at once cannot both win.
inline constexpr Sql link_use{
    "access_link_use",
    "update access_link set used_at = $2 where token_hash = $1 and used_at is null and ends_at > $2"};
inline constexpr Sql link_user{"access_link_user", "select user_id from access_link where token_hash = $1"};

inline constexpr Sql session_insert{
    "access_session_insert",
    "insert into access_session (token_hash, user_id, created_at, ends_at) values ($1, $2, $3, $4)"};
inline constexpr Sql session_user{
    "access_session_user", "select user_id from access_session where token_hash = $1 and ends_at > $2"};
inline constexpr Sql session_delete{"access_session_delete",
                                    "delete from access_session where token_hash = $1"};
inline constexpr Sql sessions_delete_others{
    "access_sessions_delete_others", "delete from access_session where user_id = $1 and token_hash <> $2"};
inline constexpr Sql sessions_delete_ended{"access_sessions_delete_ended",
                                           "delete from access_session where ends_at <= $1"};
inline constexpr Sql links_delete_ended{"access_links_delete_ended",
                                        "delete from access_link where ends_at <= $1"};

inline constexpr Sql audit_last{
    "access_audit_last",
    "select hash from access_audit where number = (select max(number) from access_audit)"};
inline constexpr Sql audit_insert{"access_audit_insert",
                                  "insert into access_audit (number, at, user_id, origin, kind, subject, "
                                  "before_hash, after_hash, previous_hash, hash)"
                                  " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
inline constexpr Sql audit_all{
    "access_audit_all",
    "select number, at, user_id, origin, kind, subject, before_hash, after_hash, previous_hash, hash"
    " from access_audit order by number"};
inline constexpr Sql origin_insert{
    "access_origin_insert",
    "insert into access_origin (origin, address) values ($1, $2) on conflict (origin) do nothing"};

}  // namespace countback::access::queries
