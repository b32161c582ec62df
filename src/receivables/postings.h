// Postings: the Book in the order in which figures over many accounts read it.
//
//   open amounts of an account on day D = Σ posting.amount, posting.day ≤ D          (LED-3)
//
// An item is a posting of its amount on its issue date; each allocation is a posting against it on its
// effective day, not before the issue date. Where allocations would cross zero, postings stop at zero, so the
// sum above is exact for every D. Each posting carries the due date and what it counts in, so a kernel adds
// without asking the item. Memo items (LED-2) have no postings.
//
// Example: 100 issued 1 Mar, due 31 Mar, 40 allocated on 10 Mar: (1 Mar, +100), (10 Mar, −40). At 5 Mar 100,
// at 10 Mar 60.
//
// How it rests: blocks of accounts, never changed once made, each true at a fact number. An account with
// newer facts is read through the lists until its block is made again, so appending costs the same as
// without.
#pragma once
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "base/date.h"
#include "base/ids.h"
#include "base/money.h"
#include "receivables/types.h"

namespace countback {

struct DayTotals;  // day_totals.h

enum class AccountRow : std::uint32_t {};

/// 16 bytes; money in signed minor units.
struct Posting {
    std::uint32_t when = 0;  ///< day | what it counts in
    std::uint32_t due = 0;   ///< day | posting::debit
    std::int64_t amount = 0;
};

namespace posting {
constexpr std::uint32_t days = 1U << 17;      ///< days are counted from 1900-01-01; all fit
constexpr std::uint32_t day_mask = days - 1;  ///< of `when` and `due`
constexpr std::uint32_t debit = days;         ///< in `due`: the item is a debit
constexpr std::uint32_t dso = days;           ///< in `when`: counts in DSO's outstanding
constexpr std::uint32_t billing = 2 * days;   ///< in `when`: counts in Billings of its day

constexpr std::uint32_t currency_shift = 24;  ///< in `when`, while a Book is built: the currency

/// The day's place; days before 1900 and after 2258 stand at the ends.
std::uint32_t day_of(Date day);
Date date_of(std::uint32_t day);
}  // namespace posting

/// DSO-1: invoices, debit misc flagged as sales, credit notes; no opening balances.
bool counts_in_billings(ItemType type, std::int64_t amount, std::uint32_t flags);

/// The postings of one account in one currency; documents by day. Valid until the visit returns.
struct Strand {
    AccountRow account{};
    Currency currency;
    std::span<const Posting> documents;  ///< one an item
    std::span<const Posting> all;        ///< documents, then allocations
};

/// An item and the day from which nothing of it is open (open_until.h).
struct OpenUntil {
    static constexpr std::int32_t for_good = std::numeric_limits<std::int32_t>::max();
    std::uint32_t item = 0;
    std::int32_t day = for_good;
};

/// Neighbouring accounts' postings and items as known at a fact; immutable.
struct PostingBlock {
    static constexpr std::uint32_t accounts_max = 256;
    struct Part {
        std::uint32_t documents = 0, allocations = 0;  ///< where they begin
        Currency currency;
    };

    FactNo known;
    std::vector<std::uint32_t> first_part{0};  ///< by account of the block, and one more
    std::vector<Part> parts{Part{}};           ///< and one more
    std::vector<Posting> postings;
    std::vector<std::uint32_t> first_item{0};  ///< by account of the block, and one more
    std::vector<OpenUntil> items;              ///< each account's, those open longest first

    std::uint32_t accounts() const { return static_cast<std::uint32_t>(first_part.size()) - 1; }
    bool holds(std::uint32_t account) const { return account % accounts_max < accounts(); }
    Strand strand(AccountRow account, std::uint32_t part) const {
        const Posting* begin = postings.data() + parts[part].documents;
        const std::uint32_t documents = parts[part].allocations - parts[part].documents;
        const std::uint32_t all = parts[part + 1].documents - parts[part].documents;
        return {account, parts[part].currency, {begin, documents}, {begin, all}};
    }
    std::span<const OpenUntil> items_of(AccountRow account) const {
        const std::uint32_t place = static_cast<std::uint32_t>(account) % accounts_max;
        return {items.data() + first_item[place], first_item[place + 1] - first_item[place]};
    }
    std::size_t bytes() const {
        return first_item.capacity() * sizeof(std::uint32_t) + items.capacity() * sizeof(OpenUntil) +
               first_part.capacity() * sizeof(std::uint32_t) + parts.capacity() * sizeof(Part) +
               postings.capacity() * sizeof(Posting);
    }
    /// Of these, what hangs on items and accounts: all but the postings of allocations.
    std::size_t document_bytes() const {
        std::size_t allocations = 0;
        for (std::size_t i = 0; i + 1 < parts.size(); ++i)
            allocations += parts[i + 1].documents - parts[i].allocations;
        return bytes() - allocations * sizeof(Posting);
    }
};

/// The block in as much memory as it needs.
std::shared_ptr<const PostingBlock> fitted(const PostingBlock& block);

/// The blocks of all accounts, by row; those without one yet are read through the lists.
struct Postings {
    std::vector<std::shared_ptr<const PostingBlock>> blocks;
    std::shared_ptr<const DayTotals> totals;  ///< of the blocks; null = of none

    /// The block that holds the account; null where none does yet.
    const PostingBlock* block_of(std::uint32_t account) const {
        const std::uint32_t at = account / PostingBlock::accounts_max;
        const PostingBlock* block = at < blocks.size() ? blocks[at].get() : nullptr;
        return block != nullptr && block->holds(account) ? block : nullptr;
    }
};

}  // namespace countback
