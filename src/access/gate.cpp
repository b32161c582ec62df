#include "access/gate.h"

#include <algorithm>
#include <system_error>

#include "base/disk.h"
#include "base/ensure.h"
#include "base/text.h"
#include "crypto/random.h"
#include "http/log.h"
#include "store/database.h"

namespace countback::access {

namespace {

using Parts = std::vector<std::string_view>;

bool is_capture(std::string_view part) { return part.starts_with('{'); }

bool fits(const Parts& pattern, const Parts& path) {
    const auto same = [](std::string_view wanted, std::string_view given) {
        return is_capture(wanted) ? !given.empty() : wanted == given;
    };
    return std::ranges::equal(pattern, path, same);
}

http::Pairs captured(const Parts& pattern, const Parts& path) {
    http::Pairs captures;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (is_capture(pattern[at]))
            captures.emplace_back(pattern[at].substr(1, pattern[at].size() - 2), path[at]);
    }
    return captures;
}

bool of_the_api(std::string_view path) { return path == "/api" || path.starts_with("/api/"); }

Language language_for(const http::Request& request, Language own) {
    return request.header("accept-language").empty() ? own : request.language();
}

}  // namespace

struct Gate::Match {
    const RouteDeclaration* route = nullptr;
    bool path_known = false;  ///< some route has the path, though not this method
    http::Pairs captures;
};

Gate::Gate(FindSession find_session, Fallback fallback)
    : find_session_(std::move(find_session)), fallback_(std::move(fallback)) {}

void Gate::declare(RouteDeclaration declaration) {
    for (const RouteDeclaration& known : routes_) {
        ensure(known.method != declaration.method || known.pattern != declaration.pattern,
               "a route is declared once");
    }
    const bool open = declaration.scope == Scope::public_;
    ensure(open == (declaration.right == Right::none),
           "a public route asks no right, and any other asks one");
    ensure(static_cast<bool>(declaration.handler), "a route has a handler");
    patterns_.push_back(split(declaration.pattern, '/'));
    routes_.push_back(std::move(declaration));
}

Gate::Match Gate::match(const http::Request& request) const {
    Match best;
    const Parts path = split(request.path, '/');
    const Parts* pattern = nullptr;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (!fits(patterns_[i], path)) continue;
        best.path_known = true;
        // A literal path wins over a captured one whatever the order of declaration.
        const bool better = pattern == nullptr || std::ranges::count_if(patterns_[i], is_capture) <
                                                      std::ranges::count_if(*pattern, is_capture);
        if (routes_[i].method != request.method || !better) continue;
        best.route = &routes_[i];
        pattern = &patterns_[i];
    }
    if (pattern != nullptr) best.captures = captured(*pattern, path);
    return best;
}

Result<Caller> Gate::admitted(const RouteDeclaration& route, const http::Request& request) const {
    if (route.scope == Scope::public_) {
        Caller nobody;
        nobody.language = request.language();
        return nobody;
    }
    if (route.scope == Scope::signed_link) return refuse(RefusalCode::link_expired);  // none is given out yet
    auto session = find_session_(request.cookie(session_cookie));
    if (!session) return refuse(RefusalCode::sign_in_required);
    session->caller.language = language_for(request, session->caller.language);
    if (request.method != Method::get && !crypto::equal(request.header(csrf_header), session->csrf)) {
        return refuse(RefusalCode::csrf_missing);
    }
    if (!has_right(session->caller.role, route.right)) return refuse(RefusalCode::right_missing);
    return std::move(session->caller);
}

Result<Body> Gate::admit(const http::Request& head) const {
    const Match found = match(head);
    if (found.route == nullptr || found.route->body == Body::small) return Body::small;
    const auto caller = admitted(*found.route, head);
    if (!caller) return tl::unexpected(caller.error());
    return Body::upload;
}

http::Response Gate::answered(const http::Request& request) const {
    Match found = match(request);
    if (found.route == nullptr) {
        if (!found.path_known && !of_the_api(request.path) && fallback_) return fallback_(request);
        const auto code = found.path_known ? RefusalCode::method_not_allowed : RefusalCode::not_found;
        return http::refusal_answer({code, {{"method", std::string(http::name_of(request.method))}}},
                                    request.language());
    }
    const auto caller = admitted(*found.route, request);
    http::Response response;
    if (!caller) {
        response = http::refusal_answer(caller.error(), request.language());
    } else {
        http::Request with_captures = request;
        with_captures.captures = std::move(found.captures);
        auto result = found.route->handler(*caller, with_captures);
        response = result ? std::move(*result) : http::refusal_answer(result.error(), caller->language);
        if (caller->user) response.user = caller->user.value;
    }
    response.route = found.route->pattern;
    return response;
}

http::Response Gate::answer(const http::Request& request) const {
    try {
        return answered(request);
    } catch (const store::Failure& failure) {
        Refusal refusal = store::refusal_of(failure);
        const std::string reference = crypto::random_hex(4);
        if (refusal.code == RefusalCode::server_error) refusal.data = {{"reference", reference}};
        http::log_problem("database " + reference, failure.what());
        return http::refusal_answer(refusal, request.language());
    } catch (const std::system_error& failure) {
        const std::string reference = crypto::random_hex(4);
        http::log_problem("disk " + reference, failure.what());
        const Refusal refusal = refused_by_disk(failure.code().value())
                                    .value_or(Refusal{RefusalCode::server_error, {{"reference", reference}}});
        return http::refusal_answer(refusal, request.language());
    } catch (const std::exception& defect) {
        const std::string reference = crypto::random_hex(4);
        http::log_problem("defect " + reference, defect.what());
        return http::refusal_answer({RefusalCode::server_error, {{"reference", reference}}},
                                    request.language());
    }
}

std::vector<Gate::Known> Gate::routes() const {
    std::vector<Known> known;
    for (const RouteDeclaration& route : routes_) {
        known.push_back({route.method, route.pattern, route.right, route.scope});
    }
    return known;
}

}  // namespace countback::access
