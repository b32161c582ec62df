#include "base/refusal.h"

namespace countback {

std::string_view name_of(RefusalCode code) {
    switch (code) {
#define REFUSAL(name, http_status) \
    case RefusalCode::name:        \
        return #name;
#include "base/refusals.def"
#undef REFUSAL
    }
    return "unknown";
}

int http_status_of(RefusalCode code) {
    switch (code) {
#define REFUSAL(name, http_status) \
    case RefusalCode::name:        \
        return http_status;
#include "base/refusals.def"
#undef REFUSAL
    }
    return 500;
}

}  // namespace countback
