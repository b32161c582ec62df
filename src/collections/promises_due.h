// COL-10: the promises that the agenda shows.
//
//   to come: promised for a day up to the Sunday of this week, today's included
//   past: its day is over, and the days of grace or the data that judge it are still to come
//   broken or partly kept: the account's last, not answered by a contact, another promise or a payment since
//
// Example: on Wednesday 19 March 2025 a promise for Friday 21 stands there, one for Monday 24 does not; one
// for the 10th that was not kept stands there until the customer is contacted. Source: handbook §6, PRO-1.
#pragma once
#include "collections/standing_json.h"

namespace countback::collections {

struct PromiseDue {
    StandingGroup group;
    Date day;  ///< promised for
    PromiseResult result;
};

/// Of the moment, by day, then by customer.
std::vector<PromiseDue> promises_due(const Run& run, const Perimeter& perimeter, const Selection& selection);

}  // namespace countback::collections
