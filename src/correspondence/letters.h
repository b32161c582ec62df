// MSG-2: letters that wait to be printed and posted, in the order of their addresses: plain letters first,
// then registered ones; within each by country, postcode, town, name. A thousand go into the post office's
// trays as they leave the printer.
//
//   Paris 75001 · Paris 75002 · Lyon 69001   ->   69001 Lyon, 75001 Paris, 75002 Paris
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "correspondence/types.h"
#include "store/database.h"

namespace countback::correspondence {

/// Where mail is sorted: what the last lines of an address say. Either may be empty.
struct Destination {
    std::string postcode{}, town{};
};
/// `75001 Paris`, `London SW1A 1AA`, `SW1A 1AA` under its town, `Springfield, IL 62704`, `D-10115 Berlin`. A
/// last line without a digit is a country when a line with a postcode stands above it, else the town.
Destination destination_of(const std::vector<std::string>& lines);

/// The address of a letter as its frozen content names it, and back: lines joined by a middle dot.
std::string joined_address(const std::string& lines);
std::vector<std::string> address_lines(const std::string& joined);

struct WaitingLetter {
    MessageId id;
    CustomerId customer;
    std::string channel{};  ///< letter, registered_letter
    std::string name{};     ///< as written on it
    std::vector<std::string> address{};
    std::string country{};  ///< ISO 3166; filled by the caller, who knows the customer
    Destination to{};
    Instant printed;  ///< 0 = not yet
};

/// Every letter in the state `to_post`, oldest first, without its country.
void each_waiting_letter(store::Connection& connection,
                         const std::function<void(WaitingLetter letter)>& visit);
/// Whether the letter stood in a file that was printed.
bool was_printed(store::Connection& connection, MessageId letter);
/// Puts them in the order of the post.
void sort_for_post(std::vector<WaitingLetter>& letters);

/// What the story of a letter says of its printing and of the day it was posted (`posted_on 2026-03-18`).
inline constexpr std::string_view printed_detail = "letter_printed";
inline constexpr std::string_view posted_detail = "posted_on";

}  // namespace countback::correspondence
