#include "correspondence/late_payment.h"

#include <algorithm>
#include <set>

#include "access/settings.h"
#include "base/ensure.h"
#include "base/ratio.h"
#include "correspondence/types.h"
#include "receivables/book.h"

namespace countback::correspondence {

namespace {

namespace json = boost::json;
using http::BodyReader;

std::string percent_text(std::int64_t hundredths) { return Hundredths{hundredths}.text(); }

/// The objects of a list; anything else in it is refused.
std::vector<json::object> objects_of(const json::object& object, std::string_view field, BodyReader& body) {
    std::vector<json::object> all;
    const json::value* value = object.if_contains(field);
    if (!value || value->is_null()) return all;
    const bool good = value->is_array() && value->get_array().size() <= rates_entered_max;
    if (!good) {
        body.refuse_field(field, "0-" + std::to_string(rates_entered_max));
        return all;
    }
    for (const json::value& one : value->get_array()) {
        if (one.is_object()) {
            all.push_back(one.get_object());
        } else {
            body.refuse_field(field, "object");
        }
    }
    return all;
}

void read_rates(const json::object& object, LatePayment& chosen, BodyReader& body) {
    for (const json::object& row : objects_of(object, "rates", body)) {
        BodyReader line(row);
        SemesterRate rate{line.text("series", {1, 40}), line.date("from"), 0, line.text("source", {1, 200})};
        const std::string percent = line.text("percent", {1, 6});
        if (line.refusal()) return body.refuse_field("rates", line.refusal()->data.front().second);
        const auto value = parse_percent(percent);
        if (!LateRateTable::shipped().has_series(rate.series)) body.refuse_field("series", rate.series);
        if (semester_of(rate.from) != rate.from) body.refuse_field("from", rate.from.iso());
        if (!value) body.refuse_field("percent", percent);
        rate.hundredths = value.value_or(0);
        chosen.rates.push_back(std::move(rate));
    }
}

void read_agreed(const json::object& object, LatePayment& chosen, BodyReader& body) {
    for (const json::object& row : objects_of(object, "agreed", body)) {
        BodyReader line(row);
        const EntityId entity{line.id("entity")};
        const std::string percent = line.text("percent", {1, 5});
        if (line.refusal()) return body.refuse_field("agreed", line.refusal()->data.front().second);
        const auto value = parse_percent(percent);
        if (!value || *value < 0) body.refuse_field("percent", percent);
        chosen.agreed.emplace_back(entity, value.value_or(0));
    }
}

bool contains(const std::vector<LabelId>& all, LabelId one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// The day proceedings opened against the customer, or against another account of the same legal person.
std::optional<Date> insolvent_since(const Snapshot& book, AccountRow account, Moment moment) {
    std::optional<Date> since;
    const auto read = [&](AccountRow row) {
        book.each_standing(row, moment.known_at, [&](const StandingView& one) {
            if (one.kind != StandingKind::insolvency || one.item || !one.holds_on(moment.as_of)) return;
            since = since ? std::min(*since, one.from) : one.from;
        });
    };
    const std::int64_t identity = book.attribute(account, Attribute::legal_identity, moment);
    if (identity == 0) {
        read(account);
        return since;
    }
    book.each_account(Perimeter::whole(), {}, moment, [&](AccountRow row) {
        if (book.attribute(row, Attribute::legal_identity, moment) == identity) read(row);
    });
    return since;
}

constexpr store::Sql number_of_instalment{
    "number_of_instalment",
    "select customer_id || ' ' || number from item_fact where item_id = $1 and instalment > 0"
    " order by fact_no desc limit 1"};

/// Goes through what a message asks for.
class PenaltyCount {
public:
    PenaltyCount(store::Connection& connection, const PenaltyQuestion& question)
        : connection_(connection),
          chosen_(late_payment(connection)),
          table_(chosen_.table()),
          question_(question) {}

    void add(const AskedItem& asked) {
        const Snapshot& book = question_.book;
        const auto row = book.item(asked.item);
        const auto view = row ? book.view(*row, known_now) : std::nullopt;
        if (!view) return;
        if (view->currency != euro_) return leave_out("currency", std::string(view->currency.code()));
        const Moment moment{question_.message.day, known_now};
        if (view->due >= moment.as_of) return;
        const LateTerms terms{question_.entity.country, debtor_of(view->account),
                              chosen_.agreed_with(question_.entity.id)};
        const auto rates = late_rates(table_, terms, view->due + 1, moment.as_of);
        if (!rates) return missing(rates.error());
        const std::int64_t disputed =
            std::max<std::int64_t>(0, book.open(*view, moment) - asked.amount.minor);
        Penalty penalty =
            penalty_of(book, *view, *rates, {moment, disputed, insolvent_since(book, view->account, moment)});
        if (!first_of_its_invoice(asked.item, penalty)) penalty.indemnity.minor = 0;
        shown_.interest.minor = checked_add(shown_.interest.minor, penalty.interest.minor);
        shown_.indemnity.minor = checked_add(shown_.indemnity.minor, penalty.indemnity.minor);
        for (const PenaltySegment& one : penalty.segments) shown_.lines.push_back({asked.item, one});
        if (penalty.interest.minor == 0 && penalty.indemnity.minor == 0) return;
        PenaltyLaw law{question_.entity.country, terms.debtor == Debtor::public_buyer};
        if (std::find(shown_.laws.begin(), shown_.laws.end(), law) == shown_.laws.end())
            shown_.laws.push_back(std::move(law));
    }

    /// Part of what is owed at a rate that is known and part at none: nothing is told.
    PenaltyShown told() {
        if (!unknown_) return std::move(shown_);
        PenaltyShown none{{0, euro_}, {0, euro_}, {}, {}, std::move(shown_.left_out)};
        return none;
    }

private:
    /// PEN-2: once an invoice, however many instalments it is paid in.
    bool first_of_its_invoice(ItemId item, const Penalty& penalty) {
        if (penalty.indemnity.minor == 0) return true;
        const auto number = connection_.text(number_of_instalment, {item.value});
        return !number || invoices_.insert(*number).second;
    }

    Debtor debtor_of(AccountRow account) const {
        const Moment moment{question_.message.day, known_now};
        const LabelId segment{question_.book.attribute(account, Attribute::segment, moment)};
        if (contains(chosen_.consumer_segments, segment)) return Debtor::consumer;
        const bool of_the_public = question_.public_buyer || contains(chosen_.public_segments, segment);
        return of_the_public ? Debtor::public_buyer : Debtor::business;
    }

    void missing(const RateMissing& why) {
        if (why.why == RateMissing::Why::consumer) return;
        unknown_ = true;
        leave_out(name_of(why.why), why.what);
    }

    void leave_out(std::string_view code, const std::string& what) {
        std::string reason = "penalties_" + std::string(code) + (what.empty() ? "" : " " + what);
        auto& all = shown_.left_out;
        if (std::find(all.begin(), all.end(), reason) == all.end()) all.push_back(std::move(reason));
    }

    store::Connection& connection_;
    std::set<std::string> invoices_;  ///< in instalments: numbers whose indemnity was counted
    LatePayment chosen_;
    LateRateTable table_;
    const PenaltyQuestion& question_;
    Currency euro_ = *Currency::parse("EUR");
    PenaltyShown shown_{{0, euro_}, {0, euro_}, {}, {}, {}};
    bool unknown_ = false;
};

json::array ids_json(const std::vector<LabelId>& all) {
    json::array array;
    for (const LabelId one : all) array.emplace_back(one.value);
    return array;
}

}  // namespace

LateRateTable LatePayment::table() const {
    LateRateTable table = LateRateTable::shipped();
    for (const SemesterRate& one : rates) table.put(one);
    return table;
}

std::optional<std::int64_t> LatePayment::agreed_with(EntityId entity) const {
    for (const auto& [one, hundredths] : agreed) {
        if (one == entity) return hundredths;
    }
    return std::nullopt;
}

LatePayment late_payment(store::Connection& connection) {
    const auto document = access::setting(connection, late_payment_setting);
    if (!document) return {};
    auto chosen = read_late_payment(*document);
    ensure(chosen.has_value(), "a setting that was saved can be read");
    return std::move(*chosen);
}

Result<LatePayment> read_late_payment(const json::object& object) {
    BodyReader body(object);
    LatePayment chosen;
    read_rates(object, chosen, body);
    read_agreed(object, chosen, body);
    for (const std::int64_t id : body.ids("public_segments")) chosen.public_segments.push_back(LabelId{id});
    for (const std::int64_t id : body.ids("consumer_segments")) {
        if (contains(chosen.public_segments, LabelId{id}))
            body.refuse_field("consumer_segments", "public_segments");
        chosen.consumer_segments.push_back(LabelId{id});
    }
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return chosen;
}

json::object late_payment_json(const LatePayment& chosen) {
    json::array rates, agreed;
    for (const SemesterRate& one : chosen.rates) {
        rates.emplace_back(json::object{{"series", one.series},
                                        {"from", one.from.iso()},
                                        {"percent", percent_text(one.hundredths)},
                                        {"source", one.source}});
    }
    for (const auto& [entity, hundredths] : chosen.agreed)
        agreed.emplace_back(json::object{{"entity", entity.value}, {"percent", percent_text(hundredths)}});
    return {{"rates", std::move(rates)},
            {"agreed", std::move(agreed)},
            {"public_segments", ids_json(chosen.public_segments)},
            {"consumer_segments", ids_json(chosen.consumer_segments)}};
}

PenaltyShown penalties_of(store::Connection& connection, const PenaltyQuestion& question) {
    PenaltyCount count(connection, question);
    for (const AskedItem& asked : question.message.items) count.add(asked);
    return count.told();
}

bool names_penalties(std::string_view text) { return text.find("penalt") != std::string_view::npos; }

}  // namespace countback::correspondence
