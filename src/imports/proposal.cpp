// IMP-2: the mapping proposed from header names. Each field takes the column whose name is highest in its
// list; a column goes to one field only; a column proposed for a date or an amount must hold dates or
// amounts.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "imports/mapping.h"

namespace countback::imports {
namespace {

struct Candidate {
    Field field;
    std::size_t column;
    std::size_t rank;  ///< place in the field's list of names; smaller is surer
};

bool is_date_field(Field field) {
    return field == Field::issue_date || field == Field::due_date || field == Field::cleared_date ||
           field == Field::date;
}

bool is_amount_field(Field field) {
    return field == Field::amount || field == Field::debit || field == Field::credit ||
           field == Field::remaining || field == Field::vat_amount;
}

bool looks_like_amount(std::string_view text) {
    const auto eur = *Currency::parse("EUR");
    for (const char decimal : {'.', ','}) {
        if (formats::read_amount(text, {decimal, formats::AmountUnit::major}, eur)) return true;
    }
    return false;
}

// Whether at least half of the column's sample values can be the field's: the header's name decides, a bad
// line among few is refused by itself.
bool fits(Field field, std::size_t column, const std::vector<std::vector<std::string>>& samples) {
    if (!is_date_field(field) && !is_amount_field(field)) return true;
    std::size_t seen = 0;
    std::size_t good = 0;
    for (const auto& row : samples) {
        if (column >= row.size() || row[column].empty()) continue;
        ++seen;
        const bool is_date = formats::read_date(row[column], formats::DateOrder::day_first) ||
                             formats::read_date(row[column], formats::DateOrder::month_first);
        good += (is_date_field(field) ? is_date : looks_like_amount(row[column])) ? 1 : 0;
    }
    return good * 2 >= seen;
}

// `InvoiceDate` → "invoice date", so that joined names meet the lists too.
std::string folded_header(std::string_view name) {
    std::string spaced;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool lower_before = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
        if (lower_before && name[i] >= 'A' && name[i] <= 'Z') spaced += ' ';
        spaced += name[i];
    }
    return std::string(trim(fold(spaced)));
}

std::vector<Candidate> candidates(const std::vector<std::string>& header, ImportKind kind,
                                  const std::vector<std::vector<std::string>>& samples) {
    std::vector<std::string> folded;
    for (const std::string& name : header) folded.push_back(folded_header(name));
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < field_count; ++i) {
        const auto field = static_cast<Field>(i);
        if (need_of(field, kind) == FieldNeed::absent) continue;
        const auto names = header_names(field);
        for (std::size_t column = 0; column < folded.size(); ++column) {
            const auto at = std::find(names.begin(), names.end(), folded[column]);
            if (at == names.end() || !fits(field, column, samples)) continue;
            found.push_back({field, column, static_cast<std::size_t>(at - names.begin())});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Candidate& a, const Candidate& b) { return a.rank < b.rank; });
    return found;
}

Mapping mapping_for(ImportKind kind, const std::vector<std::string>& header,
                    const std::vector<std::vector<std::string>>& samples) {
    Mapping mapping;
    std::set<std::size_t> taken;
    for (const Candidate& candidate : candidates(header, kind, samples)) {
        if (mapping.has(candidate.field) || taken.contains(candidate.column)) continue;
        mapping.fields[candidate.field] = Source{header[candidate.column], std::nullopt};
        taken.insert(candidate.column);
        if (candidate.field == Field::amount && folded_header(header[candidate.column]) == "amount minor") {
            mapping.amount_unit = formats::AmountUnit::minor;
        }
    }
    if (kind == ImportKind::items && mapping.has(Field::debit) && mapping.has(Field::credit))
        mapping.fields.erase(Field::amount);
    if (kind == ImportKind::items && !mapping.has(Field::number) && mapping.has(Field::source_id)) {
        mapping.fields[Field::number] = mapping.fields[Field::source_id];
    }
    return mapping;
}

// How many of the fields that mark a kind are there; a kind lacking what it needs scores nothing.
int score(ImportKind kind, const Mapping& mapping) {
    const auto has = [&](Field field) { return mapping.has(field) ? 1 : 0; };
    const int item_amount = has(Field::amount) | has(Field::debit) | has(Field::credit);
    const int document = has(Field::number) | has(Field::source_id);
    const int item_like = has(Field::issue_date) | has(Field::due_date) | item_amount;
    switch (kind) {
        case ImportKind::items:
            // Documents of customers without a readable date or amount are items still: what lacks is asked.
            return has(Field::customer_code) *
                   (item_amount * has(Field::issue_date) != 0 ? 10 : document * item_like * 8);
        case ImportKind::allocations:
            return has(Field::amount) * has(Field::date) * (has(Field::number) | has(Field::source_id)) * 6;
        case ImportKind::contacts:
            return has(Field::customer_code) * has(Field::contact_name) *
                   (has(Field::email) | has(Field::phone)) * 5;
        default:
            return has(Field::customer_code) * 2 + has(Field::customer_name) * 2 + has(Field::legal_id) +
                   has(Field::address);
    }
}

// An allocation names its item by whatever column says which document it is.
Mapping with_item_reference(Mapping mapping, const std::vector<std::string>& header) {
    if (mapping.has(Field::source_id) || mapping.has(Field::number)) return mapping;
    for (const std::string& name : header) {
        const std::string folded = folded_header(name);
        if (folded == "doc id" || folded == "item id" || folded == "document id")
            mapping.fields[Field::source_id] = Source{name, std::nullopt};
    }
    return mapping;
}

}  // namespace

Proposal propose(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& samples,
                 std::optional<ImportKind> wanted) {
    Proposal best;
    int best_score = -1;
    for (const ImportKind kind :
         {ImportKind::items, ImportKind::allocations, ImportKind::contacts, ImportKind::customers}) {
        if (wanted && kind != *wanted) continue;
        Mapping mapping = mapping_for(kind, header, samples);
        if (kind == ImportKind::allocations) mapping = with_item_reference(std::move(mapping), header);
        const int points = score(kind, mapping);
        if (points <= best_score) continue;
        best_score = points;
        best = {kind, std::move(mapping)};
    }
    return best;
}

}  // namespace countback::imports
