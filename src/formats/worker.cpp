#include "formats/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "formats/worker_records.h"

namespace countback::formats {
namespace {

std::filesystem::path& worker_program() {
    static std::filesystem::path program = "/proc/self/exe";
    return program;
}

void append_raw(std::string& out, const void* bytes, std::size_t size) {
    out.append(static_cast<const char*>(bytes), size);
}

// The child and the reading end of its pipe; killed and waited for when let go.
class Child {
public:
    Child(pid_t process, int pipe) : process_(process), pipe_(pipe) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        ::close(pipe_);
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            wait();
        }
    }
    /// Waits for bytes; 0 at the end or on a failure.
    std::size_t read_some(char* to, std::size_t size) const {
        ssize_t got = -1;
        do {
            got = ::read(pipe_, to, size);
        } while (got < 0 && errno == EINTR);
        return got > 0 ? static_cast<std::size_t>(got) : 0;
    }

private:
    void wait() {
        while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
        process_ = 0;
    }
    pid_t process_;
    int pipe_;
};

// The records as a table. The child's word is not trusted: sizes are checked against our own limits.
class WorkerRows final : public TableSource {
public:
    explicit WorkerRows(std::unique_ptr<Child> child) : child_(std::move(child)) {}
    Result<bool> next(TableRow& row) override {
        if (ended_) return false;
        RecordHead head{};
        if (!read_record(head) || head.kind == RecordKind::sheets)
            return refuse(RefusalCode::file_unreadable);
        ended_ = head.kind == RecordKind::end;
        if (ended_) return false;
        row.line = head.line;
        row.cells = cells_;
        return true;
    }
    bool read_sheets(WorkerTable& table) {
        RecordHead head{};
        if (!read_record(head) || head.kind != RecordKind::sheets) return false;
        table.sheets.assign(cells_.begin(), cells_.end());
        if (head.line < 0 || static_cast<std::size_t>(head.line) >= table.sheets.size()) return false;
        table.sheet = table.sheets[static_cast<std::size_t>(head.line)];
        return true;
    }

private:
    bool take(void* to, std::size_t size) {
        auto* out = static_cast<char*>(to);
        while (size > 0) {
            if (at_ == got_ && !fill()) return false;
            const std::size_t now = std::min(size, got_ - at_);
            std::memcpy(out, block_.data() + at_, now);
            at_ += now;
            out += now;
            size -= now;
        }
        return true;
    }
    bool fill() {
        at_ = 0;
        got_ = child_->read_some(block_.data(), block_.size());
        return got_ > 0;
    }
    bool read_record(RecordHead& head) {
        std::uint8_t kind = 0;
        if (!take(&kind, 1) || !take(&head.line, 8) || !take(&head.cells, 4)) return false;
        head.kind = static_cast<RecordKind>(kind);
        if (head.cells > columns_max || kind < 1 || kind > 3) return false;
        text_.clear();
        lengths_.clear();
        for (std::uint32_t i = 0; i < head.cells; ++i) {
            std::uint32_t length = 0;
            if (!take(&length, 4) || text_.size() + length > row_bytes_max) return false;
            const std::size_t before = text_.size();
            text_.resize(before + length);
            if (!take(text_.data() + before, length)) return false;
            lengths_.push_back(length);
        }
        cells_.clear();
        std::size_t from = 0;
        for (const std::uint32_t length : lengths_) {
            cells_.push_back(std::string_view(text_).substr(from, length));
            from += length;
        }
        return true;
    }
    std::unique_ptr<Child> child_;
    std::string block_ = std::string(1 << 16, '\0');
    std::size_t at_ = 0;
    std::size_t got_ = 0;
    bool ended_ = false;
    std::string text_;
    std::vector<std::uint32_t> lengths_;
    std::vector<std::string_view> cells_;
};

std::unique_ptr<Child> start_child(int file, const std::string& sheet) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return nullptr;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, file, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string words[] = {"countback", "worker", "xlsx", sheet};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    char* no_environment[] = {nullptr};
    pid_t process = 0;
    const int failed =
        ::posix_spawn(&process, worker_program().c_str(), &actions, nullptr, arguments, no_environment);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) {
        ::close(ends[0]);
        return nullptr;
    }
    return std::make_unique<Child>(process, ends[0]);
}

}  // namespace

void set_worker_program(const std::filesystem::path& program) { worker_program() = program; }

void append_record(std::string& out, RecordKind kind, std::int64_t line,
                   std::span<const std::string_view> cells) {
    const auto count = static_cast<std::uint32_t>(cells.size());
    append_raw(out, &kind, 1);
    append_raw(out, &line, sizeof line);
    append_raw(out, &count, sizeof count);
    for (const std::string_view cell : cells) {
        const auto length = static_cast<std::uint32_t>(cell.size());
        append_raw(out, &length, sizeof length);
        out += cell;
    }
}

Result<WorkerTable> open_xlsx(const std::filesystem::path& path, const std::string& sheet) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return refuse(RefusalCode::file_unreadable);
    auto child = start_child(file, sheet);
    ::close(file);
    if (!child) return refuse(RefusalCode::file_unreadable);
    auto rows = std::make_unique<WorkerRows>(std::move(child));
    WorkerTable table;
    if (!rows->read_sheets(table)) return refuse(RefusalCode::file_unreadable);
    table.rows = std::move(rows);
    return table;
}

}  // namespace countback::formats
