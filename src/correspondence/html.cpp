// The HTML part: what e-mail programs agree on, tables and inline styles, one column of 640 pixels, readable
// in light and in dark.
#include "base/text.h"
#include "correspondence/compose.h"
#include "locale/texts.h"

namespace countback::correspondence {

namespace {

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            default:
                safe += letter;
        }
    }
    return safe;
}

constexpr std::string_view cell = "padding:6px 8px;border-bottom:1px solid #d0d5dd;";

std::string head_cell(Language language, std::string_view key, std::string_view align) {
    return "<th align=\"" + std::string(align) + "\" style=\"" + std::string(cell) + "font-weight:600;\">" +
           escaped(locale::text(language, "message.head." + std::string(key))) + "</th>";
}

std::string data_cell(const std::string& text, std::string_view align) {
    return "<td align=\"" + std::string(align) + "\" style=\"" + std::string(cell) + "\">" + escaped(text) +
           "</td>";
}

/// What it names is all paid.
bool thanks_only(const Paper& paper) {
    return !paper.paid.empty() && paper.paid.size() == paper.asked.size();
}

std::string items_as_html(const Paper& paper) {
    const std::string account = account_told(paper);
    std::string html =
        account.empty() ? account : "<p style=\"margin:0 0 4px;\">" + escaped(account) + "</p>";
    const std::vector<ItemCells> rows = item_cells(paper, items_listed_max);
    if (rows.empty()) return html;
    html +=
        "<table role=\"table\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
        "style=\"border-collapse:collapse;margin:8px 0 16px;\"><tr>";
    const bool grouped = !paper.owners.empty();
    if (grouped) html += head_cell(paper.language, "customer", "left");
    html += head_cell(paper.language, "number", "left") + head_cell(paper.language, "issued", "left") +
            head_cell(paper.language, "due", "left") + head_cell(paper.language, "days_late", "right") +
            head_cell(paper.language, thanks_only(paper) ? "paid" : "amount", "right") + "</tr>";
    for (const ItemCells& row : rows) {
        html += "<tr>" + (grouped ? data_cell(row.owner, "left") : std::string()) +
                data_cell(row.number, "left") + data_cell(row.issued, "left") + data_cell(row.due, "left") +
                data_cell(row.days_late, "right") + data_cell(row.amount, "right") + "</tr>";
    }
    const std::string columns(grouped ? "5" : "4");
    if (const std::string more = more_items_told(paper); !more.empty())
        html += "<tr><td colspan=\"" + std::string(grouped ? "6" : "5") + "\" style=\"" + std::string(cell) +
                "\">" + escaped(more) + "</td></tr>";
    for (const TotalCells& total : total_cells(paper)) {
        html += "<tr><td colspan=\"" + columns +
                "\" align=\"right\" style=\"padding:6px 8px;font-weight:600;\">" + escaped(total.label) +
                "</td><td align=\"right\" style=\"padding:6px 8px;font-weight:600;\">" +
                escaped(total.amount) + "</td></tr>";
    }
    return html + "</table>";
}

std::string paragraph(const std::vector<std::string_view>& lines) {
    std::string html;
    for (const std::string_view line : lines) html += (html.empty() ? "" : "<br>") + escaped(line);
    return html.empty() ? html : "<p style=\"margin:0 0 14px;\">" + html + "</p>";
}

/// Paragraphs are parted by empty lines; the mark stands for the items, what else its line says stays.
std::string body_of(const Paper& paper, const std::string& text, std::string_view mark) {
    std::string html;
    std::vector<std::string_view> lines;
    const auto close = [&] {
        html += paragraph(lines);
        lines.clear();
    };
    for (const std::string_view line : split(text, '\n')) {
        if (trim(line).empty()) close();
        std::string_view rest = line;
        for (auto at = rest.find(mark); at != std::string_view::npos; at = rest.find(mark)) {
            if (const auto before = trim(rest.substr(0, at)); !before.empty()) lines.push_back(before);
            close();
            html += items_as_html(paper);
            rest = rest.substr(at + mark.size());
        }
        if (!trim(rest).empty()) lines.push_back(rest);
    }
    close();
    return html;
}

}  // namespace

std::string html_of(const Paper& paper, const std::string& subject, const std::string& text,
                    std::string_view mark) {
    const std::string language(code_of(paper.language));
    return "<!DOCTYPE html><html lang=\"" + language +
           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
           "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" "
           "content=\"light dark\"><title>" +
           escaped(subject) +
           "</title><style>@media (prefers-color-scheme:dark){.page{background:#101828!important;"
           "color:#f2f4f7!important}}</style></head><body style=\"margin:0;padding:0;\"><table "
           "role=\"presentation\" "
           "width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" class=\"page\" style=\"background:#ffffff;"
           "color:#1d2939;\"><tr><td align=\"center\" style=\"padding:24px 12px;\"><table "
           "role=\"presentation\" "
           "width=\"640\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:640px;width:100%;\"><tr><td "
           "style=\"font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;text-align:left;"
           "\">" +
           body_of(paper, text, mark) + "</td></tr></table></td></tr></table></body></html>";
}

}  // namespace countback::correspondence
