#include <algorithm>

#include "correspondence/papers.h"

namespace countback::correspondence {

namespace {

constexpr int same_number_max = 100;

/// The account of an item, as it is known now.
std::optional<AccountRow> owner_of(const Snapshot& book, ItemId item) {
    const auto row = book.item(item);
    const auto view = row ? book.view(*row, known_now) : std::nullopt;
    return view ? std::optional(view->account) : std::nullopt;
}

}  // namespace

bool document_is_own(const Snapshot& book, ListNames& names, ItemId item, const std::string& number) {
    const auto own = owner_of(book, item);
    if (!own) return false;
    for (const ItemId id : names.items_numbered(number, same_number_max)) {
        const auto other = owner_of(book, id);
        if (!other || *other == *own || names.item_number(id) != number) continue;
        if (book.entity(*other) == book.entity(*own)) return false;
    }
    return true;
}

std::string document_file_name(std::string number) {
    std::replace_if(
        number.begin(), number.end(), [](unsigned char letter) { return std::isalnum(letter) == 0; }, '-');
    return number + ".pdf";
}

AskedDocuments documents_of(const Snapshot& book, ListNames& names, const Paper& paper,
                            const DocumentRoom& room) {
    AskedDocuments found;
    std::int64_t bytes_left = room.bytes_max;
    std::vector<std::string> seen;
    for (std::size_t place = 0; place < paper.statement.lines.size(); ++place) {
        const ItemId item = paper.statement.lines[place].item;
        const std::string& number = paper.numbers[place];
        const bool asked = std::any_of(paper.asked.begin(), paper.asked.end(),
                                       [&](const AskedItem& one) { return one.item == item; });
        if (!asked || std::find(seen.begin(), seen.end(), number) != seen.end()) continue;
        seen.push_back(number);
        auto bytes = read_document(room.folder, paper.entity.code, number, bytes_left);
        if (!bytes && bytes.error() == DocumentProblem::missing) continue;
        if (!document_is_own(book, names, item, number)) {
            found.ambiguous.push_back(number);
        } else if (!bytes) {
            (bytes.error() == DocumentProblem::not_pdf ? found.not_pdf : found.left_out).push_back(number);
        } else {
            bytes_left -= static_cast<std::int64_t>(bytes->size());
            found.numbers.push_back(number);
            found.attachments.push_back(
                {document_file_name(number), "application/pdf", std::move(*bytes), {}});
        }
    }
    return found;
}

}  // namespace countback::correspondence
