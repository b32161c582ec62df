// The only door to imports: the pages, the command line and programs call the same functions.
// upload → inspect → preview (nothing changes) → apply (one transaction) → report; undo as a whole (IMP-4).
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "imports/reconcile.h"
#include "locale/language.h"

namespace countback::imports {

/// Who sends a file, and from where ("import" for the command line, "desk", "api", "demo").
struct Sender {
    Perimeter perimeter;
    UserId user;
    std::string name;
    std::string_view source;
    Language language = Language::en;  ///< of the refusal file
};

/// A file as it was found (IMP-2).
struct FileAbout {
    std::int64_t id = 0;  ///< 0 when it was not uploaded
    std::string name;
    std::uintmax_t size = 0;
    std::string sha256;
    std::int64_t lines = 0;  ///< below the header
    formats::Detected detected;
    char decimal = '.';
    std::string date_layout;
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> samples;  ///< by column
    Proposal proposal;
    bool mapping_remembered = false;
};

struct PreviewRequest {
    std::filesystem::path path;
    std::string file_name;
    std::string sha256;  ///< empty = computed
    Mapping mapping;
    LoadScope scope;
};

struct Preview {
    std::int64_t id = 0;
    std::shared_ptr<const Plan> plan;
    PreviewRequest request;
    std::string header_shape;
    std::vector<std::string> new_entities;
    formats::Detected detected;
    FileFormats formats;
    UserId user;
};

struct LoadRecord {
    LoadId id;
    FactNo first_fact, last_fact;  ///< of its transaction
    Instant at;
    std::string author, file_name, sha256;
    ImportKind kind = ImportKind::items;
    LoadMode mode = LoadMode::delta;
    Date as_of;
    Counts counts;
    std::vector<Note> notices;
    std::vector<RefusedLine> refusals;  ///< the first 100
    bool reconciled = false;
    std::int64_t differences = 0;
    bool undone = false;
};

/// IMP-8: cash recorded in the product that the load should have brought and did not.
struct UnreplacedPayment {
    ItemId item;
    std::string number;
    std::int64_t amount = 0;  ///< minor units, < 0
    Currency currency;
    Date date;
    Customer customer;  ///< id, code and name
};

struct LoadReport {
    LoadRecord load;
    std::vector<ReconciliationRow> reconciliation;
    std::vector<UnreplacedPayment> unreplaced;
    std::optional<Refusal> undo_refusal;  ///< why it cannot be undone
};

/// Days an uploaded file waits: time to load it, to undo the load and to load it again. Then the next upload
/// or load deletes it.
constexpr int upload_days_kept = 7;

class Imports {
public:
    /// Files wait and refusal files stay in `folder` (made when needed).
    Imports(Ledger& ledger, std::filesystem::path folder);

    /// Takes a finished upload over from where it lies, read as `choice` says. Refusals: those of open_table.
    Result<FileAbout> upload(const Sender& sender, const std::filesystem::path& file, const std::string& name,
                             const formats::FormatChoice& choice);
    /// `wanted`: the kind that the user says it is; none = as its headers tell.
    Result<FileAbout> inspect(const std::filesystem::path& file, const std::string& name,
                              const formats::FormatChoice& choice,
                              std::optional<ImportKind> wanted = std::nullopt);
    /// Where an uploaded file lies. Refusals: not_found for unknown ids and other users' files.
    Result<PreviewRequest> uploaded(const Sender& sender, std::int64_t file_id);

    /// Reads, checks, compares; nothing changes. Refusals: those of open_table, find_columns and plan_items.
    Result<std::shared_ptr<const Preview>> preview(const Sender& sender, PreviewRequest request);
    /// Refusals: not_found, question_unanswered{question}, preview_stale, load_in_progress,
    /// load_already_applied{load}.
    Result<LoadReport> apply(const Sender& sender, std::int64_t preview_id,
                             const std::set<std::string>& accepted);

    Result<LoadReport> report(LoadId load);
    /// Newest first; those before `before` (none = from the newest).
    std::vector<LoadRecord> loads(LoadId before, int limit);
    std::int64_t load_count();
    std::optional<LoadRecord> latest();
    /// The refused lines as the file had them, with line, column, value and reason in front. Refusals:
    /// not_found.
    Result<std::filesystem::path> refusal_file(LoadId load) const;
    /// Refusals: not_found, load_not_undoable{load, reason}, load_in_progress, reason_missing.
    Result<LoadReport> undo(const Sender& sender, LoadId load, const std::string& reason);

private:
    Result<void> read_plan(const Sender& sender, Preview& preview, Plan& plan);
    Result<void> check_answers(const Preview& preview, const std::set<std::string>& accepted);
    Result<LoadId> write_load(const Sender& sender, const Preview& preview, Applied& applied);
    LoadReport after_commit(const Sender& sender, const Preview& preview, const Applied& applied);
    void delete_old_uploads() const;
    void keep_reconciliation(const Preview& preview, const Applied& applied);
    std::optional<LoadRecord> find_load(LoadId load);
    std::optional<Refusal> why_not_undone(const LoadRecord& load);
    Result<void> write_undo(Writing& writing, const LoadRecord& load, const std::string& reason);

    Ledger& ledger_;
    std::filesystem::path folder_;
    std::mutex loading_;  ///< one load at a time
    std::mutex previews_mutex_;
    std::map<std::int64_t, std::shared_ptr<const Preview>> previews_;
    std::int64_t last_preview_ = 0;
};

/// Writes the refused lines: line, column, value, code, reason, then the file's own columns (IMP-1).
Result<void> write_refusal_file(const Preview& preview, Language language, const std::filesystem::path& out);

/// What the plan's file noticed: names, twins, flags, formats; and what has to be asked.
void add_notices(Plan& plan, const KnownParties& known, const Columns& columns, const FileFormats& formats);

/// IMP-2: what is kept with the shape of these headers.
RememberedFormats remembered_formats(store::Connection& connection, const std::string& header_shape);

KnownParties known_parties(store::Connection& connection);

}  // namespace countback::imports
