#include "imports/routes.h"

#include "imports/answers.h"

namespace countback::imports {
namespace {

using access::Body;
using access::Caller;
using access::Method;
using access::Right;
using access::Scope;
using http::Request;
using http::Response;

constexpr int page_max = 500;

Sender sender_of(const Caller& caller) {
    return {caller.perimeter, caller.user, caller.name, "desk", caller.language};
}

/// How the file is to be read, where the user says other than what is detected: options of a mapping.
Result<formats::FormatChoice> read_choice(http::QueryReader& query) {
    http::json::object options;
    for (const char* name : {"encoding", "delimiter", "header_line", "sheet"}) {
        if (const auto text = query.text(name, {1, 255})) options[name] = *text;
    }
    if (query.refusal()) return tl::unexpected(*query.refusal());
    auto read = parse_mapping(http::json::serialize(options));
    if (!read) return tl::unexpected(read.error());
    return std::move(read->formats);
}

Result<Response> upload(Imports& service, const Caller& caller, const Request& request) {
    http::QueryReader query(request);
    const auto name = query.text("name", {1, 255});
    if (query.refusal()) return tl::unexpected(*query.refusal());
    if (!name) return refuse(RefusalCode::field_missing, {{"field", "name"}});
    const auto choice = read_choice(query);
    if (!choice) return tl::unexpected(choice.error());
    if (request.body_file.empty()) return refuse(RefusalCode::file_empty, {{"file", *name}});
    const auto about = service.upload(sender_of(caller), request.body_file, *name, *choice);
    if (!about) return tl::unexpected(about.error());
    return http::json_answer(file_json(*about, caller.language), 201);
}

// Overrides of the detection are options of the mapping, and checked as such.
http::json::object with_formats(http::json::object mapping, const http::json::object* formats) {
    if (formats == nullptr) return mapping;
    for (const auto& entry : *formats) {
        const std::int64_t* number = entry.value().if_int64();
        mapping[entry.key()] = number != nullptr ? http::json::value(std::to_string(*number)) : entry.value();
    }
    return mapping;
}

Result<Response> preview(Imports& service, const Clock& clock, const Caller& caller, const Request& request) {
    const auto body = http::read_object(
        request, {"file_id", "mapping", "kind", "mode", "as_of", "scope_entities", "formats"});
    if (!body) return tl::unexpected(body.error());
    http::BodyReader reader(*body);
    const std::int64_t file = reader.id("file_id");
    LoadScope scope;
    scope.kind =
        static_cast<ImportKind>(reader.choice("kind", {"items", "customers", "contacts", "allocations"}));
    scope.mode = reader.choice("mode", {"delta", "stock"}) == 1 ? LoadMode::stock : LoadMode::delta;
    scope.as_of = reader.optional_date("as_of").value_or(clock.today());
    scope.entities = reader.texts("scope_entities");
    const http::json::object* mapping_object = reader.optional_object("mapping");
    if (mapping_object == nullptr) reader.refuse_field("mapping", "missing");
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    const auto options = with_formats(*mapping_object, reader.optional_object("formats"));
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    auto mapping = parse_mapping(http::json::serialize(options));
    if (!mapping) return tl::unexpected(mapping.error());
    auto wanted = service.uploaded(sender_of(caller), file);
    if (!wanted) return tl::unexpected(wanted.error());
    wanted->mapping = std::move(*mapping);
    wanted->scope = std::move(scope);
    const auto made = service.preview(sender_of(caller), std::move(*wanted));
    if (!made) return tl::unexpected(made.error());
    return http::json_answer(preview_json(**made, caller.language));
}

Result<Response> apply(Imports& service, const Caller& caller, const Request& request) {
    const auto body = http::read_object(request, {"preview_id", "accept"});
    if (!body) return tl::unexpected(body.error());
    http::BodyReader reader(*body);
    const std::int64_t id = reader.id("preview_id");
    const auto accepted = reader.texts("accept");
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    const auto report = service.apply(sender_of(caller), id, {accepted.begin(), accepted.end()});
    if (!report) return tl::unexpected(report.error());
    return http::json_answer(report_json(*report, caller.language));
}

// Loads touch whole entities: only who sees every entity and portfolio reads their reports.
bool sees_loads(const Caller& caller) { return caller.perimeter.admits_everything(); }

Result<Response> list(Imports& service, const Caller& caller, const Request& request) {
    http::QueryReader query(request);
    const auto limit = static_cast<int>(query.whole("limit", 100, 1, page_max));
    const auto after = query.id("after");
    if (query.refusal()) return tl::unexpected(*query.refusal());
    http::json::array rows;
    http::json::value next = nullptr;
    std::int64_t count = 0;
    if (sees_loads(caller)) {
        auto loads = service.loads(LoadId{after.value_or(0)}, limit + 1);
        if (loads.size() > static_cast<std::size_t>(limit)) {
            loads.pop_back();
            next = std::to_string(loads.back().id.value);
        }
        for (const LoadRecord& load : loads) rows.push_back(load_json(load));
        count = service.load_count();
    }
    return http::json_answer(
        http::json::object{{"rows", std::move(rows)}, {"next", std::move(next)}, {"count", count}});
}

Result<LoadId> load_of(const Caller& caller, const Request& request) {
    const auto id = http::parse_id(request.capture("id"));
    if (!id || !sees_loads(caller)) return refuse(RefusalCode::not_found, {{"what", "load"}});
    return LoadId{*id};
}

Result<Response> report(Imports& service, const Caller& caller, const Request& request) {
    const auto id = load_of(caller, request);
    if (!id) return tl::unexpected(id.error());
    const auto found = service.report(*id);
    if (!found) return tl::unexpected(found.error());
    return http::json_answer(report_json(*found, caller.language));
}

Result<Response> refusals(const Imports& service, const Caller& caller, const Request& request) {
    const auto id = load_of(caller, request);
    if (!id) return tl::unexpected(id.error());
    auto file = service.refusal_file(*id);
    if (!file) return tl::unexpected(file.error());
    Response response;
    response.headers = {{"Content-Type", "text/csv; charset=utf-8"},
                        {"Content-Disposition",
                         "attachment; filename=\"load-" + std::to_string(id->value) + "-refused.csv\""}};
    response.file = std::move(*file);
    return response;
}

Result<Response> undo(Imports& service, const Caller& caller, const Request& request) {
    const auto id = load_of(caller, request);
    if (!id) return tl::unexpected(id.error());
    const auto body = http::read_object(request, {"reason"});
    if (!body) return tl::unexpected(body.error());
    http::BodyReader reader(*body);
    const std::string reason = reader.text("reason");
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    const auto undone = service.undo(sender_of(caller), *id, reason);
    if (!undone) return tl::unexpected(undone.error());
    return http::json_answer(report_json(*undone, caller.language));
}

}  // namespace

void declare_routes(access::Gate& gate, Imports& service, const Clock& clock) {
    gate.declare({Method::post, "/api/imports/files", Right::import_, Scope::signed_in,
                  [&service](const Caller& caller, const Request& request) {
                      return upload(service, caller, request);
                  },
                  Body::upload});
    gate.declare({Method::post, "/api/imports/preview", Right::import_, Scope::signed_in,
                  [&service, &clock](const Caller& caller, const Request& request) {
                      return preview(service, clock, caller, request);
                  }});
    gate.declare({Method::post, "/api/imports/apply", Right::import_, Scope::signed_in,
                  [&service](const Caller& caller, const Request& request) {
                      return apply(service, caller, request);
                  }});
    gate.declare({Method::get, "/api/imports", Right::read, Scope::signed_in,
                  [&service](const Caller& caller, const Request& request) {
                      return list(service, caller, request);
                  }});
    gate.declare({Method::get, "/api/imports/{id}", Right::read, Scope::signed_in,
                  [&service](const Caller& caller, const Request& request) {
                      return report(service, caller, request);
                  }});
    gate.declare({Method::get, "/api/imports/{id}/refusals.csv", Right::import_, Scope::signed_in,
                  [&service](const Caller& caller, const Request& request) {
                      return refusals(service, caller, request);
                  }});
    gate.declare({Method::post, "/api/imports/{id}/undo", Right::import_, Scope::signed_in,
                  [&service](const Caller& caller, const Request& request) {
                      return undo(service, caller, request);
                  }});
}

}  // namespace countback::imports
