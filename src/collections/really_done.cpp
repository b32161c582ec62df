// COL-12: what was really done in a period, beside what a scenario would have done.
#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "collections/queries.h"
#include "collections/simulate.h"
#include "locale/time_zone.h"

namespace countback::collections {

namespace {

using correspondence::MessageKind;

using StepKey = std::tuple<int, ItemId, std::string>;

class Teller {
public:
    Teller(const Perimeter& perimeter, const Snapshot& book, const SimulationQuery& query)
        : perimeter_(perimeter), book_(book), query_(query) {}

    void tell_steps(const Dunning& dunning, std::span<const SentMessage> sent) {
        std::map<StepKey, std::vector<const SentMessage*>> of_step;
        for (const SentMessage& one : sent) {
            if (one.kind == MessageKind::step) of_step[{one.scenario, one.leader, one.step}].push_back(&one);
        }
        for (const auto& [key, steps] : dunning.state.done) {
            const auto row = book_.item(key.leader);
            const auto item = row ? book_.view(*row, query_.known_at) : std::nullopt;
            if (!item || !admits(item->account)) continue;
            for (const StepDone& one : steps) {
                auto& messages = of_step[{key.scenario, key.leader, one.step}];
                const SentMessage* message = messages.empty() || one.skipped ? nullptr : messages.front();
                if (message) messages.erase(messages.begin());
                if (!inside(one.day) || one.skipped) continue;
                const Scenario* scenario = dunning.policy.scenario(key.scenario);
                const Step* step = scenario ? scenario->step(one.step) : nullptr;
                const Channel unknown = one.contact ? Channel::call : Channel::task;
                const Channel planned = step ? step->channel : unknown;
                const Mode mode = !message ? Mode::manual : message->by_run ? Mode::automatic : Mode::confirm;
                tell({item->account, one.day, message ? message->channel : planned, mode, one.contact});
            }
        }
    }

    /// Notices and a person's own messages: no step of a scenario.
    void tell_others(std::span<const SentMessage> sent) {
        for (const SentMessage& one : sent) {
            if (one.kind != MessageKind::notice && one.kind != MessageKind::single) continue;
            const auto account = book_.account(one.customer);
            if (!account || !inside(one.day) || !admits(*account)) continue;
            const Mode by_person = one.kind == MessageKind::single ? Mode::manual : Mode::confirm;
            tell({*account, one.day, one.channel, one.by_run ? Mode::automatic : by_person, true});
        }
    }

    Replay told() {
        replay_.of = Replay::Of::really;
        replay_.customers_touched = static_cast<std::int64_t>(touched_.size());
        return std::move(replay_);
    }

private:
    struct Deed {
        AccountRow account{};
        Date day;
        Channel channel = Channel::email;
        Mode mode = Mode::manual;
        bool contact = false;
    };

    bool admits(AccountRow account) const {
        return book_.admits(perimeter_, query_.selection, {query_.to, query_.known_at}, account);
    }

    bool inside(Date day) const { return day >= query_.from && day <= query_.to; }

    void tell(const Deed& deed) {
        ++replay_.actions[week_of(deed.day)][static_cast<std::size_t>(deed.channel)];
        ++replay_.by_mode[static_cast<std::size_t>(deed.mode)];
        const Moment moment{query_.to, query_.known_at};
        const LabelId collector{book_.attribute(deed.account, Attribute::collector, moment)};
        Workload& work = replay_.workload[{week_of(deed.day), collector}];
        if (deed.mode == Mode::confirm) ++work.confirm;
        if (deed.mode == Mode::manual) ++work.manual;
        if (!deed.contact) return;
        ++replay_.contacts;
        touched_.insert(deed.account);
    }

    const Perimeter& perimeter_;
    const Snapshot& book_;
    const SimulationQuery& query_;
    Replay replay_;
    std::unordered_set<AccountRow> touched_;
};

}  // namespace

std::vector<SentMessage> sent_messages(store::Connection& connection) {
    std::vector<SentMessage> sent;
    const int state = static_cast<int>(correspondence::MessageState::sent);
    connection.each(messages_sent, {state}, [&](const store::Row& row) {
        SentMessage one;
        one.kind = static_cast<MessageKind>(row.integer(0));
        one.customer = CustomerId{row.integer(1)};
        one.scenario = static_cast<int>(row.integer(2));
        one.leader = ItemId{row.integer(3)};
        one.step = row.text(4);
        one.channel = parse_channel(row.text(5)).value_or(Channel::email);
        one.by_run = row.integer(6) != 0;
        if (const auto at = locale::local_time(Instant{row.integer(7)}, "")) one.day = at->day;
        sent.push_back(std::move(one));
    });
    return sent;
}

Replay really_done(const Perimeter& perimeter, const Snapshot& book, const SimulationQuery& query,
                   const Dunning& dunning, std::span<const SentMessage> sent) {
    Teller teller(perimeter, book, query);
    teller.tell_steps(dunning, sent);
    teller.tell_others(sent);
    return teller.told();
}

}  // namespace countback::collections
