// The desk: every route of the program behind one gate, and what the server needs of it.
#pragma once
#include <string_view>

#include "access/gate.h"
#include "collections/service.h"
#include "http/assets.h"
#include "http/metrics.h"
#include "http/server.h"
#include "imports/service.h"
#include "main/company.h"
#include "main/company_facts.h"
#include "main/post_office.h"
#include "measures/answers.h"

namespace countback {

class Desk {
public:
    explicit Desk(Company& company);
    http::Application application();
    const access::Gate& gate() const { return gate_; }
    /// Sends and keeps the night run's hour until the desk ends.
    void open_post_office() { office_.open(); }

private:
    std::string scenario_name(std::int64_t number, Language language);
    void declare_operation_routes();
    void declare_room_routes();

    Company& company_;
    http::Metrics metrics_;
    http::Assets assets_;
    imports::Imports imports_;
    CompanyFactsReader facts_;
    collections::Collections collections_;
    PostOffice office_;
    MeasureServices measures_;
    access::Gate gate_;
};

}  // namespace countback
