#include "receivables/columns.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace countback {
namespace {

constexpr std::size_t large_page = 2U << 20;

bool on_large_pages(std::size_t bytes) { return bytes >= 2 * large_page; }

}  // namespace

void* reserve_zeroed(std::size_t bytes) {
    if (!on_large_pages(bytes)) {
        void* memory = std::calloc(1, bytes);
        if (memory == nullptr) throw std::bad_alloc();
        return memory;
    }
    // More than asked, to begin on a large page; what is over is given back.
    const std::size_t whole = bytes + large_page;
    void* mapped =
        ::mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    const auto start = reinterpret_cast<std::uintptr_t>(mapped);
    const std::uintptr_t begin = (start + large_page - 1) / large_page * large_page;
    if (begin > start) ::munmap(mapped, begin - start);
    if (start + whole > begin + bytes)
        ::munmap(reinterpret_cast<void*>(begin + bytes), start + whole - begin - bytes);
    void* memory = reinterpret_cast<void*>(begin);
    ::madvise(memory, bytes, MADV_HUGEPAGE);  // without it the same, slower
    return memory;
}

void release_zeroed(void* memory, std::size_t bytes) {
    if (on_large_pages(bytes)) {
        ::munmap(memory, bytes);
    } else {
        std::free(memory);
    }
}

}  // namespace countback
