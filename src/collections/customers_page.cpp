// The list of accounts: figures of the Book for every account, texts and next steps for the rows shown.
#include <algorithm>
#include <map>
#include <set>

#include "collections/agenda_json.h"
#include "collections/page_query.h"
#include "collections/pages.h"
#include "collections/words.h"
#include "locale/texts.h"
#include "measures/behaviour.h"
#include "parties/directory.h"

namespace countback::collections {

namespace {

using Key = std::pair<std::int64_t, Currency>;

/// Every account admitted, also those without a balance: a zero row in the entity's currency.
std::vector<AgeingRow> account_rows(const PageQuery& page, Ageing& ageing, PageNames& names) {
    std::set<std::int64_t> present;
    for (const AgeingRow& row : ageing.rows) present.insert(row.key.id);
    std::vector<AgeingRow> rows = std::move(ageing.rows);
    if (page.selection().currency) return rows;
    const MeasureRequest& request = page.request;
    request.book.each_account(request.perimeter, page.selection(), page.moment(), [&](AccountRow account) {
        const std::int64_t id = request.book.customer(account).value;
        if (present.contains(id)) return;
        const Currency own = names.entity(request.book.entity(account)).currency;
        rows.push_back({{id, request.query.reporting.value_or(own)}, {}});
    });
    return rows;
}

std::optional<Date> oldest_due(const PageQuery& page, const AgeingRow& row) {
    const Snapshot& book = page.request.book;
    const auto account = book.account(CustomerId{row.key.id});
    std::optional<Date> oldest;
    if (!account) return oldest;
    book.each_open_item(*account, page.moment(), [&](const ItemView& item) {
        if (!item.debit() || item.due >= page.moment().as_of || (oldest && item.due >= *oldest)) return;
        if (!page.request.query.reporting && item.currency != row.key.currency) return;
        if (book.open(item, page.moment()) > 0) oldest = item.due;
    });
    return oldest;
}

std::map<Key, DsoRow> dso_of(const PageQuery& page, const MeasureServices& measures,
                             std::vector<CustomerId> customers) {
    MeasureQuery query = page.request.query;
    query.by = By::customer;
    query.selection.customers = std::move(customers);
    std::map<Key, DsoRow> found;
    for (DsoRow& row :
         measure_dso(page.request.perimeter, page.request.book, query, {}, measures.table()).rows) {
        found.insert_or_assign({row.key.id, row.key.currency}, row);
    }
    return found;
}

/// Sort values of all rows; nothing when there is no such column.
class Sorter {
public:
    Sorter(const PageQuery& page, const MeasureServices& measures, PageNames& names)
        : page_(page), measures_(measures), names_(names) {}

    std::optional<std::vector<Cursor>> keys(const std::vector<AgeingRow>& rows) {
        const std::string& sort = page_.sort;
        if (sort == "code" || sort == "name") read_texts(sort);
        if (sort == "dso") dso_ = dso_of(page_, measures_, page_.selection().customers);
        std::vector<Cursor> keys;
        for (const AgeingRow& row : rows) {
            auto value = value_of(row);
            if (!value) return std::nullopt;
            keys.push_back({std::move(*value), row.key.id * 256 + row.key.currency.index()});
        }
        return keys;
    }

private:
    void read_texts(const std::string& sort) {
        for (const Entity& entity : parties::entities(names_.connection())) {
            parties::each_customer(names_.connection(), entity.id, [&](const Customer& customer) {
                texts_[customer.id.value] = sort == "code" ? customer.code : customer.name;
            });
        }
    }

    std::optional<SortValue> value_of(const AgeingRow& row) {
        const std::string& sort = page_.sort;
        const AgeingAmounts& amounts = row.amounts;
        if (sort.empty() || sort == "overdue") return SortValue{amounts.overdue(), {}};
        if (sort == "outstanding") return SortValue{amounts.outstanding(), {}};
        if (sort == "not_due") return SortValue{amounts.of(AgeingColumn::not_due), {}};
        if (sort == "unapplied") return SortValue{amounts.of(AgeingColumn::unapplied), {}};
        if (sort == "code" || sort == "name") return SortValue{0, texts_[row.key.id]};
        if (sort == "id") return SortValue{row.key.id, {}};
        if (sort == "oldest_due") {
            const auto day = oldest_due(page_, row);
            return SortValue{day ? day->days() : 1'000'000, {}};
        }
        if (sort != "dso") return std::nullopt;
        const auto found = dso_.find({row.key.id, row.key.currency});
        const bool known = found != dso_.end() && found->second.figure.days;
        return SortValue{known ? found->second.figure.days->rounded().value : -1, {}};
    }

    const PageQuery& page_;
    const MeasureServices& measures_;
    PageNames& names_;
    std::map<std::int64_t, std::string> texts_;
    std::map<Key, DsoRow> dso_;
};

/// What only the rows shown need.
struct Shown {
    DecidedRun run;
    std::map<CustomerId, const Decision*> decisions;
    std::map<Key, DsoRow> dso;
};

Shown read_shown(const Pages& pages, const PageQuery& page, const std::vector<AgeingRow>& rows,
                 const std::vector<std::size_t>& places) {
    std::vector<CustomerId> customers;
    for (const std::size_t place : places) customers.push_back(CustomerId{rows[place].key.id});
    std::sort(customers.begin(), customers.end());
    customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
    Shown shown;
    if (customers.empty()) return shown;
    DecideQuery query{page.selection(), page.moment(), Detail::outcome};
    query.selection.customers = customers;
    query.selection.currency.reset();
    shown.run = pages.service.decide(page.request.perimeter, query);
    for (const Decision& decision : shown.run.decisions.rows) shown.decisions[decision.customer] = &decision;
    shown.dso = dso_of(page, pages.measures, customers);
    return shown;
}

json::object row_json(const PageQuery& page, const AgeingRow& row, const Shown& shown, PageNames& names) {
    const Snapshot& book = page.request.book;
    const CustomerId customer{row.key.id};
    const AccountRow account = *book.account(customer);
    const AccountBehaviour behaviour =
        account_behaviour(book, account, page.moment(), shown.run.policy->payers);
    const auto dso = shown.dso.find({row.key.id, row.key.currency});
    const auto decided = shown.decisions.find(customer);
    const Decision* decision = decided == shown.decisions.end() ? nullptr : decided->second;
    json::object object = names.customer_json(customer);
    const auto amount = [&](std::int64_t minor) { return decimal(minor, row.key.currency); };
    object["entity"] = names.entity_json(book.entity(account));
    object["currency"] = row.key.currency.code();
    object["outstanding"] = amount(row.amounts.outstanding());
    object["not_due"] = amount(row.amounts.of(AgeingColumn::not_due));
    object["overdue"] = amount(row.amounts.overdue());
    object["unapplied"] = amount(row.amounts.of(AgeingColumn::unapplied));
    object["oldest_due"] = date_json(oldest_due(page, row));
    object["dso"] = dso == shown.dso.end() ? json::value(nullptr) : days_json(dso->second.figure);
    object["dso_more_than"] = dso != shown.dso.end() && dso->second.figure.more_than;
    object["weighted_delay"] = days_json(behaviour.behaviour.weighted_delay);
    const std::string profile(name_of(behaviour.profile));
    const bool file = page.format != AnswerFormat::json;  // a file is read by a person: words, as on the page
    object["profile"] = file ? locale::text(names.language(), "profile." + profile) : profile;
    object["collector"] =
        names.label_json(LabelId{book.attribute(account, Attribute::collector, page.moment())});
    object["next_step"] =
        decision ? step_name_json(*decision, decision->next_step, names.language()) : json::value(nullptr);
    object["next_step_date"] = decision ? date_json(decision->earliest) : json::value(nullptr);
    return object;
}

json::array totals_json(const Ageing& ageing) {
    json::array totals;
    for (const AgeingRow& row : ageing.totals) {
        const auto amount = [&](std::int64_t minor) { return decimal(minor, row.key.currency); };
        totals.emplace_back(json::object{{"currency", row.key.currency.code()},
                                         {"outstanding", amount(row.amounts.outstanding())},
                                         {"not_due", amount(row.amounts.of(AgeingColumn::not_due))},
                                         {"overdue", amount(row.amounts.overdue())},
                                         {"unapplied", amount(row.amounts.of(AgeingColumn::unapplied))}});
    }
    return totals;
}

const std::vector<ExportColumn> customer_columns{{"code"},
                                                 {"name"},
                                                 {"entity.code"},
                                                 {"currency"},
                                                 {"outstanding", formats::CellKind::money},
                                                 {"not_due", formats::CellKind::money},
                                                 {"overdue", formats::CellKind::money},
                                                 {"unapplied", formats::CellKind::money},
                                                 {"oldest_due", formats::CellKind::date},
                                                 {"dso", formats::CellKind::hundredths},
                                                 {"weighted_delay", formats::CellKind::hundredths},
                                                 {"profile"},
                                                 {"collector.name"},
                                                 {"next_step"},
                                                 {"next_step_date", formats::CellKind::date}};

json::object empty_list(const PageQuery& page) {
    return {{"as_of", page.moment().as_of.iso()},
            {"rows", json::array()},
            {"next", nullptr},
            {"count", 0},
            {"totals", json::array()}};
}

}  // namespace

Answer customers_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    auto page = read_page_query(caller, request, pages.service.ledger().book(), pages.service.today());
    if (!page) return tl::unexpected(page.error());
    if (page->sort.empty()) page->page.direction = Direction::descending;
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    MeasureQuery& query = page->request.query;
    query.by = By::customer;
    if (!narrow_to(page->search, names, query.selection)) return http::json_answer(empty_list(*page));
    Ageing ageing = measure_ageing(caller.perimeter, page->request.book, query, {}, pages.measures.table());
    const auto rows = account_rows(*page, ageing, names);
    const auto keys = Sorter(*page, pages.measures, names).keys(rows);
    if (!keys) return refuse(RefusalCode::field_invalid, {{"field", "sort"}, {"reason", page->sort}});
    const PageOfRows shown_rows = page_of(*keys, page->page);
    const Shown shown = read_shown(pages, *page, rows, shown_rows.places);
    json::array array;
    for (const std::size_t place : shown_rows.places)
        array.push_back(row_json(*page, rows[place], shown, names));
    json::object answer = empty_list(*page);
    answer["rows"] = std::move(array);
    if (shown_rows.next) answer["next"] = shown_rows.next->text();
    answer["count"] = rows.size();
    answer["totals"] = totals_json(ageing);
    return list_answer(std::move(answer), *page, "customers", customer_columns);
}

}  // namespace countback::collections
