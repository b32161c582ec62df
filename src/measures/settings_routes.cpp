// GET and PUT /api/settings/measures: what a company chooses for its measures.
#include "access/settings.h"
#include "measures/routes.h"

namespace countback {
namespace {

using access::Caller;
using access::Method;
using access::Right;
using access::Scope;
using http::Request;

Result<http::Response> save_answer(const MeasureServices& services, const Caller& caller,
                                   const Request& request) {
    const auto object =
        http::read_object(request, {"internal_rate", "ageing_bounds", "late_days_above", "cei_months",
                                    "behaviour_months", "payer_bounds", "settled_items_min"});
    if (!object) return tl::unexpected(object.error());
    const auto settings = read_measure_settings(*object);
    if (!settings) return tl::unexpected(settings.error());
    const auto connection = services.ledger.database().lease();
    access::save_setting(*connection, *services.audit,
                         {measure_settings_name,
                          measure_settings_json(*settings),
                          {caller.user, request.remote_address},
                          services.ledger.clock().now()});
    return http::json_answer(measure_settings_json(*settings));
}

}  // namespace

void declare_settings_routes(access::Gate& gate, const MeasureServices& services) {
    gate.declare({Method::get, "/api/settings/measures", Right::read, Scope::signed_in,
                  [&services](const Caller&, const Request&) {
                      const auto connection = services.ledger.database().lease();
                      return http::json_answer(measure_settings_json(measure_settings(*connection)));
                  }});
    gate.declare({Method::put, "/api/settings/measures", Right::configure, Scope::signed_in,
                  [&services](const Caller& caller, const Request& request) {
                      return save_answer(services, caller, request);
                  }});
}

}  // namespace countback
