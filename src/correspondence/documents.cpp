#include "correspondence/documents.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/text.h"

namespace countback::correspondence {

namespace {

constexpr std::size_t name_bytes_max = 240;
constexpr std::string_view pdf_begins = "%PDF-";

/// A file or folder that is open, or not.
class Opened {
public:
    explicit Opened(int handle) : handle_(handle) {}
    ~Opened() {
        if (handle_ >= 0) ::close(handle_);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    int handle() const { return handle_; }
    bool good() const { return handle_ >= 0; }

private:
    int handle_;
};

bool needs_coding(char letter, bool first) {
    constexpr std::string_view never = "/\\:*?\"<>|%";
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7f || never.find(letter) != std::string_view::npos ||
           (first && letter == '.');
}

/// Never waits: a pipe put in the place of a file does not hold the sender.
int open_within(int folder, const std::string& name, int flags) {
    return ::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags);
}

tl::expected<std::string, DocumentProblem> read_whole(int handle, std::int64_t bytes_max) {
    struct stat about {};
    if (::fstat(handle, &about) != 0 || !S_ISREG(about.st_mode))
        return tl::unexpected(DocumentProblem::missing);
    std::string bytes(pdf_begins.size(), '\0');
    if (::pread(handle, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()) ||
        bytes != pdf_begins)
        return tl::unexpected(DocumentProblem::not_pdf);
    if (about.st_size > bytes_max) return tl::unexpected(DocumentProblem::too_large);
    bytes.resize(static_cast<std::size_t>(about.st_size));
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t count =
            ::pread(handle, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (count <= 0) return tl::unexpected(DocumentProblem::missing);  // it shrank under our hands
        done += static_cast<std::size_t>(count);
    }
    return bytes;
}

std::string listed(const std::vector<std::string>& numbers) {
    std::string text;
    for (const std::string& number : numbers) text += (text.empty() ? "" : ", ") + number;
    return text;
}

}  // namespace

std::string document_name(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string name;
    for (std::size_t place = 0; place < text.size() && name.size() <= name_bytes_max; ++place) {
        if (!needs_coding(text[place], place == 0)) {
            name += text[place];
            continue;
        }
        const auto byte = static_cast<unsigned char>(text[place]);
        name += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return name.size() > name_bytes_max ? std::string() : name;
}

tl::expected<std::string, DocumentProblem> read_document(const std::filesystem::path& folder,
                                                         std::string_view entity_code,
                                                         std::string_view number, std::int64_t bytes_max) {
    const std::string inner = document_name(entity_code);
    const std::string name = document_name(number);
    if (folder.empty() || inner.empty() || name.empty()) return tl::unexpected(DocumentProblem::missing);
    const Opened root(::open(folder.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
    const Opened own(root.good() ? open_within(root.handle(), inner, O_DIRECTORY) : -1);
    if (!own.good()) return tl::unexpected(DocumentProblem::missing);
    for (const char* ending : {".pdf", ".PDF"}) {
        const Opened file(open_within(own.handle(), name + ending, 0));
        if (file.good()) return read_whole(file.handle(), bytes_max);
    }
    return tl::unexpected(DocumentProblem::missing);
}

std::vector<std::string> AskedDocuments::notes() const {
    std::vector<std::string> all;
    if (!not_pdf.empty()) all.push_back("document_not_pdf " + listed(not_pdf));
    if (!left_out.empty()) all.push_back("documents_too_large " + listed(left_out));
    if (!ambiguous.empty()) all.push_back("document_ambiguous " + listed(ambiguous));
    return all;
}

bool names_documents(std::string_view text) {
    for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
        std::string_view tag = text.substr(at + 2, text.find("}}", at) - at - 2);
        while (!tag.empty() && std::string_view("#{& \t").find(tag.front()) != std::string_view::npos)
            tag.remove_prefix(1);
        if (trim(tag) == "documents") return true;
    }
    return false;
}

}  // namespace countback::correspondence
