#include "formats/epc.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace countback::formats {
namespace {

constexpr std::size_t payload_bytes_max = 331;
constexpr std::size_t reference_signs_max = 21;
constexpr std::int64_t amount_minor_max = 99'999'999'999;

/// ISO 13616 registry: each country's length of an IBAN.
constexpr std::string_view iban_lengths =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22"
    "GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MR27"
    "MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC31SD18SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24"
    "XK20";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Capitals, spaces left out; empty when there is any other sign than letters and digits.
std::string plain(std::string_view text) {
    std::string out;
    for (const char sign : text) {
        if (sign == ' ') continue;
        const char c = capital(sign);
        if (!is_digit(c) && !is_capital(c)) return {};
        out += c;
    }
    return out;
}

/// The sum of ISO 7064 modulo 97 over letters and digits, letters as 10…35.
int mod_97(std::string_view signs) {
    int sum = 0;
    for (const char c : signs) {
        if (is_digit(c))
            sum = (sum * 10 + (c - '0')) % 97;
        else
            sum = (sum * 100 + (c - 'A' + 10)) % 97;
    }
    return sum;
}

bool check_digits_fit(const std::string& signs) { return mod_97(signs.substr(4) + signs.substr(0, 4)) == 1; }

std::size_t iban_length(std::string_view country) {
    for (std::size_t at = 0; at < iban_lengths.size(); at += 4)
        if (iban_lengths.substr(at, 2) == country)
            return static_cast<std::size_t>((iban_lengths[at + 2] - '0') * 10 + (iban_lengths[at + 3] - '0'));
    return 0;
}

bool is_bic(std::string_view bic) {
    if (bic.size() != 8 && bic.size() != 11) return false;
    const auto letter_or_digit = [](char c) { return is_digit(c) || is_capital(c); };
    return std::all_of(bic.begin(), bic.begin() + 6, is_capital) &&
           std::all_of(bic.begin() + 6, bic.end(), letter_or_digit);
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_line(std::string_view text, std::size_t characters_max) {
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return valid_utf8(text) && std::none_of(text.begin(), text.end(), control) &&
           characters(text) <= characters_max;
}

tl::expected<std::string, PaymentFault> amount_line(Money amount) {
    if (amount.minor == 0) return std::string();
    if (amount.currency.code() != "EUR" || amount.minor < 0 || amount.minor > amount_minor_max)
        return tl::unexpected(PaymentFault::amount_invalid);
    return "EUR" + decimal(amount.minor, amount.currency);
}

}  // namespace

tl::expected<std::string, PaymentFault> iban(std::string_view text) {
    const std::string signs = plain(text);
    const bool shaped = signs.size() >= 15 && is_capital(signs[0]) && is_capital(signs[1]) &&
                        is_digit(signs[2]) && is_digit(signs[3]);
    if (!shaped || iban_length(signs.substr(0, 2)) != signs.size() || !check_digits_fit(signs))
        return tl::unexpected(PaymentFault::iban_invalid);
    return signs;
}

tl::expected<std::string, PaymentFault> bic(std::string_view text) {
    const std::string signs = plain(text);
    if (!is_bic(signs)) return tl::unexpected(PaymentFault::bic_invalid);
    return signs;
}

std::string grouped(std::string_view iban_or_reference) {
    std::string out;
    for (std::size_t at = 0; at < iban_or_reference.size(); at += 4) {
        if (at > 0) out += ' ';
        out += iban_or_reference.substr(at, 4);
    }
    return out;
}

tl::expected<std::string, PaymentFault> creditor_reference(std::string_view own_reference) {
    std::string signs;
    for (const char sign : own_reference)
        if (const char c = capital(sign); is_digit(c) || is_capital(c)) signs += c;
    if (signs.empty() || signs.size() > reference_signs_max)
        return tl::unexpected(PaymentFault::reference_invalid);
    const int check = 98 - mod_97(signs + "RF00");
    return "RF" + std::string(1, static_cast<char>('0' + check / 10)) +
           std::string(1, static_cast<char>('0' + check % 10)) + signs;
}

tl::expected<std::string, PaymentFault> read_creditor_reference(std::string_view text) {
    const std::string signs = plain(text);
    const bool shaped = signs.size() >= 5 && signs.size() <= 4 + reference_signs_max &&
                        signs.starts_with("RF") && is_digit(signs[2]) && is_digit(signs[3]);
    if (!shaped || !check_digits_fit(signs)) return tl::unexpected(PaymentFault::reference_invalid);
    return signs;
}

tl::expected<std::string, PaymentFault> sepa_qr_payload(const SepaTransfer& transfer) {
    const auto account = iban(transfer.iban);
    if (!account) return tl::unexpected(account.error());
    const auto bank = transfer.bic.empty() ? std::string() : bic(transfer.bic);
    if (!bank) return tl::unexpected(bank.error());
    const std::string_view name = trim(transfer.name);
    if (name.empty() || !is_line(name, 70)) return tl::unexpected(PaymentFault::name_invalid);
    const auto amount = amount_line(transfer.amount);
    if (!amount) return tl::unexpected(amount.error());
    std::string reference;
    if (!transfer.reference.empty()) {
        const auto read = read_creditor_reference(transfer.reference);
        if (!read) return tl::unexpected(read.error());
        reference = *read;
    }
    if (!is_line(transfer.text, 140) || (!transfer.text.empty() && !reference.empty()))
        return tl::unexpected(PaymentFault::text_invalid);
    std::string payload = "BCD\n002\n1\nSCT\n" + *bank + "\n" + std::string(name) + "\n" + *account + "\n" +
                          *amount + "\n\n" + reference + "\n" + transfer.text;
    while (payload.ends_with('\n')) payload.pop_back();
    if (payload.size() > payload_bytes_max) return tl::unexpected(PaymentFault::too_long);
    return payload;
}

std::string_view name_of(PaymentFault fault) {
    constexpr std::string_view names[] = {"iban_invalid", "bic_invalid",    "reference_invalid",
                                          "name_invalid", "amount_invalid", "text_invalid",
                                          "too_long"};
    return names[static_cast<std::size_t>(fault)];
}

}  // namespace countback::formats
