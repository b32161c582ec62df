// The reference rates of a company: those shipped with the program, and newer ones from its data folder.
#pragma once
#include <filesystem>
#include <memory>

#include "receivables/rates.h"

namespace countback {

/// The shipped table with every `rates/*.csv` of the data folder taken in, in the order of their names; a
/// later file wins on the same day. Throws std::runtime_error with a plain sentence when one cannot be read.
std::shared_ptr<const RateTable> company_rates(const std::filesystem::path& data);

}  // namespace countback
