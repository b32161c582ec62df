// Item numbers and customer codes in the order they are spelled, read from the database's index a few at a
// time: the Book holds no texts.
#pragma once
#include <deque>
#include <optional>
#include <string>

#include "receivables/lists.h"
#include "store/database.h"

namespace countback {

enum class Spelling : std::uint8_t { item_number, customer_code };

struct Spelled {
    std::string text;
    std::int64_t id = 0;  ///< of the item or the customer
};

/// From a text on, its own rows included; from the first, or the last, where none is given.
class SpellingWalk {
public:
    SpellingWalk(store::Connection& connection, Spelling spelling, Direction direction,
                 const std::optional<std::string>& from);
    /// Nothing after the last. Texts ascend or descend, ids of one text too.
    std::optional<Spelled> next();

private:
    void read_on();

    store::Connection& connection_;
    Spelling spelling_;
    Direction direction_;
    Spelled reached_;
    std::deque<Spelled> few_;
    std::int64_t limit_;
    bool ended_ = false;
};

}  // namespace countback
