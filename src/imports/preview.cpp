#include "crypto/hash.h"
#include "imports/allocation_lines.h"
#include "imports/queries.h"
#include "imports/service.h"
#include "imports/settings.h"
#include "parties/directory.h"

namespace countback::imports {
namespace {

constexpr std::size_t previews_kept = 8;
constexpr std::int64_t lines_kept = 1'500'000;  ///< of all previews together: they wait in memory

Result<formats::OpenTable> open_named(const PreviewRequest& request) {
    auto table = formats::open_table(request.path, request.mapping.formats);
    if (!table) table.error().data.emplace_back("file", request.file_name);
    return table;
}

// Neither a column nor a constant says the entity, and there is not exactly one.
bool lacks_entity(const Columns& columns, ImportKind kind, const KnownParties& known) {
    if (kind == ImportKind::allocations)
        return false;  // a source id needs none; numbers are looked for where they can be
    return !columns.has(Field::entity) && known.entities.size() != 1;
}

bool lacks_currency(const Columns& columns, const Plan& plan) {
    if (plan.scope.kind != ImportKind::items || columns.has(Field::currency)) return false;
    for (const FileEntity& entity : plan.file->parties.entities) {
        if (!entity.id) return true;
    }
    return false;
}

PartyLookup lookup_in(store::Connection& connection) {
    PartyLookup lookup;
    lookup.customer = [&connection](CustomerId id) { return parties::customer(connection, id); };
    lookup.contacts = [&connection](CustomerId id) { return parties::contacts(connection, id); };
    lookup.removed = [&connection](const Contact& contact) {
        return parties::was_removed(connection, contact);
    };
    lookup.label = [&connection, labels = std::map<std::pair<LabelKind, std::string>, LabelId>{},
                    asked = std::set<LabelKind>{}](LabelKind kind, std::string_view text) mutable {
        if (asked.insert(kind).second) {
            for (Label& label : parties::labels(connection, kind)) labels[{kind, label.text}] = label.id;
        }
        const auto found = labels.find({kind, std::string(text)});
        return found == labels.end() ? LabelId{} : found->second;
    };
    return lookup;
}

void ask_for_new_entities(Preview& preview, Plan& plan) {
    for (const FileEntity& entity : plan.file->parties.entities) {
        if (!entity.id) preview.new_entities.push_back(entity.code);
    }
    if (preview.new_entities.empty()) return;
    std::string codes;
    for (const std::string& code : preview.new_entities) codes += (codes.empty() ? "" : ", ") + code;
    plan.questions.push_back({"new_entities", {{"entities", codes}}});
}

}  // namespace

Result<void> Imports::read_plan(const Sender& sender, Preview& preview, Plan& plan) {
    const PreviewRequest& request = preview.request;
    auto first = open_named(request);
    if (!first) return tl::unexpected(first.error());
    auto columns = find_columns(request.mapping, plan.scope.kind, first->header);
    if (!columns) return tl::unexpected(columns.error());
    preview.detected = first->detected;
    preview.header_shape = header_shape(first->header);
    const auto connection = ledger_.database().lease();
    auto settled = settle_formats(
        *first->rows, *columns,
        {request.mapping, first->detected.delimiter, remembered_formats(*connection, preview.header_shape)});
    if (!settled) return tl::unexpected(settled.error());
    preview.formats = *settled;
    plan.clearing_dates_given = columns->has(Field::cleared_date);

    const Snapshot book = ledger_.book();
    plan.known = book.last_fact();
    const KnownParties known = known_parties(*connection);
    const PartyLookup lookup = lookup_in(*connection);
    plan.owned = parties::all_owned_fields(*connection);
    plan.guard_percent = import_settings(*connection).guard_percent;
    if (lacks_entity(*columns, plan.scope.kind, known))
        return refuse(RefusalCode::required_field_unmapped, {{"field", "entity"}});
    plan.file = std::make_shared<ItemFile>(FileParties(known, sender.perimeter));
    auto rows = open_named(request);
    if (!rows) return tl::unexpected(rows.error());
    const ItemReading reading{*columns, preview.formats, rows->detected.format == formats::FileFormat::xlsx};
    Result<void> done;
    if (plan.scope.kind == ImportKind::items) {
        plan.provisional = find_provisional(book, *connection);
        done = read_items(*rows->rows, reading, *plan.file);
        if (done && lacks_currency(*columns, plan))
            return refuse(RefusalCode::required_field_unmapped, {{"field", "currency"}});
        if (done) infer_due_dates(book, *plan.file);
        if (done) settle_groups(*plan.file, *columns);
        if (done) done = plan_items(book, sender.perimeter, plan);
        if (done) plan.renamed = renamed_customers(book, plan);
        if (done) keep_owned_fields(book, lookup, plan);
    } else if (plan.scope.kind == ImportKind::allocations) {
        done = plan_allocations(*rows->rows, reading, book, sender.perimeter, plan);
    } else {
        done = read_parties(*rows->rows, reading, plan);
        if (done) keep_owned_fields(book, lookup, plan);
        if (done) plan_parties(book, lookup, plan);
    }
    if (!done) return done;
    add_notices(plan, known, *columns, preview.formats);
    plan.file->parties.forget_known();
    return {};
}

Result<std::shared_ptr<const Preview>> Imports::preview(const Sender& sender, PreviewRequest request) {
    auto preview = std::make_shared<Preview>();
    preview->request = std::move(request);
    preview->user = sender.user;
    if (preview->request.sha256.empty())
        preview->request.sha256 = crypto::sha256_hex_of_file(preview->request.path);
    auto plan = std::make_shared<Plan>();
    plan->scope = preview->request.scope;
    plan->today = ledger_.clock().today();
    if (auto read = read_plan(sender, *preview, *plan); !read) return tl::unexpected(read.error());
    ask_for_new_entities(*preview, *plan);
    if (plan->scope.mode == LoadMode::stock && plan->scope.as_of > plan->today)
        plan->questions.push_back({"as_of_future", {{"as_of", plan->scope.as_of.iso()}}});
    const auto connection = ledger_.database().lease();
    if (const auto same = connection->integer(same_import_load, {preview->request.sha256})) {
        plan->notices.insert(plan->notices.begin(), {"same_file", {{"load", std::to_string(*same)}}});
    }
    preview->plan = std::move(plan);
    const std::lock_guard lock(previews_mutex_);
    preview->id = ++last_preview_;
    previews_[preview->id] = preview;
    std::int64_t lines = 0;
    for (const auto& [id, waiting] : previews_) lines += waiting->plan->counts.lines;
    while (previews_.size() > 1 && (previews_.size() > previews_kept || lines > lines_kept)) {
        lines -= previews_.begin()->second->plan->counts.lines;
        previews_.erase(previews_.begin());
    }
    return preview;
}

}  // namespace countback::imports
