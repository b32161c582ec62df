// `countback worker xlsx [SHEET]`: started by the program itself, never by a person; reads one file from its
// input and has no database, no network and no other file.
#include "main/worker_command.h"

#include <cstring>

#include "formats/worker.h"

namespace countback {

std::optional<int> run_as_worker(int count, char** words) {
    if (count < 3 || std::strcmp(words[1], "worker") != 0 || std::strcmp(words[2], "xlsx") != 0)
        return std::nullopt;
    return formats::run_xlsx_worker(count > 3 ? words[3] : "");
}

}  // namespace countback
