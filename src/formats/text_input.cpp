#include "formats/text_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "base/text.h"

namespace countback::formats {
namespace {

constexpr std::size_t block_bytes = 1 << 18;

class InputFile {
public:
    explicit InputFile(const std::filesystem::path& file)
        : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~InputFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    bool opened() const { return descriptor_ >= 0; }
    std::size_t read(std::span<char> room) const {
        std::size_t filled = 0;
        while (filled < room.size()) {
            const ssize_t got = ::read(descriptor_, room.data() + filled, room.size() - filled);
            if (got <= 0) break;
            filled += static_cast<std::size_t>(got);
        }
        return filled;
    }

private:
    int descriptor_;
};

// UTF-8 checked block by block; an unfinished sequence is carried over to the next block.
class Utf8Check {
public:
    bool holds() const { return valid_ && waiting_ == 0; }
    void add(std::string_view bytes) {
        std::size_t at = 0;
        while (valid_ && at < bytes.size()) {
            if (waiting_ == 0 && at + 8 <= bytes.size()) {
                std::uint64_t word = 0;
                std::memcpy(&word, bytes.data() + at, 8);
                if ((word & 0x8080808080808080ULL) == 0) {
                    at += 8;
                    continue;
                }
            }
            step(static_cast<unsigned char>(bytes[at++]));
        }
    }

private:
    void step(unsigned char byte) {
        if (waiting_ > 0) {
            valid_ = byte >= low_ && byte <= high_;
            low_ = 0x80;
            high_ = 0xBF;
            --waiting_;
            return;
        }
        if (byte < 0x80) return;
        if (byte >= 0xC2 && byte <= 0xDF)
            waiting_ = 1;
        else if (byte >= 0xE0 && byte <= 0xEF)
            waiting_ = 2;
        else if (byte >= 0xF0 && byte <= 0xF4)
            waiting_ = 3;
        else
            valid_ = false;
        if (byte == 0xE0) low_ = 0xA0;
        if (byte == 0xED) high_ = 0x9F;
        if (byte == 0xF0) low_ = 0x90;
        if (byte == 0xF4) high_ = 0x8F;
    }
    bool valid_ = true;
    int waiting_ = 0;
    unsigned char low_ = 0x80;
    unsigned char high_ = 0xBF;
};

std::optional<std::string> by_order_mark(std::string_view head) {
    if (head.starts_with("\xEF\xBB\xBF")) return "utf-8";
    if (head.starts_with("\xFF\xFE")) return "utf-16le";
    if (head.starts_with("\xFE\xFF")) return "utf-16be";
    return std::nullopt;
}

// Text of mostly Latin letters in UTF-16 has every other byte zero.
std::optional<std::string> by_zero_bytes(std::string_view head) {
    std::array<std::size_t, 2> zeros{};
    for (std::size_t at = 0; at < head.size(); ++at) zeros[at % 2] += head[at] == '\0' ? 1 : 0;
    const std::size_t half = head.size() / 2;
    if (half < 2) return std::nullopt;
    if (zeros[1] * 10 > half * 7 && zeros[0] * 10 < half) return "utf-16le";
    if (zeros[0] * 10 > half * 7 && zeros[1] * 10 < half) return "utf-16be";
    return std::nullopt;
}

// A program or a picture is full of them; one slipped into a name refuses its line only.
bool has_control_bytes(std::string_view head) {
    constexpr std::ptrdiff_t stray_max = 3;
    constexpr std::ptrdiff_t bytes_a_stray = 1000;
    const auto found = std::count_if(head.begin(), head.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x1A;
    });
    return found > stray_max && found * bytes_a_stray > static_cast<std::ptrdiff_t>(head.size());
}

std::string single_byte_encoding(std::string_view sample) {
    constexpr std::string_view taken[] = {"windows-1252", "windows-1250", "ISO-8859-2"};
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                              &ucsdet_close);
    ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
    std::int32_t found = 0;
    const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &found, &status);
    if (U_FAILURE(status) != 0 || found == 0) return "windows-1252";
    const std::string_view best = ucsdet_getName(matches[0], &status);
    if (ucsdet_getConfidence(matches[0], &status) < 50) return "windows-1252";
    for (const std::string_view name : taken) {
        if (best == name) return name == "ISO-8859-2" ? "iso-8859-2" : std::string(name);
    }
    return "windows-1252";
}

// Streams one encoding into UTF-8.
class Decoder {
public:
    Decoder(std::shared_ptr<InputFile> file, UConverter* from, UConverter* to)
        : file_(std::move(file)),
          from_(from, &ucnv_close),
          to_(to, &ucnv_close),
          raw_(block_bytes),
          pivot_(block_bytes) {
        pivot_source_ = pivot_target_ = pivot_.data();
        source_ = source_end_ = raw_.data();
    }
    std::size_t read(std::span<char> room) {
        char* target = room.data();
        while (target == room.data() && !done_) {
            if (source_ == source_end_ && !flushing_) {
                const std::size_t got = file_->read(raw_);
                source_ = raw_.data();
                source_end_ = source_ + got;
                flushing_ = got == 0;
            }
            UErrorCode status = U_ZERO_ERROR;
            ucnv_convertEx(to_.get(), from_.get(), &target, room.data() + room.size(), &source_, source_end_,
                           pivot_.data(), &pivot_source_, &pivot_target_, pivot_.data() + pivot_.size(), 0,
                           flushing_ ? 1 : 0, &status);
            done_ = flushing_ && status != U_BUFFER_OVERFLOW_ERROR;
        }
        return static_cast<std::size_t>(target - room.data());
    }

private:
    std::shared_ptr<InputFile> file_;
    std::unique_ptr<UConverter, decltype(&ucnv_close)> from_;
    std::unique_ptr<UConverter, decltype(&ucnv_close)> to_;
    std::vector<char> raw_;
    std::vector<UChar> pivot_;
    UChar* pivot_source_;
    UChar* pivot_target_;
    const char* source_;
    const char* source_end_;
    bool flushing_ = false;
    bool done_ = false;
};

std::size_t drop_order_mark(std::span<char> room, std::size_t got) {
    if (got < 3 || std::memcmp(room.data(), "\xEF\xBB\xBF", 3) != 0) return got;
    std::memmove(room.data(), room.data() + 3, got - 3);
    return got - 3;
}

ReadBytes without_order_mark(ReadBytes read) {
    auto first = std::make_shared<bool>(true);
    return [read = std::move(read), first](std::span<char> room) {
        const std::size_t got = read(room);
        if (!*first) return got;
        *first = false;
        const std::size_t kept = drop_order_mark(room, got);
        return kept == 0 && got > 0 ? read(room) : kept;
    };
}

}  // namespace

Result<std::string> detect_encoding(const std::filesystem::path& path) {
    const InputFile file(path);
    if (!file.opened()) return refuse(RefusalCode::file_unreadable);
    std::vector<char> block(block_bytes);
    std::size_t got = file.read(block);
    const std::string head(block.data(), got);
    if (trim(head).empty() || head == "\xEF\xBB\xBF") return refuse(RefusalCode::file_empty);
    const auto marked = by_order_mark(head);
    if (marked && *marked != "utf-8") return *marked;
    if (const auto wide = by_zero_bytes(head)) return *wide;
    if (has_control_bytes(head)) return refuse(RefusalCode::file_not_a_table);
    Utf8Check utf8;
    for (; got > 0; got = file.read(block)) utf8.add({block.data(), got});
    if (utf8.holds()) return std::string("utf-8");
    if (marked) return refuse(RefusalCode::encoding_unreadable, {{"encoding", "utf-8"}});
    return single_byte_encoding(head);
}

Result<ReadBytes> open_text(const std::filesystem::path& path, const std::string& encoding) {
    auto file = std::make_shared<InputFile>(path);
    if (!file->opened()) return refuse(RefusalCode::file_unreadable);
    if (encoding == "utf-8") {
        return without_order_mark([file](std::span<char> room) { return file->read(room); });
    }
    UErrorCode status = U_ZERO_ERROR;
    UConverter* from = ucnv_open(encoding.c_str(), &status);
    if (U_FAILURE(status) != 0) return refuse(RefusalCode::encoding_unreadable, {{"encoding", encoding}});
    UConverter* to = ucnv_open("UTF-8", &status);
    auto decoder = std::make_shared<Decoder>(std::move(file), from, to);
    return without_order_mark([decoder](std::span<char> room) { return decoder->read(room); });
}

ReadBytes read_from(std::string text) {
    auto rest = std::make_shared<std::pair<std::string, std::size_t>>(std::move(text), 0);
    return [rest](std::span<char> room) {
        const std::size_t taken = std::min(room.size(), rest->first.size() - rest->second);
        std::memcpy(room.data(), rest->first.data() + rest->second, taken);
        rest->second += taken;
        return taken;
    };
}

}  // namespace countback::formats
