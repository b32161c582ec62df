#include "formats/message_text.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace countback::formats;

namespace {

const MessageNames names{
    {"customer", NameKind::object, {{"name", NameKind::text}, {"number", NameKind::text}}},
    {"items",
     NameKind::list,
     {{"number", NameKind::text}, {"open", NameKind::text}, {"late", NameKind::flag}}},
    {"phone", NameKind::text},
    {"pay", NameKind::link},
    {"penalties", NameKind::flag},
};

MessageData data() {
    MessageData customer;
    customer.text("name", "Dupont & Fils <SARL>").text("number", "C-1");
    MessageData::Rows items(2);
    items[0].text("number", "F-1").text("open", "1 200,00 €").flag("late", true);
    items[1].text("number", "F-2").text("open", "80,00 €").flag("late", false);
    MessageData all;
    all.object("customer", std::move(customer)).rows("items", std::move(items));
    all.text("phone", "").text("pay", "https://desk.test/p?a=1&b=2").flag("penalties", true);
    return all;
}

std::string rendered(std::string source, MessagePart part = MessagePart::text) {
    const auto text = MessageText::read(std::move(source), part, names);
    if (!text) return std::string(name_of(text.error().fault));
    const auto out = text->render(data());
    return out ? *out : std::string(name_of(out.error().fault));
}

std::string refused(std::string source, MessagePart part = MessagePart::text) {
    const auto text = MessageText::read(std::move(source), part, names);
    if (text) return "accepted";
    const auto& r = text.error();
    return std::string(name_of(r.fault)) + " " + r.name + " " + std::to_string(r.line) + ":" +
           std::to_string(r.column);
}

std::string refused_html(std::string source) { return refused(std::move(source), MessagePart::html); }

}  // namespace

TEST(MessageText, fills_names_rows_and_conditions) {
    EXPECT_EQ(rendered("Dear {{customer.name}} ({{#customer}}{{number}}{{/customer}}),\n"
                       "{{#items}}\n- {{number}}: {{open}}{{#late}} late{{/late}}\n{{/items}}\n"
                       "{{#penalties}}With penalties.{{/penalties}}{{^phone}} No phone.{{/phone}}"
                       "{{#phone}} Call {{phone}}.{{/phone}}{{! for us }}"),
              "Dear Dupont & Fils <SARL> (C-1),\n- F-1: 1 200,00 € late\n- F-2: 80,00 €\n"
              "With penalties. No phone.");
    EXPECT_EQ(rendered("{{#items}}{{customer.name}} {{/items}}"),
              "Dupont & Fils <SARL> Dupont & Fils <SARL> ");
    EXPECT_EQ(rendered("{{{customer.name}}} {{& customer.name }}"),
              "Dupont & Fils <SARL> Dupont & Fils <SARL>");
    EXPECT_EQ(rendered(""), "");
}

TEST(MessageText, html_escapes_every_value) {
    EXPECT_EQ(rendered("<p>{{customer.name}} <a href=\"{{pay}}\">pay</a></p>", MessagePart::html),
              "<p>Dupont &amp; Fils &lt;SARL&gt; <a href=\"https://desk.test/p?a=1&amp;b=2\">pay</a></p>");
}

TEST(MessageText, a_value_that_looks_like_a_template_stays_a_value) {
    MessageData values;
    values.text("phone", "{{customer.name}}{{#items}}");
    EXPECT_EQ(*MessageText::read("{{phone}}", MessagePart::text, names)->render(values),
              "{{customer.name}}{{#items}}");
}

TEST(MessageText, an_unknown_name_is_refused_with_its_place) {
    EXPECT_EQ(refused("Dear\n é {{customer.nam}}"), "name_unknown customer.nam 2:4");
    EXPECT_EQ(refused("{{open}}"), "name_unknown open 1:1");  // a row's name outside its list
    EXPECT_EQ(refused("{{#items}}{{open}}{{/items}}"), "accepted");
    EXPECT_EQ(refused("{{items.open}}"), "name_unknown items.open 1:1");
    EXPECT_EQ(refused("{{}}"), "name_unknown  1:1");
    EXPECT_EQ(refused("{{.}}"), "name_unknown . 1:1");
    EXPECT_EQ(refused("{{#nothing}}{{/nothing}}"), "name_unknown nothing 1:1");
    EXPECT_EQ(refused("{{items}}"), "name_not_a_text items 1:1");
    EXPECT_EQ(refused("{{customer}}"), "name_not_a_text customer 1:1");
    EXPECT_EQ(refused("{{penalties}}"), "name_not_a_text penalties 1:1");
}

TEST(MessageText, what_no_template_may_hold) {
    EXPECT_EQ(refused("a {{> other}}"), "partial_refused  1:3");
    EXPECT_EQ(refused("{{=<% %>=}}"), "delimiters_refused  1:1");
    EXPECT_EQ(refused("{{customer.name"), "tag_unclosed  1:1");
    EXPECT_EQ(refused("{{{customer.name}}"), "tag_unclosed  1:1");
    EXPECT_EQ(refused("{{#items}}"), "section_unclosed items 1:1");
    EXPECT_EQ(refused("{{/items}}"), "section_unopened items 1:1");
    EXPECT_EQ(refused("{{#items}}{{#late}}{{/items}}{{/late}}"), "section_unopened items 1:20");
    EXPECT_EQ(refused("\xff"), "not_utf8  0:0");
    EXPECT_EQ(refused(std::string(1, '\0')), "not_utf8  0:0");
    EXPECT_EQ(refused(std::string(64 * 1024, 'a')), "accepted");
    EXPECT_EQ(refused(std::string(5'000'000, 'a')), "too_large  0:0");
    EXPECT_EQ(refused_html("{{{phone}}}"), "unescaped_refused phone 1:1");
    EXPECT_EQ(refused_html("{{&phone}}"), "unescaped_refused phone 1:1");
    std::string deep;
    for (int i = 0; i < 4000; ++i) deep += "{{#penalties}}";
    EXPECT_EQ(refused(deep), "too_deep penalties 1:57");
}

TEST(MessageText, html_is_for_reading_only) {
    EXPECT_EQ(refused_html("<p>x<script>alert(1)</script>"), "html_tag_refused script 1:5");
    EXPECT_EQ(refused_html("<SCRIPT>"), "html_tag_refused script 1:1");
    EXPECT_EQ(refused_html("<svg/onload=x>"), "html_tag_refused svg 1:1");
    EXPECT_EQ(refused_html("<{{phone}}>"), "html_tag_refused  1:1");
    EXPECT_EQ(refused_html("1 < 2"), "html_tag_refused  1:3");
    EXPECT_EQ(refused_html("<p onclick=\"x\">"), "html_attribute_refused onclick 1:4");
    EXPECT_EQ(refused_html("<p {{phone}}>"), "html_attribute_refused phone 1:4");
    EXPECT_EQ(refused_html("<p class={{phone}}>"), "html_attribute_refused class 1:4");
    EXPECT_EQ(refused_html("<p style=\"background:url(//a.test)\">"), "html_attribute_refused style 1:4");
    EXPECT_EQ(refused_html("<a href=\"javascript:alert(1)\">"), "html_link_refused javascript:alert(1) 1:4");
    EXPECT_EQ(refused_html("<a href=\"{{phone}}\">"), "html_link_refused phone 1:4");
    EXPECT_EQ(refused_html("<a href=\"{{#penalties}}x{{/penalties}}\">"), "html_link_refused penalties 1:4");
    EXPECT_EQ(
        refused_html(
            "<p {{#penalties}}title=\"{{/penalties}}><script>x</script><p {{#penalties}}\"{{/penalties}}>"),
        "html_broken title 1:18");
    EXPECT_EQ(refused_html("{{#penalties}}<p {{/penalties}}>"), "html_broken p 1:15");
    EXPECT_EQ(refused_html("<p {{#penalties}}>{{/penalties}}"), "html_broken p 1:1");
    EXPECT_EQ(refused_html("<p class=\"a"), "html_broken class 1:4");
    EXPECT_EQ(refused_html("<p"), "html_broken p 1:1");
    EXPECT_EQ(refused_html("<!-- {{phone}} -->"), "html_broken  1:1");
    EXPECT_EQ(refused_html("<style>p{ {{phone}} }</style>"), "html_attribute_refused style 1:11");
}

TEST(MessageText, html_that_mail_programs_show_passes) {
    EXPECT_EQ(refused_html("<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\">"
                           "<meta name=\"color-scheme\" content=\"light dark\"><style>@media "
                           "(prefers-color-scheme: dark) { p { color: #fff } }</style></head><body><!-- x -->"
                           "<table role='presentation' width=\"100%\"><tr>{{#items}}<td {{#late}}"
                           "style=\"color:#a00\"{{/late}}>{{number}}</td>{{/items}}</tr></table><br/>"
                           "<img src=\"cid:logo\" alt=\"{{customer.name}}\"><a href=\"{{pay}}\">x</a>"
                           "<a href=\"https://desk.test/{{customer.number}}\">y</a></body></html>"),
              "accepted");
}

TEST(MessageText, output_and_work_are_bounded) {
    MessageData many;
    many.rows("items", MessageData::Rows(3000));
    const auto render = [&](const std::string& source) {
        const auto text = MessageText::read(source, MessagePart::text, names);
        const auto out = text->render(many);
        return out ? std::string("rendered") : std::string(name_of(out.error().fault));
    };
    const auto begin = std::chrono::steady_clock::now();
    const std::string long_line(60'000, 'x');
    EXPECT_EQ(render("{{#items}}a line\n{{/items}}"), "rendered");
    EXPECT_EQ(render("{{#items}}" + std::string(300, 'x') + "\n{{/items}}"), "output_too_large");
    EXPECT_EQ(render("{{#items}}" + long_line + "{{/items}}"), "takes_too_long");
    EXPECT_EQ(render("{{#items}}{{#items}}{{#items}}{{#items}}{{/items}}{{/items}}{{/items}}{{/items}}"),
              "takes_too_long");
    EXPECT_EQ(render("{{#items}}{{^late}}{{#items}}{{phone}}{{/items}}{{/late}}{{/items}}"),
              "takes_too_long");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}
