// Append-only storage shared by one writer and any number of readers.
//
// A Column grows by segments that never move, each twice as long as the one before, so a reader holding an
// index that was published to it reads on while the writer appends behind. Publication (a mutex or a release
// store elsewhere) orders the two. Long segments lie on large pages: figures jump about in them.
#pragma once
#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <type_traits>

#include "base/ensure.h"

namespace countback {

constexpr std::uint32_t no_row = 0xffffffffU;

/// Zeroed memory that costs nothing until it is touched. Throws std::bad_alloc.
void* reserve_zeroed(std::size_t bytes);
void release_zeroed(void* memory, std::size_t bytes);

template <class T>
class Column {
public:
    Column() = default;
    ~Column() {
        for (std::uint32_t i = 0; i < segment_count; ++i) {
            if (T* segment = segments_[i].load(std::memory_order_relaxed))
                release_zeroed(segment, segment_bytes(i));
        }
    }
    Column(const Column&) = delete;
    Column& operator=(const Column&) = delete;

    /// The writer only.
    void set(std::uint32_t row, T value) { slot(row) = value; }
    /// For sparse columns read while they are written: 0 where nothing was set.
    T peek(std::uint32_t row) const {
        const Place place = place_of(row);
        T* segment = place.segment < segment_count ? segments_[place.segment].load(std::memory_order_acquire)
                                                   : nullptr;
        return segment == nullptr ? T{}
                                  : std::atomic_ref<T>(segment[place.offset]).load(std::memory_order_acquire);
    }
    void publish(std::uint32_t row, T value) {
        std::atomic_ref<T>(slot(row)).store(value, std::memory_order_release);
    }
    T operator[](std::uint32_t row) const {
        const Place place = place_of(row);
        return segments_[place.segment].load(std::memory_order_acquire)[place.offset];
    }
    /// Begins to bring the row closer to the processor; reads nothing.
    void prefetch(std::uint32_t row) const {
        const Place place = place_of(row);
        __builtin_prefetch(segments_[place.segment].load(std::memory_order_acquire) + place.offset);
    }
    /// A reference for atomic access to links that the writer moves while readers follow them.
    std::atomic_ref<T> link(std::uint32_t row) const {
        const Place place = place_of(row);
        return std::atomic_ref<T>(segments_[place.segment].load(std::memory_order_acquire)[place.offset]);
    }
    /// Makes the memory of the first `rows`. The writer only.
    void make(std::uint32_t rows) {
        for (std::uint32_t i = 0, first = 0; first < rows; first += std::uint32_t{1} << (first_bits + i++))
            slot(first);
    }
    /// Calls `visit(T* data, std::uint32_t rows)` for each run of neighbours among the first `rows`, in
    /// order.
    template <class Visit>
    void each_run(std::uint32_t rows, Visit visit) const {
        for (std::uint32_t i = 0, first = 0; first < rows; ++i) {
            const std::uint32_t held = std::min(rows - first, std::uint32_t{1} << (first_bits + i));
            visit(segments_[i].load(std::memory_order_acquire), held);
            first += held;
        }
    }
    /// What rows of a full column touch.
    std::size_t bytes(std::uint32_t rows) const { return static_cast<std::size_t>(rows) * sizeof(T); }
    /// At most what a sparse column touches.
    std::size_t held_bytes() const {
        std::size_t held = 0;
        for (std::uint32_t i = 0; i < segment_count; ++i)
            held += segments_[i].load(std::memory_order_acquire) != nullptr ? segment_bytes(i) : 0;
        return held;
    }

private:
    static_assert(std::is_trivially_destructible_v<T>);
    static constexpr std::uint32_t first_bits = 12;
    static constexpr std::uint32_t segment_count = 17;  ///< up to 536 million rows

    struct Place {
        std::uint32_t segment, offset;
    };
    static constexpr Place place_of(std::uint32_t row) {
        const std::uint64_t shifted = std::uint64_t{row} + (1U << first_bits);
        const auto top = static_cast<std::uint32_t>(std::bit_width(shifted)) - 1;
        return {top - first_bits, static_cast<std::uint32_t>(shifted ^ (std::uint64_t{1} << top))};
    }
    static constexpr std::size_t segment_bytes(std::uint32_t segment) {
        return (std::size_t{1} << (first_bits + segment)) * sizeof(T);
    }
    T& slot(std::uint32_t row) {
        const Place place = place_of(row);
        ensure(place.segment < segment_count, "a column holds at most 536 million rows");
        std::atomic<T*>& segment = segments_[place.segment];
        if (segment.load(std::memory_order_relaxed) == nullptr)
            segment.store(static_cast<T*>(reserve_zeroed(segment_bytes(place.segment))),
                          std::memory_order_release);
        return segment.load(std::memory_order_relaxed)[place.offset];
    }

    std::array<std::atomic<T*>, segment_count> segments_{};
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
    void prefetch(std::uint32_t owner) const { heads_.prefetch(owner); }
    std::size_t bytes(std::uint32_t owners) const { return heads_.bytes(owners); }
    const Column<std::uint32_t>& column() const { return heads_; }
    void make(std::uint32_t owners) { heads_.make(owners); }

private:
    Column<std::uint32_t> heads_;
};

}  // namespace countback
