#include "imports/reconcile.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace countback::imports {
namespace {

constexpr std::size_t customer_rows_max = 500;

struct Sums {
    std::int64_t in_file = 0;
    std::int64_t in_ledger = 0;
};

// A customer of an entity (its place in the file's parties), in one currency. Those that never came in have
// no id.
struct Who {
    std::uint32_t entity = 0;
    CustomerId customer;
    Currency currency;
    bool operator==(const Who&) const = default;
};
struct WhoHash {
    std::size_t operator()(const Who& who) const {
        return std::hash<CustomerId>{}(who.customer) * 1'000'003 + who.entity * 257U + who.currency.index();
    }
};

class Reconciliation {
public:
    Reconciliation(const AfterLoad& after, const Plan& plan, const Applied& applied)
        : book_(after.book),
          provisional_(after.provisional),
          plan_(plan),
          file_(*plan.file),
          applied_(applied),
          moment_{plan.scope.as_of, known_now} {}

    std::vector<ReconciliationRow> run() {
        find_customers();
        find_said_again();
        add_file();
        if (plan_.scope.mode == LoadMode::stock) {
            add_scope();
        } else {
            for (const ItemId id : applied_.new_items) add_item(*book_.item(id));
            for (const ItemRow row : plan_.matched) add_item(row);
        }
        return rows();
    }

private:
    // Customers new in this load are known by the items they got.
    void find_customers() {
        for (const FileCustomer& customer : file_.parties.customers) ids_.push_back(customer.id);
        for (std::size_t i = 0; i < plan_.new_lines.size(); ++i) {
            CustomerId& id = ids_[file_.lines[plan_.new_lines[i]].customer];
            if (id) continue;
            id = book_.customer(book_.view(*book_.item(applied_.new_items[i]), known_now)->account);
        }
        for (std::uint32_t place = 0; place < file_.parties.entities.size(); ++place) {
            if (file_.parties.entities[place].id) places_[file_.parties.entities[place].id] = place;
        }
        for (std::size_t place = 0; place < ids_.size(); ++place) {
            const auto account = ids_[place] ? book_.account(ids_[place]) : std::nullopt;
            if (account) places_[book_.entity(*account)] = file_.parties.customers[place].entity;
        }
    }

    // What a line that replaced recorded cash settles in its place: the file does not say so (IMP-8).
    void find_said_again() {
        for (const Settlement& one : plan_.settlements) {
            if (!one.counter_line || one.day > moment_.as_of) continue;
            const auto at =
                std::lower_bound(plan_.new_lines.begin(), plan_.new_lines.end(), *one.counter_line);
            const auto credit =
                book_.item(applied_.new_items[static_cast<std::size_t>(at - plan_.new_lines.begin())]);
            said_again_[static_cast<std::uint32_t>(*one.item)] += one.amount;
            said_again_[static_cast<std::uint32_t>(*credit)] -= one.amount;
        }
    }

    std::int64_t said_again(ItemRow row) const {
        const auto found = said_again_.find(static_cast<std::uint32_t>(row));
        return found == said_again_.end() ? 0 : found->second;
    }

    Sums& of_file(std::uint32_t place, Currency currency) {
        return sums_[Who{file_.parties.customers[place].entity, ids_[place], currency}];
    }

    void add_file() {
        for (const ItemLine& line : file_.lines) {
            if (line.type == ItemType::down_payment_request || !in_scope(line.customer)) continue;
            of_file(line.customer, line.currency).in_file += open_in_file(line, moment_.as_of);
        }
        for (const ItemFile::RefusedAmount& refused : file_.refused_amounts) {
            if (!entity_in_scope(refused.entity)) continue;
            const CustomerId customer = refused.customer ? ids_[*refused.customer] : CustomerId{};
            sums_[Who{refused.entity, customer, refused.currency}].in_file +=
                open_in_file(line_of(refused), moment_.as_of);
        }
    }

    bool in_scope(std::uint32_t place) const {
        return entity_in_scope(file_.parties.customers[place].entity);
    }

    bool entity_in_scope(std::uint32_t entity) const {
        const auto& scope = plan_.scope.entities;
        if (plan_.scope.mode != LoadMode::stock || scope.empty()) return true;
        return std::find(scope.begin(), scope.end(), file_.parties.entities[entity].code) != scope.end();
    }

    void add_item(ItemRow row) {
        const auto view = book_.view(row, known_now);
        add_open(view->account, *view);
    }

    void add_open(AccountRow account, const ItemView& item) {
        if ((item.flags & item_flag::provisional) != 0) return;
        const std::int64_t open = book_.open(item, moment_) +
                                  provisional_.settles_on(item.row, moment_.as_of) + said_again(item.row);
        if (open == 0) return;
        sums_[Who{places_[book_.entity(account)], book_.customer(account), item.currency}].in_ledger += open;
    }

    void add_scope() {
        Selection selection;
        const auto& scope = plan_.scope.entities;
        for (const auto& [id, place] : places_) {
            const std::string& code = file_.parties.entities[place].code;
            if (scope.empty() || std::find(scope.begin(), scope.end(), code) != scope.end())
                selection.entities.push_back(id);
        }
        if (selection.entities.empty()) return;
        book_.each_account(Perimeter::whole(), selection, moment_, [&](AccountRow account) {
            book_.each_item(account, known_now, [&](const ItemView& item) { add_open(account, item); });
        });
    }

    std::vector<ReconciliationRow> rows() const {
        std::map<std::pair<std::string, Currency>, Sums> by_entity;
        std::vector<ReconciliationRow> differing;
        for (const auto& [who, sums] : sums_) {
            const std::string& code = file_.parties.entities[who.entity].code;
            Sums& entity = by_entity[{code, who.currency}];
            entity.in_file += sums.in_file;
            entity.in_ledger += sums.in_ledger;
            if (sums.in_file == sums.in_ledger || !who.customer) continue;
            differing.push_back({code, who.currency, who.customer, sums.in_file, sums.in_ledger, {}, {}});
        }
        std::sort(differing.begin(), differing.end(),
                  [](const auto& a, const auto& b) { return a.customer < b.customer; });
        if (differing.size() > customer_rows_max) differing.resize(customer_rows_max);
        std::vector<ReconciliationRow> all;
        for (const auto& [place, sums] : by_entity)
            all.push_back({place.first, place.second, {}, sums.in_file, sums.in_ledger, {}, {}});
        all.insert(all.end(), differing.begin(), differing.end());
        return all;
    }

    const Snapshot& book_;
    const Provisional& provisional_;
    const Plan& plan_;
    const ItemFile& file_;
    const Applied& applied_;
    Moment moment_;
    std::vector<CustomerId> ids_;
    std::map<EntityId, std::uint32_t> places_;
    std::unordered_map<std::uint32_t, std::int64_t> said_again_;  ///< by ItemRow
    std::unordered_map<Who, Sums, WhoHash> sums_;
};

// A file of allocations: what its lines settle, against what the ledger had and what the load added.
std::vector<ReconciliationRow> reconcile_allocations(const Snapshot& book, const Plan& plan,
                                                     const Applied& applied) {
    std::unordered_map<std::uint64_t, std::int64_t> added;
    added.reserve(plan.allocation_sums.size());
    const FactNo first{plan.known.value + 1};
    for (const auto& [item, allocation] : book.recorded(first, applied.last).allocations) {
        const auto view = book.view(item, known_now);
        added[key_of(view->account, view->currency)] += allocation.amount;
    }
    std::map<std::pair<std::string, Currency>, Sums> by_entity;
    std::vector<ReconciliationRow> differing;
    for (const AllocationSum& sum : plan.allocation_sums) {
        const std::int64_t in_ledger = sum.known + added[key_of(sum.account, sum.currency)];
        Sums& entity = by_entity[{sum.entity, sum.currency}];
        entity.in_file += sum.in_file;
        entity.in_ledger += in_ledger;
        if (sum.in_file != in_ledger && differing.size() < customer_rows_max)
            differing.push_back(
                {sum.entity, sum.currency, book.customer(sum.account), sum.in_file, in_ledger, {}, {}});
    }
    std::vector<ReconciliationRow> all;
    for (const auto& [place, sums] : by_entity)
        all.push_back({place.first, place.second, {}, sums.in_file, sums.in_ledger, {}, {}});
    all.insert(all.end(), differing.begin(), differing.end());
    return all;
}

}  // namespace

std::vector<ReconciliationRow> reconcile(const AfterLoad& after, const Plan& plan, const Applied& applied) {
    if (plan.scope.kind == ImportKind::allocations) return reconcile_allocations(after.book, plan, applied);
    if (plan.scope.kind != ImportKind::items) return {};
    return Reconciliation(after, plan, applied).run();
}

ItemLine line_of(const ItemFile::RefusedAmount& refused) {
    ItemLine line;
    line.customer = refused.customer.value_or(0);
    line.currency = refused.currency;
    line.amount = refused.amount;
    line.issue = refused.issue;
    line.cleared = refused.cleared;
    line.remaining = refused.remaining;
    return line;
}

}  // namespace countback::imports
