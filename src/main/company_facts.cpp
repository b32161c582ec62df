#include "main/company_facts.h"

#include <array>

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

json::value last_load_json(const Snapshot& book) {
    const auto loads = book.loads(known_now);
    if (loads.empty()) return nullptr;
    const LoadView& last = loads.front();
    const auto at = book.instant_of(last.fact);
    return {{"id", last.load.value}, {"at", at ? at->rfc3339() : ""}, {"as_of", last.as_of.iso()}};
}

}  // namespace

std::set<std::string> CompanyFactsReader::currencies_of(const Snapshot& book) {
    const std::lock_guard lock(mutex_);
    if (currencies_at_ == book.last_fact()) return currencies_;
    std::array<bool, 256> seen{};
    for (std::uint32_t row = 0; row < book.item_count(); ++row) {
        if (const auto item = book.view(ItemRow{row}, known_now)) seen[item->currency.index()] = true;
    }
    currencies_.clear();
    for (std::uint8_t index = 0; index < Currency::count(); ++index) {
        if (seen[index]) currencies_.emplace(Currency::at(index).code());
    }
    currencies_at_ = book.last_fact();
    return currencies_;
}

json::object CompanyFactsReader::answer(const access::Caller& caller) {
    const Snapshot book = company_.ledger().book();
    const auto connection = company_.database().lease();
    json::array entities;
    std::set<std::string> currencies = currencies_of(book);
    for (const Entity& entity : parties::entities(*connection)) {
        if (!caller.perimeter.admits(entity.id)) continue;
        currencies.emplace(entity.currency.code());
        entities.push_back({{"id", entity.id.value},
                            {"code", entity.code},
                            {"name", entity.name},
                            {"currency", entity.currency.code()}});
    }
    json::array codes;
    for (const std::string& code : currencies) codes.emplace_back(code);
    return {{"company",
             {{"name", company_.setting("name").value_or("")},
              {"demo", company_.setting("demo") == "1"},
              {"empty", book.item_count() == 0}}},
            {"entities", std::move(entities)},
            {"collectors", labels_json(*connection, LabelKind::collector)},
            {"segments", labels_json(*connection, LabelKind::segment)},
            {"currencies", std::move(codes)},
            {"today", company_.clock().today().iso()},
            {"last_load", last_load_json(book)},
            {"reconciliation", {{"state", "none"}, {"load_id", nullptr}, {"differences", 0}}}};
}

}  // namespace countback
