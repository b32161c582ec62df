#include "main/company_facts.h"

#include "imports/answers.h"
#include "measures/settings.h"
#include "parties/directory.h"

namespace countback {

namespace {

namespace json = boost::json;

json::array labels_json(store::Connection& connection, LabelKind kind) {
    json::array labels;
    for (const Label& label : parties::labels(connection, kind)) {
        labels.push_back({{"id", label.id.value}, {"name", label.text}});
    }
    return labels;
}

/// The last load of a file; facts that came otherwise (the demo) are told by the Book's own last load.
json::value last_load_json(const std::optional<imports::LoadRecord>& load, const Snapshot& book) {
    if (load) {
        return {{"id", load->id.value}, {"at", load->at.rfc3339()}, {"as_of", load->as_of.iso()}};
    }
    const auto loads = book.loads(known_now);
    if (loads.empty()) return nullptr;
    const auto at = book.instant_of(loads.front().fact);
    return {{"id", loads.front().load.value},
            {"at", at ? at->rfc3339() : ""},
            {"as_of", loads.front().as_of.iso()}};
}

/// IMP-6: the badge of every screen.
json::object reconciliation_json(const std::optional<imports::LoadRecord>& load) {
    if (!load) return {{"state", "none"}, {"load_id", nullptr}, {"differences", 0}};
    return {
        {"state", imports::state_of(*load)}, {"load_id", load->id.value}, {"differences", load->differences}};
}

}  // namespace

std::set<std::string> CompanyFactsReader::currencies_of(const Snapshot& book) {
    const std::lock_guard lock(mutex_);
    if (currencies_at_ == book.last_fact()) return currencies_;
    const auto see = [&](ItemRow row) {
        if (const auto item = book.view(row, known_now)) currencies_.emplace(item->currency.code());
    };
    if (currencies_.empty()) {
        for (std::uint32_t row = 0; row < book.item_count(); ++row) see(ItemRow{row});
    } else {
        const FactNo next{currencies_at_.value + 1};
        for (const auto& [row, fact] : book.recorded(next, book.last_fact()).versions) see(row);
    }
    currencies_at_ = book.last_fact();
    return currencies_;
}

json::object CompanyFactsReader::answer(const access::Caller& caller) {
    const Snapshot book = company_.ledger().book();
    const auto connection = company_.database().lease();
    json::array entities;
    std::string first_entity;
    std::set<std::string> currencies = currencies_of(book);
    for (const Entity& entity : parties::entities(*connection)) {
        if (!caller.perimeter.admits(entity.id)) continue;
        if (first_entity.empty()) first_entity = entity.name;
        currencies.emplace(entity.currency.code());
        entities.push_back({{"id", entity.id.value},
                            {"code", entity.code},
                            {"name", entity.name},
                            {"currency", entity.currency.code()}});
    }
    json::array codes;
    for (const std::string& code : currencies) codes.emplace_back(code);
    const auto load = imports_.latest();
    return {{"company",
             {{"name", company_.setting("name").value_or(first_entity)},
              {"demo", company_.setting("demo") == "1"},
              {"empty", book.item_count() == 0}}},
            {"entities", std::move(entities)},
            {"collectors", labels_json(*connection, LabelKind::collector)},
            {"segments", labels_json(*connection, LabelKind::segment)},
            {"currencies", std::move(codes)},
            {"ageing_bounds", measure_settings_json(measure_settings(*connection)).at("ageing_bounds")},
            {"today", company_.clock().today().iso()},
            {"last_load", last_load_json(load, book)},
            {"reconciliation", reconciliation_json(load)}};
}

}  // namespace countback
