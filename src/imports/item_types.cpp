#include <algorithm>
#include <utility>

#include "base/text.h"
#include "imports/item_lines.h"

namespace countback::imports {
namespace {

using Words = std::pair<TypeWord, std::vector<std::string_view>>;

const std::vector<Words>& words() {
    static const std::vector<Words> known{
        {{ItemType::invoice},
         {"invoice",
          "inv",
          "facture",
          "fact",
          "fac",
          "fa",
          "fc",
          "fv",
          "f",
          "i",
          "in",
          "ri",
          "rv",
          "dr",
          "vt",
          "ve",
          "vente",
          "bill",
          "standard",
          "sales invoice",
          "facture client",
          "out invoice"}},
        {{ItemType::credit_note},
         {"credit note", "cn", "cm", "cr", "credit memo", "creditmemo", "credit", "avoir", "av", "avo", "a",
          "dg", "rc", "out refund", "refund", "avoir client", "note de credit", "nc"}},
        {{ItemType::payment},
         {"payment", "pay",          "pmt",      "py",     "p",           "reglement", "rgt",  "regl",
          "reg",     "rg",           "dz",       "zp",     "receipt",     "rec",       "cash", "bq",
          "banque",  "encaissement", "virement", "cheque", "prelevement", "paiement",  "bank"}},
        {{ItemType::misc},
         {"misc", "od", "operation diverse", "journal", "jv", "ab", "sa", "adjustment", "adj", "ecriture",
          "entry", "gl"}},
        {{ItemType::misc, item_flag::opening_balance},
         {"opening balance", "opening", "a nouveau", "an", "ran", "report a nouveau"}},
        {{ItemType::misc, item_flag::sales}, {"debit note", "dn", "debit memo", "dm", "note de debit"}},
        {{ItemType::draft},
         {"draft", "traite", "lcr", "effet", "bor", "boe", "bill of exchange", "lettre de change"}},
        {{ItemType::late_fee},
         {"late fee", "penalite", "penalites", "interets", "interets de retard", "finance charge", "penalty",
          "lf"}},
        {{ItemType::down_payment_request},
         {"down payment request", "acompte", "demande d acompte", "dpr", "proforma", "down payment"}},
    };
    return known;
}

}  // namespace

std::optional<TypeWord> parse_type(std::string_view word) {
    const std::string folded(trim(fold(word)));
    for (const auto& [type, known] : words()) {
        if (std::find(known.begin(), known.end(), folded) != known.end()) return type;
    }
    return std::nullopt;
}

std::uint64_t hash_of(const ItemKey& key) {
    std::string text;
    text.reserve(64);
    if (!key.source_id.empty()) {
        text.append("source\x1f").append(key.source_id);
    } else {
        text.append("item\x1f")
            .append(key.entity)
            .append("\x1f")
            .append(1, static_cast<char>('0' + static_cast<int>(key.type)));
        text.append("\x1f").append(key.number).append("\x1f").append(std::to_string(key.year));
    }
    if (key.instalment > 0) text.append("\x1f").append(std::to_string(key.instalment));
    return hash64(text);
}

}  // namespace countback::imports
