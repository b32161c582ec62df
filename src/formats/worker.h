// House, hostile bytes: a child process reads what others wrote. It has the file as its input and one pipe as
// its output, no database, no network, no other file, and limits on memory, processor time and output.
// Whatever kills it is the refusal `file_unreadable` here.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "formats/table.h"

namespace countback::formats {

/// Which program is started as `PROGRAM worker xlsx SHEET`; the program itself unless set (tests set it).
void set_worker_program(const std::filesystem::path& program);

struct WorkerTable {
    std::vector<std::string> sheets;
    std::string sheet;
    std::unique_ptr<TableSource> rows;
};

/// Starts the worker on an XLSX file; rows arrive as it reads. Refusals: file_unreadable.
Result<WorkerTable> open_xlsx(const std::filesystem::path& file, const std::string& sheet);

/// The worker's own side: reads XLSX from descriptor 0, writes records to descriptor 1 until the end. Closes
/// all other doors first. Returns the process's exit code.
int run_xlsx_worker(const std::string& sheet);

}  // namespace countback::formats
