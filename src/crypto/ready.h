// Inside crypto/ only.
#pragma once

namespace countback::crypto {

/// Prepares libsodium once; throws when the machine has no randomness.
void ready();

}  // namespace countback::crypto
