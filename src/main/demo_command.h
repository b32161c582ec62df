// The demo company in an empty company.
#pragma once
#include "main/company.h"

namespace countback {

/// Fills an empty company and marks it as demo (`company_setting` demo = 1). Refuses when it holds facts.
Result<void> fill_with_demo(Company& company);

}  // namespace countback
