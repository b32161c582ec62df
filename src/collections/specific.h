// COL-9 specific actions and snoozes: recorded by a person, read into the dunning state.
//
// Chosen items leave the scenario until the action ends; on its day it is on the agenda. A snoozed customer
// is held back up to and with the day named. Example: F-1 gets a call of its own on 20 March: until somebody
// ends it no reminder asks for F-1, F-2 of the same customer goes on. Source: handbook §6.
#pragma once
#include "collections/types.h"
#include "store/database.h"

namespace countback::collections {

struct NewSpecificAction {
    CustomerId customer;
    std::vector<ItemId> items;  ///< at least one, open, of the customer
    Date day;
    Channel channel = Channel::call;
    std::string template_code{};
    std::string title{};
};

enum class SpecificEnd : std::uint8_t { done, cancelled };

/// Reads what was recorded after `known` into the state: actions, their ends, snoozes, notices done.
void read_specific(store::Connection& connection, std::int64_t known, DunningState& state);

}  // namespace countback::collections
