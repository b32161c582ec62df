// Signing in and out, and what the desk knows of its user.
#pragma once
#include <functional>

#include "access/gate.h"
#include "access/users.h"

namespace countback::access {

/// What GET /api/me says besides the user: company, entities, collectors, segments, currencies, today,
/// last_load, reconciliation. Handed in by main, since it is known higher up.
using CompanyFacts = std::function<http::json::object(const Caller&)>;

void declare_routes(Gate& gate, Users& users, CompanyFacts company);

}  // namespace countback::access
