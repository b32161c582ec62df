#include "main/company_rates.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "locale/texts.h"

namespace countback {

std::shared_ptr<const RateTable> company_rates(const std::filesystem::path& data) {
    auto table = std::make_shared<RateTable>(RateTable::shipped());
    std::vector<std::filesystem::path> files;
    std::error_code none;  // a company without newer rates has no such folder
    for (const auto& entry : std::filesystem::directory_iterator(data / "rates", none)) {
        if (entry.path().extension() == ".csv") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& path : files) {
        std::ifstream file(path, std::ios::binary);
        const auto newer = RateTable::read(std::string(std::istreambuf_iterator<char>(file), {}));
        if (!newer)
            throw std::runtime_error("the rates in " + path.string() +
                                     " cannot be read: " + locale::text_of(Language::en, newer.error()));
        table->take_in(*newer);
    }
    return table;
}

}  // namespace countback
