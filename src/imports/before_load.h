// IMP-4: the texts of customers and contacts as they were before a load, so that undoing it restores them.
//
// Example: a load names C1 "ALPHA SA" instead of "Alpha" and brings the contact Bob. Undone: C1 is "Alpha"
// again, Bob is gone. Had a person changed the name to "Alpha SA" since, that would stay.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "parties/types.h"
#include "receivables/ledger.h"

namespace countback::imports {

/// Gathers what a load changes, to be written when the load has its number.
class BeforeLoad {
public:
    void new_customer(const Customer& after);
    void customer(const Customer& before, const Customer& after);
    void new_contact(const Contact& after);
    void contact(const Contact& before, const Contact& after);
    void write(store::Connection& connection, LoadId load) const;

private:
    struct Change {
        CustomerId customer;
        std::int64_t contact = 0;  ///< 0 = the customer's own text
        std::string field, was, became;
    };
    void note(CustomerId customer, std::int64_t contact, const char* field, const std::string& was,
              const std::string& became);
    std::vector<Change> changes_;
};

/// Whether a later load that stands changed a text that this one changed.
bool texts_changed_later(store::Connection& connection, LoadId load);

/// Puts back what the load changed; what a person changed since stays. Answers the customers touched.
std::set<CustomerId> restore_texts(store::Connection& connection, LoadId load);

}  // namespace countback::imports
