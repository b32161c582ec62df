// ACC-1: no answer without session, right and CSRF word.
#include "access/gate.h"

#include <gtest/gtest.h>

#include "base/ensure.h"
#include "store/database.h"

namespace countback::access {
namespace {

using http::Request;
using http::Response;

Result<Response> said(std::string text) {
    Response response;
    response.body = std::move(text);
    return response;
}

class GateTest : public testing::Test {
protected:
    GateTest() {
        gate.declare(
            {Method::get, "/open", Right::none, Scope::public_, [](const Caller& caller, const Request&) {
                 return said("user " + std::to_string(caller.user.value));
             }});
        gate.declare({Method::get, "/api/customers/{id}", Right::read, Scope::signed_in,
                      [](const Caller&, const Request& request) {
                          return said("id " + std::string(request.capture("id")));
                      }});
        gate.declare({Method::get, "/api/customers/mine", Right::read, Scope::signed_in,
                      [](const Caller&, const Request&) { return said("mine"); }});
        gate.declare({Method::post, "/api/standings", Right::act, Scope::signed_in,
                      [](const Caller&, const Request&) { return said("done"); }});
        gate.declare({Method::post, "/api/files", Right::import_, Scope::signed_in,
                      [](const Caller&, const Request&) { return said("file"); }, Body::upload});
        gate.declare({Method::get, "/api/defect", Right::read, Scope::signed_in,
                      [](const Caller&, const Request&) -> Result<Response> { throw Bug("secret detail"); }});
        gate.declare({Method::get, "/api/locked", Right::read, Scope::signed_in,
                      [](const Caller&, const Request&) -> Result<Response> {
                          throw store::Failure(store::Failure::Kind::locked, "secret detail");
                      }});
    }

    static std::optional<Session> find(std::string_view token) {
        if (token != "guest" && token != "manager") return std::nullopt;
        Caller caller;
        caller.user = UserId{token == "guest" ? 1 : 2};
        caller.role = token == "guest" ? Role::guest : Role::credit_manager;
        return Session{caller, "word"};
    }
    static Request request(Method method, std::string path, http::Pairs headers = {}) {
        Request asked;
        asked.method = method;
        asked.path = std::move(path);
        asked.headers = std::move(headers);
        return asked;
    }
    Response get(std::string path, std::string_view who = "manager") const {
        return gate.answer(
            request(Method::get, std::move(path), {{"cookie", "cb_session=" + std::string(who)}}));
    }

    Gate gate{find, [](const Request&) { return *said("page"); }};
};

TEST_F(GateTest, LiteralPathsWinOverCapturedOnes) {
    EXPECT_EQ(get("/api/customers/12").body, "id 12");
    EXPECT_EQ(get("/api/customers/mine").body, "mine");
    EXPECT_EQ(get("/api/customers/").status, 404);
    EXPECT_EQ(get("/api/customers/12/").status, 404);
}

TEST_F(GateTest, AnswersAreMarkedWithPatternAndUser) {
    const Response response = get("/api/customers/12");
    EXPECT_EQ(response.route, "/api/customers/{id}");
    EXPECT_EQ(response.user, 2);
}

TEST_F(GateTest, WithoutSessionOnlyPublicRoutesAnswer) {
    EXPECT_EQ(get("/open", "").body, "user 0");
    for (const auto& route : gate.routes()) {
        if (route.scope == Scope::public_) continue;
        const Response response =
            gate.answer(request(route.method, std::string(route.pattern), {{"cookie", "cb_session=x"}}));
        EXPECT_EQ(response.status, 401) << route.pattern;
    }
}

TEST_F(GateTest, ChangesNeedTheWord) {
    const auto post = [&](const char* who, const char* word) {
        return gate.answer(
            request(Method::post, "/api/standings",
                    {{"cookie", std::string("cb_session=") + who}, {"x-countback-csrf", word}}));
    };
    EXPECT_EQ(post("manager", "word").body, "done");
    EXPECT_EQ(post("manager", "").status, 403);
    EXPECT_EQ(post("manager", "ward").status, 403);
    EXPECT_EQ(post("guest", "word").status, 403) << "the right is missing";
}

TEST_F(GateTest, UploadsAreRefusedBeforeTheirBodyIsRead) {
    const auto head = [&](const char* who) {
        return gate.admit(
            request(Method::post, "/api/files",
                    {{"cookie", std::string("cb_session=") + who}, {"x-countback-csrf", "word"}}));
    };
    EXPECT_EQ(head("manager").value(), Body::upload);
    EXPECT_EQ(head("guest").error().code, RefusalCode::right_missing);
    EXPECT_EQ(head("nobody").error().code, RefusalCode::sign_in_required);
    EXPECT_EQ(gate.admit(request(Method::post, "/api/standings")).value(), Body::small);
}

TEST_F(GateTest, UnknownPathsAre404UnderTheApiAndPagesElsewhere) {
    EXPECT_EQ(get("/api/nothing").status, 404);
    EXPECT_EQ(get("/customers").body, "page");
    EXPECT_EQ(gate.answer(request(Method::remove, "/api/standings")).status, 405);
}

TEST_F(GateTest, DefectsAndBrokenDatabasesAreAnsweredWithoutTheirInside) {
    const Response defect = get("/api/defect");
    EXPECT_EQ(defect.status, 500);
    EXPECT_EQ(defect.body.find("secret"), std::string::npos);
    const Response locked = get("/api/locked");
    EXPECT_EQ(locked.status, 503);
    EXPECT_EQ(locked.body.find("secret"), std::string::npos);
}

TEST_F(GateTest, ARouteCannotBeDeclaredTwiceOrPublicWithARight) {
    const Handler handler = [](const Caller&, const Request&) { return said(""); };
    EXPECT_THROW(gate.declare({Method::get, "/open", Right::none, Scope::public_, handler}), Bug);
    EXPECT_THROW(gate.declare({Method::get, "/other", Right::read, Scope::public_, handler}), Bug);
    EXPECT_THROW(gate.declare({Method::get, "/other", Right::none, Scope::signed_in, handler}), Bug);
}

TEST(Rights, EachRoleHasAtLeastReadAndOnlyAdministratorsAdminister) {
    for (const char* name : {"administrator", "credit_manager", "collector", "sales", "sales_administration",
                             "controller", "executive", "guest"}) {
        const auto role = parse_role(name);
        ASSERT_TRUE(role) << name;
        EXPECT_EQ(name_of(*role), name);
        EXPECT_TRUE(has_right(*role, Right::read));
        EXPECT_EQ(has_right(*role, Right::administer), *role == Role::administrator);
        EXPECT_EQ(has_right(*role, Right::configure),
                  *role == Role::administrator || *role == Role::credit_manager);
    }
    EXPECT_FALSE(parse_role("boss"));
}

}  // namespace
}  // namespace countback::access
