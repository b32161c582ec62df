#include "measures/parts.h"

#include <algorithm>

namespace countback {
namespace {

std::optional<Part> part_of(StandingKind kind) {
    switch (kind) {
        case StandingKind::litigation:
        case StandingKind::insolvency:
            return Part::litigation;
        case StandingKind::dispute:
            return Part::disputed;
        case StandingKind::plan:
            return Part::plan;
        case StandingKind::promise:
            return Part::promised;
        case StandingKind::processing:
        case StandingKind::payment_in_progress:
        case StandingKind::proposal:
            return Part::processing;
        case StandingKind::stop:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

const std::vector<SplitItem>& AccountSplitter::split(AccountRow account) {
    read_items(account);
    if (items_.empty()) return items_;
    read_standings(account);
    oldest_first_.clear();
    for (SplitItem& item : items_) {
        if (!item.item.debit()) {
            item.parts.push_back({Part::unapplied, {}, item.open});
        } else if (item.item.due >= moment_.as_of) {
            item.parts.push_back({Part::not_due, {}, item.open});
            note_dispute_of_not_due(item);
        } else {
            oldest_first_.push_back(&item);
        }
    }
    std::ranges::sort(oldest_first_, {},
                      [](const SplitItem* item) { return std::pair(item->item.due, item->item.row); });
    if (!oldest_first_.empty()) {
        for (Covering& covering : coverings_) covering.currency = oldest_first_.front()->item.currency;
    }
    for (SplitItem* item : oldest_first_) split_overdue(*item);
    return items_;
}

void AccountSplitter::read_items(AccountRow account) {
    items_.clear();
    book_.each_open_item(account, moment_, [&](const ItemView& item) {
        if (const std::int64_t open = book_.open(item, moment_); open != 0)
            items_.push_back({item, open, {}, 0});
    });
}

void AccountSplitter::read_standings(AccountRow account) {
    coverings_.clear();
    book_.each_standing(account, moment_.known_at, [&](const StandingView& standing) {
        const auto part = part_of(standing.kind);
        if (!part || !standing.holds_on(moment_.as_of)) return;
        const bool spread = !standing.item && standing.amount;
        coverings_.push_back({standing, *part, spread ? standing.amount : std::nullopt, std::nullopt});
    });
    // Within a part what is named for an item goes before what covers the whole account, then the elder
    // first.
    std::ranges::sort(coverings_, {}, [](const Covering& covering) {
        return std::tuple(covering.part, !covering.standing.item, covering.standing.id);
    });
}

std::int64_t AccountSplitter::covered(Covering& covering, const SplitItem& item,
                                      std::int64_t remaining) const {
    if (covering.standing.item) {
        if (*covering.standing.item != item.item.row) return 0;
        return covering.standing.amount ? std::min(*covering.standing.amount, remaining) : remaining;
    }
    if (!covering.left) return remaining;
    if (covering.currency != item.item.currency) return 0;
    const std::int64_t taken = std::min(*covering.left, remaining);
    *covering.left -= taken;
    return taken;
}

void AccountSplitter::split_overdue(SplitItem& item) {
    std::int64_t remaining = item.open;
    for (Covering& covering : coverings_) {
        if (remaining == 0) return;
        const std::int64_t taken = covered(covering, item, remaining);
        if (taken == 0) continue;
        const LabelId cause = covering.part == Part::disputed ? covering.standing.cause : LabelId{};
        item.parts.push_back({covering.part, cause, taken});
        remaining -= taken;
    }
    if (remaining != 0) item.parts.push_back({Part::no_reason, {}, remaining});
}

void AccountSplitter::note_dispute_of_not_due(SplitItem& item) const {
    for (const Covering& covering : coverings_) {
        if (covering.part != Part::disputed || covering.left) continue;
        if (covering.standing.item && *covering.standing.item != item.item.row) continue;
        const std::int64_t remaining = item.open - item.disputed_not_due;
        const auto& amount = covering.standing.amount;
        item.disputed_not_due += amount ? std::min(*amount, remaining) : remaining;
    }
}

}  // namespace countback
