#include "imports/apply.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "imports/before_load.h"
#include "imports/queries.h"
#include "imports/reachability.h"
#include "parties/directory.h"
#include "receivables/corrections.h"

namespace countback::imports {
namespace {

using store::BulkColumn;
using store::ColumnKind;
using store::Value;

constexpr BulkColumn item_text_columns[] = {{"item_id"},
                                            {"source_id", ColumnKind::text},
                                            {"order_reference", ColumnKind::text},
                                            {"document_link", ColumnKind::text},
                                            {"vat_amount"},
                                            {"custom", ColumnKind::text}};

Value text_or_null(std::string_view text) { return text.empty() ? Value(nullptr) : Value(text); }

class Application {
public:
    Application(Writing& writing, const Plan& plan, Applied& applied)
        : writing_(writing),
          plan_(plan),
          file_(*plan.file),
          applied_(applied),
          entities_(file_.parties.entities.size()),
          customers_(file_.parties.customers.size()) {}

    void write() {
        find_used();
        add_entities();
        add_customers();
        add_loads();
        add_items();
        for (const Correction& correction : plan_.corrections) correct(correction);
        for (const Replacement& one : plan_.replacements) replace(plan_.provisional.payments[one.payment]);
        for (const Return& back : plan_.returns)
            take_back(writing_, back.item, back.allocation, back.amount, back.day);
        for (const Settlement& settlement : plan_.settlements) settle(settlement);
        change_parties();
        for (const CustomerId customer : reached_)
            keep_reachability(writing_, customer, {plan_.scope.as_of, plan_.today});
    }

    // With the numbers at hand: the items' texts, and what the caller asked for.
    Result<void> finish(const Numbers& numbers) const {
        applied_.load = numbers(load_);
        applied_.new_items.reserve(new_ids_.size());
        for (const ItemId id : new_ids_) applied_.new_items.push_back(numbers(id));
        const auto bulk = writing_.connection().bulk("item_text", item_text_columns);
        for (std::size_t i = 0; i < new_ids_.size(); ++i) {
            const ItemLine& line = file_.lines[plan_.new_lines[i]];
            if (line.source_id.empty() && line.extra == 0) continue;
            const ItemExtra extra = line.extra == 0 ? ItemExtra{} : file_.extras[line.extra - 1];
            bulk->row({applied_.new_items[i].value, text_or_null(line.source_id),
                       text_or_null(extra.order_reference), text_or_null(extra.document_link),
                       extra.vat ? Value(*extra.vat) : Value(nullptr), text_or_null(extra.custom)});
        }
        bulk->finish();
        for (const Replacement& one : plan_.replacements) {
            const Value by = one.line ? Value(numbers(id_of_new(*one.line)).value) : Value(nullptr);
            writing_.connection().run(
                insert_replacement,
                {plan_.provisional.payments[one.payment].item.id.value, by, applied_.load.value});
        }
        before_.write(writing_.connection(), applied_.load);
        for (const ItemId item : plan_.unreplaced)
            writing_.connection().run(insert_unreplaced, {applied_.load.value, item.value});
        return {};
    }

private:
    // Entities and customers that a good line names; those of refused lines only are not made.
    void find_used() {
        used_.resize(customers_.size(), false);
        for (const std::uint32_t at : plan_.new_lines) used_[file_.lines[at].customer] = true;
        for (const Correction& correction : plan_.corrections)
            used_[file_.lines[correction.line].customer] = true;
        for (const PartyLine& line : plan_.party_lines) used_[line.customer] = true;
        for (std::size_t place = 0; place < customers_.size(); ++place) {
            customers_[place] = file_.parties.customers[place].id;
            if (used_[place]) entity_used_.insert(file_.parties.customers[place].entity);
        }
        for (std::uint32_t place = 0; place < entities_.size(); ++place) {
            entities_[place] = file_.parties.entities[place].id;
            if (entities_[place]) entity_used_.insert(place);
        }
    }

    void add_entities() {
        for (const std::uint32_t place : entity_used_) {
            const FileEntity& entity = file_.parties.entities[place];
            if (entities_[place]) continue;
            const Currency currency = entity.currency.value_or(*Currency::parse("EUR"));
            entities_[place] =
                parties::add_entity(writing_.connection(), {{}, entity.code, entity.code, currency, {}});
        }
    }

    // A new customer's first day: that of its first item, at the latest the load's.
    std::vector<Date> first_days() const {
        std::vector<Date> days(customers_.size(), plan_.scope.as_of);
        for (const std::uint32_t at : plan_.new_lines) {
            Date& day = days[file_.lines[at].customer];
            day = std::min(day, file_.lines[at].issue);
        }
        return days;
    }

    void add_customers() {
        std::map<std::uint32_t, const PartyLine*> lines;
        for (const PartyLine& line : plan_.party_lines) lines[line.customer] = &line;
        std::vector<Customer> added;
        std::vector<std::uint32_t> places;
        for (std::uint32_t place = 0; place < customers_.size(); ++place) {
            if (customers_[place] || !used_[place]) continue;
            const FileCustomer& file_customer = file_.parties.customers[place];
            Customer customer;
            customer.entity = entities_[file_customer.entity];
            customer.code = file_customer.code;
            customer.name = file_customer.name.empty() ? file_customer.code : file_customer.name;
            if (const auto line = lines.find(place); line != lines.end())
                customer = merged(customer, *line->second);
            added.push_back(std::move(customer));
            places.push_back(place);
        }
        if (added.empty()) return;
        const CustomerId first = parties::add_customers(writing_.connection(), added);
        const std::vector<Date> days = first_days();
        for (std::size_t i = 0; i < places.size(); ++i) {
            customers_[places[i]] = CustomerId{first.value + static_cast<std::int64_t>(i)};
            writing_.add(AttributeFact{
                {}, customers_[places[i]], Attribute::entity, added[i].entity.value, plan_.scope.as_of});
            add_reachability(writing_, customers_[places[i]], added[i], days[places[i]]);
            added[i].id = customers_[places[i]];
            if (lines.contains(places[i])) before_.new_customer(added[i]);
        }
    }

    void add_loads() {
        std::set<EntityId> touched;
        for (const std::uint32_t place : entity_used_) touched.insert(entities_[place]);
        for (const Settlement& settlement : plan_.settlements) {
            if (settlement.item) touched.insert(entity_of(*settlement.item));
        }
        for (const EntityId entity : touched) {
            load_ = writing_.add(LoadFact{{}, load_, entity, plan_.scope.as_of, plan_.scope.mode, false});
        }
    }

    EntityId entity_of(ItemRow item) const {
        return writing_.book().entity(writing_.book().view(item, known_now)->account);
    }

    ItemFact fact_of(const ItemLine& line) const {
        ItemFact fact;
        fact.customer = customers_[line.customer];
        fact.type = line.type;
        fact.currency = line.currency;
        fact.amount = line.amount;
        fact.issue = line.issue;
        fact.due = line.due;
        fact.flags = line.flags;
        fact.key = line.key;
        fact.instalment = line.instalment;
        fact.number = line.number;
        fact.load = load_;
        return fact;
    }

    void add_items() {
        for (const std::uint32_t at : plan_.new_lines) {
            const ItemId id = writing_.add(fact_of(file_.lines[at]));
            new_ids_.push_back(id);
        }
    }

    void correct(const Correction& correction) {
        const auto before = writing_.book().view(correction.item, known_now);
        ItemFact after = fact_of(file_.lines[correction.line]);
        if (before->amount != 0) {
            correct_item(writing_, *before, std::move(after));
            return;
        }
        after.item = before->id;  // an undone item comes back; nothing is allocated to it
        writing_.add(std::move(after));
    }

    // IMP-8: seen from now on the recorded payment never was; what took its place is kept beside the facts.
    void replace(const ProvisionalPayment& payment) {
        cancel_allocations(writing_, payment.item.row);
        ItemFact gone;
        gone.item = payment.item.id;
        gone.customer = payment.customer;
        gone.type = payment.item.type;
        gone.currency = payment.item.currency;
        gone.issue = payment.item.issue;
        gone.due = payment.item.due;
        gone.flags = payment.item.flags;
        gone.number = payment.reference;
        gone.load = load_;
        writing_.add(std::move(gone));
    }

    void settle(const Settlement& settlement) {
        AllocationFact fact;
        fact.item = settlement.item ? writing_.book().item_id(*settlement.item) : id_of_new(settlement.line);
        if (settlement.counter_line) fact.counter = id_of_new(*settlement.counter_line);
        if (settlement.counter) fact.counter = writing_.book().item_id(*settlement.counter);
        const bool credit_first =
            settlement.counter && writing_.book().view(*settlement.item, known_now)->amount < 0;
        if (credit_first) std::swap(fact.item, fact.counter);
        fact.cause = settlement.cause;
        fact.amount = settlement.amount;
        fact.given = settlement.day;
        fact.estimated = settlement.estimated;
        fact.load = load_;
        writing_.add(fact);
    }

    ItemId id_of_new(std::uint32_t line) const {
        const auto place = std::lower_bound(plan_.new_lines.begin(), plan_.new_lines.end(), line);
        return new_ids_[static_cast<std::size_t>(place - plan_.new_lines.begin())];
    }

    void change_parties() {
        for (const PartyLine& line : plan_.party_lines) {
            if (!line.changes) continue;
            if (plan_.scope.kind == ImportKind::contacts) {
                change_contact(line);
            } else {
                change_customer(line);
            }
        }
        for (const std::uint32_t place : plan_.renamed) {
            auto customer = parties::customer(writing_.connection(), customers_[place]);
            if (!customer) continue;
            const Customer was = *customer;
            customer->name = file_.parties.customers[place].name;
            parties::update_customer(writing_.connection(), *customer);
            before_.customer(was, *customer);
        }
        for (std::uint32_t place = 0; place < customers_.size(); ++place) {
            const FileCustomer& customer = file_.parties.customers[place];
            if (!customers_[place] || (customer.collector.empty() && customer.segment.empty())) continue;
            PartyLine line;
            line.customer = place;
            line.collector = customer.collector;
            line.segment = customer.segment;
            set_attributes(line);
        }
    }

    void change_contact(const PartyLine& line) {
        Contact contact = line.contact;
        contact.customer = customers_[line.customer];
        // Since the preview a person may have changed or removed it.
        const auto known = parties::contact(writing_.connection(), contact.customer, contact.id);
        if (known ? known->owner == Owner::product
                  : contact.id != 0 || parties::was_removed(writing_.connection(), contact))
            return;
        if (contact.id == 0) {
            contact.id = parties::add_contact(writing_.connection(), contact);
            before_.new_contact(contact);
        } else {
            parties::update_contact(writing_.connection(), contact);
            before_.contact(*known, contact);
        }
        reached_.insert(contact.customer);
    }

    void change_customer(const PartyLine& line) {
        if (file_.parties.customers[line.customer].id) {
            const auto known = parties::customer(writing_.connection(), customers_[line.customer]);
            if (known) {
                const Customer after = merged(*known, line);
                parties::update_customer(writing_.connection(), after);
                before_.customer(*known, after);
                if (unreached_by(*known) != unreached_by(after)) reached_.insert(after.id);
            }
        }
        set_attributes(line);
    }

    void set_attributes(const PartyLine& line) {
        const CustomerId customer = customers_[line.customer];
        const auto account = writing_.book().account(customer);
        for (const WantedAttribute& wanted : wanted_attributes(line)) {
            const std::int64_t value = wanted.label ? label(*wanted.label, wanted.text).value : wanted.value;
            const bool known = account && writing_.book().attribute(*account, wanted.attribute,
                                                                    {plan_.scope.as_of, known_now}) == value;
            if (!known) writing_.add(AttributeFact{{}, customer, wanted.attribute, value, plan_.scope.as_of});
        }
    }

    LabelId label(LabelKind kind, const std::string& text) {
        const auto [place, is_new] = labels_.try_emplace({kind, text});
        if (is_new) place->second = parties::label_of(writing_.connection(), kind, text);
        return place->second;
    }

    Writing& writing_;
    const Plan& plan_;
    const ItemFile& file_;
    Applied& applied_;
    std::vector<EntityId> entities_;
    std::vector<CustomerId> customers_;
    std::vector<bool> used_;
    std::set<std::uint32_t> entity_used_;
    LoadId load_;
    BeforeLoad before_;
    std::set<CustomerId> reached_;  ///< known before, with another address now
    std::vector<ItemId> new_ids_;
    std::map<std::pair<LabelKind, std::string>, LabelId> labels_;
};

}  // namespace

Result<void> apply_plan(Writing& writing, const Plan& plan, Applied& applied) {
    if (writing.book().last_fact() != plan.known) return refuse(RefusalCode::preview_stale);
    if (parties::all_owned_fields(writing.connection()) != plan.owned)
        return refuse(RefusalCode::preview_stale);
    const auto application = std::make_shared<Application>(writing, plan, applied);
    application->write();
    writing.then([application](const Numbers& numbers) { return application->finish(numbers); });
    return {};
}

}  // namespace countback::imports
