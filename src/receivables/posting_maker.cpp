#include "receivables/posting_maker.h"

#include <algorithm>

#include "receivables/book.h"

namespace countback {
namespace {

const Date first_day = Date(-25'567);  // 1900-01-01

std::uint32_t class_of(ItemType type, std::int64_t amount, std::uint32_t flags) {
    const std::uint32_t dso = type == ItemType::late_fee ? 0 : posting::dso;
    return dso | (counts_in_billings(type, amount, flags) ? posting::billing : 0);
}

}  // namespace

std::uint32_t posting::day_of(Date day) {
    return static_cast<std::uint32_t>(std::clamp(day - first_day, 0, static_cast<int>(posting::day_mask)));
}

Date posting::date_of(std::uint32_t day) { return first_day + static_cast<int>(day); }

bool counts_in_billings(ItemType type, std::int64_t amount, std::uint32_t flags) {
    if ((flags & item_flag::opening_balance) != 0) return false;
    if (type == ItemType::misc) return amount > 0 && (flags & item_flag::sales) != 0;
    return type == ItemType::invoice || type == ItemType::credit_note;
}

bool carries_on(const BookStore& store, const PostingBlock* from, std::uint32_t account, FactNo known) {
    return from != nullptr && from->holds(account) && from->known <= known &&
           store.account_corrected.peek(account) <= from->known.value;
}

PostingMaker::OfCurrency& PostingMaker::of(Currency currency) {
    for (std::uint32_t i = 0; i < used_; ++i) {
        if (parts_[i].currency == currency) return parts_[i];
    }
    if (used_ == parts_.size()) parts_.emplace_back();
    OfCurrency& part = parts_[used_++];
    part.currency = currency;
    part.documents.clear();
    part.allocations.clear();
    return part;
}

void PostingMaker::make(AccountRow account, FactNo known, const PostingBlock* from) {
    used_ = 0;
    const auto row = static_cast<std::uint32_t>(account);
    if (carries_on(store_, from, row, known)) {
        copy(account, *from);
        if (store_.account_touched.peek(row) <= from->known.value) return;
        add_newer(row, known.value, from->known.value);
    } else {
        add_lists(row, known.value);
    }
    sort_documents();
}

void PostingMaker::take(std::span<const Posting> documents, std::span<const Posting> allocations) {
    used_ = 0;
    const auto put = [&](const Posting& one, std::vector<Posting> OfCurrency::*where) {
        if (one.when == 0 && one.amount == 0) return;
        Posting kept = one;
        kept.when &= (1U << posting::currency_shift) - 1;
        const auto currency = static_cast<std::uint8_t>(one.when >> posting::currency_shift);
        (of(Currency::at(currency)).*where).push_back(kept);
    };
    for (const Posting& one : documents) put(one, &OfCurrency::documents);
    for (const Posting& one : allocations) put(one, &OfCurrency::allocations);
    sort_documents();
}

void PostingMaker::sort_documents() {
    const auto day = [](const Posting& posting) { return posting.when & posting::day_mask; };
    for (std::uint32_t i = 0; i < used_; ++i) {
        if (!std::ranges::is_sorted(parts_[i].documents, {}, day))
            std::ranges::sort(parts_[i].documents, {}, day);
    }
}

void PostingMaker::copy(AccountRow account, const PostingBlock& from) {
    const std::uint32_t place = static_cast<std::uint32_t>(account) % PostingBlock::accounts_max;
    for (std::uint32_t part = from.first_part[place]; part < from.first_part[place + 1]; ++part) {
        const Strand strand = from.strand(account, part);
        OfCurrency& to = of(strand.currency);
        to.documents.assign(strand.documents.begin(), strand.documents.end());
        to.allocations.assign(strand.all.begin() + static_cast<std::ptrdiff_t>(to.documents.size()),
                              strand.all.end());
    }
}

void PostingMaker::add_lists(std::uint32_t account, std::int64_t known) {
    std::uint32_t item = store_.account_items.get(account);
    for (; item != no_row; item = store_.item_next[item]) add_item(item, known);
}

/// Items and allocations of facts between `than` and `known`; both lists have the newest first.
void PostingMaker::add_newer(std::uint32_t account, std::int64_t known, std::int64_t than) {
    std::uint32_t item = store_.account_items.get(account);
    for (; item != no_row && store_.item_id[item] > than; item = store_.item_next[item]) {
        if (const auto made = document(item, known))
            of(Currency::at(store_.item_currency[item])).documents.push_back(*made);
    }
    std::uint32_t row = store_.account_allocations.get(account);
    for (; row != no_row && store_.allocation_fact[row] > than; row = store_.allocation_account_next[row]) {
        if (store_.allocation_fact[row] > known) continue;
        const std::uint32_t settled = store_.allocation_item[row];
        const auto made = document(settled, known);
        if (!made) continue;
        of(Currency::at(store_.item_currency[settled])).allocations.push_back(allocation(row, *made));
    }
}

Posting PostingMaker::allocation(std::uint32_t row, const Posting& document) const {
    const std::uint32_t day = posting::day_of(Date(store_.allocation_day[row]));
    const std::int64_t amount = store_.allocation_amount[row];
    return {std::max(day, document.when & posting::day_mask) | (document.when & posting::dso), document.due,
            document.amount < 0 ? amount : -amount};
}

std::optional<Posting> PostingMaker::document(std::uint32_t item, std::int64_t known) const {
    std::uint32_t version = store_.item_versions.get(item);
    while (version != no_row && store_.version_fact[version] > known) version = store_.version_older[version];
    const auto type = static_cast<ItemType>(store_.item_type[item]);
    if (version == no_row || type == ItemType::down_payment_request) return std::nullopt;
    const std::uint32_t flags = store_.version_flags[version];
    if ((flags & item_flag::undone) != 0) return std::nullopt;
    const std::int64_t amount = store_.version_amount[version];
    const std::uint32_t debit = amount > 0 ? posting::debit : 0;
    return Posting{posting::day_of(Date(store_.version_issue[version])) | class_of(type, amount, flags),
                   posting::day_of(Date(store_.version_due[version])) | debit, amount};
}

void PostingMaker::add_item(std::uint32_t item, std::int64_t known) {
    const auto made = document(item, known);
    if (!made) return;
    OfCurrency& to = of(Currency::at(store_.item_currency[item]));
    to.documents.push_back(*made);
    add_allocations(item, known, *made, to);
}

void PostingMaker::add_allocations(std::uint32_t item, std::int64_t known, const Posting& document,
                                   OfCurrency& to) {
    const std::size_t from = to.allocations.size();
    const std::int64_t whole = std::abs(document.amount);
    std::int64_t settled = 0;
    std::uint32_t row = store_.item_allocations.get(item);
    for (; row != no_row; row = store_.allocation_next[row]) {
        if (store_.allocation_fact[row] > known) continue;
        to.allocations.push_back(allocation(row, document));
        settled += std::max<std::int64_t>(store_.allocation_amount[row], 0);
    }
    if (settled > whole) stop_at_zero(whole, document, to, from);
}

/// LED-3: open never crosses zero. Writes what the clamped amount moves by, day by day.
void PostingMaker::stop_at_zero(std::int64_t whole, const Posting& document, OfCurrency& to,
                                std::size_t from) {
    const std::int64_t sign = document.amount < 0 ? -1 : 1;
    settled_.clear();
    for (std::size_t i = from; i < to.allocations.size(); ++i)
        settled_.push_back({to.allocations[i].when, to.allocations[i].amount});
    std::ranges::sort(settled_, {}, &Settled::day);
    to.allocations.resize(from);
    std::int64_t left = whole, open = whole;
    for (std::size_t i = 0; i < settled_.size();) {
        const std::uint32_t when = settled_[i].day;
        for (; i < settled_.size() && settled_[i].day == when; ++i) left += sign * settled_[i].amount;
        const std::int64_t now = std::max<std::int64_t>(left, 0);
        if (now != open) to.allocations.push_back({when, document.due, sign * (now - open)});
        open = now;
    }
}

Strand PostingMaker::strand(AccountRow account, std::uint32_t place) {
    OfCurrency& part = parts_[place];
    const std::size_t documents = part.documents.size();
    part.documents.insert(part.documents.end(), part.allocations.begin(), part.allocations.end());
    return {account, part.currency, {part.documents.data(), documents}, part.documents};
}

void PostingMaker::move_to(PostingBlock& block) {
    const auto end = [&] { return static_cast<std::uint32_t>(block.postings.size()); };
    for (std::uint32_t i = 0; i < used_; ++i) {
        const OfCurrency& part = parts_[i];
        PostingBlock::Part& added = block.parts.back();
        added.currency = part.currency;
        block.postings.insert(block.postings.end(), part.documents.begin(), part.documents.end());
        added.allocations = end();
        block.postings.insert(block.postings.end(), part.allocations.begin(), part.allocations.end());
        block.parts.push_back({end(), end(), {}});
    }
    block.first_part.push_back(static_cast<std::uint32_t>(block.parts.size()) - 1);
}

}  // namespace countback
