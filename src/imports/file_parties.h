// Entities and customers that the lines of a file name, beside those the product knows.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/perimeter.h"
#include "base/date.h"
#include "base/text.h"
#include "parties/types.h"

namespace countback::imports {

struct KnownCustomer {
    CustomerId id;
    std::string name;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return hash64(text); }
};
template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// What the product knew when the file was read.
struct KnownParties {
    struct Known {
        Entity entity;
        ByText<KnownCustomer> customers;  ///< by code
    };
    std::vector<Known> entities;
};

struct FileEntity {
    std::string code;
    EntityId id;                       ///< none = new
    std::optional<Currency> currency;  ///< of a known one; of a new one the most frequent in the file
    std::map<Currency, std::int64_t> seen;
    std::int32_t known = -1;  ///< its place in KnownParties
};

struct FileCustomer {
    std::uint32_t entity = 0;  ///< its place in FileParties
    std::string code;
    CustomerId id;     ///< none = new
    std::string name;  ///< the one on the latest issue date; empty = the file has none
    std::string known_name;
    Date name_date;
    bool several_names = false;
    std::string collector, segment;  ///< of the latest line that has one
};

class FileParties {
public:
    FileParties(const KnownParties& known, const Perimeter& perimeter)
        : known_(&known), perimeter_(perimeter) {}

    /// The place of the entity; nothing when the caller's perimeter does not admit it (or may not make new
    /// ones).
    std::optional<std::uint32_t> entity(std::string_view code);
    /// The only entity there is, for files that do not name one.
    std::optional<std::uint32_t> only_entity();
    std::uint32_t customer(std::uint32_t entity, std::string_view code);
    std::optional<std::uint32_t> find_customer(std::uint32_t entity, std::string_view code) const;
    /// A new entity's currency is the most frequent one of its lines.
    void currency_seen(std::uint32_t entity, Currency currency);
    /// IMP-1: of several names the one on the latest issue date stands.
    void name_seen(std::uint32_t customer, std::string_view name, Date issue);

    /// The code of an entity that the product knew.
    std::string code_of(EntityId entity) const;

    /// What the product knew may be gone from now on: no more look-ups.
    void forget_known() { known_ = nullptr; }

    std::vector<FileEntity> entities;
    std::vector<FileCustomer> customers;

private:
    const std::string& customer_key(std::uint32_t entity, std::string_view code) const;
    const KnownParties* known_;
    Perimeter perimeter_;
    ByText<std::uint32_t> customer_places_;
    mutable std::string key_;
};

/// Codes that differ only by leading zeros, case or signs: `0012` and `12` (IMP-1). Each pair once, as
/// `entity: a / b`.
std::vector<std::string> near_twin_codes(const FileParties& parties, const KnownParties& known);

}  // namespace countback::imports
