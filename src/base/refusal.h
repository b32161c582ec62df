// An expected "no" is a value: a name, the data behind it, and (in locale) a text that says what to do next.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace countback {

enum class RefusalCode {
#define REFUSAL(code, http_status) code,
#include "base/refusals.def"
#undef REFUSAL
};

struct Refusal {
    RefusalCode code;
    /// Named values for the text: `{"line", "12"}`. What a user may read; never secrets.
    std::vector<std::pair<std::string, std::string>> data;
};

std::string_view name_of(RefusalCode code);  ///< `currency_unknown`
int http_status_of(RefusalCode code);        ///< 400…507

template <class T>
using Result = tl::expected<T, Refusal>;

/// `return refuse(RefusalCode::not_found, {{"what", "customer"}});`
inline tl::unexpected<Refusal> refuse(RefusalCode code,
                                      std::vector<std::pair<std::string, std::string>> data = {}) {
    return tl::unexpected<Refusal>(Refusal{code, std::move(data)});
}

}  // namespace countback
