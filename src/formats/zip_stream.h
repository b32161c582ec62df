// Inside formats/: a ZIP file written from its first byte to its last, in constant memory. Sizes follow each
// entry's bytes (data descriptors), so nothing is waited for and nothing is gone back to.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace countback::formats {

class ZipStream {
public:
    ZipStream();
    ~ZipStream();
    ZipStream(const ZipStream&) = delete;
    ZipStream& operator=(const ZipStream&) = delete;

    void begin(std::string name);  ///< ASCII; one entry at a time
    void write(std::string_view bytes);
    void end();
    void flush();  ///< what was written leaves now, whatever the compressor would wait for
    void add(std::string name, std::string_view bytes);  ///< a whole entry
    void finish();                                       ///< the directory: nothing after it

    /// What is ready to leave, in order; the caller takes it out. Entries and file end at 4 GiB: more throws
    /// std::length_error.
    std::string& ready() { return out_; }

private:
    struct Entry {
        std::string name;
        std::uint32_t crc = 0;
        std::uint64_t packed = 0, plain = 0, at = 0;
    };
    struct Deflate;
    enum class Flush : std::uint8_t { none, now, finish };
    void deflate(std::string_view bytes, Flush flush);
    void put(std::uint64_t number, int bytes);
    void put_sizes(const Entry& entry);
    void put_out(std::string_view bytes);

    std::unique_ptr<Deflate> deflate_;
    std::vector<Entry> entries_;
    std::string out_;
    std::uint64_t written_ = 0;
};

}  // namespace countback::formats
