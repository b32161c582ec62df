// A ledger and the import service on a database of their own, for tests.
#pragma once
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <memory>
#include <set>

#include "imports/service.h"
#include "receivables/schemas.h"
#include "store/test_database.h"

namespace countback::embedded {
std::span<const File> schema_imports();
}

namespace countback::imports::test {

inline const std::string header =
    "entity,customer_code,customer_name,number,issue_date,due_date,amount,currency,remaining,cleared_date\n";

class ImportsTest : public testing::Test {
protected:
    void SetUp() override {
        migrate_receivables(*database_);
        const store::RoomSchema rooms[] = {{"imports", embedded::schema_imports()}};
        database_->migrate(rooms);
        ledger_ = std::make_unique<Ledger>(*database_, clock_);
        imports_ = std::make_unique<Imports>(*ledger_, folder_ / "uploads");
    }
    std::filesystem::path put(const std::string& text) {
        const auto path = folder_ / ("f" + std::to_string(++files_) + ".csv");
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    Result<std::shared_ptr<const Preview>> preview_file(const std::filesystem::path& path, LoadScope scope,
                                                        const char* mapping = nullptr) {
        PreviewRequest request;
        request.path = path;
        request.file_name = path.filename().string();
        if (mapping != nullptr) {
            request.mapping = parse_mapping(mapping).value();
        } else {
            auto about = imports_->inspect(path, request.file_name, {});
            if (!about) return tl::unexpected(about.error());
            request.mapping = about->proposal.mapping;
            scope.kind = about->proposal.kind;
        }
        if (scope.as_of == Date{}) scope.as_of = clock_.today();
        request.scope = scope;
        return imports_->preview(sender_, std::move(request));
    }
    Result<std::shared_ptr<const Preview>> preview(const std::string& text, LoadScope scope = {}) {
        return preview_file(put(text), scope);
    }
    Result<LoadReport> accept(const std::shared_ptr<const Preview>& preview) {
        std::set<std::string> all;
        for (const Note& question : preview->plan->questions) all.insert(question.code);
        return imports_->apply(sender_, preview->id, all);
    }
    LoadReport load(const std::string& text, LoadScope scope = {}) {
        return accept(preview(text, scope).value()).value();
    }
    static LoadScope stock(const char* day) {
        LoadScope scope;
        scope.mode = LoadMode::stock;
        scope.as_of = *Date::parse_iso(day);
        return scope;
    }
    std::int64_t outstanding(const char* day) const {
        const Snapshot book = ledger_->book();
        const Moment moment{*Date::parse_iso(day), known_now};
        std::int64_t sum = 0;
        book.each_account(Perimeter::whole(), {}, moment, [&](AccountRow account) {
            book.each_item(account, known_now, [&](const ItemView& item) { sum += book.open(item, moment); });
        });
        return sum;
    }

    store::TestDatabase database_;
    const std::filesystem::path folder_ = database_.folder();
    FakeClock clock_{*Date::parse_iso("2026-03-31")};
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<Imports> imports_;
    Sender sender_{Perimeter::whole(), UserId{1}, "Ann", "test", Language::en};
    int files_ = 0;
};

inline std::vector<std::pair<std::int64_t, RefusalCode>> refused(const Preview& preview) {
    std::vector<std::pair<std::int64_t, RefusalCode>> lines;
    for (const RefusedLine& line : preview.plan->file->refused)
        lines.emplace_back(line.line, line.refusal.code);
    return lines;
}

}  // namespace countback::imports::test
