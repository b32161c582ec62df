#include "cases/words.h"

#include <algorithm>

#include "base/text.h"

namespace countback::cases {

void expect_same(std::string_view what, const std::string& expected, const std::string& got) {
    if (expected == got) return;
    throw CaseFailure(std::string(what) + ": expected " + expected + ", got " + got);
}

Words::Words(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size()) {
        if (line[at] == ' ' || line[at] == '\t') {
            ++at;
            continue;
        }
        if (line[at] == '#') return;
        const bool quoted = line[at] == '"';
        const std::size_t first = quoted ? at + 1 : at;
        std::size_t end = quoted ? line.find('"', first) : line.find_first_of(" \t", first);
        end = std::min(end, line.size());
        words_.emplace_back(line.substr(first, end - first));
        at = quoted ? end + 1 : end;
    }
}

std::string Words::next(std::string_view what) {
    if (words_.empty()) throw CaseFailure("missing: " + std::string(what));
    std::string word = std::move(words_.front());
    words_.erase(words_.begin());
    return word;
}

Date Words::next_date(std::string_view what) { return read_date(next(what)); }

std::optional<std::string> Words::value(std::string_view key) {
    const auto found = std::find(words_.begin(), words_.end(), key);
    if (found == words_.end()) return std::nullopt;
    if (found + 1 == words_.end()) throw CaseFailure("missing after " + std::string(key));
    std::string value = *(found + 1);
    words_.erase(found, found + 2);
    return value;
}

std::optional<std::string> Words::pair(std::string_view key) {
    const auto found = std::find(words_.begin(), words_.end(), key);
    if (found == words_.end()) return std::nullopt;
    if (words_.end() - found < 3) throw CaseFailure("two words are missing after " + std::string(key));
    std::string value = *(found + 1) + ' ' + *(found + 2);
    words_.erase(found, found + 3);
    return value;
}

std::optional<Date> Words::date(std::string_view key) {
    const auto text = value(key);
    return text ? std::optional(read_date(*text)) : std::nullopt;
}

bool Words::flag(std::string_view word) {
    const auto found = std::find(words_.begin(), words_.end(), word);
    if (found == words_.end()) return false;
    words_.erase(found);
    return true;
}

std::string Words::rest() {
    std::string text;
    for (const std::string& word : words_) text += (text.empty() ? "" : " ") + word;
    words_.clear();
    return text;
}

void Words::finish() const {
    if (!words_.empty()) throw CaseFailure("not understood: " + words_.front());
}

Date read_date(const std::string& text) {
    const auto date = Date::parse_iso(text);
    if (!date) throw CaseFailure("not a date: " + text);
    return *date;
}

std::vector<std::string> comma_list(const std::string& text) {
    std::vector<std::string> list;
    for (const std::string_view part : split(text, ',')) list.emplace_back(part);
    return list;
}

}  // namespace countback::cases
