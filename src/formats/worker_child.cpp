#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

#include "formats/worker.h"
#include "formats/worker_records.h"
#include "formats/xlsx.h"

namespace countback::formats {
namespace {

constexpr rlim_t memory_bytes_max = 1ULL << 30;
constexpr rlim_t processor_seconds_max = 120;
constexpr std::uint64_t output_bytes_max = 4ULL << 30;

void limit(__rlimit_resource resource, rlim_t most) {
    const rlimit both{most, most};
    ::setrlimit(resource, &both);
}

#if defined(__x86_64__)
constexpr std::uint32_t machine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t machine = AUDIT_ARCH_AARCH64;
#endif

// The kernel answers "not permitted" to every call that would open a file, a socket or another program.
bool close_all_doors() {
    constexpr int closed[] = {
        __NR_socket,
        __NR_socketpair,
        __NR_connect,
        __NR_bind,
        __NR_openat,
        __NR_execve,
        __NR_execveat,
        __NR_clone,
        __NR_clone3,
        __NR_ptrace,
        __NR_unlinkat,
        __NR_mkdirat,
        __NR_renameat2,
        __NR_kill,
        __NR_tgkill,
        __NR_process_vm_readv,
#if defined(__x86_64__)
        __NR_open,
        __NR_creat,
        __NR_fork,
        __NR_vfork,
        __NR_unlink,
        __NR_rename,
        __NR_mkdir,
#endif
    };
    std::vector<sock_filter> rules;
    rules.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)));
    rules.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, machine, 1, 0));
    rules.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    rules.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
    for (const int call : closed) {
        rules.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
        rules.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
    }
    rules.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const sock_fprog program{static_cast<unsigned short>(rules.size()), rules.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

class PipeSink final : public XlsxSink {
public:
    bool sheets(const std::vector<std::string>& names, std::size_t chosen) override {
        std::vector<std::string_view> views(names.begin(), names.end());
        return put(RecordKind::sheets, static_cast<std::int64_t>(chosen), views);
    }
    bool row(std::int64_t line, std::span<const std::string_view> cells) override {
        return put(RecordKind::row, line, cells);
    }
    bool finish() { return put(RecordKind::end, 0, {}) && flush(); }

private:
    bool put(RecordKind kind, std::int64_t line, std::span<const std::string_view> cells) {
        append_record(waiting_, kind, line, cells);
        return waiting_.size() < (1 << 16) || flush();
    }
    bool flush() {
        std::size_t sent = 0;
        written_ += waiting_.size();
        if (written_ > output_bytes_max) return false;
        while (sent < waiting_.size()) {
            const ssize_t put = ::write(STDOUT_FILENO, waiting_.data() + sent, waiting_.size() - sent);
            if (put <= 0) return false;
            sent += static_cast<std::size_t>(put);
        }
        waiting_.clear();
        return true;
    }
    std::string waiting_;
    std::uint64_t written_ = 0;
};

// A sanitizer maps terabytes to watch the memory, and starts a helper at the end: it cannot run in the cage.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

}  // namespace

int run_xlsx_worker(const std::string& sheet) {
    if (!sanitized) limit(RLIMIT_AS, memory_bytes_max);
    limit(RLIMIT_CPU, processor_seconds_max);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    if (!sanitized && !close_all_doors()) return 3;
    PipeSink sink;
    return read_xlsx(STDIN_FILENO, sheet, sink) && sink.finish() ? 0 : 2;
}

}  // namespace countback::formats
