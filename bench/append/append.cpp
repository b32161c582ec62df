// bench_append DATA [ROUNDS]: what the Book costs on top of a durable commit, on a company that was imported.
// Each round one invoice of an account chosen at random is recorded in the ledger and seen by the next read
// of that account's open items; the Book's part (append, publish, settle, the read) is timed on a second Book
// of the same facts. Changes the company.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <stdexcept>
#include <vector>

#include "receivables/book_file.h"
#include "receivables/ledger.h"

namespace {

using namespace countback;
using Ticks = std::chrono::steady_clock;

double microseconds(Ticks::duration took) { return std::chrono::duration<double, std::micro>(took).count(); }

double median(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

/// Throws where the item is not among its account's open ones.
void see(const Snapshot& book, ItemId wanted, CustomerId customer, Date today) {
    bool seen = false;
    book.each_open_item(*book.account(customer), {today}, [&](const ItemView& item) {
        seen |= item.id == wanted && book.open(item, {today}) > 0;
    });
    if (!seen) throw std::runtime_error("an item recorded was not seen");
}

ItemFact invoice_of(CustomerId customer, Date today) {
    ItemFact fact;
    fact.customer = customer;
    fact.currency = *Currency::parse("EUR");
    fact.amount = 100'00;
    fact.issue = today;
    fact.due = today + 30;
    fact.number = "bench";
    return fact;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        fmt::print(stderr, "bench_append DATA [ROUNDS]\n");
        return 2;
    }
    const std::filesystem::path data = arguments[1];
    const int rounds = count > 2 ? std::stoi(arguments[2]) : 500;
    const Date today = *Date::of(2026, 6, 30);
    const SystemClock clock;
    const auto database = store::Database::open((data / "countback.db").string());
    Ledger ledger(*database, clock, data / "book.snapshot");
    Book beside;
    if (!BookFile(data / "book.snapshot").read(beside, [&](const BookMark& mark) {
            return mark.last == ledger.book().last_fact();
        }))
        throw std::runtime_error("the Book's file is not of the company's last fact");
    std::vector<double> whole, of_book;
    std::mt19937 random(1);
    for (int round = 0; round < rounds; ++round) {
        const Snapshot before = ledger.book();
        const CustomerId customer =
            before.customer(AccountRow{static_cast<std::uint32_t>(random()) % before.account_count()});
        ItemFact fact = invoice_of(customer, today);
        const auto began = Ticks::now();
        const auto last = ledger.write({{}, "bench"}, [&](Writing& writing) -> Result<void> {
            writing.add(fact);
            return {};
        });
        see(ledger.book(), ItemId{last.value().value}, customer, today);
        whole.push_back(microseconds(Ticks::now() - began));
        fact.fact = *last;
        fact.item = ItemId{last->value};
        const auto appended = Ticks::now();
        beside.append(fact);
        beside.publish(*last, clock.now());
        beside.settle();
        see(beside.snapshot(), fact.item, customer, today);
        of_book.push_back(microseconds(Ticks::now() - appended));
    }
    const double all = median(whole), book = median(of_book);
    fmt::print(
        "{} items; recorded and seen {:.0f} us in the median, of them the Book {:.1f} us: {:.1f} % on top of "
        "the commit, bar 10\n",
        ledger.book().item_count(), all, book, 100 * book / (all - book));
    return book < 0.1 * (all - book) ? 0 : 1;
}
