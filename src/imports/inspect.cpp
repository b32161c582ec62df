// What a file is, before anything is decided: detected formats, columns with samples, the proposed mapping.
#include "crypto/hash.h"
#include "formats/detect.h"
#include "imports/queries.h"
#include "imports/service.h"

namespace countback::imports {
namespace {

constexpr std::size_t rows_sampled = 200;
constexpr std::size_t samples_shown = 4;

std::vector<std::vector<std::string>> samples_by_column(const std::vector<std::vector<std::string>>& rows,
                                                        std::size_t columns) {
    std::vector<std::vector<std::string>> samples(columns);
    for (const auto& row : rows) {
        for (std::size_t column = 0; column < std::min(columns, row.size()); ++column) {
            if (samples[column].size() < samples_shown && !row[column].empty())
                samples[column].push_back(row[column].substr(0, 80));
        }
    }
    return samples;
}

// The mapping used last with these headers, else one proposed from their names.
bool remembered_mapping(store::Connection& connection, FileAbout& about, std::optional<ImportKind> wanted) {
    bool found = false;
    connection.each(find_mapping, {header_shape(about.header)}, [&](const store::Row& row) {
        const auto kind = parse_kind(row.text(0));
        auto mapping = parse_mapping(row.text(1));
        if (!kind || (wanted && *kind != *wanted) || !mapping || !find_columns(*mapping, *kind, about.header))
            return;
        about.proposal = {*kind, std::move(*mapping)};
        found = true;
    });
    return found;
}

}  // namespace

RememberedFormats remembered_formats(store::Connection& connection, const std::string& shape) {
    RememberedFormats found;
    connection.each(find_mapping, {shape}, [&](const store::Row& row) {
        if (!row.is_null(2)) found.date_format = std::string(row.text(2));
        if (!row.is_null(3)) found.decimal = row.text(3).front();
    });
    return found;
}

Result<FileAbout> Imports::inspect(const std::filesystem::path& path, const std::string& name,
                                   const formats::FormatChoice& choice, std::optional<ImportKind> wanted) {
    auto table = formats::open_table(path, choice);
    if (!table) {
        table.error().data.emplace_back("file", name);
        return tl::unexpected(std::move(table.error()));
    }
    FileAbout about;
    about.name = name;
    std::error_code failed;
    about.size = std::filesystem::file_size(path, failed);
    about.sha256 = crypto::sha256_hex_of_file(path);
    about.detected = table->detected;
    about.header = table->header;
    auto rows = formats::sample_rows(*table->rows, rows_sampled);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<std::vector<std::string>> cells;
    for (auto& row : *rows) cells.push_back(std::move(row.cells));
    about.samples = samples_by_column(cells, about.header.size());
    const auto connection = ledger_.database().lease();
    about.mapping_remembered = remembered_mapping(*connection, about, wanted);
    if (!about.mapping_remembered) about.proposal = propose(about.header, cells, wanted);
    Mapping mapping = about.proposal.mapping;
    if (choice.decimal) mapping.formats.decimal = choice.decimal;
    if (choice.date_format) mapping.formats.date_format = choice.date_format;
    auto columns = find_columns(mapping, about.proposal.kind, about.header);
    if (!columns) columns = Columns{};
    columns->header = about.header;
    auto again = formats::open_table(path, choice);
    if (!again) return tl::unexpected(again.error());
    const auto settled = settle_formats(
        *again->rows, *columns,
        {mapping, about.detected.delimiter, remembered_formats(*connection, header_shape(about.header))});
    if (!settled) return tl::unexpected(settled.error());
    about.lines = settled->lines;
    about.decimal = settled->amount.decimal;
    about.date_layout = settled->date_layout;
    return about;
}

Result<FileAbout> Imports::upload(const Sender& sender, const std::filesystem::path& file,
                                  const std::string& name, const formats::FormatChoice& choice) {
    auto about = inspect(file, name, choice);
    if (!about) return about;
    const std::filesystem::path place = folder_ / about->sha256;
    std::error_code failed;
    std::filesystem::rename(file, place, failed);
    if (failed) {
        std::filesystem::copy_file(file, place, std::filesystem::copy_options::overwrite_existing, failed);
        if (failed) return refuse(RefusalCode::disk_full);
    }
    const auto connection = ledger_.database().lease();
    store::Transaction transaction(*connection);
    about->id = store::allot(*connection, "import_file", 1);
    connection->run(insert_import_file, {about->id, name, static_cast<std::int64_t>(about->size),
                                         about->sha256, sender.user.value});
    transaction.commit();
    delete_old_uploads();
    return about;
}

Result<PreviewRequest> Imports::uploaded(const Sender& sender, std::int64_t file_id) {
    std::optional<PreviewRequest> found;
    const auto connection = ledger_.database().lease();
    connection->each(find_import_file, {file_id}, [&](const store::Row& row) {
        if (row.integer(4) != sender.user.value) return;
        found.emplace();
        found->file_name = row.text(1);
        found->sha256 = row.text(3);
        found->path = folder_ / found->sha256;
    });
    if (!found || !std::filesystem::exists(found->path))
        return refuse(RefusalCode::not_found, {{"what", "file"}});
    return *found;
}

}  // namespace countback::imports
