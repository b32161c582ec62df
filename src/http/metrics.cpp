#include "http/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace countback::http {

void Metrics::count(const Answered& answered) {
    const auto* bound = std::lower_bound(bounds_micros.begin(), bounds_micros.end(), answered.micros);
    const auto bucket = static_cast<std::size_t>(bound - bounds_micros.begin());
    const std::string route(answered.route.empty() ? "(none)" : answered.route);
    const std::lock_guard lock(mutex_);
    Series& series = series_[{std::string(answered.method), route}];
    ++series.by_status[answered.status];
    ++series.by_time[bucket];
    series.micros += answered.micros;
    series.bytes += answered.bytes;
}

std::string Metrics::page(const std::vector<Gauge>& gauges) const {
    std::string page =
        "# HELP countback_answers_total Answers by route and status.\n"
        "# TYPE countback_answers_total counter\n";
    std::string times =
        "# HELP countback_answer_seconds Time from the head of a request to the end of its answer.\n"
        "# TYPE countback_answer_seconds histogram\n";
    const std::lock_guard lock(mutex_);
    for (const auto& [key, series] : series_) {
        const std::string labels = fmt::format("method=\"{}\",route=\"{}\"", key.first, key.second);
        for (const auto& [status, count] : series.by_status) {
            page += fmt::format("countback_answers_total{{{},status=\"{}\"}} {}\n", labels, status, count);
        }
        std::int64_t below = 0;
        for (std::size_t at = 0; at < bounds_micros.size(); ++at) {
            below += series.by_time[at];
            times += fmt::format("countback_answer_seconds_bucket{{{},le=\"{}.{:06}\"}} {}\n", labels,
                                 bounds_micros[at] / 1'000'000, bounds_micros[at] % 1'000'000, below);
        }
        below += series.by_time.back();
        times += fmt::format("countback_answer_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels, below);
        times += fmt::format("countback_answer_seconds_sum{{{}}} {}.{:06}\n", labels,
                             series.micros / 1'000'000, series.micros % 1'000'000);
        times += fmt::format("countback_answer_seconds_count{{{}}} {}\n", labels, below);
    }
    page += times;
    for (const Gauge& gauge : gauges) {
        page += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", gauge.name, gauge.meaning,
                            gauge.value);
    }
    return page;
}

}  // namespace countback::http
