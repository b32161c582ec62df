// A line of a case, as words: positional ones first, then `key value` in any order. What nobody asked for is
// an error.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace countback::cases {

/// A line that cannot be read, or an expectation that does not hold; the runner adds file and line.
class CaseFailure : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// "expected …, got …" as a CaseFailure when the two differ.
void expect_same(std::string_view what, const std::string& expected, const std::string& got);

class Words {
public:
    /// Splits at white space; "quoted words" stay together; ` #` begins a comment.
    explicit Words(std::string_view line);

    bool empty() const { return words_.empty(); }
    /// The first word left; fails when there is none.
    std::string next(std::string_view what);
    Date next_date(std::string_view what);
    /// The word after `key`, both taken.
    std::optional<std::string> value(std::string_view key);
    /// The two words after `key`, joined: an amount and its currency.
    std::optional<std::string> pair(std::string_view key);
    std::optional<Date> date(std::string_view key);
    /// Whether the word stands in the line; taken.
    bool flag(std::string_view word);
    bool begins_with(std::string_view word) const { return !words_.empty() && words_.front() == word; }
    /// All words left, joined by a space.
    std::string rest();
    /// Fails when words are left that nobody understood.
    void finish() const;

private:
    std::vector<std::string> words_;
};

Date read_date(const std::string& text);
std::vector<std::string> comma_list(const std::string& text);

}  // namespace countback::cases
