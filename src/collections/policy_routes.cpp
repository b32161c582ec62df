// The routes of scenarios, rules, groups, simulations and specific actions.
#include "collections/pages.h"
#include "collections/text_page.h"

namespace countback::collections {

using access::Method;
using access::Right;
using access::Scope;

void declare_policy_routes(access::Gate& gate, const std::shared_ptr<const Pages>& pages) {
    const auto with = [&pages](auto page) {
        return [pages, page](const access::Caller& caller, const http::Request& request) {
            return page(*pages, caller, request);
        };
    };
    gate.declare({Method::get, "/api/policy", Right::read, Scope::signed_in, with(policy_page)});
    gate.declare(
        {Method::put, "/api/policy/rules", Right::configure, Scope::signed_in, with(save_rules_page)});
    gate.declare({Method::post, "/api/policy/preview", Right::read, Scope::signed_in, with(preview_page)});
    gate.declare(
        {Method::put, "/api/scenarios/{code}", Right::configure, Scope::signed_in, with(save_scenario_page)});
    gate.declare({Method::post, "/api/scenarios/{code}/duplicate", Right::configure, Scope::signed_in,
                  with(copy_scenario_page)});
    gate.declare({Method::remove, "/api/scenarios/{code}", Right::configure, Scope::signed_in,
                  with(remove_scenario_page)});
    gate.declare({Method::remove, "/api/templates/{code}", Right::administer, Scope::signed_in,
                  with(remove_text_page)});
    gate.declare({Method::post, "/api/customers/{id}/scenario", Right::act, Scope::signed_in,
                  with(choose_customer_scenario_page)});
    gate.declare({Method::post, "/api/items/{id}/scenario", Right::act, Scope::signed_in,
                  with(choose_item_scenario_page)});
    gate.declare(
        {Method::put, "/api/customers/{id}/group", Right::act, Scope::signed_in, with(put_in_group_page)});
    gate.declare({Method::put, "/api/customers/{id}/payment_centre", Right::act, Scope::signed_in,
                  with(set_payment_centre_page)});
    gate.declare({Method::post, "/api/simulations", Right::read, Scope::signed_in, with(simulation_page)});
    gate.declare(
        {Method::get, "/api/customers/{id}/actions", Right::read, Scope::signed_in, with(actions_page)});
    gate.declare(
        {Method::post, "/api/customers/{id}/actions", Right::act, Scope::signed_in, with(add_action_page)});
    gate.declare({Method::post, "/api/customers/{id}/actions/{action}/end", Right::act, Scope::signed_in,
                  with(end_action_page)});
    gate.declare(
        {Method::post, "/api/customers/{id}/snooze", Right::act, Scope::signed_in, with(snooze_page)});
}

}  // namespace countback::collections
