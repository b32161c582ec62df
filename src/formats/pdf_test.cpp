#include "formats/pdf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "formats/epc.h"
#include "formats/pdf_picture.h"

using namespace countback;
using namespace countback::formats;

namespace {

/// The text as a reader's program finds it; pages end with a form feed.
std::string read_back(const std::string& pdf, const std::string& options = "-layout") {
    const auto file =
        std::filesystem::temp_directory_path() / ("letter-" + std::to_string(getpid()) + ".pdf");
    std::ofstream(file, std::ios::binary) << pdf;
    std::string text;
    FILE* pipe = popen(("pdftotext " + options + " '" + file.string() + "' - 2>&1").c_str(), "r");
    char bytes[4096];
    for (std::size_t count; (count = fread(bytes, 1, sizeof bytes, pipe)) > 0;) text.append(bytes, count);
    const int status = pclose(pipe);
    std::filesystem::remove(file);
    EXPECT_EQ(status, 0) << text;
    return text;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

LetterTable items(int rows) {
    LetterTable table;
    table.title = "Factures échues";
    table.columns = {
        {"Facture"}, {"Émise le"}, {"Échéance"}, {"Retard", Align::right}, {"Reste dû", Align::right}};
    for (int row = 1; row <= rows; ++row)
        table.rows.push_back({"F-2026-" + std::to_string(1000 + row), "01/02/2026", "15/02/2026",
                              std::to_string(row) + " j", std::to_string(row) + " 200,00 €"});
    table.totals = {{"Total EUR", "", "", "", "12 345,67 €"}, {"Total USD", "", "", "", "89,00 $US"}};
    return table;
}

Letter letter(int rows = 3) {
    Letter one;
    one.language = "fr";
    one.sender = {"Société Générée SAS", "12 rue de l’Égalité", "75002 Paris"};
    one.address = {"Dupont & Fils", "À l’attention de Mme Ève Noël", "1 place du Marché", "69001 LYON"};
    one.place_and_date = "Paris, le 1er mars 2026";
    one.references = {{"Notre référence", "C-1042"}, {"Votre interlocutrice", "Anne Martin"}};
    one.title = "Mise en demeure de payer";
    one.opening = {"Madame, Monsieur,",
                   "Sauf erreur de notre part, les factures ci-dessous restent impayées.\nMerci."};
    one.tables = {items(rows)};
    one.closing = {"Nous vous prions d’agréer nos salutations distinguées."};
    one.footer = {"Société Générée SAS au capital de 10 000 € – RCS Paris 123 456 789",
                  "IBAN FR14 2004 1010 0505 0001 3M02 606 – BIC PSSTFRPP"};
    one.running_title = "Mise en demeure de payer – Dupont & Fils";
    return one;
}

Pdf written(std::vector<Letter> letters) {
    const auto pdf = write_pdf({"Relances", "Société Générée", 1772355600, std::move(letters)});
    EXPECT_TRUE(pdf) << name_of(pdf.error().fault);
    return pdf ? *pdf : Pdf{};
}

std::string fault_of(Letter one) {
    const auto pdf = write_pdf({"", "", 0, {letter(), std::move(one)}});
    return pdf ? "none" : std::string(name_of(pdf.error().fault)) + " " + std::to_string(pdf.error().letter);
}

}  // namespace

TEST(Pdf, a_french_letter_is_read_back_as_written) {
    const auto pdf = written({letter()});
    EXPECT_EQ(pdf.pages, std::vector<int>{1});
    const std::string text = read_back(pdf.bytes);
    for (const std::string part :
         {"Société Générée SAS", "À l’attention de Mme Ève Noël", "69001 LYON", "Paris, le 1er mars 2026",
          "Notre référence", "C-1042", "Mise en demeure de payer", "Sauf erreur de notre part",
          "Factures échues", "F-2026-1003", "3 200,00 €", "12 345,67 €", "89,00 $US", "agréer", "3M02 606",
          "1/1"})
        EXPECT_TRUE(has(text, part)) << part << "\n" << text;
}

TEST(Pdf, the_same_letter_is_the_same_bytes) {
    EXPECT_EQ(written({letter(), letter(80)}).bytes, written({letter(), letter(80)}).bytes);
    EXPECT_TRUE(has(read_back(written({letter()}).bytes, ""), "Mise en demeure"));
}

TEST(Pdf, a_long_table_repeats_its_header_and_counts_its_pages) {
    const auto pdf = written({letter(120)});
    ASSERT_EQ(pdf.pages.size(), 1u);
    const int pages = pdf.pages[0];
    EXPECT_GE(pages, 3);
    const std::string text = read_back(pdf.bytes);
    EXPECT_EQ(count_of(text, "\f"), static_cast<std::size_t>(pages));
    EXPECT_EQ(count_of(text, "Échéance"), static_cast<std::size_t>(pages));
    for (int page = 1; page <= pages; ++page)
        EXPECT_EQ(count_of(text, " " + std::to_string(page) + "/" + std::to_string(pages)), 1u) << page;
    for (int row = 1; row <= 120; ++row)
        EXPECT_EQ(count_of(text, "F-2026-" + std::to_string(1000 + row) + " "), 1u) << row;
    EXPECT_EQ(count_of(text, "Mise en demeure de payer – Dupont"), static_cast<std::size_t>(pages - 1));
}

TEST(Pdf, a_batch_numbers_each_letter_by_itself) {
    Letter second = letter(100);
    second.address = {"Nord SARL"};
    const auto pdf = written({letter(), second, letter()});
    ASSERT_EQ(pdf.pages.size(), 3u);
    EXPECT_EQ(pdf.pages[0], 1);
    EXPECT_GE(pdf.pages[1], 3);
    const std::string text = read_back(pdf.bytes);
    EXPECT_EQ(count_of(text, " 1/1"), 2u);
    EXPECT_EQ(count_of(text, " 1/" + std::to_string(pdf.pages[1])), 1u);
    EXPECT_LT(text.find("Dupont"), text.find("Nord SARL"));
}

TEST(Pdf, names_in_any_script_come_back) {
    Letter one = letter();
    one.address = {"北京商贸有限公司", "شركة النور للتجارة", "Ελληνική Εταιρεία",
                   "ООО Ромашка",      "한국상사",           "株式会社例"};
    const std::string text = read_back(written({one}).bytes);
    for (const std::string part : {"北京商贸有限公司", "شركة", "النور", "للتجارة", "Ελληνική Εταιρεία",
                                   "ООО Ромашка", "한국상사", "株式会社例"})
        EXPECT_TRUE(has(text, part)) << part << "\n" << text;
}

TEST(Pdf, the_address_stands_in_the_window) {
    const auto place_of = [](AddressWindow window) {
        Letter one = letter();
        one.window = window;
        const std::string boxes = read_back(written({one}).bytes, "-bbox");
        const auto at = boxes.rfind("<word", boxes.find(">LYON<"));
        double x = 0;
        double y = 0;
        EXPECT_EQ(std::sscanf(boxes.c_str() + at, "<word xMin=\"%lf\" yMin=\"%lf\"", &x, &y), 2);
        return std::pair(x / 72 * 25.4, y / 72 * 25.4);
    };
    const auto [right_x, right_y] = place_of(AddressWindow::right);
    EXPECT_TRUE(right_x > 105 && right_x < 195) << right_x;
    EXPECT_TRUE(right_y > 45 && right_y < 85) << right_y;
    const auto [left_x, left_y] = place_of(AddressWindow::left);
    EXPECT_TRUE(left_x > 20 && left_x < 105) << left_x;
    EXPECT_TRUE(left_y > 45 && left_y < 85) << left_y;
}

/// The lowest edge of a word that stands where the address does, in millimetres: right half, first page.
double lowest_in_window(const std::string& pdf) {
    const std::string boxes = read_back(pdf, "-bbox -l 1");
    double lowest = 0;
    for (auto at = boxes.find("<word"); at != std::string::npos; at = boxes.find("<word", at + 1)) {
        double x = 0, y = 0, right = 0, bottom = 0;
        const int read =
            std::sscanf(boxes.c_str() + at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &x,
                        &y, &right, &bottom);
        if (read != 4) continue;
        const bool in_window = x / 72 * 25.4 > 105 && y / 72 * 25.4 < 98;
        if (in_window) lowest = std::max(lowest, bottom / 72 * 25.4);
    }
    return lowest;
}

TEST(Pdf, a_long_address_stays_in_its_window_and_is_told_whole) {
    Letter one = letter();
    one.address_label = "Adresse";
    one.address = {"Société " + std::string(150, 'W')};
    for (int line = 1; line <= 20; ++line) one.address.push_back("Bâtiment " + std::to_string(line));
    one.address.push_back("69001 LYON");
    const std::string pdf = written({one}).bytes;
    EXPECT_LE(lowest_in_window(pdf), 86);
    const std::string text = read_back(pdf, "-raw");
    EXPECT_EQ(count_of(text, "69001 LYON"), 2U) << text;
    EXPECT_NE(text.find("Bâtiment 11"), std::string::npos) << text;
    EXPECT_NE(text.find("Adresse"), std::string::npos) << text;
}

TEST(Pdf, a_very_long_number_wraps_in_its_column_and_squeezes_no_other) {
    Letter one = letter();
    one.tables[0].rows.push_back({std::string(180, 'N'), "01/02/2026", "15/02/2026", "7 j", "1 200,00 €"});
    const std::string text = read_back(written({one}).bytes);
    EXPECT_GE(count_of(text, "01/02/2026"), 2U) << text;
    EXPECT_EQ(count_of(text, "15/02/2026"), count_of(text, "01/02/2026")) << text;
    EXPECT_NE(text.find("Échéance"), std::string::npos) << text;
}

TEST(Pdf, paying_is_explained_with_a_code) {
    Letter one = letter();
    const auto payload = sepa_qr_payload({"Société Générée SAS",
                                          "FR1420041010050500013M02606",
                                          "PSSTFRPP",
                                          {1234567, *Currency::parse("EUR")},
                                          "RF18539007547034",
                                          ""});
    one.payment = LetterPayment{
        "Pour régler", {"IBAN FR14 2004", "Référence RF18 5390 0754 7034"}, *payload, "QR SEPA"};
    const auto pdf = written({one});
    EXPECT_TRUE(has(read_back(pdf.bytes), "RF18 5390 0754 7034"));
    EXPECT_GT(pdf.bytes.size(), written({letter()}).bytes.size());
    const auto squares = qr_code(*payload);
    ASSERT_TRUE(squares);
    EXPECT_LE(squares->side, 69);  // version 13, the largest EPC069-12 allows
    // The upper edges of the finder patterns: seven dark squares in each upper corner.
    EXPECT_EQ(squares->runs.front().length, 7);
    EXPECT_EQ(squares->runs.front().column, 0);
    int last_column = 0;
    for (const auto& run : squares->runs)
        if (run.row == 0) last_column = run.column + run.length;
    EXPECT_EQ(last_column, squares->side);
    one.payment->qr_payload = std::string(332, 'x');
    EXPECT_EQ(fault_of(one), "qr_too_long 1");
}

TEST(Pdf, what_cannot_be_drawn_is_refused_by_name) {
    Letter one = letter();
    one.logo_png = "GIF89a";
    EXPECT_EQ(fault_of(one), "logo_unreadable 1");
    one.logo_png = std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff", 24) +
                   std::string(40, 'x');
    EXPECT_EQ(fault_of(one), "logo_unreadable 1");
    one = letter();
    one.tables[0].rows[0][0] = "\xff";
    EXPECT_EQ(fault_of(one), "not_utf8 1");
    one = letter();
    one.tables[0].columns.resize(13);
    EXPECT_EQ(fault_of(one), "too_many_columns 1");
    one = letter();
    one.opening = {std::string(64 * 1024 + 1, 'x')};
    EXPECT_EQ(fault_of(one), "text_too_long 1");
    one.opening = {std::string(60'000, '\n')};
    EXPECT_EQ(fault_of(one), "too_many_pages 1");
    EXPECT_EQ(name_of(write_pdf({}).error().fault), "nothing_to_write");
}

TEST(Pdf, a_logo_is_drawn_once_for_all_letters) {
    const auto surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 200, 50);
    std::string png;
    cairo_surface_write_to_png_stream(
        surface,
        [](void* out, const unsigned char* bytes, unsigned int size) {
            static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
            return CAIRO_STATUS_SUCCESS;
        },
        &png);
    cairo_surface_destroy(surface);
    Letter one = letter();
    one.logo_png = png;
    EXPECT_EQ(count_of(written({one, one, one}).bytes, "/Subtype /Image"), 1u);
    for (std::size_t cut = 30; cut < png.size(); cut += 7) {
        Letter broken = letter();
        broken.logo_png = png.substr(0, cut);
        EXPECT_EQ(fault_of(broken), "logo_unreadable 1") << cut;
    }
}
