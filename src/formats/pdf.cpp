#include "formats/pdf.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "base/date.h"
#include "base/ensure.h"
#include "base/text.h"
#include "formats/pdf_letter.h"
#include "formats/pdf_texts.h"

namespace countback::formats {
namespace {

constexpr std::size_t batch_pages_max = 5000;
constexpr std::size_t columns_max = 12;

bool too_many_columns(const Letter& letter) {
    return std::any_of(letter.tables.begin(), letter.tables.end(),
                       [](const auto& table) { return table.columns.size() > columns_max; });
}

std::string utc(std::int64_t unix_seconds) {
    const std::int64_t day = unix_seconds >= 0 ? unix_seconds / 86400 : 0;
    const std::int64_t second = unix_seconds >= 0 ? unix_seconds % 86400 : 0;
    const auto two = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return Date(static_cast<std::int32_t>(day)).iso() + "T" + two(second / 3600) + ":" +
           two(second / 60 % 60) + ":" + two(second % 60) + "Z";
}

cairo_status_t collect(void* bytes, const unsigned char* part, unsigned int size) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(part), size);
    return CAIRO_STATUS_SUCCESS;
}

/// One file being drawn; logos are kept, so that a thousand letters hold one picture.
class PdfWriter {
public:
    explicit PdfWriter(const LetterBatch& batch)
        : surface_(cairo_pdf_surface_create_for_stream(collect, &bytes_, page_width, page_height),
                   cairo_surface_destroy),
          paper_(cairo_create(surface_.get()), cairo_destroy) {
        cairo_pdf_surface_restrict_to_version(surface_.get(), CAIRO_PDF_VERSION_1_5);
        note(CAIRO_PDF_METADATA_TITLE, batch.title);
        note(CAIRO_PDF_METADATA_AUTHOR, batch.author);
        note(CAIRO_PDF_METADATA_CREATOR, "Countback");
        note(CAIRO_PDF_METADATA_CREATE_DATE, utc(batch.unix_seconds));
    }

    /// The letter's number of pages.
    int write(const Letter& letter) {
        std::optional<Picture> logo;
        if (!letter.logo_png.empty()) {
            logo = logo_of(letter.logo_png);
            if (!logo) throw CannotPlace{PdfFault::logo_unreadable};
        }
        maker_.speak(letter.language);
        const auto pages = LetterSetter(maker_, letter, std::move(logo)).pages();
        written_ += pages.size();
        if (written_ > batch_pages_max) throw CannotPlace{PdfFault::too_many_pages};
        for (const auto& page : pages) {
            page.draw(paper_.get());
            cairo_show_page(paper_.get());
        }
        return static_cast<int>(pages.size());
    }

    std::string finish() {
        paper_.reset();
        cairo_surface_finish(surface_.get());
        ensure(cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS, "a PDF is written to memory");
        return std::move(bytes_);
    }

private:
    void note(cairo_pdf_metadata_t what, const std::string& text) {
        if (!text.empty()) cairo_pdf_surface_set_metadata(surface_.get(), what, text.c_str());
    }
    std::optional<Picture> logo_of(const std::string& bytes) {
        const auto known = logos_.find(bytes);
        if (known != logos_.end()) return known->second;
        auto read = read_png(bytes);
        if (read) logos_.emplace(bytes, *read);
        return read;
    }

    std::string bytes_;
    std::shared_ptr<cairo_surface_t> surface_;
    std::shared_ptr<cairo_t> paper_;
    TextMaker maker_;
    std::map<std::string, Picture, std::less<>> logos_;
    std::size_t written_ = 0;
};

tl::expected<void, PdfRefusal> check(const LetterBatch& batch) {
    if (batch.letters.empty()) return tl::unexpected(PdfRefusal{PdfFault::nothing_to_write, 0});
    if (const auto fault = fault_of_texts(std::vector<std::string>{batch.title, batch.author}))
        return tl::unexpected(PdfRefusal{*fault, 0});
    for (std::size_t number = 0; number < batch.letters.size(); ++number) {
        if (const auto fault = fault_of_texts(batch.letters[number]))
            return tl::unexpected(PdfRefusal{*fault, number});
        if (too_many_columns(batch.letters[number]))
            return tl::unexpected(PdfRefusal{PdfFault::too_many_columns, number});
    }
    return {};
}

}  // namespace

tl::expected<Pdf, PdfRefusal> write_pdf(const LetterBatch& batch) {
    if (const auto fits = check(batch); !fits) return tl::unexpected(fits.error());
    PdfWriter writer(batch);
    Pdf pdf;
    for (std::size_t number = 0; number < batch.letters.size(); ++number) {
        try {
            pdf.pages.push_back(writer.write(batch.letters[number]));
        } catch (const CannotPlace& cannot) {
            return tl::unexpected(PdfRefusal{cannot.fault, number});
        }
    }
    pdf.bytes = writer.finish();
    return pdf;
}

std::string_view name_of(PdfFault fault) {
    constexpr std::string_view names[] = {"nothing_to_write", "not_utf8",       "logo_unreadable",
                                          "qr_too_long",      "too_many_pages", "text_too_long",
                                          "too_many_columns"};
    return names[static_cast<std::size_t>(fault)];
}

}  // namespace countback::formats
