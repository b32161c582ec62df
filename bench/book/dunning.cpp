#include "dunning.h"

#include <fmt/format.h>

#include <limits>
#include <map>

#include "csv_fields.h"
#include "digest.h"
#include "load.h"

namespace countback::bench {
namespace {

using namespace collections;

constexpr int gap_days = 60;  ///< the policy's, not below any min_days_since_last
constexpr std::array currencies{"EUR", "USD", "GBP", "CHF"};

/// min_days_since_last by scenario and level.
using SinceLast = std::map<std::pair<int, std::int64_t>, int>;

/// Nothing but W4's conditions.
Policy policy_of(const std::string& directory, SinceLast& since_last) {
    Policy policy;
    policy.priority.amount = policy.priority.age = policy.priority.broken_promises = policy.priority.payment =
        policy.priority.contact = 0;
    policy.min_gap_days = gap_days;
    policy.promise_grace_days = 0;
    policy.contact_cap = std::numeric_limits<int>::max();
    for (Fields fields(directory + "/scenario_steps.csv"); fields.more();) {
        const int scenario = static_cast<int>(fields.number());
        const std::int64_t level = fields.number();
        if (level == 1) policy.scenarios.push_back({scenario, std::to_string(scenario), {}, {}});
        collections::Step step;
        step.code = std::to_string(level);
        step.trigger.days = static_cast<int>(fields.number());
        since_last[{scenario, level}] = static_cast<int>(fields.number());
        const std::int64_t floor = fields.number();
        for (const char* code : currencies) step.floors.push_back({floor, *Currency::parse(code)});
        step.weekdays = 0b1111111;
        policy.scenarios.back().steps.push_back(step);
    }
    return policy;
}

/// What the other files say of accounts and items, as facts after the Book's last.
class Facts {
public:
    explicit Facts(Book& book) : book_(book), fact_(book.snapshot().last_fact().value) {}
    ~Facts() { book_.publish({fact_}, Instant{fact_}); }
    Facts(const Facts&) = delete;
    Facts& operator=(const Facts&) = delete;

    void scenarios(const std::string& path) {
        const Snapshot accounts = book_.snapshot();
        for (Fields fields(path); fields.more();) {
            const std::int64_t customer = fields.number();
            for (int skipped = 1; skipped < 7; ++skipped) fields.text();
            const std::int64_t scenario = fields.number();
            fields.text();
            for (const char* code : currencies) {
                const CustomerId id{customer * 8 + place_of(*Currency::parse(code))};
                if (accounts.account(id))
                    book_.append(
                        AttributeFact{next(), id, Attribute::scenario, scenario, *Date::of(2000, 1, 1)});
            }
        }
    }
    void standings(const std::string& path, StandingKind kind, const std::vector<ItemId>& items) {
        const Snapshot accounts = book_.snapshot();
        for (Fields fields(path); fields.more();) {
            StandingFact fact;
            fact.item = items[static_cast<std::size_t>(fields.number() - 1)];
            fact.from = fields.day();
            if (const std::string_view to = fields.text(); !to.empty()) fact.to = Date::parse_iso(to);
            if (kind == StandingKind::promise) fields.text();
            if (!fact.item) continue;
            fact.kind = kind;
            fact.customer = accounts.customer(accounts.view(*accounts.item(fact.item), known_now)->account);
            fact.fact = next();
            fact.standing = {fact.fact.value};
            book_.append(fact);
        }
    }

private:
    FactNo next() { return {++fact_}; }
    Book& book_;
    std::int64_t fact_;
};

struct LastAction {
    std::int64_t level = 0;
    Date day;
};

}  // namespace

DunningBook load_dunning(const std::string& directory, Date today, Book& book,
                         const std::vector<ItemId>& items) {
    {
        Facts facts(book);
        facts.scenarios(directory + "/customers.csv");
        facts.standings(directory + "/disputes.csv", StandingKind::dispute, items);
        facts.standings(directory + "/promises.csv", StandingKind::promise, items);
    }
    SinceLast since_last;
    DunningBook dunning{policy_of(directory, since_last), {}};
    std::map<std::int64_t, LastAction> last;
    for (Fields fields(directory + "/dunning_state.csv"); fields.more();) {
        const std::int64_t customer = fields.number(), level = fields.number();
        last[customer] = {level, fields.day()};
    }
    const DecideQuery query{{}, {today}};
    for (const Decision& one :
         decide(Perimeter::whole(), book.snapshot(), query, {dunning.policy, {}}).rows) {
        const auto found = last.find(customer_of(one.customer));
        if (!one.leader || found == last.end()) continue;
        const auto& [level, day] = found->second;
        dunning.state.done[{one.scenario->number, one.leader->item}] = {
            {std::to_string(level), *Date::of(2000, 1, 1)}};
        dunning.state.contacts[one.customer] = {day + since_last[{one.scenario->number, level + 1}] -
                                                gap_days};
    }
    return dunning;
}

Result select_dunning(const Snapshot& book, const DunningBook& dunning, Date today) {
    Result result;
    const Decisions decisions = timed(result, [&] {
        return decide(Perimeter::whole(), book, {{}, {today}, collections::Detail::outcome},
                      {dunning.policy, dunning.state});
    });
    Digest digest;
    for (const Decision& one : decisions.rows) {
        if (!one.next_step_due) continue;
        digest.add_row(fmt::format("{},{},{},{},{},{}", customer_of(one.customer),
                                   one.leader->currency.code(), one.step()->code, one.to_pay.front().minor,
                                   one.leader->due.days(), one.asked.size()));
        for (const AskedItem& item : one.asked)
            digest.add_row(fmt::format("{},{},{},{}", customer_of(one.customer), item.currency.code(),
                                       item.item.value, item.amount));
    }
    result.digest = text_of(digest);
    return result;
}

}  // namespace countback::bench
