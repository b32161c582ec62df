#include "load.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

namespace countback::bench {
namespace {

/// A CSV file without quotes, read field by field.
class Fields {
public:
    explicit Fields(const std::string& path) {
        const int file = ::open(path.c_str(), O_RDONLY);
        struct stat status {};
        if (file < 0 || ::fstat(file, &status) != 0) throw std::runtime_error("cannot read " + path);
        size_ = static_cast<std::size_t>(status.st_size);
        void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
        ::close(file);
        if (mapped == MAP_FAILED) throw std::runtime_error("cannot map " + path);
        begin_ = at_ = static_cast<const char*>(mapped);
        end_ = begin_ + size_;
        while (at_ < end_ && *at_++ != '\n') {
        }
    }
    ~Fields() { ::munmap(const_cast<char*>(begin_), size_); }
    Fields(const Fields&) = delete;
    Fields& operator=(const Fields&) = delete;

    bool more() const { return at_ < end_; }
    std::string_view text() {
        const char* from = at_;
        while (*at_ != ',' && *at_ != '\n') ++at_;
        return {from, static_cast<std::size_t>(at_++ - from)};
    }
    std::int64_t number() {
        const bool negative = *at_ == '-';
        std::int64_t value = 0;
        for (const char digit : text()) {
            if (digit != '-') value = value * 10 + (digit - '0');
        }
        return negative ? -value : value;
    }
    Date day() {
        const std::string_view iso = text();
        const auto two = [&](std::size_t at) { return (iso[at] - '0') * 10 + (iso[at + 1] - '0'); };
        return *Date::of(two(0) * 100 + two(2), static_cast<unsigned>(two(5)), static_cast<unsigned>(two(8)));
    }

private:
    const char* begin_ = nullptr;
    const char* at_ = nullptr;
    const char* end_ = nullptr;
    std::size_t size_ = 0;
};

class Loader {
public:
    Loader(Accounts accounts, Book& book) : accounts_(accounts), book_(book) {}

    void customers(const std::string& path) {
        for (Fields fields(path); fields.more();) {
            const std::int64_t customer = fields.number();
            const std::int64_t home = fields.number();
            for (int skipped = 2; skipped < 9; ++skipped) fields.text();
            if (accounts_ == Accounts::by_customer) add_account({customer * 8}, home);
        }
    }

    void documents(const std::string& path) {
        for (Fields fields(path); fields.more();) {
            ItemFact item;
            fields.number();
            const std::int64_t entity = fields.number();
            item.customer = {fields.number() * 8 + (accounts_ == Accounts::by_entity ? entity : 0)};
            if (accounts_ == Accounts::by_entity) meet(item.customer, entity);
            const char type = fields.text()[0];
            item.type = type == 'I'   ? ItemType::invoice
                        : type == 'C' ? ItemType::credit_note
                                      : ItemType::payment;
            item.issue = fields.day();
            item.due = fields.day();
            item.currency = *Currency::parse(fields.text());
            item.amount = fields.number();
            item.fact = next();
            item.item = {item.fact.value};
            item.key = static_cast<std::uint64_t>(item.fact.value) * 0x9e3779b97f4a7c15ULL;
            items_.push_back(item.item);
            book_.append(item);
        }
    }

    void allocations(const std::string& path) {
        for (Fields fields(path); fields.more();) {
            AllocationFact part;
            part.item = items_[static_cast<std::size_t>(fields.number() - 1)];
            part.cause = ClearingCause::cash;
            part.given = part.effective = fields.day();
            part.amount = std::abs(fields.number());
            part.fact = next();
            book_.append(part);
        }
        book_.publish({fact_}, Instant{fact_});
    }

private:
    FactNo next() { return {++fact_}; }
    /// A customer is an account of an entity once it trades with it.
    void meet(CustomerId id, std::int64_t entity) {
        const auto place = static_cast<std::size_t>(id.value);
        if (met_.size() <= place) met_.resize(place + 1);
        if (!met_[place]) add_account(id, entity);
        met_[place] = true;
    }
    void add_account(CustomerId id, std::int64_t entity) {
        book_.append(AttributeFact{next(), id, Attribute::entity, entity, *Date::of(2000, 1, 1)});
    }

    Accounts accounts_;
    Book& book_;
    std::vector<bool> met_;
    std::vector<ItemId> items_;  ///< by document
    std::int64_t fact_ = 0;
};

}  // namespace

void load(const std::string& directory, Accounts accounts, Book& book) {
    Loader loader(accounts, book);
    loader.customers(directory + "/customers.csv");
    loader.documents(directory + "/documents.csv");
    loader.allocations(directory + "/allocations.csv");
}

}  // namespace countback::bench
