// Inside receivables only: the end of a writing. Checks the ledger's own invariants, turns provisional ids
// into numbers, inserts the rows, hands the facts to the Book.
#pragma once
#include "receivables/ledger.h"

namespace countback {

class Flush {
public:
    explicit Flush(Writing& writing) : writing_(writing) {}

    bool empty() const { return writing_.places_.empty(); }
    std::int64_t count() const { return static_cast<std::int64_t>(writing_.places_.size()); }
    /// From here on the writing's facts carry numbers from `first`. What follows needs them.
    void number(FactNo first);
    /// Each touched item's allocations stay between 0 and its amount on every day; both sides share a
    /// currency.
    Result<void> check() const;
    void insert() const;
    /// The bytes that the hash chain covers: every number of every fact, no text (LED-4, ACC-2).
    std::string chained_bytes() const;
    Result<void> run_steps(FactNo first) const;
    void append_to(Book& book) const;

private:
    void insert_standings() const;
    Writing& writing_;
    FactNo first_{};
};

}  // namespace countback
