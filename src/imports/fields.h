// The fields a file can fill, and the header names they are known by in French, English and common ERPs
// (IMP-2).
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countback::imports {

enum class ImportKind : std::uint8_t { items, customers, contacts, allocations };

std::string_view name_of(ImportKind kind);
std::optional<ImportKind> parse_kind(std::string_view name);

// clang-format off
#define COUNTBACK_IMPORT_FIELDS(FIELD)                                                                     \
    FIELD(entity)                                                                                          \
    FIELD(customer_code)                                                                                   \
    FIELD(customer_name)                                                                                   \
    FIELD(number) FIELD(type) FIELD(issue_date) FIELD(due_date) FIELD(terms) FIELD(amount) FIELD(debit)    \
        FIELD(credit) FIELD(currency) FIELD(source_id) FIELD(instalment) FIELD(remaining)                  \
            FIELD(cleared_date) FIELD(vat_amount) FIELD(order_reference) FIELD(document_link)              \
                FIELD(collector) FIELD(segment) FIELD(risk_class) FIELD(legal_id) FIELD(country)           \
                    FIELD(language) FIELD(email) FIELD(phone) FIELD(address) FIELD(contact_name)           \
                        FIELD(contact_function) FIELD(counter_number) FIELD(counter_source_id) FIELD(date) \
                            FIELD(cause)
// clang-format on

enum class Field : std::uint8_t {
#define FIELD(name) name,
    COUNTBACK_IMPORT_FIELDS(FIELD)
#undef FIELD
};
#define FIELD(name) +1
constexpr std::size_t field_count = 0 COUNTBACK_IMPORT_FIELDS(FIELD);
#undef FIELD

std::string_view name_of(Field field);  ///< `customer_code`, as in a mapping file
std::optional<Field> parse_field(std::string_view name);

enum class FieldNeed : std::uint8_t { absent, optional, required };

/// Whether a kind of file knows the field. `required` ones need a column, a constant or a default of their
/// own (an entity when there is one only, a currency from the entity).
FieldNeed need_of(Field field, ImportKind kind);

/// Header names that mean the field, folded (lower case, no accents), the surest first.
std::span<const std::string_view> header_names(Field field);

}  // namespace countback::imports
