#include "net/address.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace countback::net;

namespace {
AddressFault fault_of(std::string_view text) {
    const auto address = mail_address(text);
    EXPECT_FALSE(address) << text;
    return address ? AddressFault::empty : address.error();
}
}  // namespace

TEST(Address, keeps_the_local_part_and_makes_the_domain_ascii) {
    EXPECT_EQ(*mail_address(" Jean.O'Neil+ap@ACME.test "), "Jean.O'Neil+ap@acme.test");
    EXPECT_EQ(*mail_address("ap@société.test"), "ap@xn--socit-esab.test");
    EXPECT_EQ(*mail_address("ap@bücher.test"), "ap@xn--bcher-kva.test");
    EXPECT_EQ(*mail_address("ap@例え.test"), "ap@xn--r8jz45g.test");
}

TEST(Address, refuses_each_by_its_name) {
    EXPECT_EQ(fault_of("   "), AddressFault::empty);
    EXPECT_EQ(fault_of("ap@acme.test\r\nBcc: all@acme.test"), AddressFault::control_character);
    EXPECT_EQ(fault_of("ap@acme.test\n"), AddressFault::control_character);
    EXPECT_EQ(fault_of(std::string_view("ap\0@acme.test", 13)), AddressFault::control_character);
    EXPECT_EQ(fault_of("acme.test"), AddressFault::not_an_address);
    EXPECT_EQ(fault_of("ap@acme@b.test"), AddressFault::not_an_address);
    EXPECT_EQ(fault_of("a p@acme.test"), AddressFault::not_an_address);
    EXPECT_EQ(fault_of("<ap@acme.test>"), AddressFault::not_an_address);
    EXPECT_EQ(fault_of("ap..b@acme.test"), AddressFault::not_an_address);
    EXPECT_EQ(fault_of("\"ap\"@acme.test"), AddressFault::not_an_address);
    EXPECT_EQ(fault_of("josé@acme.test"), AddressFault::not_ascii);
    EXPECT_EQ(fault_of("ap@"), AddressFault::domain_invalid);
    EXPECT_EQ(fault_of("ap@-acme.test"), AddressFault::domain_invalid);
    EXPECT_EQ(fault_of("ap@acme..test"), AddressFault::domain_invalid);
    EXPECT_EQ(fault_of("ap@acme test"), AddressFault::domain_invalid);
    EXPECT_EQ(fault_of("ap@\xff\xfe.test"), AddressFault::domain_invalid);
    EXPECT_EQ(fault_of(std::string(65, 'a') + "@acme.test"), AddressFault::too_long);
}

TEST(Address, whatever_passes_is_one_plain_word) {
    EXPECT_TRUE(rc::check([](const std::string& text) {
        for (const auto& one : {text, text + "@acme.test", "ap@" + text}) {
            const auto address = mail_address(one);
            if (!address) continue;
            RC_ASSERT(address->size() <= 254u);
            for (const char c : *address) RC_ASSERT(c > 0x20 && c < 0x7f && c != '<' && c != '>' && c != ',');
            RC_ASSERT(*mail_address(*address) == *address);
        }
    }));
}
