#include "formats/xlsx_package.h"

#include <expat.h>

#include <vector>

namespace countback::formats {
namespace {

constexpr zip_int64_t entries_max = 10'000;
constexpr std::uint64_t part_bytes_max = 2ULL << 30;
constexpr std::uint64_t package_bytes_max = 3ULL << 30;
constexpr std::uint64_t ratio_max = 300;
constexpr std::uint64_t ratio_free_bytes = 8ULL << 20;  ///< below this any ratio is harmless
constexpr std::size_t block_bytes = 1 << 16;

std::string_view local_name(const char* name) {
    const std::string_view whole(name);
    const auto colon = whole.rfind(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

struct Walk {
    const XmlHandlers* handlers;
    XML_Parser parser;
    Attributes attributes;
};

void on_start(void* data, const XML_Char* name, const XML_Char** pairs) {
    auto& walk = *static_cast<Walk*>(data);
    walk.attributes.clear();
    for (; *pairs != nullptr; pairs += 2) walk.attributes[pairs[0]] = pairs[1];
    walk.handlers->start(local_name(name), walk.attributes);
}

void on_end(void* data, const XML_Char* name) { static_cast<Walk*>(data)->handlers->end(local_name(name)); }

void on_text(void* data, const XML_Char* text, int length) {
    static_cast<Walk*>(data)->handlers->text({text, static_cast<std::size_t>(length)});
}

void on_document_type(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    XML_StopParser(static_cast<Walk*>(data)->parser, XML_FALSE);
}

bool feed(zip_file_t* file, Walk& walk, std::uint64_t said) {
    std::vector<char> block(block_bytes);
    std::uint64_t total = 0;
    while (true) {
        const zip_int64_t got = zip_fread(file, block.data(), block.size());
        if (got < 0) return false;
        total += static_cast<std::uint64_t>(got);
        if (total > said) return false;
        if (XML_Parse(walk.parser, block.data(), static_cast<int>(got), got == 0 ? 1 : 0) != XML_STATUS_OK)
            return false;
        if (got == 0 || !walk.handlers->go_on()) return true;
    }
}

}  // namespace

bool XlsxPackage::within_limits() const {
    const zip_int64_t entries = zip_get_num_entries(archive_.get(), 0);
    if (entries <= 0 || entries > entries_max) return false;
    std::uint64_t total = 0;
    for (zip_int64_t index = 0; index < entries; ++index) {
        zip_stat_t about;
        if (zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &about) != 0) return false;
        if ((about.valid & ZIP_STAT_SIZE) == 0 || (about.valid & ZIP_STAT_COMP_SIZE) == 0) return false;
        if (about.size > part_bytes_max) return false;
        if (about.size > ratio_free_bytes && about.size / ratio_max > about.comp_size) return false;
        total += about.size;
        if (total > package_bytes_max) return false;
    }
    return true;
}

bool XlsxPackage::has(const std::string& part) const {
    return zip_name_locate(archive_.get(), part.c_str(), 0) >= 0;
}

bool XlsxPackage::walk(const std::string& part, const XmlHandlers& handlers) const {
    zip_stat_t about;
    if (zip_stat(archive_.get(), part.c_str(), 0, &about) != 0) return false;
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(archive_.get(), part.c_str(), 0),
                                                                  &zip_fclose);
    if (!file) return false;
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr),
                                                                              &XML_ParserFree);
    Walk walk{&handlers, parser.get(), {}};
    XML_SetUserData(parser.get(), &walk);
    XML_SetElementHandler(parser.get(), &on_start, &on_end);
    XML_SetCharacterDataHandler(parser.get(), &on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), &on_document_type);
    return feed(file.get(), walk, about.size);
}

}  // namespace countback::formats
