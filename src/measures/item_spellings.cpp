#include "measures/item_spellings.h"

#include <algorithm>
#include <limits>

namespace countback {
namespace {

using store::Sql;

constexpr Sql numbers_up{"list_numbers_up",
                         "select number, fact_no from item_fact where (number, fact_no) > ($1, $2) "
                         "order by number, fact_no limit $3"};
constexpr Sql numbers_down{"list_numbers_down",
                           "select number, fact_no from item_fact where (number, fact_no) < ($1, $2) "
                           "order by number desc, fact_no desc limit $3"};
constexpr Sql codes_up{"list_codes_up",
                       "select code, customer_id from customer where (code, customer_id) > ($1, $2) "
                       "order by code, customer_id limit $3"};
constexpr Sql codes_down{"list_codes_down",
                         "select code, customer_id from customer where (code, customer_id) < ($1, $2) "
                         "order by code desc, customer_id desc limit $3"};

constexpr std::int64_t few_first = 256, few_max = 8'192;
constexpr std::string_view last_text = "\xF4\x8F\xBF\xBF";

const Sql& statement(Spelling spelling, Direction direction) {
    const bool up = direction == Direction::ascending;
    if (spelling == Spelling::item_number) return up ? numbers_up : numbers_down;
    return up ? codes_up : codes_down;
}

}  // namespace

SpellingWalk::SpellingWalk(store::Connection& connection, Spelling spelling, Direction direction,
                           const std::optional<std::string>& from)
    : connection_(connection), spelling_(spelling), direction_(direction), limit_(few_first) {
    if (direction == Direction::ascending) {
        reached_ = {from.value_or(""), 0};
    } else {
        reached_ = {from.value_or(std::string(last_text)), std::numeric_limits<std::int64_t>::max()};
    }
}

void SpellingWalk::read_on() {
    connection_.each(statement(spelling_, direction_), {reached_.text, reached_.id, limit_},
                     [this](const store::Row& row) {
                         few_.push_back({std::string(row.text(0)), row.integer(1)});
                     });
    ended_ = static_cast<std::int64_t>(few_.size()) < limit_;
    if (!few_.empty()) reached_ = few_.back();
    limit_ = std::min(limit_ * 2, few_max);
}

std::optional<Spelled> SpellingWalk::next() {
    if (few_.empty() && !ended_) read_on();
    if (few_.empty()) return std::nullopt;
    Spelled one = std::move(few_.front());
    few_.pop_front();
    return one;
}

}  // namespace countback
