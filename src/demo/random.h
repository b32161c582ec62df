// Repeatable draws: splitmix64. Whole numbers only, so that every machine draws the same company.
#pragma once
#include <cstdint>
#include <span>

namespace countback::demo {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// 0 … bound − 1.
    int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }
    /// low … high.
    int between(int low, int high) { return low + below(high - low + 1); }
    bool chance(int per_thousand) { return below(1000) < per_thousand; }
    /// Roughly bell-shaped around 0, from −3·spread to 3·spread.
    int bell(int spread) {
        int sum = 0;
        for (int i = 0; i < 6; ++i) sum += between(-spread, spread);
        return sum / 2;
    }
    template <class T>
    const T& pick(std::span<const T> list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }

private:
    std::uint64_t state_;
};

}  // namespace countback::demo
