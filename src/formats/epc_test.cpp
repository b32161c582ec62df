#include "formats/epc.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace countback;
using namespace countback::formats;

namespace {

const Currency eur = *Currency::parse("EUR");

SepaTransfer transfer() {
    return {"Société Générée",
            "FR14 2004 1010 0505 0001 3M02 606",
            "PSSTFRPP",
            {120050, eur},
            "RF18 5390 0754 7034",
            ""};
}

template <class Change>
std::string fault_with(Change change) {
    SepaTransfer one = transfer();
    change(one);
    const auto payload = sepa_qr_payload(one);
    return payload ? "none" : std::string(name_of(payload.error()));
}

}  // namespace

TEST(Epc, published_ibans_pass_and_their_neighbours_do_not) {
    for (const std::string one :
         {"GB29 NWBK 6016 1331 9268 19", "FR14 2004 1010 0505 0001 3M02 606", "DE89370400440532013000",
          "BE68539007547034", "NO9386011117947", "MT84MALT011000012345MTLCAST001S", "CH9300762011623852957",
          "nl91abna0417164300", "SA0380000000608010167519"}) {
        const auto read = iban(one);
        ASSERT_TRUE(read) << one;
        EXPECT_EQ(*iban(grouped(*read)), *read);
        for (std::size_t at = 2; at < read->size(); ++at) {
            std::string wrong = *read;
            if (wrong[at] > '9') continue;
            wrong[at] = wrong[at] == '7' ? '8' : '7';
            EXPECT_FALSE(iban(wrong)) << wrong;
        }
    }
    EXPECT_EQ(grouped("BE68539007547034"), "BE68 5390 0754 7034");
    for (const std::string one : {"", "FR14", "FR14 2004 1010 0505 0001 3M02 60", "DE8937040044053201300O",
                                  "ZZ89370400440532013000", "BE68-5390-0754-7034"})
        EXPECT_FALSE(iban(one)) << one;
}

TEST(Epc, published_creditor_references) {
    EXPECT_EQ(*creditor_reference("539007547034"), "RF18539007547034");
    EXPECT_EQ(*creditor_reference("2348231"), "RF712348231");
    EXPECT_EQ(*creditor_reference("2348 231"), "RF712348231");
    EXPECT_EQ(*read_creditor_reference("RF18 5390 0754 7034"), "RF18539007547034");
    EXPECT_EQ(*read_creditor_reference("RF18 0000 0000 0539 0075 4703 4"), "RF18000000000539007547034");
    EXPECT_FALSE(read_creditor_reference("RF19 5390 0754 7034"));
    EXPECT_FALSE(read_creditor_reference("RF18"));
    EXPECT_FALSE(creditor_reference("--"));
    EXPECT_FALSE(creditor_reference(std::string(22, '1')));
}

TEST(Epc, every_reference_made_is_read_and_no_single_digit_goes_wrong_unseen) {
    EXPECT_TRUE(rc::check([](std::uint64_t number, std::uint8_t place) {
        const std::string made = *creditor_reference("F" + std::to_string(number));
        RC_ASSERT(*read_creditor_reference(grouped(made)) == made);
        std::string wrong = made;
        char& sign = wrong[5 + place % (wrong.size() - 5)];
        sign = sign == '9' ? '0' : static_cast<char>(sign + 1);
        RC_ASSERT(!read_creditor_reference(wrong));
    }));
}

TEST(Epc, the_qr_code_holds_the_transfer_line_by_line) {
    EXPECT_EQ(*sepa_qr_payload(transfer()),
              "BCD\n002\n1\nSCT\nPSSTFRPP\nSociété Générée\nFR1420041010050500013M02606\nEUR1200.50\n\n"
              "RF18539007547034");
    SepaTransfer by_text = transfer();
    by_text.reference.clear();
    by_text.bic.clear();
    by_text.amount.minor = 0;
    by_text.text = "Invoices F-1, F-2";
    EXPECT_EQ(*sepa_qr_payload(by_text),
              "BCD\n002\n1\nSCT\n\nSociété Générée\nFR1420041010050500013M02606\n\n\n\nInvoices F-1, F-2");
}

TEST(Epc, what_no_bank_would_read_is_refused) {
    EXPECT_EQ(fault_with([](auto& t) { t.iban = "FR14"; }), "iban_invalid");
    EXPECT_EQ(fault_with([](auto& t) { t.bic = "PSST"; }), "bic_invalid");
    EXPECT_EQ(fault_with([](auto& t) { t.name = "a\nb"; }), "name_invalid");
    EXPECT_EQ(fault_with([](auto& t) { t.name = std::string(71, 'a'); }), "name_invalid");
    EXPECT_EQ(fault_with([](auto& t) { t.amount.currency = *Currency::parse("USD"); }), "amount_invalid");
    EXPECT_EQ(fault_with([](auto& t) { t.amount.minor = -1; }), "amount_invalid");
    EXPECT_EQ(fault_with([](auto& t) { t.amount.minor = 100'000'000'000; }), "amount_invalid");
    EXPECT_EQ(fault_with([](auto& t) { t.reference = "RF00X"; }), "reference_invalid");
    EXPECT_EQ(fault_with([](auto& t) { t.text = "both"; }), "text_invalid");
    EXPECT_EQ(fault_with([](auto& t) { t.reference.clear(), t.text = std::string(141, 'a'); }),
              "text_invalid");
    EXPECT_EQ(fault_with([](auto& t) {
                  t.reference.clear(), t.text = "";
                  for (int i = 0; i < 140; ++i) t.text += "é";
                  t.name.clear();
                  for (int i = 0; i < 70; ++i) t.name += "é";
              }),
              "too_long");
}
