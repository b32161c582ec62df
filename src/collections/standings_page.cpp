#include <algorithm>
#include <array>
#include <limits>

#include "collections/item_json.h"
#include "collections/page_query.h"
#include "collections/pages.h"
#include "collections/standing_json.h"

namespace countback::collections {

namespace {

constexpr std::array recordable{StandingKind::promise,    StandingKind::dispute,
                                StandingKind::stop,       StandingKind::processing,
                                StandingKind::plan,       StandingKind::litigation,
                                StandingKind::insolvency, StandingKind::payment_in_progress,
                                StandingKind::proposal};

Result<std::optional<StandingKind>> kind_of(const http::Request& request) {
    const auto text = request.parameter("kind");
    if (!text || text->empty()) return std::nullopt;
    for (int number = 1; number <= 9; ++number) {
        if (name_of(static_cast<StandingKind>(number)) == *text) return static_cast<StandingKind>(number);
    }
    return refuse(RefusalCode::field_invalid, {{"field", "kind"}, {"reason", std::string(*text)}});
}

Result<NewStanding> read_standing(const http::Request& request) {
    const auto object = http::read_object(
        request, {"kind", "customer", "items", "amount", "currency", "cause", "from", "to", "reason"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    NewStanding standing;
    standing.kind =
        recordable[body.choice("kind", {"promise", "dispute", "stop", "processing", "plan", "litigation",
                                        "insolvency", "payment_in_progress", "proposal"})];
    standing.customer = CustomerId{body.id("customer")};
    for (const std::int64_t id : body.ids("items")) standing.items.push_back(ItemId{id});
    standing.amount = body.optional_text("amount", {1, 40});
    standing.cause = body.optional_text("cause", {1, 60});
    standing.from = body.date("from");
    standing.to = body.optional_date("to");
    standing.reason = body.optional_text("reason", {0, 500}).value_or("");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return standing;
}

Answer standing_answer(const Pages& pages, const access::Caller& caller, StandingId id, int status) {
    const Snapshot book = pages.service.ledger().book();
    const auto state = pages.service.state();
    const auto policy = pages.service.policy();
    const Run run = make_run(book, *policy, *state, {pages.service.today(), known_now});
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    const auto standing = book.standing(id, known_now);
    if (!standing) return refuse(RefusalCode::not_found, {{"what", "standing"}});
    for (const StandingGroup& group : standing_groups(run, standing->account)) {
        const auto own = [&](const StandingView& part) { return part.id == id; };
        if (!std::any_of(group.parts.begin(), group.parts.end(), own)) continue;
        return http::json_answer(standing_json(run, group, names), status);
    }
    return refuse(RefusalCode::not_found, {{"what", "standing"}});
}

/// A standing that was taken back is no longer in the Book: it is shown as it was, cancelled.
json::object ended_json(const Run& before, const StandingGroup& group, Date today, PageNames& names) {
    json::object row = standing_json(before, group, names);
    row["ended"] = today.iso();
    if (group.first().kind == StandingKind::promise) row["promise_state"] = "cancelled";
    return row;
}

std::vector<StandingGroup> groups_of(const Run& run, const access::Caller& caller, const PageQuery& page,
                                     std::optional<StandingKind> kind) {
    std::vector<StandingGroup> groups;
    run.book.each_account(caller.perimeter, page.selection(), run.moment, [&](AccountRow account) {
        for (StandingGroup& group : standing_groups(run, account)) {
            if (kind && group.first().kind != *kind) continue;
            if (in_force(run, group)) groups.push_back(std::move(group));
        }
    });
    return groups;
}

/// `from` and `to` by day; anything else newest first.
Cursor sort_key(const StandingGroup& group, std::string_view sort) {
    const StandingView& first = group.first();
    if (sort == "from") return {{first.from.days(), {}}, group.id.value};
    if (sort == "to")
        return {{first.to ? first.to->days() : std::numeric_limits<std::int32_t>::max(), {}}, group.id.value};
    return {{-group.id.value, {}}, group.id.value};
}

const std::vector<ExportColumn> standing_columns{{"kind"},
                                                 {"customer.code"},
                                                 {"customer.name"},
                                                 {"amount", formats::CellKind::money},
                                                 {"currency"},
                                                 {"cause"},
                                                 {"from", formats::CellKind::date},
                                                 {"to", formats::CellKind::date},
                                                 {"promise_state"},
                                                 {"reason"},
                                                 {"author"}};

}  // namespace

Answer standings_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const Snapshot book = pages.service.ledger().book();
    const auto page = read_page_query(caller, request, book, pages.service.today());
    if (!page) return tl::unexpected(page.error());
    const auto kind = kind_of(request);
    if (!kind) return tl::unexpected(kind.error());
    const auto state = pages.service.state();
    const auto policy = pages.service.policy();
    const Run run = make_run(book, *policy, *state, page->moment());
    const auto groups = groups_of(run, caller, *page, *kind);
    std::vector<Cursor> keys;
    for (const StandingGroup& group : groups) keys.push_back(sort_key(group, page->sort));
    const PageOfRows shown = page_of(keys, page->page);
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    json::array rows;
    for (const std::size_t place : shown.places) rows.push_back(standing_json(run, groups[place], names));
    const json::value next = shown.next ? json::value(shown.next->text()) : json::value(nullptr);
    json::object answer{{"rows", std::move(rows)}, {"next", next}, {"count", groups.size()}};
    return list_answer(std::move(answer), *page, "standings", standing_columns);
}

Answer add_standing_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto standing = read_standing(request);
    if (!standing) return tl::unexpected(standing.error());
    const auto id = pages.service.record(caller.perimeter, {caller.user, "desk"}, *standing);
    if (!id) return tl::unexpected(id.error());
    return standing_answer(pages, caller, *id, 201);
}

Answer end_standing_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto id = path_id(request, "id");
    if (!id) return tl::unexpected(id.error());
    const auto object = http::read_object(request, {"reason"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const std::string reason = body.text("reason");
    if (body.refusal()) return tl::unexpected(*body.refusal());

    const Snapshot before = pages.service.ledger().book();
    const auto state = pages.service.state();
    const auto policy = pages.service.policy();
    const Run run = make_run(before, *policy, *state, {pages.service.today(), known_now});
    const auto ended = pages.service.end(caller.perimeter, {caller.user, "desk"}, StandingId{*id}, reason);
    if (!ended) return tl::unexpected(ended.error());
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    const auto standing = before.standing(StandingId{*id}, known_now);
    for (const StandingGroup& group : standing_groups(run, standing->account)) {
        const auto own = [&](const StandingView& part) { return part.id.value == *id; };
        if (!std::any_of(group.parts.begin(), group.parts.end(), own)) continue;
        return http::json_answer(ended_json(run, group, pages.service.today(), names));
    }
    return refuse(RefusalCode::not_found, {{"what", "standing"}});
}

}  // namespace countback::collections
