// Puts a database that was made and checked apart in the place of the embedded one.
#pragma once
#include <functional>

#include "main/company.h"

namespace countback {

enum class InPlaceOf { nothing, whatever_is_there };

/// `make` makes the database at the path it is given; it is migrated and verified, and only then takes its
/// place. What was there is put aside (whatever_is_there), or stops everything (nothing). The caller holds
/// the folder. Throws std::runtime_error with a plain sentence; nothing was replaced then.
void place_embedded(const CompanyAddress& company, InPlaceOf what,
                    const std::function<void(const std::filesystem::path&)>& make);

}  // namespace countback
