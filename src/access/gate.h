// The gate: no route without a right and a scope (ACC-1). Rooms declare theirs in routes.cpp, one line each:
//   gate.declare({Method::get, "/api/customers/{id}", Right::read, Scope::signed_in, handler});
// A test reads these lines from the text; keep method, pattern, right and scope literal and in this order.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/perimeter.h"
#include "access/rights.h"
#include "base/ids.h"
#include "base/refusal.h"
#include "http/json.h"
#include "http/message.h"
#include "locale/language.h"

namespace countback::access {

using http::Method;

/// `signed_link`: a link of the customer portal, answered by its own token.
enum class Scope : std::uint8_t { public_, signed_link, signed_in };

/// Who asks. For public routes: nobody, with an empty perimeter.
struct Caller {
    UserId user;
    std::string name;
    Language language = Language::en;  ///< of Accept-Language, else the user's own
    Perimeter perimeter;
    Role role = Role::guest;
    std::string session_hash;  ///< names the session at hand; empty outside one
};

using Handler = std::function<Result<http::Response>(const Caller&, const http::Request&)>;

/// How much a route reads: `small` at most 1 MiB into memory, `upload` at most 2 GiB into a file.
enum class Body : std::uint8_t { small, upload };

struct RouteDeclaration {
    Method method;
    std::string_view pattern;  ///< `/api/customers/{id}`; lives as long as the gate
    Right right;
    Scope scope;
    Handler handler;
    Body body = Body::small;
};

/// What stands behind a session cookie.
struct Session {
    Caller caller;
    std::string csrf;  ///< what X-Countback-CSRF must say
};
/// By the cookie's token; nothing when forged, ended or unknown.
using FindSession = std::function<std::optional<Session>(std::string_view token)>;
/// Answers paths that no route has, outside /api: the web app.
using Fallback = std::function<http::Response(const http::Request&)>;

inline constexpr std::string_view session_cookie = "cb_session";
inline constexpr std::string_view csrf_header = "x-countback-csrf";

class Gate {
public:
    explicit Gate(FindSession find_session, Fallback fallback = {});

    /// Throws Bug when the same method and pattern is declared twice, or a public route asks a right.
    void declare(RouteDeclaration declaration);

    /// Never throws: a refusal, a broken database and a defect are answers too. Blocks; call on the pool.
    http::Response answer(const http::Request& request) const;

    /// Before the body is read: how much may come. Refuses uploads of callers that may not send them.
    Result<Body> admit(const http::Request& head) const;

    struct Known {
        Method method;
        std::string_view pattern;
        Right right;
        Scope scope;
    };
    std::vector<Known> routes() const;

private:
    struct Match;
    Match match(const http::Request& request) const;
    Result<Caller> admitted(const RouteDeclaration& route, const http::Request& request) const;
    http::Response answered(const http::Request& request) const;

    FindSession find_session_;
    Fallback fallback_;
    std::vector<RouteDeclaration> routes_;
    std::vector<std::vector<std::string_view>> patterns_;  ///< of the routes, cut at their slashes
};

}  // namespace countback::access
