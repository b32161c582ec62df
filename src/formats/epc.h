// What a customer's bank reads without typing: the account number, the structured reference and the QR code
// of a SEPA credit transfer.
//
// IBAN (ISO 13616): the first four signs moved to the end, letters as 10…35, the number modulo 97 is 1.
//   FR14 2004 1010 0505 0001 3M02 606 is one.
// Creditor reference (ISO 11649): `RF`, two check digits, up to 21 letters and digits; the check digits make
// the same sum 1. 539007547034 becomes RF18539007547034.
// QR code (EPC069-12 version 2): lines `BCD`, `002`, `1`, `SCT`, BIC, name, IBAN, amount, purpose, structured
// reference, text, note; at most 331 bytes; drawn with error level M.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "base/money.h"

namespace countback::formats {

enum class PaymentFault : std::uint8_t {
    iban_invalid,       ///< a sign, the country's length or the check digits are wrong
    bic_invalid,        ///< neither 8 nor 11 letters and digits in their places
    reference_invalid,  ///< over 21 letters and digits, none, or wrong check digits
    name_invalid,       ///< empty, over 70 characters, or holds a line end
    amount_invalid,     ///< not euro, or outside 0.01 … 999 999 999.99
    text_invalid,       ///< over 140 characters, holds a line end, or stands beside a structured reference
    too_long,           ///< over 331 bytes in all
};
std::string_view name_of(PaymentFault fault);  ///< `iban_invalid`

/// The IBAN in capitals without spaces.
tl::expected<std::string, PaymentFault> iban(std::string_view text);
/// The BIC (ISO 9362) in capitals without spaces.
tl::expected<std::string, PaymentFault> bic(std::string_view text);
/// In groups of four, for people.
std::string grouped(std::string_view iban_or_reference);

/// A creditor reference made from ours: capitals, anything but letters and digits left out.
tl::expected<std::string, PaymentFault> creditor_reference(std::string_view own_reference);
/// A creditor reference as someone typed it, in capitals without spaces.
tl::expected<std::string, PaymentFault> read_creditor_reference(std::string_view text);

struct SepaTransfer {
    std::string name;  ///< of the account's owner
    std::string iban;
    std::string bic;        ///< may be empty inside the SEPA area
    Money amount;           ///< in euro; 0 = the payer fills it in
    std::string reference;  ///< creditor reference, or empty
    std::string text;       ///< for people, only without a reference
};

/// The QR code's content.
tl::expected<std::string, PaymentFault> sepa_qr_payload(const SepaTransfer& transfer);

}  // namespace countback::formats
