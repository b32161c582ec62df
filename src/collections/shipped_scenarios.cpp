// COL-8: the six scenarios a company starts with. Every message waits for a person's yes.
#include "collections/policy.h"

namespace countback::collections {

namespace {

struct Names {
    const char* en;
    const char* fr;
};

constexpr Trigger due(int days) { return {TriggerBase::due, days}; }
constexpr Trigger issued(int days) { return {TriggerBase::issue, days}; }
constexpr Trigger after_previous(int days) { return {TriggerBase::previous, days}; }

using Functions = std::vector<std::string>;

struct Message {
    const char* template_code;
    Channel channel = Channel::email;
    Functions to{"payables"}, cc{};
};

Step plain(const char* code, Names names, Trigger trigger, Channel channel) {
    Step step;
    step.code = code;
    step.name_en = names.en;
    step.name_fr = names.fr;
    step.channel = channel;
    step.mode = Mode::manual;
    step.trigger = trigger;
    return step;
}

Step call(const char* code, Names names, Trigger trigger) {
    return plain(code, names, trigger, Channel::call);
}
Step task(const char* code, Names names, Trigger trigger) {
    return plain(code, names, trigger, Channel::task);
}
/// A registered letter is a person's, every other message waits for a yes.
Step message(const char* code, Names names, Trigger trigger, Message how) {
    Step step = plain(code, names, trigger, how.channel);
    step.mode = how.channel == Channel::registered_letter ? Mode::manual : Mode::confirm;
    step.template_code = how.template_code;
    step.to = std::move(how.to);
    step.cc = std::move(how.cc);
    return step;
}
Step repeated(Step step, int days, int cap) {
    step.repeat_days = days;
    step.repeat_cap = cap;
    return step;
}

Notice notice(Notice::Kind kind, Names names, int days, const char* template_code) {
    Notice made;
    made.code = name_of(kind);
    made.name_en = names.en;
    made.name_fr = names.fr;
    made.kind = kind;
    made.days = days;
    made.template_code = template_code;
    made.to = {"payables"};
    return made;
}
Notice new_invoice(int days) {
    return notice(Notice::Kind::new_invoice, {"New invoice", "Nouvelle facture"}, days, "new_invoice");
}
Notice thank_you(int days) {
    return notice(Notice::Kind::thank_you, {"Thank you", "Remerciement"}, days, "thank_you");
}

Scenario named(int number, const char* code, Names names, std::vector<Step> steps) {
    Scenario scenario;
    scenario.number = number;
    scenario.code = code;
    scenario.name_en = names.en;
    scenario.name_fr = names.fr;
    scenario.steps = std::move(steps);
    return scenario;
}

const Functions above{"executive", "legal", "payables"};

Message formal_notice() { return {"formal_notice", Channel::registered_letter, above, {"payables"}}; }
Step decide_next(int days) {
    return task("decide", {"Decide what next", "Décider de la suite"}, after_previous(days));
}

Scenario standard() {
    return named(
        1, "standard", {"Standard", "Standard"},
        {message("before_due", {"Before the due date", "Avant l'échéance"}, due(-5), {"pre_reminder"}),
         message("reminder", {"Friendly reminder", "Relance amiable"}, due(3), {"reminder_1"}),
         message("second", {"Second reminder", "Deuxième relance"}, due(12), {"reminder_2"}),
         repeated(call("call", {"Phone call", "Appel téléphonique"}, due(20)), 7, 2),
         message("firm", {"Firm reminder", "Relance ferme"}, due(30),
                 {"firm_reminder", Channel::letter, {"payables"}, {"executive"}}),
         message("formal_notice", {"Formal notice", "Mise en demeure"}, due(45), formal_notice()),
         decide_next(15)});
}

Scenario careful() {
    return named(2, "careful", {"Careful", "Prudent"},
                 {call("call", {"Courtesy call", "Appel de courtoisie"}, due(10)),
                  message("reminder", {"Reminder", "Relance"}, due(20), {"courtesy"}),
                  task("review", {"Review with sales", "Point avec le commercial"}, due(35)),
                  message("firm", {"Firm reminder", "Relance ferme"}, due(50), {"firm_reminder"})});
}

Scenario key_account() {
    Scenario scenario = named(
        3, "key_account", {"Key account", "Grand compte"},
        {message("statement", {"Statement of account", "Relevé de compte"}, due(5), {"statement"}),
         repeated(call("call", {"Call the payables team", "Appel à la comptabilité fournisseurs"}, due(12)),
                  7, 2),
         message("courtesy", {"Courtesy message", "Message de courtoisie"}, due(28), {"courtesy"}),
         task("review", {"Review with the account manager", "Point avec le responsable du compte"}, due(40)),
         message("second", {"Reminder to management", "Relance à la direction"}, due(50),
                 {"reminder_2", Channel::email, {"executive", "payables"}, {"payables"}}),
         decide_next(20)});
    scenario.notices = {new_invoice(1), thank_you(1)};
    return scenario;
}

Scenario small_balances() {
    return named(
        4, "small_balances", {"Small balances", "Petits soldes"},
        {message("reminder", {"Reminder", "Relance"}, due(15), {"reminder_1"}),
         message("second", {"Second reminder", "Deuxième relance"}, due(35), {"reminder_2"}),
         message("firm", {"Last reminder", "Dernière relance"}, due(60), {"firm_reminder"}),
         task("write_off", {"Chase on or write off", "Poursuivre ou passer en perte"}, after_previous(30))});
}

/// A public buyer pays by procedure: first that the invoice is in its hands, then the rest.
Scenario public_buyer() {
    return named(
        5, "public_buyer", {"Public buyer", "Acheteur public"},
        {task("received", {"Check that the invoice was accepted", "Vérifier que la facture est acceptée"},
              issued(7)),
         message("reminder", {"Reminder", "Relance"}, due(8), {"public_buyer_reminder"}),
         repeated(call("call", {"Call the accounting officer", "Appel au comptable public"}, due(20)), 10, 2),
         message("second", {"Second reminder", "Deuxième relance"}, due(40),
                 {"public_buyer_reminder", Channel::letter, {"payables"}, {"buyer"}}),
         message("formal_notice", {"Formal notice", "Mise en demeure"}, due(70), formal_notice()),
         decide_next(30)});
}

/// Longer ways and holidays elsewhere: more time between steps, nothing by plain letter.
Scenario international() {
    Scenario scenario =
        named(6, "international", {"International", "International"},
              {message("before_due", {"Before the due date", "Avant l'échéance"}, due(-7), {"pre_reminder"}),
               message("reminder", {"Friendly reminder", "Relance amiable"}, due(7), {"reminder_1"}),
               message("second", {"Second reminder", "Deuxième relance"}, due(20), {"reminder_2"}),
               repeated(call("call", {"Phone call", "Appel téléphonique"}, due(30)), 10, 2),
               message("firm", {"Firm reminder", "Relance ferme"}, due(45),
                       {"firm_reminder", Channel::email, {"payables"}, {"executive"}}),
               message("final_notice", {"Final notice", "Dernier avis"}, due(65),
                       {"final_notice", Channel::registered_letter, above, {"payables"}}),
               plain("hand_over",
                     {"Hand over to an agency or insurer", "Transmettre au recouvrement ou à l'assureur"},
                     after_previous(21), Channel::hand_over)});
    scenario.notices = {new_invoice(2)};
    return scenario;
}

}  // namespace

std::vector<Scenario> shipped_scenarios() {
    return {standard(), careful(), key_account(), small_balances(), public_buyer(), international()};
}

}  // namespace countback::collections
