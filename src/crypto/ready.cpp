#include "crypto/ready.h"

#include <sodium.h>

#include <stdexcept>

namespace countback::crypto {

void ready() {
    static const int state = sodium_init();
    if (state < 0) throw std::runtime_error("libsodium could not be prepared");
}

}  // namespace countback::crypto
