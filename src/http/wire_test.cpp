#include "http/wire.h"

#include <gtest/gtest.h>

#include "base/ensure.h"

namespace countback::http {
namespace {

TEST(Target, PathAndQueryAreDecodedOnce) {
    const auto target = parse_target("/api/items?state=open&q=a%20b+c%26&state=x&empty=&flag");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/api/items");
    const Pairs expected{{"state", "open"}, {"q", "a b c&"}, {"state", "x"}, {"empty", ""}, {"flag", ""}};
    EXPECT_EQ(target->query, expected);
    EXPECT_EQ(parse_target("/a%2520b")->path, "/a%20b");
    EXPECT_EQ(parse_target("/a+b")->path, "/a+b");
    EXPECT_EQ(parse_target("/d%C3%A9lai")->path, "/délai");
}

TEST(Target, WhatClimbsOrHidesIsRefused) {
    for (const char* text : {"", "api", "http://x/", "*", "/..", "/a/../b", "/%2e%2E/b", "/a%2f..", "/a\\b",
                             "/%5c", "/%00", "/%0a", "/%", "/%2", "/%g0", "/%ff", "/?a=%0d", "/?%00=1"}) {
        const auto target = parse_target(text);
        ASSERT_FALSE(target) << text;
        EXPECT_EQ(target.error().code, RefusalCode::bad_request) << text;
    }
    EXPECT_TRUE(parse_target("/a..b/..c"));
}

TEST(Target, ParametersAreLimited) {
    std::string text = "/?";
    for (int count = 0; count < 201; ++count) text += "a=1&";
    EXPECT_FALSE(parse_target(text));
}

TEST(Host, OnlyOurNamesWithAnyPort) {
    const std::vector<std::string> hosts{"desk.company.test"};
    for (const char* host : {"localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:80",
                             "desk.company.test", "DESK.company.test:443"}) {
        EXPECT_TRUE(host_allowed(host, hosts)) << host;
    }
    for (const char* host : {"", ":80", "evil.test", "localhost.", "localhost:80x", "127.0.0.1@evil.test",
                             "::1", "[::1]x", "desk.company.test.evil.test", "xdesk.company.test"}) {
        EXPECT_FALSE(host_allowed(host, hosts)) << host;
    }
}

TEST(Head, CarriesLengthSecurityAndEnding) {
    Response response;
    response.status = 404;
    response.headers = {{"Content-Type", "text/plain"}};
    const std::string head = head_of(response, {Framing::Kind::length, 12}, Ending::close, Instant{0});
    EXPECT_TRUE(head.starts_with("HTTP/1.1 404 Not Found\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"));
    EXPECT_NE(head.find("Content-Length: 12\r\n"), std::string::npos);
    EXPECT_NE(head.find("Connection: close\r\n\r\n"), std::string::npos);
    EXPECT_NE(head.find("frame-ancestors 'none'"), std::string::npos);
    const std::string none = head_of(response, {Framing::Kind::none, 0}, Ending::keep_alive, Instant{0});
    EXPECT_EQ(none.find("Content-Length"), std::string::npos);
}

TEST(Head, AHeaderOfTwoLinesIsADefect) {
    Response response;
    response.headers = {{"Content-Disposition", "a\r\nSet-Cookie: b"}};
    EXPECT_THROW(head_of(response, {}, Ending::close, Instant{0}), Bug);
}

TEST(Method, KnownOnes) {
    EXPECT_EQ(parse_method("DELETE"), Method::remove);
    EXPECT_EQ(parse_method("get"), std::nullopt);
    EXPECT_EQ(parse_method("TRACE"), std::nullopt);
}

}  // namespace
}  // namespace countback::http
