// The handlers behind routes.cpp, one function a route.
#pragma once
#include <memory>

#include "access/gate.h"
#include "collections/page_names.h"
#include "collections/service.h"
#include "measures/answers.h"

namespace countback::collections {

/// What every page of collections needs.
struct Pages {
    Collections& service;
    const MeasureServices& measures;
    UserName user_name;
};

using Answer = Result<http::Response>;  // as in page_query.h

Answer agenda_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer decision_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer standings_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer add_standing_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer end_standing_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer mark_step_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer take_back_mark_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer customers_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer customer_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer today_page(const Pages& pages, const access::Caller& caller, const http::Request& request);

Answer policy_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer save_scenario_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer copy_scenario_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer remove_scenario_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer save_rules_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer preview_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer choose_customer_scenario_page(const Pages& pages, const access::Caller& caller,
                                     const http::Request& request);
Answer choose_item_scenario_page(const Pages& pages, const access::Caller& caller,
                                 const http::Request& request);
Answer sections_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer call_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer done_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer put_in_group_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer set_payment_centre_page(const Pages& pages, const access::Caller& caller,
                               const http::Request& request);
Answer simulation_page(const Pages& pages, const access::Caller& caller, const http::Request& request);

Answer actions_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer add_action_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer end_action_page(const Pages& pages, const access::Caller& caller, const http::Request& request);
Answer snooze_page(const Pages& pages, const access::Caller& caller, const http::Request& request);

/// Scenarios, rules, simulations, specific actions.
void declare_policy_routes(access::Gate& gate, const std::shared_ptr<const Pages>& pages);

/// `scope=mine`: the accounts whose collector bears the caller's name. False when there are none.
Result<bool> narrow_to_scope(const access::Caller& caller, const http::Request& request, ListNames& names,
                             Selection& selection);

/// The id in the path, or not_found.
Result<std::int64_t> path_id(const http::Request& request, std::string_view name);

}  // namespace countback::collections
