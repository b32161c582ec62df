// Customers chased together, and whose contacts receive the messages (COL-2, COL-7).
#include "collections/group_page.h"

#include <algorithm>

#include "collections/pages.h"
#include "correspondence/group.h"

namespace countback::collections {

namespace {

constexpr std::size_t members_max = 100;

/// The id of the field, null, or the refusal of a body without it: leaving a group is said, never guessed.
Result<std::optional<CustomerId>> read_customer(const http::Request& request, std::string_view field) {
    const auto object = http::read_object(request, {field});
    if (!object) return tl::unexpected(object.error());
    if (!object->if_contains(field))
        return refuse(RefusalCode::field_missing, {{"field", std::string(field)}});
    http::BodyReader body(*object);
    const auto id = body.optional_id(field);
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return id ? std::optional(CustomerId{*id}) : std::nullopt;
}

}  // namespace

json::value group_json(const Snapshot& book, AccountRow account, Moment moment, PageNames& names) {
    const AccountRow master = correspondence::head_of(book, account, moment).value_or(account);
    const auto all = correspondence::chased_together(book, master, moment);
    if (all.size() == 1) return nullptr;
    json::array members;
    for (std::size_t place = 1; place < std::min(all.size(), members_max + 1); ++place)
        members.push_back(names.customer_json(book.customer(all[place])));
    return json::object{{"master", names.customer_json(book.customer(master))},
                        {"members", std::move(members)},
                        {"count", all.size() - 1}};
}

json::value payment_centre_json(const Snapshot& book, AccountRow account, Moment moment, PageNames& names) {
    const AccountRow centre = correspondence::recipient_of(book, account, moment);
    if (centre == account) return nullptr;
    return names.customer_json(book.customer(centre));
}

Answer put_in_group_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto id = path_id(request, "id");
    if (!id) return tl::unexpected(id.error());
    const auto master = read_customer(request, "master");
    if (!master) return tl::unexpected(master.error());
    const CustomerId customer{*id};
    const auto put = pages.service.put_in_group(caller.perimeter, {caller.user, "desk"}, customer, *master);
    if (!put) return tl::unexpected(put.error());
    const Snapshot book = pages.service.ledger().book();
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    return http::json_answer(json::object{
        {"group", group_json(book, *book.account(customer), {pages.service.today(), known_now}, names)}});
}

Answer set_payment_centre_page(const Pages& pages, const access::Caller& caller,
                               const http::Request& request) {
    const auto id = path_id(request, "id");
    if (!id) return tl::unexpected(id.error());
    const auto centre = read_customer(request, "customer");
    if (!centre) return tl::unexpected(centre.error());
    const CustomerId customer{*id};
    const auto set =
        pages.service.set_payment_centre(caller.perimeter, {caller.user, "desk"}, customer, *centre);
    if (!set) return tl::unexpected(set.error());
    const Snapshot book = pages.service.ledger().book();
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    const Moment now{pages.service.today(), known_now};
    return http::json_answer(
        json::object{{"payment_centre", payment_centre_json(book, *book.account(customer), now, names)}});
}

}  // namespace countback::collections
