// A step noted as done or skipped by a person, and the note taken back (COL-3).
#include "collections/pages.h"

namespace countback::collections {

Answer mark_step_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto object = http::read_object(request);
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    StepMark mark;
    mark.customer = CustomerId{*customer};
    mark.what =
        body.choice("what", {"done", "skipped"}) == 0 ? StepMark::What::done : StepMark::What::skipped;
    mark.day = body.optional_date("day").value_or(pages.service.today());
    mark.reason = body.optional_text("reason", {0, 500}).value_or("");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto number = pages.service.mark_step(caller.perimeter, {caller.user, "desk"}, mark);
    if (!number) return tl::unexpected(number.error());
    return http::json_answer(json::object{{"mark", *number}});
}

Answer take_back_mark_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "id");
    if (!customer) return tl::unexpected(customer.error());
    const auto mark = path_id(request, "mark");
    if (!mark) return tl::unexpected(mark.error());
    const auto taken_back =
        pages.service.take_back_mark(caller.perimeter, {caller.user, "desk"}, CustomerId{*customer}, *mark);
    if (!taken_back) return tl::unexpected(taken_back.error());
    return http::json_answer(json::object{{"mark", *mark}});
}

}  // namespace countback::collections
