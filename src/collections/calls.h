// COL-10: what came of a call, and what was done with a customer so far.
//
//   reached, promised, disputed: a contact. The call that is due is done by it; where none is, it counts as a
//   contact outside the scenario. not_reached: no contact, the customer is put aside for today and comes
//   again. call_back: no contact, put aside up to the day before the one named.
// A promise and a dispute themselves are recorded as standings (PRO-1, DIS-1).
// Example: on Mon 3 March nobody answers; on the 4th the call is due again; "call back on the 7th": nothing
// before Friday.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/ids.h"
#include "store/database.h"

namespace countback::collections {

/// Stored numbers.
enum class CallOutcome : std::uint8_t {
    reached = 1,
    not_reached = 2,
    call_back = 3,
    promised = 4,
    disputed = 5
};
std::string_view name_of(CallOutcome outcome);

constexpr bool is_contact(CallOutcome outcome) {
    return outcome != CallOutcome::not_reached && outcome != CallOutcome::call_back;
}

struct NewCall {
    CustomerId customer;
    CallOutcome outcome = CallOutcome::reached;
    std::optional<Date> back;  ///< of call_back: after today
    std::string note{};        ///< at most 500 letters
};

/// One line of what was done with a customer.
struct DoneEntry {
    std::int64_t row = 0;  ///< its number; of a step the mark that can be taken back
    int scenario = 0;      ///< 0 outside scenarios
    std::string step{};    ///< code; empty outside scenarios
    std::optional<CallOutcome> call{};
    std::optional<Date> back{};
    Date day;
    bool skipped = false, contact = false, taken_back = false;
    std::string note{};
    UserId user;
    Instant at;
};

/// Newest first, at most `limit`, before the row `before`.
std::vector<DoneEntry> done_with(store::Connection& connection, CustomerId customer, std::int64_t before,
                                 std::int64_t limit);

}  // namespace countback::collections
