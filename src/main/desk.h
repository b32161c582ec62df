// The desk: every route of the program behind one gate, and what the server needs of it.
#pragma once
#include <string_view>

#include "access/gate.h"
#include "http/assets.h"
#include "http/metrics.h"
#include "http/server.h"
#include "main/company.h"
#include "main/company_facts.h"

namespace countback {

class Desk {
public:
    explicit Desk(Company& company);
    http::Application application();
    const access::Gate& gate() const { return gate_; }

private:
    void declare_operation_routes();

    Company& company_;
    http::Metrics metrics_;
    http::Assets assets_;
    CompanyFactsReader facts_;
    access::Gate gate_;
};

}  // namespace countback
