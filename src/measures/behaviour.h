// KPI-4: how customers pay, and the payer profile.
//
//   of the items settled in the last 6 rolling months, each cash allocation a of item i:
//   weighted delay    = Σ amount(a) × (day(a) − due(i)) / Σ amount(a);   weighted duration: with issue(i)
//   plain delay       = mean over the items of (day of the last cash − due); plain duration: with issue
//   open included     = the weighted delay with every open overdue item added at today's age
//   profile           = the class of the worse of weighted and open included
//
// Example: 100 due 1 March paid 60 on 6 March and 40 on 16 March: weighted (60 × 5 + 40 × 15)/100 = 9 days,
// plain
// 15. With another 100 overdue for 49 days: (900 + 4 900)/200 = 29 → slow.
// Cash is a payment, a clearing by cash, or one of unknown cause whose date the source gave. Items are
// invoices and debit misc flagged as sales. Classes: early ≤ 0, on time ≤ 5, slow ≤ 30, very slow ≤ 60,
// chronic > 60 days; new with fewer than 3 settled items; insolvent by flag.
#pragma once
#include <array>
#include <string_view>

#include "measures/dso_days.h"
#include "measures/measure.h"

namespace countback {

enum class Profile : std::uint8_t { early, on_time, slow, very_slow, chronic, new_payer, insolvent };
std::string_view name_of(Profile profile);  ///< `early` … `new`, `insolvent`

struct BehaviourOptions {
    int months = 6;                           ///< 6 or 12, rolling
    std::array<int, 4> bounds{0, 5, 30, 60};  ///< days, ascending
    int settled_items_min = 3;                ///< below: new
};

/// Sums of one key and currency; amounts in minor units (× weight when converted).
struct BehaviourSums {
    int settled_items = 0;
    std::int64_t plain_delay_days = 0, plain_duration_days = 0;  ///< Σ over settled items
    Exact cash = 0, delay = 0, duration = 0;                     ///< Σ amount, Σ amount × days
    Exact open = 0, open_delay = 0;                              ///< of open overdue items

    void add(const BehaviourSums& other, const Exact& weight);
};

/// The same while it is collected, in one currency's minor units.
struct BehaviourTally {
    int settled_items = 0;
    std::int64_t plain_delay_days = 0, plain_duration_days = 0;
    Wide cash = 0, delay = 0, duration = 0, open = 0, open_delay = 0;

    BehaviourSums sums() const;
};

/// Days in hundredths; none where nothing was settled (open included: nor is overdue).
struct Behaviour {
    int settled_items = 0;
    std::optional<Hundredths> weighted_delay, plain_delay, weighted_duration, plain_duration,
        open_included_delay;
};
Behaviour behaviour_of(const BehaviourSums& sums);

enum class Insolvent : std::uint8_t { no, yes };
Profile profile_of(const Behaviour& behaviour, Insolvent insolvent, const BehaviourOptions& options = {});

/// Adds one item of the account when it belongs to KPI-4.
void add_behaviour(const Snapshot& book, const ItemView& item, Moment moment, Date window_first,
                   BehaviourTally& tally);

/// Of one account, in the currency it settled most items in.
struct AccountBehaviour {
    Behaviour behaviour;
    Profile profile = Profile::new_payer;
};
AccountBehaviour account_behaviour(const Snapshot& book, AccountRow account, Moment moment,
                                   const BehaviourOptions& options = {});

}  // namespace countback
