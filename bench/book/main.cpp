// bench_book DIR [ROUNDS [paced]]: W1 to W4 on a generated book (W2t: W2 from the totals the Book keeps),
// through the product's Book and kernels. Paced, each round waits for a line on standard input and says its
// milliseconds, so that whoever runs it can let another engine have the rounds between.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "dunning.h"
#include "load.h"
#include "workloads.h"

namespace {

using namespace countback;
using Clock = std::chrono::steady_clock;

/// The reference's figures as text; a digest is right when it stands there.
std::string reference() {
    std::ifstream file(COUNTBACK_PERF "/FIGURES.md");
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Of all threads: what a shared machine cannot hide.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void print_memory(const Book& book) {
    const Snapshot snapshot = book.snapshot();
    const Book::Memory memory = book.memory();
    fmt::print("memory: {:.1f} bytes an item, {:.1f} an allocation, {} MB beside\n",
               static_cast<double>(memory.items) / snapshot.item_count(),
               static_cast<double>(memory.allocations) / snapshot.allocation_count(), memory.other >> 20);
}

enum class Pace { own, asked };

struct Rounds {
    int count = 5;
    Pace pace = Pace::own;

    void wait(const char* name) const {
        if (pace == Pace::own) return;
        fmt::print("{} next\n", name);
        std::fflush(stdout);
        std::string line;
        std::getline(std::cin, line);
    }
    void say(const char* name, double milliseconds) const {
        if (pace == Pace::asked) fmt::print("{} took {:.3f}\n", name, milliseconds);
    }
};

/// How the reference wrote W4's two kinds of rows is not told: their number is compared, of the others the
/// digest too.
enum class Compared { digest, rows };

/// The first round is checked; each later one asks of another day.
void run(const char* name, const Rounds& rounds, Date first, const std::function<bench::Result(Date)>& work,
         Compared compared = Compared::digest) {
    const bench::Result checked = work(first);
    const std::string rows = "| " + checked.digest.substr(0, checked.digest.find(' ') + 1);
    const bool right =
        reference().find(compared == Compared::rows ? rows : checked.digest) != std::string::npos;
    std::vector<double> times;
    double processor = 0;
    for (int round = 1; round <= rounds.count; ++round) {
        rounds.wait(name);
        const bench::Result result = work(first - round);
        rounds.say(name, result.milliseconds);
        times.push_back(result.milliseconds);
        processor += result.processor_milliseconds / rounds.count;
    }
    std::sort(times.begin(), times.end());
    fmt::print("{}: first {:.2f} ms, median of {} {:.2f} ms, least {:.2f} ms, processor {:.2f} ms; {} {}\n",
               name, checked.milliseconds, rounds.count, times[times.size() / 2], times.front(), processor,
               checked.digest,
               !right                       ? "NOT THE REFERENCE'S"
               : compared == Compared::rows ? "rows as the reference"
                                            : "as the reference");
}

Snapshot load(Book& book, const std::string& directory, bench::Accounts accounts) {
    const Clock::time_point start = Clock::now();
    bench::load(directory, accounts, book);
    fmt::print("loaded in {:.2f} s\n", seconds_since(start));
    const Clock::time_point settled = Clock::now();
    const double processor = processor_seconds();
    book.settle();
    fmt::print("postings made in {:.2f} s, processor {:.2f} s\n", seconds_since(settled),
               processor_seconds() - processor);
    print_memory(book);
    return book.snapshot();
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        fmt::print(stderr, "bench_book DIR [ROUNDS [paced]]\n");
        return 2;
    }
    const std::string directory = arguments[1];
    const Rounds rounds{count > 2 ? std::stoi(arguments[2]) : 5, count > 3 ? Pace::asked : Pace::own};
    const Date day = *Date::of(2026, 3, 17);
    {
        Book book;
        const Snapshot snapshot = load(book, directory, bench::Accounts::by_customer);
        run("W1", rounds, day, [&](Date as_of) { return bench::ageing_of_all(snapshot, as_of); });
        run("W3", rounds, day, [&](Date as_of) { return bench::countback_of_all(snapshot, as_of); });
    }
    {
        Book book;
        const Date today = *Date::of(2026, 6, 30);
        const auto items = bench::load(directory, bench::Accounts::by_currency, book);
        const bench::DunningBook dunning = bench::load_dunning(directory, today, book, items);
        book.settle();
        const Snapshot snapshot = book.snapshot();
        run(
            "W4", rounds, today, [&](Date as_of) { return bench::select_dunning(snapshot, dunning, as_of); },
            Compared::rows);
    }
    Book book;
    const Snapshot snapshot = load(book, directory, bench::Accounts::by_entity);
    const Date last = *Date::of(2026, 6, 30);
    run("W2", rounds, last,
        [&](Date as_of) { return bench::dso_trend(snapshot, as_of, bench::Source::postings); });
    run("W2t", rounds, last,
        [&](Date as_of) { return bench::dso_trend(snapshot, as_of, bench::Source::totals); });
}
