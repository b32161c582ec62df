// The pages of reminders: preview, a person's yes, messages outside the scenario, runs.
#pragma once
#include <functional>
#include <memory>

#include "collections/pages.h"
#include "collections/reminders.h"

namespace countback::collections {

struct ReminderPages {
    Reminders& reminders;
    UserName user_name;
    std::function<void()> wake;  ///< the sender has something new to look at
};

Answer reminder_preview_page(const ReminderPages& pages, const access::Caller& caller,
                             const http::Request& request);
Answer confirm_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request);
Answer single_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request);
Answer single_preview_page(const ReminderPages& pages, const access::Caller& caller,
                           const http::Request& request);
/// The text of the request's body on its customer, as it would be written today; nothing is saved. Refuses
/// field_missing, field_invalid, template_invalid, not_found and what composing refuses.
Result<correspondence::Content> text_on_customer(const ReminderPages& pages, const access::Caller& caller,
                                                 const http::Request& request);
Answer template_preview_page(const ReminderPages& pages, const access::Caller& caller,
                             const http::Request& request);
Answer run_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request);
Answer runs_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request);
Answer outcomes_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request);

void declare_reminder_routes(access::Gate& gate, std::shared_ptr<const ReminderPages> pages);

}  // namespace countback::collections
