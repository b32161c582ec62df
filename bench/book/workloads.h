// W1 to W3 over a snapshot: the kernels' integers turned into the reference's rows. Rounding is whole
// milli-days downwards here; the product rounds half to even.
#pragma once
#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>

#include "digest.h"
#include "receivables/book.h"

namespace countback::bench {

/// Rows of a result and the sum of their hashes.
struct Result {
    double milliseconds = 0, processor_milliseconds = 0;
    std::string digest;  ///< "rows hash"
};

/// Times the work; text and hashes are outside, as results stay in other engines.
template <class Work>
auto timed(Result& result, Work work) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    auto answer = work();
    result.processor_milliseconds = 1e3 * static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
    result.milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return answer;
}
std::string text_of(const Digest& digest);

/// W1: by customer and currency, the open amount in six columns of lateness.
Result ageing_of_all(const Snapshot& book, Date as_of);
/// W2: 36 months to `last`, by entity and of the group, both methods, in euro.
/// From every posting, as for any perimeter, or from the totals that the Book keeps of entities.
enum class Source { postings, totals };
Result dso_trend(const Snapshot& book, Date last, Source source);
/// W3: countback days of every customer and currency.
Result countback_of_all(const Snapshot& book, Date as_of);

}  // namespace countback::bench
