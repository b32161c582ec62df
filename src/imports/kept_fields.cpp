// IMP-5: fields that the product owns stay as they are; what the file says otherwise is counted and named.
//
// Example: a person named C1 "ACME SA". A file with C1 "ACME" keeps "ACME SA" and notes "C1 name"; a file
// with C1 "ACME SA" notes nothing.
#include <algorithm>

#include "imports/party_lines.h"

namespace countback::imports {
namespace {

using parties::CustomerField;
using parties::OwnedFields;

Attribute attribute_of(CustomerField field) {
    if (field == CustomerField::collector) return Attribute::collector;
    return field == CustomerField::segment ? Attribute::segment : Attribute::risk_class;
}

class KeptFields {
public:
    KeptFields(const Snapshot& book, const PartyLookup& lookup, Plan& plan)
        : book_(book), lookup_(lookup), plan_(plan) {}

    void run() {
        for (PartyLine& line : plan_.party_lines) keep_line(line);
        std::erase_if(plan_.renamed, [this](std::uint32_t place) {
            const OwnedFields* owned = owned_by(place);
            const bool keep = owned != nullptr && owned->has(CustomerField::name);
            if (keep) note(place, CustomerField::name);
            return keep;
        });
        auto& customers = plan_.file->parties.customers;
        for (std::uint32_t place = 0; place < customers.size(); ++place) {
            const OwnedFields* owned = owned_by(place);
            if (owned == nullptr) continue;
            keep_label(place, *owned, CustomerField::collector, customers[place].collector);
            keep_label(place, *owned, CustomerField::segment, customers[place].segment);
        }
    }

private:
    const OwnedFields* owned_by(std::uint32_t place) const {
        const auto found = plan_.owned.find(plan_.file->parties.customers[place].id);
        return found == plan_.owned.end() ? nullptr : &found->second;
    }

    void note(std::uint32_t place, CustomerField field) {
        plan_.kept.push_back(plan_.file->parties.customers[place].code + " " +
                             std::string(parties::name_of(field)));
    }

    void keep_line(PartyLine& line) {
        const OwnedFields* owned = owned_by(line.customer);
        if (owned == nullptr || plan_.scope.kind != ImportKind::customers) return;
        auto known = lookup_.customer(plan_.file->parties.customers[line.customer].id);
        if (!known) return;
        for (const CustomerField field : parties::customer_fields) {
            std::string* said = parties::text_of(line.texts, field);
            if (said == nullptr || said->empty() || !owned->has(field)) continue;
            if (*said != *parties::text_of(*known, field)) note(line.customer, field);
            said->clear();
        }
        keep_label(line.customer, *owned, CustomerField::collector, line.collector);
        keep_label(line.customer, *owned, CustomerField::segment, line.segment);
        keep_label(line.customer, *owned, CustomerField::risk_class, line.risk_class);
    }

    void keep_label(std::uint32_t place, const OwnedFields& owned, CustomerField field, std::string& said) {
        if (said.empty() || !owned.has(field)) return;
        const auto account = book_.account(plan_.file->parties.customers[place].id);
        const LabelId label = lookup_.label(*parties::label_kind_of(field), said);
        const std::int64_t now =
            account ? book_.attribute(*account, attribute_of(field), {plan_.scope.as_of, known_now}) : 0;
        if (!label || label.value != now) note(place, field);
        said.clear();
    }

    const Snapshot& book_;
    const PartyLookup& lookup_;
    Plan& plan_;
};

}  // namespace

void keep_owned_fields(const Snapshot& book, const PartyLookup& lookup, Plan& plan) {
    if (!plan.owned.empty()) KeptFields(book, lookup, plan).run();
}

}  // namespace countback::imports
