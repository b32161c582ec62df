// What GET /api/me says of the company: what the perimeter bar can offer and the state of the last load
// (IMP-6).
#pragma once
#include <boost/json.hpp>
#include <mutex>
#include <set>

#include "access/gate.h"
#include "imports/service.h"
#include "main/company.h"

namespace countback {

class CompanyFactsReader {
public:
    CompanyFactsReader(Company& company, imports::Imports& imports) : company_(company), imports_(imports) {}
    boost::json::object answer(const access::Caller& caller);

private:
    /// The currencies of all items; of facts added since the last answer only those are read.
    std::set<std::string> currencies_of(const Snapshot& book);

    Company& company_;
    imports::Imports& imports_;
    std::mutex mutex_;
    std::set<std::string> currencies_;
    FactNo currencies_at_{-1};
};

}  // namespace countback
