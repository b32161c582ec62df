// ACC-1: what a person may see. Every cursor of the Book and every service takes one first, without a
// default.
#pragma once
#include <algorithm>
#include <vector>

#include "base/ids.h"

namespace countback {

/// Entities and portfolios; an empty list with its `all_` flag off admits nothing.
struct Perimeter {
    bool all_entities = false;
    bool all_collectors = false;
    std::vector<EntityId> entities;
    std::vector<LabelId> collectors;

    /// The whole company: administrators, the command line, the nightly run.
    static Perimeter whole() { return {true, true, {}, {}}; }

    bool admits_everything() const { return all_entities && all_collectors; }
    bool admits(EntityId entity) const {
        return all_entities || std::find(entities.begin(), entities.end(), entity) != entities.end();
    }
    bool admits(EntityId entity, LabelId collector) const {
        return admits(entity) && (all_collectors || std::find(collectors.begin(), collectors.end(),
                                                              collector) != collectors.end());
    }
};

}  // namespace countback
