// One load at a time (IMP-4).
#pragma once
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace countback::imports {

/// Two programs on one data folder take turns too. Throws std::system_error when the folder takes no file.
class FolderTurn {
public:
    explicit FolderTurn(const std::filesystem::path& folder)
        : descriptor_(::open((folder / "load.lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)),
          held_(descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
        if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), folder.string());
    }
    ~FolderTurn() { ::close(descriptor_); }
    FolderTurn(const FolderTurn&) = delete;
    FolderTurn& operator=(const FolderTurn&) = delete;
    bool held() const { return held_; }

private:
    int descriptor_;
    bool held_;
};

}  // namespace countback::imports
