#include "formats/pdf_texts.h"

#include "base/text.h"

namespace countback::formats {
namespace {

constexpr std::size_t text_bytes_max = 64 * 1024;

/// Keeps the first fault of all the texts it is shown.
class TextCheck {
public:
    void look(const std::string& text) {
        if (fault_) return;
        if (text.size() > text_bytes_max)
            fault_ = PdfFault::text_too_long;
        else if (!valid_utf8(text) || text.find('\0') != std::string::npos)
            fault_ = PdfFault::not_utf8;
    }
    void look(const std::vector<std::string>& texts) {
        for (const auto& text : texts) look(text);
    }
    void look(const LetterTable& table) {
        look(table.title);
        for (const auto& column : table.columns) look(column.title);
        for (const auto& row : table.rows) look(row);
        for (const auto& row : table.totals) look(row);
    }
    void look(const LetterPayment& payment) {
        look(payment.title);
        look(payment.lines);
        look(payment.qr_caption);
    }
    std::optional<PdfFault> fault() const { return fault_; }

private:
    std::optional<PdfFault> fault_;
};

}  // namespace

std::optional<PdfFault> fault_of_texts(const std::vector<std::string>& texts) {
    TextCheck check;
    check.look(texts);
    return check.fault();
}

std::optional<PdfFault> fault_of_texts(const Letter& letter) {
    TextCheck check;
    for (const auto* text : {&letter.language, &letter.place_and_date, &letter.title, &letter.running_title})
        check.look(*text);
    for (const auto* texts :
         {&letter.sender, &letter.address, &letter.opening, &letter.closing, &letter.footer})
        check.look(*texts);
    for (const auto& reference : letter.references) {
        check.look(reference.label);
        check.look(reference.value);
    }
    for (const auto& table : letter.tables) check.look(table);
    if (letter.payment) check.look(*letter.payment);
    return check.fault();
}

}  // namespace countback::formats
