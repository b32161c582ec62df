#include "imports/fields.h"

#include <array>

namespace countback::imports {
namespace {

constexpr std::string_view kind_names[] = {"items", "customers", "contacts", "allocations"};

constexpr std::string_view field_names[] = {
#define FIELD(name) #name,
    COUNTBACK_IMPORT_FIELDS(FIELD)
#undef FIELD
};

// One letter per kind in the order items, customers, contacts, allocations: r required, o optional, - absent.
struct Known {
    Field field;
    std::string_view needs;
    std::vector<std::string_view> headers;
};

const std::vector<Known> known_fields{
    {Field::entity,
     "rrro",
     {"entity", "entite", "societe", "company code", "business code", "company", "code societe",
      "legal entity", "bukrs", "dossier", "etablissement"}},
    {Field::customer_code, "rrro", {"customer code",  "code client",  "cust number",   "customer number",
                                    "customer id",    "customerid",   "compte client", "compte tiers",
                                    "code tiers",     "num client",   "numero client", "n client",
                                    "account number", "account code", "debtor",        "debtor code",
                                    "client code",    "compaux num",  "compauxnum",    "kunnr",
                                    "customer no",    "tiers",        "compte",        "customer",
                                    "client",         "account",      "code",          "id"}},
    {Field::customer_name,
     "oo--",
     {"customer name", "name customer", "nom client", "raison sociale", "nom du client", "client name",
      "account name", "compaux lib", "compauxlib", "intitule", "intitule client", "libelle tiers",
      "libelle compte", "debtor name", "company name", "nom", "name", "name1"}},
    {Field::number,
     "r--o",
     {"number",          "invoice number",  "invoice id",   "invoicenumber",   "numero facture", "n facture",
      "num facture",     "numero de piece", "numero piece", "n piece",         "num piece",      "piece",
      "document number", "doc number",      "document no",  "invoice no",      "invoice",        "facture",
      "piece ref",       "pieceref",        "belnr",        "reference piece", "numero",         "doc id",
      "document",        "reference"}},
    {Field::type,
     "o---",
     {"type", "item type", "document type", "doc type", "type de piece", "type piece", "nature",
      "type document", "transaction type", "blart"}},
    {Field::issue_date,
     "r---",
     {"issue date",          "date facture",    "date de facture", "invoice date",  "invoicedate",
      "posting date",        "date piece",      "date de piece",   "document date", "document create date",
      "date emission",       "date d emission", "piece date",      "piecedate",     "date comptable",
      "ecriture date",       "ecrituredate",    "bldat",           "date ecriture", "date",
      "baseline create date"}},
    {Field::due_date,
     "o---",
     {"due date", "due in date", "duedate", "echeance", "date echeance", "date d echeance", "date ech",
      "net due date", "payment due date", "maturity date", "maturity"}},
    {Field::terms,
     "oo--",
     {"terms", "payment terms", "cust payment terms", "conditions de reglement", "condition de reglement",
      "conditions de paiement", "mode de reglement", "delai de paiement", "delai", "zterm"}},
    {Field::amount,
     "r--r",
     {"amount",
      "total open amount",
      "invoice amount",
      "invoiceamount",
      "montant ttc",
      "amount minor",
      "montant",
      "total ttc",
      "amount incl tax",
      "amount including tax",
      "gross amount",
      "total amount",
      "montant devise",
      "montant initial",
      "original amount",
      "total",
      "ttc",
      "solde",
      "balance",
      "wrbtr",
      "amount due"}},
    {Field::debit, "o---", {"debit", "montant debit", "debit amount"}},
    {Field::credit, "o---", {"credit", "montant credit", "credit amount"}},
    {Field::currency,
     "oo--",
     {"currency", "devise", "invoice currency", "currency code", "code devise", "monnaie", "waers",
      "idevise"}},
    {Field::source_id,
     "o--o",
     {"source id", "sourceid", "id", "identifiant", "internal id", "record id", "transaction id"}},
    {Field::instalment,
     "o---",
     {"instalment", "installment", "numero echeance", "n echeance", "instalment number"}},
    {Field::remaining,
     "o---",
     {"remaining", "remaining amount", "reste a payer", "reste du", "solde restant", "open amount",
      "montant restant", "amount remaining", "outstanding", "balance due", "restant du"}},
    {Field::cleared_date,
     "o---",
     {"cleared date", "clear date", "clearing date", "settled date", "settleddate", "date lettrage",
      "date de lettrage", "date reglement", "date de reglement", "payment date", "paid date", "date paiement",
      "date de paiement", "date let", "datelet", "augdt"}},
    {Field::vat_amount, "o---", {"vat amount", "montant tva", "tva", "vat", "tax amount"}},
    {Field::order_reference,
     "o---",
     {"order reference", "reference commande", "po number", "bon de commande", "n commande", "commande",
      "purchase order", "customer reference", "order number", "numero commande"}},
    {Field::document_link, "o---", {"document link", "lien", "url", "link", "pdf"}},
    {Field::collector,
     "oo--",
     {"collector", "charge de recouvrement", "recouvreur", "gestionnaire", "credit controller"}},
    {Field::segment, "oo--", {"segment", "typologie", "categorie", "category", "customer group", "secteur"}},
    {Field::risk_class, "-o--", {"risk class", "classe de risque", "risque", "risk", "credit rating"}},
    {Field::legal_id,
     "-o--",
     {"legal id", "siren", "siret", "vat number", "tva intracommunautaire", "n tva", "duns", "lei",
      "tax id"}},
    {Field::country, "-o--", {"country", "pays", "country code", "code pays"}},
    {Field::language, "-oo-", {"language", "langue", "language code"}},
    {Field::email, "-oo-", {"email", "e mail", "mail", "courriel", "email address", "adresse e mail"}},
    {Field::phone, "-oo-", {"phone", "telephone", "tel", "phone number"}},
    {Field::address, "-o--", {"address", "adresse", "street"}},
    {Field::contact_name,
     "--r-",
     {"contact name", "contact", "nom contact", "nom du contact", "interlocuteur", "name", "nom"}},
    {Field::contact_function, "--o-", {"contact function", "fonction", "function", "role", "poste"}},
    {Field::counter_number,
     "---o",
     {"counter number", "payment number", "numero reglement", "piece lettree", "credit number"}},
    {Field::counter_source_id, "---o", {"counter source id", "payment id", "credit id"}},
    {Field::date,
     "---r",
     {"date", "allocation date", "date lettrage", "date reglement", "payment date", "clearing date"}},
    {Field::cause, "---o", {"cause", "reason", "motif"}},
};

const Known& known_of(Field field) { return known_fields[static_cast<std::size_t>(field)]; }

}  // namespace

std::string_view name_of(ImportKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<ImportKind> parse_kind(std::string_view name) {
    for (std::size_t i = 0; i < std::size(kind_names); ++i) {
        if (kind_names[i] == name) return static_cast<ImportKind>(i);
    }
    return std::nullopt;
}

std::string_view name_of(Field field) { return field_names[static_cast<std::size_t>(field)]; }

std::optional<Field> parse_field(std::string_view name) {
    for (std::size_t i = 0; i < field_count; ++i) {
        if (field_names[i] == name) return static_cast<Field>(i);
    }
    return std::nullopt;
}

FieldNeed need_of(Field field, ImportKind kind) {
    switch (known_of(field).needs[static_cast<std::size_t>(kind)]) {
        case 'r':
            return FieldNeed::required;
        case 'o':
            return FieldNeed::optional;
        default:
            return FieldNeed::absent;
    }
}

std::span<const std::string_view> header_names(Field field) { return known_of(field).headers; }

}  // namespace countback::imports
