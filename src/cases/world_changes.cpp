// What a person changes in the product (IMP-5), and cash recorded before the source has it (IMP-8).
#include "cases/world.h"
#include "imports/changes.h"
#include "parties/directory.h"

namespace countback::embedded {
std::span<const File> schema_access();
}

namespace countback::cases {

namespace {

imports::Person case_person() { return {Perimeter::whole(), UserId{1}, "case", "case"}; }

std::string names_of(const std::vector<Contact>& contacts) {
    std::string names;
    for (const Contact& contact : contacts) names += (names.empty() ? "" : ",") + contact.name;
    return names.empty() ? "none" : names;
}

}  // namespace

imports::Changes& World::changes() {
    if (changes_) return *changes_;
    const store::RoomSchema rooms[] = {{"access", embedded::schema_access()}};
    database_->migrate(rooms);
    audit_ = std::make_unique<access::Audit>(clock_, crypto::Key{});
    changes_ = std::make_unique<imports::Changes>(*ledger_, *audit_);
    return *changes_;
}

/// `change ACME name "ACME SA" country FR`, `change F-001 due D because "agreed by phone"`
void World::change(Words& words) {
    const std::string target = words.next("an item or a customer");
    before_last_ = ledger_->book().last_fact();
    if (is_item(target)) {
        imports::ItemChange change{item_named(target), words.date("due"), std::nullopt,
                                   words.value("because").value_or("")};
        words.finish();
        granted(changes().change_item(case_person(), change));
    } else {
        imports::CustomerChange change{customer_named(target), {}, {}};
        for (const auto field : parties::customer_fields) {
            if (const auto text = words.value(parties::name_of(field))) change.values[field] = *text;
        }
        words.finish();
        granted(changes().change_customer(case_person(), change));
    }
    last_ = ledger_->book().last_fact();
}

/// `give_back ACME name`, `give_back F-001`: the source owns it again.
void World::give_back(Words& words) {
    const std::string target = words.next("an item or a customer");
    if (is_item(target)) {
        words.finish();
        granted(changes().change_item(case_person(),
                                      {item_named(target), std::nullopt, Owner::source, "as told"}));
        return;
    }
    imports::CustomerChange change{customer_named(target), {}, {}};
    while (!words.empty()) {
        const std::string name = words.next("a field");
        const auto field = parties::parse_customer_field(name);
        if (!field) throw CaseFailure("not a field: " + name);
        change.owners[*field] = Owner::source;
    }
    granted(changes().change_customer(case_person(), change));
}

/// `contact ACME "Ann Lee" email ann@acme.test phone … role buyer`: entered, or changed when there is one;
/// `contact ACME "Ann Lee" removed`
void World::contact(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const std::string name = words.next("a name");
    imports::ContactChange said{
        name,        words.value("role"), words.value("email"), words.value("phone"), words.value("language"),
        std::nullopt};
    const bool removed = words.flag("removed");
    words.finish();
    for (const Contact& known : parties::contacts(*database_->lease(), customer)) {
        if (known.name != name) continue;
        if (removed) return granted(changes().remove_contact(case_person(), known));
        return granted(changes().change_contact(case_person(), known, said));
    }
    granted(changes().add_contact(case_person(), customer, said));
}

/// `paid R7 100.00 EUR by ACME on D to F-001=60.00,F-002=40.00`: cash recorded in the product.
void World::paid(Words& words) {
    imports::NewPayment payment;
    payment.reference = words.next("a reference");
    payment.amount = words.next("an amount");
    payment.currency = words.next("a currency");
    payment.customer = customer_named(words.value("by").value_or(""));
    payment.date = words.date("on").value_or(clock_.today());
    const auto parts = words.value("to");
    for (const std::string& part : parts ? comma_list(*parts) : std::vector<std::string>{}) {
        const auto sign = part.find('=');
        if (sign == std::string::npos) throw CaseFailure("an item=amount expected, got " + part);
        payment.parts.push_back({item_named(part.substr(0, sign)), part.substr(sign + 1)});
    }
    words.finish();
    before_last_ = ledger_->book().last_fact();
    items_[payment.reference] = granted(changes().record_payment(case_person(), payment));
    last_ = ledger_->book().last_fact();
}

/// `expect field ACME name "ACME SA" of product`
void World::expect_field(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const std::string name = words.next("a field");
    const std::string wanted = words.next("a value");
    const auto owner = words.value("of");
    words.finish();
    const auto field = parties::parse_customer_field(name);
    if (!field) throw CaseFailure("not a field: " + name);
    auto found = granted(changes().customer(Perimeter::whole(), customer));
    const std::string* text = parties::text_of(found.texts, *field);
    expect_same(name, wanted, text != nullptr ? *text : found.labels[*field]);
    const Owner got = found.owned.has(*field) ? Owner::product : Owner::source;
    if (owner) expect_same("owner of " + name, *owner, std::string(parties::name_of(got)));
}

/// `expect contacts ACME "Ann Lee,Bob Day"`
void World::expect_contacts(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const std::string wanted = words.next("names");
    words.finish();
    expect_same("contacts", wanted, names_of(parties::contacts(*database_->lease(), customer)));
}

/// `expect due_date F-001 2025-05-01`
void World::expect_due_date(Words& words) {
    const ItemView item = view_of(words.next("an item"));
    const Date wanted = words.next_date("a date");
    words.finish();
    expect_same("due date", wanted.iso(), item.due.iso());
}

/// `expect replaced P-1 by BANK-7`, `by clearing` when no payment was named, `by no` when it still stands
void World::expect_replaced(Words& words) {
    const ItemId payment = item_named(words.next("a payment"));
    const std::string by = words.value("by").value_or("");
    words.finish();
    constexpr store::Sql replaced{
        "cases_replaced", "select coalesce(replaced_by, 0) from payment_replacement where item_id = $1"};
    const auto found = database_->lease()->integer(replaced, {payment.value});
    const std::string got = !found ? "no" : *found == 0 ? "clearing" : number_of(ItemId{*found});
    expect_same("replaced", by, got);
}

}  // namespace countback::cases
