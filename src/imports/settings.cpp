#include "imports/settings.h"

#include "access/settings.h"

namespace countback::imports {
namespace {

namespace json = http::json;
using access::Caller;
using access::Method;
using access::Right;
using access::Scope;
using http::Request;

constexpr std::string_view settings_name = "imports";

json::object settings_json(const ImportSettings& settings) {
    return {{"guard_percent", settings.guard_percent}};
}

Result<http::Response> save(Ledger& ledger, const access::Audit& audit, const Caller& caller,
                            const Request& request) {
    const auto object = http::read_object(request, {"guard_percent"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const std::int64_t percent = body.id("guard_percent");
    if (!body.refusal() && percent > 100) body.refuse_field("guard_percent", "1 to 100");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const ImportSettings settings{static_cast<int>(percent)};
    access::save_setting(*ledger.database().lease(), audit,
                         {settings_name,
                          settings_json(settings),
                          {caller.user, request.remote_address},
                          ledger.clock().now()});
    return http::json_answer(settings_json(settings));
}

}  // namespace

ImportSettings import_settings(store::Connection& connection) {
    const auto document = access::setting(connection, settings_name);
    if (!document) return {};
    return {static_cast<int>(document->at("guard_percent").as_int64())};
}

void declare_settings_routes(access::Gate& gate, Ledger& ledger, const access::Audit& audit) {
    gate.declare({Method::get, "/api/settings/imports", Right::read, Scope::signed_in,
                  [&ledger](const Caller&, const Request&) {
                      return http::json_answer(settings_json(import_settings(*ledger.database().lease())));
                  }});
    gate.declare({Method::put, "/api/settings/imports", Right::configure, Scope::signed_in,
                  [&ledger, &audit](const Caller& caller, const Request& request) {
                      return save(ledger, audit, caller, request);
                  }});
}

}  // namespace countback::imports
