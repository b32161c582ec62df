// A broken promise of our own code is a bug: say where, stop the work in hand.
#pragma once
#include <stdexcept>
#include <string>

namespace countback {

/// Thrown by ensure(): a defect of the program, never of the user's input.
class Bug : public std::logic_error {
    using std::logic_error::logic_error;
};

/// Throws Bug when `holds` is false. `what` names the invariant in words.
inline void ensure(bool holds, const char* what) {
    if (!holds) throw Bug(std::string("broken invariant: ") + what);
}

}  // namespace countback
