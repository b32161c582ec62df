#include "crypto/secret_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

#include "crypto/ready.h"

namespace countback::crypto {

namespace {

constexpr const char* whose_it_is = ": it must belong to the user that Countback runs as, mode 600";

[[noreturn]] void refuse_file(const std::filesystem::path& file, const std::string& why) {
    throw std::runtime_error("the key file " + file.string() + " " + why);
}

Key made(const std::filesystem::path& file) {
    Key key;
    randombytes_buf(key.data(), key.size());
    const int handle = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (handle < 0)
        refuse_file(file,
                    "cannot be made: the data folder must be writable by the user that Countback runs as");
    const bool whole =
        write(handle, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && fsync(handle) == 0;
    close(handle);
    if (!whole) {
        unlink(file.c_str());
        refuse_file(file, "cannot be written: make room on the disk, then try again");
    }
    return key;
}

}  // namespace

Key key_from(const std::filesystem::path& file) {
    ready();
    const int handle = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0 && errno == ENOENT) return made(file);
    if (handle < 0) refuse_file(file, std::string("cannot be read") + whose_it_is);
    struct stat facts {};
    Key key;
    const bool known = fstat(handle, &facts) == 0;
    const bool whole = read(handle, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                       facts.st_size == static_cast<off_t>(key.size());
    close(handle);
    if (!known || !whole) refuse_file(file, "is damaged; restore it from where you keep it");
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) refuse_file(file, "may be read by others: chmod 600 it");
    return key;
}

std::string sealed(const Key& key, std::string_view plain) {
    ready();
    std::string text(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(), '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(text.data());
    randombytes_buf(bytes, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES,
                          reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), bytes,
                          key.data());
    return text;
}

std::optional<std::string> unsealed(const Key& key, std::string_view sealed) {
    ready();
    constexpr std::size_t around = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (sealed.size() < around) return std::nullopt;
    std::string plain(sealed.size() - around, '\0');
    const auto* bytes = reinterpret_cast<const unsigned char*>(sealed.data());
    const int opened = crypto_secretbox_open_easy(
        reinterpret_cast<unsigned char*>(plain.data()), bytes + crypto_secretbox_NONCEBYTES,
        sealed.size() - crypto_secretbox_NONCEBYTES, bytes, key.data());
    if (opened != 0) return std::nullopt;
    return plain;
}

}  // namespace countback::crypto
