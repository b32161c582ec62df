#include "collections/routes.h"

#include <memory>

#include "collections/pages.h"

namespace countback::collections {

using access::Method;
using access::Right;
using access::Scope;

void declare_routes(access::Gate& gate, Collections& service, const MeasureServices& measures,
                    UserName user_name) {
    const auto pages = std::make_shared<const Pages>(Pages{service, measures, std::move(user_name)});
    const auto with = [&pages](auto page) {
        return [pages, page](const access::Caller& caller, const http::Request& request) {
            return page(*pages, caller, request);
        };
    };
    gate.declare({Method::get, "/api/today", Right::read, Scope::signed_in, with(today_page)});
    gate.declare({Method::get, "/api/agenda", Right::read, Scope::signed_in, with(agenda_page)});
    gate.declare(
        {Method::get, "/api/agenda/{customer_id}", Right::read, Scope::signed_in, with(decision_page)});
    gate.declare({Method::get, "/api/agenda_sections", Right::read, Scope::signed_in, with(sections_page)});
    gate.declare({Method::get, "/api/customers", Right::read, Scope::signed_in, with(customers_page)});
    gate.declare({Method::get, "/api/customers/{id}", Right::read, Scope::signed_in, with(customer_page)});
    gate.declare(
        {Method::post, "/api/customers/{id}/step", Right::act, Scope::signed_in, with(mark_step_page)});
    gate.declare({Method::get, "/api/customers/{id}/done", Right::read, Scope::signed_in, with(done_page)});
    gate.declare({Method::post, "/api/customers/{id}/call", Right::act, Scope::signed_in, with(call_page)});
    gate.declare({Method::remove, "/api/customers/{id}/step/{mark}", Right::act, Scope::signed_in,
                  with(take_back_mark_page)});
    gate.declare({Method::get, "/api/standings", Right::read, Scope::signed_in, with(standings_page)});
    gate.declare({Method::post, "/api/standings", Right::act, Scope::signed_in, with(add_standing_page)});
    gate.declare(
        {Method::post, "/api/standings/{id}/end", Right::act, Scope::signed_in, with(end_standing_page)});
    declare_policy_routes(gate, pages);
}

}  // namespace countback::collections
