#include "correspondence/letters.h"

#include <gtest/gtest.h>

namespace countback::correspondence {
namespace {

std::string sorted_as(const std::vector<std::string>& lines) {
    const Destination found = destination_of(lines);
    return found.postcode + '|' + found.town;
}

TEST(Letters, find_postcode_and_town_as_countries_write_them) {
    EXPECT_EQ(sorted_as({"12, rue de la Paix", "75002 Paris"}), "75002|Paris");
    EXPECT_EQ(sorted_as({"1200 Route du Lac", "69001 LYON CEDEX 01"}), "69001|LYON CEDEX 01");
    EXPECT_EQ(sorted_as({"Unter den Linden 1", "D-10117 Berlin", "Germany"}), "D-10117|Berlin");
    EXPECT_EQ(sorted_as({"10 Downing Street", "London SW1A 2AA"}), "SW1A 2AA|London");
    EXPECT_EQ(sorted_as({"10 Downing Street", "London", "SW1A 2AA", "United Kingdom"}), "SW1A 2AA|London");
    EXPECT_EQ(sorted_as({"1 Main Street", "Springfield, IL 62704"}), "62704|Springfield IL");
    EXPECT_EQ(sorted_as({"1 Main Street", "Springfield, IL 62704-1234"}), "62704-1234|Springfield IL");
    EXPECT_EQ(sorted_as({"Damrak 1", "1012 LG Amsterdam"}), "1012 LG|Amsterdam");
    EXPECT_EQ(sorted_as({"111 Wellington St", "Ottawa ON K1A 0A9"}), "K1A 0A9|Ottawa ON");
    EXPECT_EQ(sorted_as({"Hamngatan 2", "111 47 Stockholm"}), "111 47|Stockholm");
    EXPECT_EQ(sorted_as({"Aleje 1", "00-950 Warszawa"}), "00-950|Warszawa");
}

TEST(Letters, without_a_postcode_the_last_line_is_the_town) {
    EXPECT_EQ(sorted_as({"1 Harbour Road", "Hong Kong"}), "|Hong Kong");
    EXPECT_EQ(sorted_as({"Dublin"}), "|Dublin");
    EXPECT_EQ(sorted_as({"12, rue de la Paix, 75002 Paris"}), "75002|Paris");
    EXPECT_EQ(sorted_as({"10 Downing Street, London, SW1A 2AA, UK"}), "SW1A 2AA|London");
    EXPECT_EQ(sorted_as({}), "|");
}

TEST(Letters, an_address_comes_back_line_by_line) {
    const std::string kept = joined_address("12, rue de la Paix\r\n\n 75002\tParis \n");
    EXPECT_EQ(kept.find_first_of("\t\r\n"), std::string::npos);
    EXPECT_EQ(address_lines(kept), (std::vector<std::string>{"12, rue de la Paix", "75002 Paris"}));
    EXPECT_TRUE(address_lines("").empty());
}

WaitingLetter letter(std::int64_t id, const std::string& channel, const std::string& country,
                     const std::vector<std::string>& address) {
    WaitingLetter one;
    one.id = MessageId{id};
    one.channel = channel;
    one.name = "Customer " + std::to_string(id);
    one.country = country;
    one.address = address;
    one.to = destination_of(address);
    return one;
}

TEST(Letters, stand_in_the_order_of_the_post_with_registered_ones_apart) {
    std::vector<WaitingLetter> letters{
        letter(1, "registered_letter", "FR", {"01000 Bourg"}), letter(2, "letter", "FR", {"75002 Paris"}),
        letter(3, "letter", "DE", {"99999 Ende"}), letter(4, "letter", "FR", {"69001 Lyon"}),
        letter(5, "letter", "FR", {"75002 PARIS"})};
    sort_for_post(letters);
    std::vector<std::int64_t> order;
    for (const WaitingLetter& one : letters) order.push_back(one.id.value);
    EXPECT_EQ(order, (std::vector<std::int64_t>{3, 4, 2, 5, 1}));
}

}  // namespace
}  // namespace countback::correspondence
