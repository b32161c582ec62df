// Append-only storage shared by one writer and any number of readers.
//
// A Column grows by chunks that never move, so a reader holding an index that was published to it reads on
// while the writer appends behind. Publication (a mutex or a release store elsewhere) orders the two.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "base/ensure.h"

namespace countback {

constexpr std::uint32_t no_row = 0xffffffffU;

template <class T>
class Column {
public:
    static constexpr std::uint32_t chunk_bits = 14;
    static constexpr std::uint32_t chunk_rows = 1U << chunk_bits;
    static constexpr std::uint32_t chunk_count = 1U << 14;  ///< up to 268 million rows

    Column() : chunks_(new std::atomic<T*>[chunk_count]()) {}
    ~Column() {
        for (std::uint32_t i = 0; i < chunk_count; ++i) delete[] chunks_[i].load(std::memory_order_relaxed);
    }
    Column(const Column&) = delete;
    Column& operator=(const Column&) = delete;

    /// The writer only.
    void set(std::uint32_t row, T value) { slot(row) = value; }
    /// For sparse columns read while they are written: 0 where nothing was set.
    T peek(std::uint32_t row) const {
        T* chunk = (row >> chunk_bits) < chunk_count
                       ? chunks_[row >> chunk_bits].load(std::memory_order_acquire)
                       : nullptr;
        return chunk == nullptr
                   ? T{}
                   : std::atomic_ref<T>(chunk[row & (chunk_rows - 1)]).load(std::memory_order_acquire);
    }
    void publish(std::uint32_t row, T value) {
        std::atomic_ref<T>(slot(row)).store(value, std::memory_order_release);
    }
    T operator[](std::uint32_t row) const {
        return chunks_[row >> chunk_bits].load(std::memory_order_acquire)[row & (chunk_rows - 1)];
    }
    /// A reference for atomic access to links that the writer moves while readers follow them.
    std::atomic_ref<T> link(std::uint32_t row) const {
        return std::atomic_ref<T>(
            chunks_[row >> chunk_bits].load(std::memory_order_acquire)[row & (chunk_rows - 1)]);
    }
    std::size_t bytes(std::uint32_t rows) const {
        return (static_cast<std::size_t>(rows) + chunk_rows - 1) / chunk_rows * chunk_rows * sizeof(T);
    }

private:
    T& slot(std::uint32_t row) {
        ensure((row >> chunk_bits) < chunk_count, "a column holds at most 268 million rows");
        std::atomic<T*>& chunk = chunks_[row >> chunk_bits];
        if (chunk.load(std::memory_order_relaxed) == nullptr)
            chunk.store(new T[chunk_rows](), std::memory_order_release);
        return chunk.load(std::memory_order_relaxed)[row & (chunk_rows - 1)];
    }
    std::unique_ptr<std::atomic<T*>[]> chunks_;
};

/// Heads of lists: the newest row of each owner. Followed with acquire, moved with release.
class Heads {
public:
    std::uint32_t get(std::uint32_t owner) const {
        return heads_.link(owner).load(std::memory_order_acquire);
    }
    void begin(std::uint32_t owner) { heads_.set(owner, no_row); }
    void move(std::uint32_t owner, std::uint32_t row) {
        heads_.link(owner).store(row, std::memory_order_release);
    }
    std::size_t bytes(std::uint32_t owners) const { return heads_.bytes(owners); }

private:
    Column<std::uint32_t> heads_;
};

}  // namespace countback
