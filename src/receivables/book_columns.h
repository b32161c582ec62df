// All columns of the Book in one list, for what goes over each of them: the file beside the database.
//
// `visit(column, rows)` for a column, with `Moving{}` where the writer goes on changing the values of known
// rows; `visit(heads, owners, limit, older)` for heads of lists, where rows at and above `limit` are newer
// than the counts and `older(row)` is the next of the list. What follows from other columns (accounts by
// customer, the places of keys) and what is sparse (reversals) is not in it.
#pragma once
#include "receivables/book_store.h"

namespace countback {

struct Moving {};

template <class Store, class Visit>
void each_column_of_accounts(Store& s, const BookStore::Counts& n, Visit visit) {
    visit(s.account_customer, n.accounts);
    visit(s.account_entity, n.accounts);
    visit(s.account_touched, n.accounts, Moving{});
    visit(s.account_corrected, n.accounts, Moving{});
    visit(s.account_marks, n.accounts, Moving{});
    visit(s.account_items, n.accounts, n.items, [&s](std::uint32_t row) { return s.item_next[row]; });
    visit(s.account_standings, n.accounts, n.standings,
          [&s](std::uint32_t row) { return s.standing_next[row]; });
    visit(s.account_attributes, n.accounts, n.attributes,
          [&s](std::uint32_t row) { return s.attribute[row].next; });
    visit(s.account_allocations, n.accounts, n.allocations,
          [&s](std::uint32_t row) { return s.allocation_account_next[row]; });
    visit(s.attribute, n.attributes);
}

template <class Store, class Visit>
void each_column_of_items(Store& s, const BookStore::Counts& n, Visit visit) {
    for (auto* column : {&s.item_id, &s.item_account, &s.item_next}) visit(*column, n.items);
    for (auto* column : {&s.item_type, &s.item_currency}) visit(*column, n.items);
    visit(s.keys.hashes(), n.items);
    visit(s.item_versions, n.items, n.versions, [&s](std::uint32_t row) { return s.version_older[row]; });
    visit(s.item_allocations, n.items, n.allocations,
          [&s](std::uint32_t row) { return s.allocation_next[row]; });
    for (auto* column : {&s.version_fact, &s.version_item, &s.version_older}) visit(*column, n.versions);
    visit(s.version_flags, n.versions);
    for (auto* column : {&s.version_issue, &s.version_due}) visit(*column, n.versions);
    visit(s.version_amount, n.versions);
}

template <class Store, class Visit>
void each_column_of_allocations(Store& s, const BookStore::Counts& n, Visit visit) {
    for (auto* column : {&s.allocation_fact, &s.allocation_item, &s.allocation_counter, &s.allocation_next,
                         &s.allocation_account_next})
        visit(*column, n.allocations);
    visit(s.allocation_amount, n.allocations);
    visit(s.allocation_day, n.allocations);
    visit(s.allocation_cause, n.allocations);
}

template <class Store, class Visit>
void each_column_of_the_rest(Store& s, const BookStore::Counts& n, Visit visit) {
    visit(s.standing_id, n.standings);
    for (auto* column : {&s.standing_account, &s.standing_item, &s.standing_next})
        visit(*column, n.standings);
    for (auto* column : {&s.standing_kind, &s.standing_source}) visit(*column, n.standings);
    visit(s.standing_versions, n.standings, n.standing_versions,
          [&s](std::uint32_t row) { return s.standing_version[row].older; });
    visit(s.standing_version, n.standing_versions);
    visit(s.load, n.loads);
    for (auto* column : {&s.journal_fact, &s.journal_micros}) visit(*column, n.journal);
}

template <class Store, class Visit>
void each_column(Store& store, const BookStore::Counts& counts, Visit visit) {
    each_column_of_accounts(store, counts, visit);
    each_column_of_items(store, counts, visit);
    each_column_of_allocations(store, counts, visit);
    each_column_of_the_rest(store, counts, visit);
}

}  // namespace countback
