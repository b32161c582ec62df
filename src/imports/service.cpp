#include "imports/service.h"

#include <chrono>

#include "imports/folder_turn.h"
#include "imports/load_record.h"
#include "imports/queries.h"

namespace countback::imports {
namespace {

std::filesystem::path refusal_path(const std::filesystem::path& folder, LoadId load) {
    return folder / ("load-" + std::to_string(load.value) + "-refused.csv");
}

}  // namespace

Imports::Imports(Ledger& ledger, std::filesystem::path folder) : ledger_(ledger), folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
}

Result<void> Imports::check_answers(const Preview& preview, const std::set<std::string>& accepted) {
    for (const Note& question : preview.plan->questions) {
        if (!accepted.contains(question.code))
            return refuse(RefusalCode::question_unanswered, {{"question", question.code}});
    }
    const auto connection = ledger_.database().lease();
    const auto same = connection->integer(same_import_load, {preview.request.sha256});
    if (same && preview.plan->changes_nothing())
        return refuse(RefusalCode::load_already_applied, {{"load", std::to_string(*same)}});
    return {};
}

Result<LoadReport> Imports::apply(const Sender& sender, std::int64_t preview_id,
                                  const std::set<std::string>& accepted) {
    std::shared_ptr<const Preview> preview;
    {
        const std::lock_guard lock(previews_mutex_);
        const auto found = previews_.find(preview_id);
        if (found != previews_.end() && found->second->user == sender.user) preview = found->second;
    }
    if (!preview) return refuse(RefusalCode::not_found, {{"what", "preview"}});
    if (auto answered = check_answers(*preview, accepted); !answered) return tl::unexpected(answered.error());
    const std::unique_lock turn(loading_, std::try_to_lock);
    const FolderTurn folder_turn(folder_);
    if (!turn.owns_lock() || !folder_turn.held()) return refuse(RefusalCode::load_in_progress);
    // Written before the load, so that a full disk refuses it while nothing has changed.
    const std::filesystem::path waiting =
        folder_ / ("preview-" + std::to_string(preview_id) + "-refused.csv");
    if (auto written = write_refusal_file(*preview, sender.language, waiting); !written) {
        std::error_code ignored;
        std::filesystem::remove(waiting, ignored);
        return tl::unexpected(written.error());
    }
    Applied applied;
    const auto load = write_load(sender, *preview, applied);
    std::error_code no_file;  // none was written when no line was refused
    if (!load) {
        std::filesystem::remove(waiting, no_file);
        return tl::unexpected(load.error());
    }
    std::filesystem::rename(waiting, refusal_path(folder_, *load), no_file);
    {
        const std::lock_guard lock(previews_mutex_);
        previews_.erase(preview_id);
    }
    delete_old_uploads();
    return after_commit(sender, *preview, applied);
}

// The load stands, whatever happens now: a database that goes away here leaves it unreconciled, not failed.
LoadReport Imports::after_commit(const Sender& sender, const Preview& preview, const Applied& applied) {
    LoadReport plain{record_of(preview, sender.name), {}, {}, std::nullopt};
    plain.load.id = applied.load;
    plain.load.at = ledger_.clock().now();
    plain.load.last_fact = applied.last;
    try {
        keep_reconciliation(preview, applied);
        return report(applied.load).value_or(plain);
    } catch (const store::Failure&) {
        return plain;
    }
}

void Imports::delete_old_uploads() const {
    constexpr std::size_t sha256_letters = 64;
    const auto oldest = std::filesystem::file_time_type::clock::now() - std::chrono::days(upload_days_kept);
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, gone)) {
        const bool upload = entry.path().filename().string().size() == sha256_letters;
        if (upload && entry.last_write_time(gone) < oldest) std::filesystem::remove(entry.path(), gone);
    }
}

Result<LoadId> Imports::write_load(const Sender& sender, const Preview& preview, Applied& applied) {
    const Plan& plan = *preview.plan;
    const auto written = ledger_.write({sender.user, sender.source}, [&](Writing& writing) -> Result<void> {
        if (auto done = apply_plan(writing, plan, applied); !done) return done;
        remember_mapping(writing.connection(), preview);
        writing.then([&](const Numbers&) -> Result<void> {
            LoadRecord record = record_of(preview, sender.name);
            record.id = applied.load;
            record.at = ledger_.clock().now();
            insert_record(writing.connection(), record);
            return {};
        });
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    applied.last = *written;
    if (!applied.load) {
        return refuse(RefusalCode::nothing_to_load, {{"file", preview.request.file_name},
                                                     {"refused", std::to_string(plan.counts.refused)}});
    }
    return applied.load;
}

void Imports::keep_reconciliation(const Preview& preview, const Applied& applied) {
    const Snapshot book = ledger_.book();
    const auto connection = ledger_.database().lease();
    const Provisional provisional = find_provisional(book, *connection);
    const auto rows = reconcile({book, provisional}, *preview.plan, applied);
    if (rows.empty()) return;
    store::Transaction transaction(*connection);
    std::int64_t differences = 0;
    for (const ReconciliationRow& row : rows) {
        const bool whole = !row.customer;
        differences += whole && row.in_file != row.in_ledger ? 1 : 0;
        connection->run(
            insert_reconciliation,
            {applied.load.value, row.entity, row.currency.code(),
             whole ? store::Value(nullptr) : store::Value(row.customer.value), row.in_file, row.in_ledger});
    }
    connection->run(mark_import_reconciled, {applied.load.value, differences});
    transaction.commit();
}

Result<LoadReport> Imports::report(LoadId id) {
    const auto load = find_load(id);
    if (!load) return refuse(RefusalCode::not_found, {{"what", "load"}});
    LoadReport report{*load, {}, {}, why_not_undone(*load)};
    const auto connection = ledger_.database().lease();
    connection->each(reconciliation_of, {id.value}, [&](const store::Row& row) {
        const auto currency = Currency::parse(row.text(1));
        if (!currency) return;
        report.reconciliation.push_back({std::string(row.text(0)), *currency, CustomerId{row.integer(2)},
                                         row.integer(3), row.integer(4), std::string(row.text(5)),
                                         std::string(row.text(6))});
    });
    connection->each(unreplaced_of, {id.value}, [&](const store::Row& row) {
        const auto currency = Currency::parse(row.text(2));
        if (!currency) return;
        Customer customer;
        customer.id = CustomerId{row.integer(5)};
        customer.code = row.text(6);
        customer.name = row.text(7);
        report.unreplaced.push_back({ItemId{row.integer(0)}, std::string(row.text(1)), row.integer(3),
                                     *currency, Date(static_cast<std::int32_t>(row.integer(4))),
                                     std::move(customer)});
    });
    return report;
}

std::optional<LoadRecord> Imports::find_load(LoadId load) {
    std::optional<LoadRecord> found;
    const auto connection = ledger_.database().lease();
    connection->each(find_import_load, {load.value},
                     [&](const store::Row& row) { found = read_record(row); });
    return found;
}

std::vector<LoadRecord> Imports::loads(LoadId before, int limit) {
    std::vector<LoadRecord> found;
    const auto connection = ledger_.database().lease();
    const std::int64_t bound = before ? before.value : known_now.value;
    connection->each(import_loads_before, {bound, limit},
                     [&](const store::Row& row) { found.push_back(read_record(row)); });
    return found;
}

std::int64_t Imports::load_count() {
    return ledger_.database().lease()->integer(count_import_loads).value_or(0);
}

std::optional<LoadRecord> Imports::latest() {
    for (LoadRecord& load : loads({}, 20)) {
        if (!load.undone) return std::move(load);
    }
    return std::nullopt;
}

Result<std::filesystem::path> Imports::refusal_file(LoadId load) const {
    std::filesystem::path path = refusal_path(folder_, load);
    if (!std::filesystem::exists(path)) return refuse(RefusalCode::not_found, {{"what", "file"}});
    return path;
}

}  // namespace countback::imports
