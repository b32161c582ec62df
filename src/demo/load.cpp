#include "demo/load.h"

#include <map>

#include "base/text.h"
#include "parties/directory.h"

namespace countback::demo {
namespace {

class Loading {
public:
    Loading(Writing& writing, const DemoCompany& company, Date today)
        : writing_(writing), company_(company), today_(today) {}

    void run() {
        add_parties();
        add_items();
        for (const DemoAllocation& given : company_.allocations) add(given);
        for (const DemoStanding& given : company_.standings) add(given);
        for (const EntityId entity : entities_)
            writing_.add(LoadFact{{}, {}, entity, today_, LoadMode::delta});
    }

private:
    void add_parties() {
        store::Connection& connection = writing_.connection();
        for (const Entity& entity : company_.entities)
            entities_.push_back(parties::add_entity(connection, entity));
        std::vector<Customer> rows;
        for (const DemoCustomer& made : company_.customers) {
            rows.push_back(made.customer);
            rows.back().entity = entities_[static_cast<std::size_t>(made.entity)];
        }
        first_ = parties::add_customers(connection, rows);
        CustomerId customer = first_;
        for (const DemoCustomer& made : company_.customers) {
            Contact contact = made.contact;
            contact.customer = customer;
            parties::add_contact(connection, contact);
            add_attributes(made, customer);
            ++customer.value;
        }
    }

    void add_attributes(const DemoCustomer& made, CustomerId customer) {
        const auto set = [&](Attribute attribute, std::int64_t value) {
            writing_.add(AttributeFact{{}, customer, attribute, value, made.since});
        };
        set(Attribute::entity, entities_[static_cast<std::size_t>(made.entity)].value);
        set(Attribute::collector, label(LabelKind::collector, made.collector));
        set(Attribute::segment, label(LabelKind::segment, made.segment));
        set(Attribute::risk_class, label(LabelKind::risk_class, made.risk_class));
        set(Attribute::country, two_letters(made.customer.country[0], made.customer.country[1]));
        set(Attribute::language, two_letters(made.customer.language[0], made.customer.language[1]));
    }

    std::int64_t label(LabelKind kind, const std::string& text) {
        auto [place, is_new] = labels_.try_emplace({kind, text});
        if (is_new) place->second = parties::label_of(writing_.connection(), kind, text).value;
        return place->second;
    }

    void add_items() {
        for (const DemoItem& made : company_.items) {
            ItemFact fact = made.fact;
            fact.customer = customer(made.customer);
            fact.key = hash64(fact.number + "/" + std::to_string(fact.customer.value));
            items_.push_back(writing_.add(std::move(fact)));
        }
    }

    void add(const DemoAllocation& given) {
        AllocationFact fact;
        fact.item = items_[static_cast<std::size_t>(given.item)];
        if (given.counter >= 0) fact.counter = items_[static_cast<std::size_t>(given.counter)];
        fact.cause = given.cause;
        fact.amount = given.amount;
        fact.given = given.day;
        writing_.add(fact);
    }

    void add(const DemoStanding& given) {
        StandingFact fact = given.fact;
        fact.customer = customer(given.customer);
        if (given.item >= 0) fact.item = items_[static_cast<std::size_t>(given.item)];
        if (!given.cause.empty()) fact.cause = LabelId{label(LabelKind::dispute_cause, given.cause)};
        writing_.add(std::move(fact));
    }

    CustomerId customer(int place) const { return CustomerId{first_.value + place}; }

    Writing& writing_;
    const DemoCompany& company_;
    Date today_;
    std::vector<EntityId> entities_;
    CustomerId first_;
    std::vector<ItemId> items_;
    std::map<std::pair<LabelKind, std::string>, std::int64_t> labels_;
};

}  // namespace

Result<void> load(Ledger& ledger, const DemoCompany& company, Date today) {
    const auto written = ledger.write({{}, "demo"}, [&](Writing& writing) -> Result<void> {
        if (writing.book().last_fact()) return refuse(RefusalCode::load_already_applied);
        Loading(writing, company, today).run();
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

}  // namespace countback::demo
