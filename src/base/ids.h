// Numbers that name things. Each kind is a type of its own, so one cannot be passed for another.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace countback {

template <class Tag>
struct Id {
    std::int64_t value = 0;  ///< > 0 when it names something; 0 = none
    constexpr auto operator<=>(const Id&) const = default;
    constexpr explicit operator bool() const { return value != 0; }
};

using FactNo = Id<struct FactTag>;  ///< recorded time: commit order of facts, from 1, without gaps
using EntityId = Id<struct EntityTag>;
using CustomerId = Id<struct CustomerTag>;
using ItemId = Id<struct ItemTag>;          ///< the number of the item's first fact
using StandingId = Id<struct StandingTag>;  ///< the number of the standing's first fact
using LoadId = Id<struct LoadTag>;          ///< the number of the load's fact
using UserId = Id<struct UserTag>;
using MessageId = Id<struct MessageTag>;  ///< a message to a customer, requested, sent or not
using LabelId = Id<struct LabelTag>;      ///< a collector, a segment, a risk class: a word users chose

}  // namespace countback

template <class Tag>
struct std::hash<countback::Id<Tag>> {
    std::size_t operator()(countback::Id<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
