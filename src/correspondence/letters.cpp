#include "correspondence/letters.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <tuple>

#include "base/text.h"
#include "correspondence/queries.h"

namespace countback::correspondence {

namespace {

/// A postcode stands in one of the last lines: the country may be under it.
constexpr std::size_t lines_looked_at = 3;
constexpr std::string_view line_mark = " \xC2\xB7 ";

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_capital(char letter) { return letter >= 'A' && letter <= 'Z'; }

/// `9` for a digit, `A` for a capital, `-` for a hyphen, `?` for the rest: `SW1A` is `AA9A`.
std::string shape_of(std::string_view word) {
    std::string shape;
    for (const char letter : word)
        shape += is_digit(letter) ? '9' : is_capital(letter) ? 'A' : letter == '-' ? '-' : '?';
    return shape;
}

/// One word that is a postcode by itself: 4 to 6 digits, `D-10115`, `62704-1234`, `00-950`, `100-0001`.
bool is_code(std::string_view word) {
    std::string shape = shape_of(word);
    const auto prefix = shape.find_first_not_of('A');
    const bool national = prefix != std::string::npos && prefix > 0 && prefix <= 2 && shape[prefix] == '-';
    if (national) shape = shape.substr(prefix + 1);
    const bool plain = shape.find_first_not_of('9') == std::string::npos;
    if (plain) return shape.size() >= 4 && shape.size() <= 6;
    return shape == "99999-9999" || shape == "99-999" || shape == "999-9999" || shape == "9999-999";
}

/// Two words that are one: `SW1A 1AA`, `K1A 0B1`, `1011 AB`, `110 00`.
bool is_code_pair(std::string_view first, std::string_view second) {
    const std::string a = shape_of(first);
    const std::string b = shape_of(second);
    const bool british =
        b == "9AA" && (a == "A9" || a == "AA9" || a == "A99" || a == "AA99" || a == "A9A" || a == "AA9A");
    return british || (a == "A9A" && b == "9A9") || (a == "9999" && b == "AA") || (a == "999" && b == "99");
}

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    for (const std::string_view word : split(line, ' ')) {
        std::string_view bare = trim(word);
        while (!bare.empty() && bare.back() == ',') bare.remove_suffix(1);
        if (!bare.empty()) words.emplace_back(bare);
    }
    return words;
}

std::string joined(const std::vector<std::string>& words, std::size_t from, std::size_t to) {
    std::string text;
    for (std::size_t place = from; place < to; ++place) text += (text.empty() ? "" : " ") + words[place];
    return text;
}

/// The postcode at the line's begin or end, the rest as the town; nothing when there is none.
Destination destination_in(std::string_view line) {
    const auto words = words_of(line);
    const std::size_t count = words.size();
    if (count >= 2 && is_code_pair(words[0], words[1]))
        return {words[0] + ' ' + words[1], joined(words, 2, count)};
    if (count >= 1 && is_code(words[0])) return {words[0], joined(words, 1, count)};
    if (count >= 2 && is_code_pair(words[count - 2], words[count - 1]))
        return {words[count - 2] + ' ' + words[count - 1], joined(words, 0, count - 2)};
    if (count >= 2 && is_code(words[count - 1])) return {words[count - 1], joined(words, 0, count - 1)};
    return {};
}

/// What the last line that has a postcode says; nothing when none has.
std::optional<Destination> coded_destination(const std::vector<std::string>& lines) {
    const std::size_t least = lines.size() > lines_looked_at ? lines.size() - lines_looked_at : 0;
    for (std::size_t place = lines.size(); place > least; --place) {
        Destination found = destination_in(lines[place - 1]);
        if (found.postcode.empty()) continue;
        if (found.town.empty() && place >= 2) found.town = lines[place - 2];
        return found;
    }
    return std::nullopt;
}

}  // namespace

Destination destination_of(const std::vector<std::string>& lines) {
    if (auto found = coded_destination(lines)) return *found;
    std::vector<std::string> parts;
    for (const std::string& line : lines) {
        for (const std::string_view part : split(line, ',')) {
            if (!trim(part).empty()) parts.emplace_back(trim(part));
        }
    }
    if (auto found = coded_destination(parts)) return *found;
    return {"", lines.empty() ? std::string() : lines.back()};
}

std::string joined_address(const std::string& lines) {
    std::string joined;
    for (const std::string_view line : split(lines, '\n')) {
        std::string bare(trim(line));
        std::replace_if(
            bare.begin(), bare.end(), [](unsigned char letter) { return std::iscntrl(letter) != 0; }, ' ');
        if (!bare.empty()) joined += (joined.empty() ? "" : std::string(line_mark)) + bare;
    }
    return joined;
}

std::vector<std::string> address_lines(const std::string& joined) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < joined.size();) {
        const std::size_t end = std::min(joined.find(line_mark, from), joined.size());
        if (end > from) lines.push_back(joined.substr(from, end - from));
        from = end + line_mark.size();
    }
    return lines;
}

void each_waiting_letter(store::Connection& connection,
                         const std::function<void(WaitingLetter letter)>& visit) {
    connection.each(waiting_letters, {static_cast<int>(MessageState::to_post), std::string(printed_detail)},
                    [&](const store::Row& row) {
                        WaitingLetter letter;
                        letter.id = MessageId{row.integer(0)};
                        letter.customer = CustomerId{row.integer(1)};
                        letter.channel = row.text(2);
                        const std::string box(row.text(3));
                        const auto tab = box.find('\t');
                        letter.name = box.substr(0, tab);
                        if (tab != std::string::npos)
                            letter.address = address_lines(box.substr(tab + 1, box.find('\n') - tab - 1));
                        letter.to = destination_of(letter.address);
                        letter.printed = Instant{row.is_null(4) ? 0 : row.integer(4)};
                        visit(std::move(letter));
                    });
}

bool was_printed(store::Connection& connection, MessageId letter) {
    return connection.integer(times_of_detail, {letter.value, std::string(printed_detail)}).value_or(0) > 0;
}

void sort_for_post(std::vector<WaitingLetter>& letters) {
    using Key = std::tuple<bool, std::string, std::string, std::string, std::string, std::int64_t>;
    std::vector<std::pair<Key, std::size_t>> order;
    for (const WaitingLetter& one : letters) {
        order.emplace_back(Key{one.channel != "letter", one.country, fold(one.to.postcode), fold(one.to.town),
                               fold(one.name), one.id.value},
                           order.size());
    }
    std::sort(order.begin(), order.end());
    std::vector<WaitingLetter> sorted;
    for (const auto& [key, place] : order) sorted.push_back(std::move(letters[place]));
    letters = std::move(sorted);
}

}  // namespace countback::correspondence
