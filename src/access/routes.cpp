#include "access/routes.h"

namespace countback::access {

namespace {

using http::Request;
using http::Response;

std::string cookie(std::string_view token, const Request& request, std::int64_t seconds) {
    std::string text = std::string(session_cookie) + "=" + std::string(token) +
                       "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
    if (request.secure) text += "; Secure";
    return text;
}

class Routes {
public:
    Routes(Users& users, CompanyFacts company) : users_(users), company_(std::move(company)) {}

    Result<Response> sign_in(const Request& request) const {
        const auto object = http::read_object(request, {"token", "email", "password"});
        if (!object) return tl::unexpected(object.error());
        const auto opened = open(*object, request.remote_address);
        if (!opened) return tl::unexpected(opened.error());
        Response response = http::json_answer(me(opened->session.caller));
        response.headers.emplace_back("Set-Cookie", cookie(opened->token, request, session_hours * 3600));
        response.user = opened->session.caller.user.value;
        return response;
    }

    Result<Response> sign_out(const Caller& caller, const Request& request) const {
        users_.sign_out(caller, request.remote_address);
        Response response = http::no_content();
        response.headers.emplace_back("Set-Cookie", cookie("", request, 0));
        return response;
    }

    Result<Response> get_me(const Caller& caller) const { return http::json_answer(me(caller)); }

    Result<Response> set_password(const Caller& caller, const Request& request) const {
        const auto object = http::read_object(request, {"current", "password"});
        if (!object) return tl::unexpected(object.error());
        http::BodyReader body(*object);
        const auto current = body.optional_text("current", {0, password_letters_max});
        const std::string password = body.text("password", {0, password_letters_max});
        if (body.refusal()) return tl::unexpected(*body.refusal());
        const auto changed = users_.change_password(caller, current, password, request.remote_address);
        if (!changed) return tl::unexpected(changed.error());
        return http::no_content();
    }

    Result<Response> set_language(const Caller& caller, const Request& request) const {
        const auto object = http::read_object(request, {"language"});
        if (!object) return tl::unexpected(object.error());
        http::BodyReader body(*object);
        const std::size_t place = body.choice("language", {"en", "fr"});
        if (body.refusal()) return tl::unexpected(*body.refusal());
        users_.set_language(caller, place == 1 ? Language::fr : Language::en, request.remote_address);
        return http::no_content();
    }

private:
    Result<Opened> open(const http::json::object& object, const std::string& address) const {
        http::BodyReader body(object);
        if (object.contains("token")) {
            const std::string token = body.text("token", {1, 200});
            if (body.refusal()) return tl::unexpected(*body.refusal());
            return users_.sign_in_with_link(token, address);
        }
        const std::string email = body.text("email", {1, 254});
        const std::string password = body.text("password", {1, password_letters_max});
        if (body.refusal()) return tl::unexpected(*body.refusal());
        return users_.sign_in_with_password(email, password, address);
    }

    http::json::object me(const Caller& caller) const {
        const Profile profile = users_.profile(caller.user);
        http::json::object answer = company_(caller);
        http::json::array rights;
        for (const Right right : rights_of(profile.role)) rights.emplace_back(name_of(right));
        answer["user"] = {{"id", profile.user.value},
                          {"name", profile.name},
                          {"email", profile.email ? http::json::value(*profile.email) : http::json::value()},
                          {"has_password", profile.has_password}};
        answer["role"] = name_of(profile.role);
        answer["rights"] = std::move(rights);
        answer["csrf"] = users_.csrf_of(caller.session_hash);
        answer["language"] = code_of(profile.language);
        return answer;
    }

    Users& users_;
    CompanyFacts company_;
};

}  // namespace

void declare_routes(Gate& gate, Users& users, CompanyFacts company) {
    const auto routes = std::make_shared<Routes>(users, std::move(company));
    gate.declare({Method::post, "/api/sign-in", Right::none, Scope::public_,
                  [routes](const Caller&, const Request& request) { return routes->sign_in(request); }});
    gate.declare({Method::post, "/api/sign-out", Right::read, Scope::signed_in,
                  [routes](const Caller& caller, const Request& request) {
                      return routes->sign_out(caller, request);
                  }});
    gate.declare({Method::get, "/api/me", Right::read, Scope::signed_in,
                  [routes](const Caller& caller, const Request&) { return routes->get_me(caller); }});
    gate.declare({Method::post, "/api/me/password", Right::read, Scope::signed_in,
                  [routes](const Caller& caller, const Request& request) {
                      return routes->set_password(caller, request);
                  }});
    gate.declare({Method::put, "/api/me/language", Right::read, Scope::signed_in,
                  [routes](const Caller& caller, const Request& request) {
                      return routes->set_language(caller, request);
                  }});
}

}  // namespace countback::access
