#include "collections/text_page.h"

#include <algorithm>

#include "correspondence/own_texts.h"
#include "locale/texts.h"

namespace countback::collections {

namespace {

bool writes_with(const Scenario& scenario, const std::string& code) {
    const auto named = [&](const auto& one) { return one.template_code == code; };
    return std::any_of(scenario.steps.begin(), scenario.steps.end(), named) ||
           std::any_of(scenario.notices.begin(), scenario.notices.end(), named);
}

std::size_t actions_with(const DunningState& state, const std::string& code) {
    std::size_t count = 0;
    for (const auto& [customer, actions] : state.specific) {
        count += static_cast<std::size_t>(
            std::count_if(actions.begin(), actions.end(),
                          [&](const SpecificAction& one) { return one.template_code == code; }));
    }
    return count;
}

/// The scenarios by name, then how many actions; empty = nothing uses it.
std::string users_of(const Pages& pages, const std::string& code, Language language) {
    std::string users;
    const auto add = [&](const std::string& one) { users += (users.empty() ? "" : ", ") + one; };
    for (const Scenario& scenario : pages.service.policy()->scenarios) {
        if (!writes_with(scenario, code)) continue;
        add(language == Language::fr ? scenario.name_fr : scenario.name_en);
    }
    const std::size_t actions = actions_with(*pages.service.state(), code);
    if (actions > 0)
        add(locale::text(language, "collections.specific_actions", {{"count", std::to_string(actions)}}));
    return users;
}

}  // namespace

Answer remove_text_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const std::string code(request.capture("code"));
    const bool stays = correspondence::is_shipped(code);
    const std::string users = stays ? "" : users_of(pages, code, caller.language);
    if (!users.empty())
        return refuse(RefusalCode::scenario_in_use,
                      {{"reason", "text_used"}, {"template", code}, {"users", users}});
    Ledger& ledger = pages.service.ledger();
    const auto connection = ledger.database().lease();
    store::Transaction transaction(*connection);
    const auto removed = correspondence::remove_text(*connection, code, {caller.user, ledger.clock().now()});
    if (!removed) return tl::unexpected(removed.error());
    transaction.commit();
    return http::json_answer(json::object{{"code", code}});
}

}  // namespace countback::collections
