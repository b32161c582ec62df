#include "demo/generate.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "demo/people.h"
#include "demo/random.h"
#include "receivables/terms.h"

namespace countback::demo {
namespace {

constexpr int month_count = 24;
constexpr int customer_count = 812;

/// How a class of customers pays: days after the due date, and how often never.
struct Payer {
    int share;  ///< per thousand of the customers
    int delay, spread;
    int never;  ///< per thousand of the invoices
    const char* risk_class;
};
constexpr std::array<Payer, 5> payers{{{300, -4, 3, 2, "A"},
                                       {360, 3, 3, 6, "B"},
                                       {220, 18, 8, 15, "C"},
                                       {90, 42, 12, 45, "D"},
                                       {30, 75, 20, 130, "E"}}};

constexpr std::array<const char*, 4> segments{"Key account", "Trade", public_buyers, "Retail"};
constexpr std::array<const char*, 5> collectors{"Claire Montel", "Yann Kerdrel", "Lotte Verhaegen",
                                                "Grace Ashdown", "Samir Belkadi"};
constexpr std::array<const char*, 8> causes{"price",          "quantity",  "quality",          "delivery",
                                            "administrative", "duplicate", "missing_document", "other"};

class Maker {
public:
    explicit Maker(Date today)
        : today_(today), random_(20'260'101), first_day_((month_of(today) - month_count + 1).first()) {}

    DemoCompany make() {
        add_entities();
        for (int i = 0; i < customer_count; ++i) add_customer(i);
        std::sort(plans_.begin(), plans_.end(), [](const Plan& a, const Plan& b) {
            return std::pair(a.issue, a.customer) < std::pair(b.issue, b.customer);
        });
        for (const Plan& plan : plans_) add_invoice(plan);
        add_account_standings();
        return std::move(company_);
    }

private:
    /// An invoice to come, before numbers are given in date order.
    struct Plan {
        int customer;
        Date issue;
    };

    void add_entities() {
        const Currency eur = *Currency::parse("EUR"), gbp = *Currency::parse("GBP");
        company_.entities = {{{}, "NFR", "Nordan France SAS", eur, "FR"},
                             {{}, "NBE", "Nordan Benelux SRL", eur, "BE"},
                             {{}, "NUK", "Nordan Supplies Ltd", gbp, "GB"}};
    }

    void add_customer(int place) {
        DemoCustomer made;
        const int draw = random_.below(1000);
        made.entity = draw < 520 ? 0 : draw < 760 ? 1 : 2;
        const std::string country = made.entity == 0      ? "FR"
                                    : made.entity == 2    ? "GB"
                                    : random_.chance(250) ? "NL"
                                                          : "BE";
        Customer& customer = made.customer;
        char code[16];
        std::snprintf(code, sizeof code, "C%05d", 10'000 + place * 7);
        customer.code = code;
        customer.name = firm_name(random_, country);
        customer.country = country;
        customer.language = country == "GB" ? "en" : country == "NL" ? "nl" : "fr";
        customer.legal_id = country + std::to_string(300'000'000 + random_.below(600'000'000));
        customer.email = "accounts@" + domain_of(customer.name) + ".test";
        customer.phone = country == "GB" ? "+44 20 7946 0" + std::to_string(random_.between(100, 999))
                                         : "+33 1 99 00 " + std::to_string(random_.between(10, 99)) + " " +
                                               std::to_string(random_.between(10, 99));
        customer.address = street(random_, country) + '\n' + town(place, country);
        made.contact = {0,
                        {},
                        "payables",
                        person_name(random_, country),
                        customer.email,
                        customer.phone,
                        customer.language};
        const int segment = place < 30 ? 0 : random_.chance(90) ? 2 : random_.chance(620) ? 1 : 3;
        made.segment = segments[static_cast<std::size_t>(segment)];
        made.collector = collectors[static_cast<std::size_t>(
            made.entity == 2   ? 3
            : made.entity == 1 ? 2
                               : random_.pick(std::span<const int>(french_collectors)))];
        payer_.push_back(draw_payer());
        made.risk_class = payers[static_cast<std::size_t>(payer_.back())].risk_class;
        terms_.push_back(draw_terms(segment));
        customer.terms = terms_text_;
        const int late_start = random_.chance(150) ? random_.between(2, 18) : 0;
        const int early_end = random_.chance(70) ? random_.between(3, 12) : 0;
        made.since = (month_of(first_day_) + late_start).first();
        plan_invoices(place, made.since, (month_of(today_) - early_end).last());
        size_.push_back(place < 30 ? random_.between(180'000, 900'000) : random_.between(9'000, 150'000));
        company_.customers.push_back(std::move(made));
    }

    int draw_payer() {
        int draw = random_.below(1000);
        for (int i = 0; i < static_cast<int>(payers.size()); ++i) {
            draw -= payers[static_cast<std::size_t>(i)].share;
            if (draw < 0) return i;
        }
        return 1;
    }

    Terms draw_terms(int segment) {
        const int draw = segment == 2 ? 0 : random_.below(10);
        if (draw < 5) {
            terms_text_ = "30";
            return {Terms::Kind::net, 30, 0, {}};
        }
        if (draw < 8) {
            terms_text_ = "45EOM";
            return {Terms::Kind::days_then_eom, 45, 0, {}};
        }
        terms_text_ = draw == 8 ? "60" : "15";
        return {Terms::Kind::net, draw == 8 ? 60 : 15, 0, {}};
    }

    void plan_invoices(int place, Date from, Date to) {
        const int per_year = place < 30    ? random_.between(45, 90)
                             : place < 300 ? random_.between(12, 30)
                                           : random_.between(2, 12);
        Date day = from + random_.below(60);
        while (day <= std::min(to, today_)) {
            if (day.weekday() != 0 && day.weekday() != 6) plans_.push_back({place, day});
            day = day + std::max(1, 365 / per_year + random_.bell(120 / per_year + 1));
        }
    }

    ItemFact base_fact(int customer, ItemType type, std::int64_t amount, Date issue) {
        ItemFact fact;
        fact.type = type;
        const int entity = company_.customers[static_cast<std::size_t>(customer)].entity;
        fact.currency = company_.entities[static_cast<std::size_t>(entity)].currency;
        fact.amount = amount;
        fact.issue = fact.due = issue;
        return fact;
    }

    int add_item(int customer, ItemFact fact) {
        const int entity = company_.customers[static_cast<std::size_t>(customer)].entity;
        const char* prefix = fact.type == ItemType::credit_note ? "AV"
                             : fact.type == ItemType::payment   ? "RG"
                                                                : "FA";
        char number[40];
        std::snprintf(number, sizeof number, "%s%02d-%d%05d", prefix, fact.issue.year() % 100, entity + 1,
                      ++numbers_[entity]);
        fact.number = number;
        company_.items.push_back({customer, std::move(fact)});
        return static_cast<int>(company_.items.size()) - 1;
    }

    void settle(int item, std::int64_t amount, Date day, int counter = -1) {
        if (amount <= 0 || day > today_) return;
        company_.allocations.push_back(
            {item, counter, counter < 0 ? ClearingCause::cash : ClearingCause::link, amount, day});
    }

    void add_invoice(const Plan& plan) {
        const auto place = static_cast<std::size_t>(plan.customer);
        const Payer& payer = payers[static_cast<std::size_t>(payer_[place])];
        const std::int64_t amount = size_[place] * random_.between(35, 240) / 100 + random_.below(100);
        ItemFact fact = base_fact(plan.customer, ItemType::invoice, amount, plan.issue);
        fact.due = due_date(terms_[place], plan.issue);
        const int invoice = add_item(plan.customer, fact);
        std::int64_t left = amount;
        if (random_.chance(38)) left -= credit(plan.customer, invoice, amount, plan.issue);
        if (left <= 0) return;
        Date paid = std::max(plan.issue, fact.due + payer.delay + random_.bell(payer.spread) +
                                             (random_.chance(40) ? random_.between(15, 70) : 0));
        if (paid.weekday() == 6) paid = paid + 2;
        if (paid.weekday() == 0) paid = paid + 1;
        if (random_.chance(payer.never) || (random_.chance(14) && fact.due < today_))
            return leave_unpaid(plan.customer, invoice, left);
        pay(plan.customer, invoice, left, paid);
        if (fact.due < today_ && paid > today_) explain(plan.customer, invoice, left);
        if (paid > fact.due + 8 && paid <= today_) remember(plan.customer, invoice, left, paid);
    }

    /// What nobody pays is written off after half a year, but for a few files in litigation.
    void leave_unpaid(int customer, int invoice, std::int64_t left) {
        const Date due = company_.items[static_cast<std::size_t>(invoice)].fact.due;
        const Date off = due + random_.between(95, 120);
        if (off > today_ || random_.chance(40)) return explain(customer, invoice, left);
        company_.allocations.push_back({invoice, -1, ClearingCause::write_off, left, off});
    }

    /// How an invoice that came late was asked for: a promise kept or not in time, a dispute that was
    /// settled.
    void remember(int customer, int invoice, std::int64_t left, Date paid) {
        const Date due = company_.items[static_cast<std::size_t>(invoice)].fact.due;
        const int draw = random_.below(1000);
        if (draw >= 300) return;
        DemoStanding made;
        made.customer = customer;
        made.item = invoice;
        made.fact.source = StandingSource::demo;
        made.fact.from = std::min(due + random_.between(3, 7), paid - 1);
        if (draw < 220) {
            made.fact.kind = StandingKind::promise;
            made.fact.amount = left;
            made.fact.to =
                draw < 150 ? paid + random_.below(4) : std::max(made.fact.from, paid - random_.between(1, 9));
            made.fact.reason = "promised_by_phone";
        } else {
            made.fact.kind = StandingKind::dispute;
            made.cause = causes[static_cast<std::size_t>(random_.below(8))];
            made.fact.to = paid - 1;
            made.fact.reason = "contested_and_settled";
        }
        company_.standings.push_back(std::move(made));
    }

    std::int64_t credit(int customer, int invoice, std::int64_t amount, Date issue) {
        const Date day = issue + random_.between(4, 35);
        if (day > today_) return 0;
        const std::int64_t credited = random_.chance(250) ? amount : amount * random_.between(5, 40) / 100;
        if (credited == 0) return 0;
        const int note = add_item(customer, base_fact(customer, ItemType::credit_note, -credited, day));
        if (random_.chance(180)) return 0;  // left on the account
        const Date settled = day + random_.below(10);
        settle(invoice, credited, settled, note);
        return settled > today_ ? 0 : credited;
    }

    void pay(int customer, int invoice, std::int64_t left, Date paid) {
        if (random_.chance(70)) {  // in two parts
            const std::int64_t part = left * random_.between(30, 70) / 100;
            settle_with_cash(customer, invoice, part, paid);
            settle_with_cash(customer, invoice, left - part, paid + random_.between(8, 40));
            return;
        }
        const std::int64_t is_short =
            random_.chance(25) ? std::min<std::int64_t>(left - 1, random_.between(50, 4'000)) : 0;
        settle_with_cash(customer, invoice, left - is_short, paid);
        const Date off = paid + random_.between(60, 90);  // small rests are not run after for ever
        if (is_short > 0 && off <= today_)
            company_.allocations.push_back({invoice, -1, ClearingCause::write_off, is_short, off});
    }

    void settle_with_cash(int customer, int invoice, std::int64_t amount, Date paid) {
        const bool unallocated = today_ - paid < 25 && random_.chance(60);
        if (!unallocated || paid > today_ || amount <= 0) return settle(invoice, amount, paid);
        add_item(customer, base_fact(customer, ItemType::payment, -amount, paid));
    }

    /// Why an overdue invoice is unpaid, where someone has asked.
    void explain(int customer, int invoice, std::int64_t left) {
        const ItemFact& fact = company_.items[static_cast<std::size_t>(invoice)].fact;
        if (fact.due > today_) return;
        const int draw = random_.below(100);
        DemoStanding made;
        made.customer = customer;
        made.item = invoice;
        made.fact.source = StandingSource::demo;
        made.fact.from = std::min(today_, fact.due + random_.between(3, 20));
        if (draw < 16) {
            made.fact.kind = StandingKind::promise;
            made.fact.amount = left;
            made.fact.to = made.fact.from + random_.between(5, 25);
            made.fact.reason = "promised_by_phone";
        } else if (draw < 30) {
            made.fact.kind = StandingKind::dispute;
            made.cause = causes[static_cast<std::size_t>(random_.below(8))];
            if (random_.chance(400))
                made.fact.amount = std::max<std::int64_t>(1, left * random_.between(10, 60) / 100);
            made.fact.reason = "contested";
        } else if (draw < 36) {
            made.fact.kind = StandingKind::processing;
            made.fact.to = today_ + random_.between(2, 12);
            made.fact.reason = "approval_under_way";
        } else if (draw < 38 && today_ - fact.due > 120) {
            made.fact.kind = StandingKind::litigation;
            made.fact.reason = "with_the_lawyer";
        } else {
            return;
        }
        company_.standings.push_back(std::move(made));
    }

    void add_account_standings() {
        constexpr std::array<std::pair<int, StandingKind>, 4> some{{{47, StandingKind::stop},
                                                                    {211, StandingKind::stop},
                                                                    {388, StandingKind::insolvency},
                                                                    {590, StandingKind::plan}}};
        for (const auto& [customer, kind] : some) {
            DemoStanding made;
            made.customer = customer;
            made.fact.kind = kind;
            made.fact.source = StandingSource::demo;
            made.fact.from = today_ - 20;
            if (kind == StandingKind::plan) made.fact.to = today_ + 70;
            made.fact.reason = kind == StandingKind::stop ? "sales_asked_to_wait" : "";
            company_.standings.push_back(std::move(made));
        }
    }

    static constexpr std::array<int, 3> french_collectors{0, 1, 4};
    Date today_;
    Random random_;
    Date first_day_;
    DemoCompany company_;
    std::vector<int> payer_;
    std::vector<Terms> terms_;
    std::vector<std::int64_t> size_;
    std::string terms_text_;
    std::vector<Plan> plans_;
    std::array<int, 3> numbers_{};
};

}  // namespace

DemoCompany generate(Date today) { return Maker(today).make(); }

}  // namespace countback::demo
