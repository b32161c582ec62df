// The only way to append facts: one transaction each; when it is committed the Book has moved on.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/refusal.h"
#include "receivables/book.h"
#include "receivables/book_file.h"
#include "store/database.h"

namespace countback {

/// Who appends, and from where ("desk", "import", "api", "demo", "system"): the journal's columns.
struct Author {
    UserId user;
    std::string_view source;
};

class Flush;

/// Turns what `Writing::add` returned into real numbers, once the transaction has taken them.
class Numbers {
public:
    explicit Numbers(FactNo first) : first_(first) {}
    template <class Tag>
    Id<Tag> operator()(Id<Tag> id) const {
        return id.value >= 0 ? id : Id<Tag>{first_.value - id.value - 1};
    }

private:
    FactNo first_;
};

/// A transaction in the making. Ids returned by add() are provisional (negative) until numbers are taken at
/// the end; they may be used in later facts of the same writing.
class Writing {
public:
    /// For the calling room's own tables, in the same transaction.
    store::Connection& connection() { return connection_; }
    /// The Book as it stands before this writing.
    const Snapshot& book() const { return book_; }

    ItemId add(ItemFact fact);
    /// Fills `effective` (LED-3: max of the given date and both issue dates). Refusals of the ledger itself:
    /// allocation_exceeds_item, currency_mismatch, item_unknown are found at the end of the writing.
    /// A fact that reverses another keeps the `effective` it comes with. Answers the fact as it stands.
    AllocationFact add(AllocationFact fact);
    StandingId add(StandingFact fact);
    FactNo add(AttributeFact fact);
    LoadId add(LoadFact fact);
    /// Runs after the numbers are known, inside the transaction.
    void then(std::function<Result<void>(const Numbers&)> step) { steps_.push_back(std::move(step)); }

private:
    friend class Ledger;
    friend class Flush;
    Writing(store::Connection& connection, Snapshot book) : connection_(connection), book_(std::move(book)) {}
    std::int64_t next(std::size_t place) {
        places_.push_back(static_cast<std::uint32_t>(place));
        return -static_cast<std::int64_t>(places_.size());
    }
    /// The issue date that an item has after this writing.
    std::optional<Date> issue_of(ItemId item) const;

    store::Connection& connection_;
    Snapshot book_;
    std::vector<std::uint32_t> places_;  ///< of each added fact, its index in the vector of its kind
    std::unordered_map<ItemId, std::uint32_t> corrected_;  ///< items of the Book: their last version here
    std::vector<ItemFact> items_;
    std::vector<AllocationFact> allocations_;
    std::vector<StandingFact> standings_;
    std::vector<AttributeFact> attributes_;
    std::vector<LoadFact> loads_;
    std::vector<std::function<Result<void>(const Numbers&)>> steps_;
};

/// The database does not hold facts that this program has read: it was set back (an older backup, a standby
/// that had not received them). Nothing is written any more; the program must begin anew.
class SetBack : public std::runtime_error {
public:
    SetBack() : std::runtime_error("the database was set back to an earlier state: begin anew") {}
};

/// The ledger of one company: its database and its Book. Safe from several threads.
class Ledger {
public:
    /// Reads all facts into the Book, the first of them from `file` where it fits (book_file.h). The database
    /// is migrated already. Throws store::Failure.
    Ledger(store::Database& database, const Clock& clock, const std::filesystem::path& file = {});

    Snapshot book() const { return book_.snapshot(); }
    /// One transaction: `decide` reads, decides, adds; a refusal or exception changes nothing.
    /// Answers the number of the last fact of this writing (the Book's last when nothing was added). Throws
    /// store::Failure, SetBack.
    Result<FactNo> write(const Author& author, const std::function<Result<void>(Writing&)>& decide);
    /// Takes in facts that another process committed. Cheap when there are none. Throws store::Failure,
    /// SetBack.
    void catch_up();

    /// Writes the file again when enough was recorded since: a constant share a fact. Nobody waits for it;
    /// one thread at a time. Answers what the disk said when it did not take it; the file before it stays,
    /// and it is tried again after as many facts more. That costs the next start some time, nothing else.
    enum class Keep { when_enough, at_the_end };
    std::optional<std::string> keep(Keep when = Keep::when_enough);
    /// The last fact that came from the file at the start; 0 = every fact was read.
    FactNo from_file() const { return from_file_; }

    store::Database& database() { return database_; }
    const Clock& clock() const { return clock_; }
    Book::Memory memory() const { return book_.memory(); }

private:
    void start_from_file();
    bool is_current(store::Connection& connection) const;
    void read_newer_facts(store::Connection& connection);
    Result<std::string> insert_proved(const Flush& flush) const;

    store::Database& database_;
    const Clock& clock_;
    std::mutex writer_;
    Instant last_recorded_;  ///< instants never go back, whatever the clock does
    std::string chain_;      ///< of the journal at the Book's last fact
    Book book_;
    std::optional<BookFile> file_;
    bool open_ = false;  ///< the first reading is over
    FactNo from_file_;
    FactNo kept_;  ///< the file's, or the last it was tried at
};

}  // namespace countback
