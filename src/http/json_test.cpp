#include "http/json.h"

#include <gtest/gtest.h>

namespace countback::http {
namespace {

Request posted(std::string body) {
    Request request;
    request.method = Method::post;
    request.headers = {{"content-type", "application/json; charset=utf-8"}};
    request.body = std::move(body);
    return request;
}

TEST(ReadObject, OneObjectOfBoundedDepth) {
    EXPECT_TRUE(read_object(posted(R"({"a":1})"), {"a"}));
    for (const std::string& body :
         {std::string(), std::string("[]"), std::string("{} {}"), std::string(R"({"a":1,})"),
          R"({"a":)" + std::string(40, '[') + std::string(40, ']') + "}"}) {
        const auto object = read_object(posted(body), {"a"});
        ASSERT_FALSE(object) << body;
        EXPECT_EQ(object.error().code, RefusalCode::bad_request);
    }
    Request form = posted("{}");
    form.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    EXPECT_FALSE(read_object(form, {}));
}

TEST(ReadObject, AFieldThatNobodyReadsIsRefusedByName) {
    const auto object = read_object(posted(R"({"template":"x","channel":"letter"})"), {"template"});
    ASSERT_FALSE(object);
    EXPECT_EQ(object.error().code, RefusalCode::field_invalid);
    EXPECT_EQ(object.error().data.front().second, "channel");
    EXPECT_EQ(object.error().data.back().second, "unknown");
}

TEST(BodyReader, ReadsEachKind) {
    const auto object = read_object(
        posted(
            R"({"kind":"promise","customer":12,"items":[1,2],"to":"2026-03-31","cause":null,"names":["a"],"map":{"x":1}})"),
        {"kind", "customer", "items", "to", "cause", "names", "map"});
    ASSERT_TRUE(object);
    BodyReader body(*object);
    EXPECT_EQ(body.choice("kind", {"dispute", "promise"}), 1U);
    EXPECT_EQ(body.id("customer"), 12);
    EXPECT_EQ(body.ids("items"), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(body.date("to").iso(), "2026-03-31");
    EXPECT_EQ(body.optional_text("cause"), std::nullopt);
    EXPECT_EQ(body.optional_date("from"), std::nullopt);
    EXPECT_EQ(body.texts("names"), std::vector<std::string>{"a"});
    ASSERT_NE(body.optional_object("map"), nullptr);
    EXPECT_FALSE(body.refusal());
}

TEST(BodyReader, NamesTheFirstThingWrong) {
    const auto object =
        read_object(posted(R"({"a":"","b":1.5,"c":"2026-02-31","d":[0],"e":"x\u0007y","f":-1,"g":"\u0000"})"),
                    {"a", "b", "c", "d", "e", "f", "g"});
    ASSERT_TRUE(object);
    const auto refused = [&](auto read) {
        BodyReader body(*object);
        read(body);
        return body.refusal()
                   ? std::string(name_of(body.refusal()->code)) + " " + body.refusal()->data.front().second
                   : "";
    };
    EXPECT_EQ(refused([](BodyReader& body) { body.text("absent"); }), "field_missing absent");
    EXPECT_EQ(refused([](BodyReader& body) { body.text("a"); }), "field_invalid a");
    EXPECT_EQ(refused([](BodyReader& body) { body.id("b"); }), "field_invalid b");
    EXPECT_EQ(refused([](BodyReader& body) { body.date("c"); }), "field_invalid c");
    EXPECT_EQ(refused([](BodyReader& body) { body.ids("d"); }), "field_invalid d");
    EXPECT_EQ(refused([](BodyReader& body) { body.text("e"); }), "field_invalid e");
    EXPECT_EQ(refused([](BodyReader& body) { body.id("f"); }), "field_invalid f");
    EXPECT_EQ(refused([](BodyReader& body) { body.text("g"); }), "field_invalid g");
    EXPECT_EQ(refused([](BodyReader& body) { body.text("a", {0, 10}); }), "");
    EXPECT_EQ(refused([](BodyReader& body) { body.text("a"), body.id("b"); }), "field_invalid a");
}

TEST(QueryReader, ReadsAndRefuses) {
    Request request;
    request.query = {{"as_of", "2026-03-31"}, {"entity", "1,2"}, {"limit", "501"},
                     {"by", "entity"},        {"q", ""},         {"bad", "1,x"}};
    QueryReader query(request);
    EXPECT_EQ(query.date("as_of")->iso(), "2026-03-31");
    EXPECT_EQ(query.ids("entity"), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(query.choice("by", {"currency", "entity"}), 1U);
    EXPECT_EQ(query.choice("absent", {"first", "second"}), 0U);
    EXPECT_EQ(query.text("q"), std::nullopt);
    EXPECT_EQ(query.whole("absent", 100, 1, 500), 100);
    EXPECT_FALSE(query.refusal());
    query.whole("limit", 100, 1, 500);
    ASSERT_TRUE(query.refusal());
    EXPECT_EQ(query.refusal()->code, RefusalCode::field_invalid);
    QueryReader other(request);
    EXPECT_TRUE(other.ids("bad").empty());
    EXPECT_TRUE(other.refusal());
}

TEST(Answers, ARefusalIsCodeTextAndData) {
    const Response response = refusal_answer({RefusalCode::field_missing, {{"field", "to"}}}, Language::fr);
    EXPECT_EQ(response.status, 400);
    const auto body = json::parse(response.body).at("refusal");
    EXPECT_EQ(body.at("code"), "field_missing");
    EXPECT_EQ(body.at("data").at("field"), "to");
    EXPECT_NE(body.at("text").get_string().find("« to »"), json::string::npos);
}

TEST(Ids, DigitsOnly) {
    EXPECT_EQ(parse_id("42"), 42);
    for (const char* text : {"", "0", "-1", "+1", "1 ", "1x", "99999999999999999999"})
        EXPECT_EQ(parse_id(text), std::nullopt);
}

TEST(Cookies, TheNameIsWhole) {
    Request request;
    request.headers = {{"cookie", "xcb_session=no; cb_session=yes; other=cb_session=no"}};
    EXPECT_EQ(request.cookie("cb_session"), "yes");
    EXPECT_EQ(request.cookie("session"), "");
}

}  // namespace
}  // namespace countback::http
