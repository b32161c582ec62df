#include "load.h"

#include "csv_fields.h"

namespace countback::bench {
namespace {

class Loader {
public:
    Loader(Accounts accounts, Book& book) : accounts_(accounts), book_(book) {}

    void customers(const std::string& path) {
        for (Fields fields(path); fields.more();) {
            const std::int64_t customer = fields.number();
            const std::int64_t home = fields.number();
            for (int skipped = 2; skipped < 9; ++skipped) fields.text();
            if (accounts_ == Accounts::by_customer) add_account({customer * 8}, home);
        }
    }

    void documents(const std::string& path) {
        for (Fields fields(path); fields.more();) {
            ItemFact item;
            fields.number();
            const std::int64_t entity = fields.number();
            const std::int64_t customer = fields.number();
            const char type = fields.text()[0];
            item.type = type == 'I'   ? ItemType::invoice
                        : type == 'C' ? ItemType::credit_note
                                      : ItemType::payment;
            item.issue = fields.day();
            item.due = fields.day();
            item.currency = *Currency::parse(fields.text());
            item.customer = {customer * 8 + within(entity, item.currency)};
            if (accounts_ != Accounts::by_customer) meet(item.customer, entity);
            item.amount = fields.number();
            items_.emplace_back();
            if (accounts_ == Accounts::by_currency && item.type != ItemType::invoice) continue;
            item.fact = next();
            item.item = {item.fact.value};
            item.key = static_cast<std::uint64_t>(item.fact.value) * 0x9e3779b97f4a7c15ULL;
            items_.back() = item.item;
            book_.append(item);
        }
    }

    void allocations(const std::string& path) {
        for (Fields fields(path); fields.more();) {
            AllocationFact part;
            part.item = items_[static_cast<std::size_t>(fields.number() - 1)];
            part.cause = ClearingCause::cash;
            part.given = part.effective = fields.day();
            part.amount = std::abs(fields.number());
            if (!part.item) continue;
            part.fact = next();
            book_.append(part);
        }
        book_.publish({fact_}, Instant{fact_});
    }

    std::vector<ItemId> take_items() { return std::move(items_); }

private:
    std::int64_t within(std::int64_t entity, Currency currency) const {
        if (accounts_ == Accounts::by_entity) return entity;
        return accounts_ == Accounts::by_currency ? place_of(currency) : 0;
    }
    FactNo next() { return {++fact_}; }
    /// A customer is an account of an entity once it trades with it.
    void meet(CustomerId id, std::int64_t entity) {
        const auto place = static_cast<std::size_t>(id.value);
        if (met_.size() <= place) met_.resize(place + 1);
        if (!met_[place]) add_account(id, entity);
        met_[place] = true;
    }
    void add_account(CustomerId id, std::int64_t entity) {
        book_.append(AttributeFact{next(), id, Attribute::entity, entity, *Date::of(2000, 1, 1)});
    }

    Accounts accounts_;
    Book& book_;
    std::vector<bool> met_;
    std::vector<ItemId> items_;  ///< by document; none of one left out
    std::int64_t fact_ = 0;
};

}  // namespace

std::vector<ItemId> load(const std::string& directory, Accounts accounts, Book& book) {
    Loader loader(accounts, book);
    loader.customers(directory + "/customers.csv");
    loader.documents(directory + "/documents.csv");
    loader.allocations(directory + "/allocations.csv");
    return loader.take_items();
}

}  // namespace countback::bench
