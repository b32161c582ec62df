#include "main/desk.h"

#include "access/routes.h"
#include "collections/routes.h"
#include "imports/routes.h"
#include "imports/settings.h"
#include "main/company_rates.h"
#include "main/standings_told.h"
#include "measures/routes.h"

#ifdef COUNTBACK_WEB
extern "C" {
extern const char web_pack[], web_pack_end[];
}
#endif

namespace countback {

namespace {

using access::Caller;
using access::Method;
using access::Right;
using access::Scope;
using http::Request;
using http::Response;

constexpr store::Sql answers{"main_database_answers", "select 1"};
constexpr std::size_t small_body = 1024UL * 1024;
constexpr std::size_t upload_body = 2048UL * 1024 * 1024;

std::string_view web_pages() {
#ifdef COUNTBACK_WEB
    return {web_pack, static_cast<std::size_t>(web_pack_end - web_pack)};
#else
    return {};
#endif
}

}  // namespace

Desk::Desk(Company& company)
    : company_(company),
      assets_(web_pages()),
      imports_(company.ledger(), company.data() / "uploads"),
      facts_(company, imports_),
      collections_(company.ledger(), &company.audit()),
      office_(company, collections_),
      measures_{company.ledger(),
                company_rates(company.data()),
                promise_judge(collections_),
                [&users = company.users()](UserId user) { return users.name_of(user); },
                [this](std::int64_t number, Language language) { return scenario_name(number, language); },
                &company.audit()},
      gate_([&users = company.users()](std::string_view token) { return users.session(token); },
            [this](const Request& request) { return assets_.answer(request); }) {
    declare_operation_routes();
    declare_room_routes();
    office_.declare_routes(gate_);
}

std::string Desk::scenario_name(std::int64_t number, Language language) {
    const auto policy = collections_.policies().current();
    const auto* scenario = policy->scenario(static_cast<int>(number));
    if (scenario == nullptr) return "";
    return language == Language::fr ? scenario->name_fr : scenario->name_en;
}

/// One line a room.
void Desk::declare_room_routes() {
    access::declare_routes(gate_, company_.users(),
                           [this](const Caller& caller) { return facts_.answer(caller); });
    declare_measure_routes(gate_, measures_);
    declare_settings_routes(gate_, measures_);
    declare_item_routes(gate_, measures_, item_told(collections_, measures_.user_name));
    imports::declare_routes(gate_, imports_, company_.clock());
    imports::declare_change_routes(gate_, company_.ledger(), company_.audit());
    imports::declare_settings_routes(gate_, company_.ledger(), company_.audit());
    collections::declare_routes(gate_, collections_, measures_, measures_.user_name);
}

void Desk::declare_operation_routes() {
    gate_.declare({Method::get, "/healthz", Right::none, Scope::public_,
                   [this](const Caller&, const Request&) -> Result<Response> {
                       company_.database().lease()->integer(answers);
                       return http::json_answer({{"status", "ok"}, {"version", COUNTBACK_VERSION}});
                   }});
    gate_.declare({Method::get, "/metrics", Right::none, Scope::public_,
                   [this](const Caller&, const Request&) -> Result<Response> {
                       const Snapshot book = company_.ledger().book();
                       const auto memory = company_.ledger().memory();
                       const auto bytes =
                           static_cast<std::int64_t>(memory.items + memory.allocations + memory.other);
                       const auto loads = static_cast<std::int64_t>(book.loads(known_now).size());
                       Response response;
                       response.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"},
                                           {"Cache-Control", "no-store"}};
                       response.body = metrics_.page(
                           {{"countback_facts", "Facts recorded in the ledger.", book.last_fact().value},
                            {"countback_items", "Items in the Book.", book.item_count()},
                            {"countback_loads", "Loads not undone, one an entity.", loads},
                            {"countback_book_bytes", "Memory held by the Book.", bytes}});
                       return response;
                   }});
}

http::Application Desk::application() {
    return {[this](const Request& head) -> Result<http::BodyPlan> {
                const auto body = gate_.admit(head);
                if (!body) return tl::unexpected(body.error());
                const bool upload = *body == access::Body::upload;
                return http::BodyPlan{upload ? upload_body : small_body, upload};
            },
            [this](const Request& request) { return gate_.answer(request); },
            [this](const http::Answered& answered) {
                metrics_.count(answered);
                http::log_answer(answered);
            }};
}

}  // namespace countback
