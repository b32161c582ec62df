#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "base/date.h"
#include "base/text.h"
#include "formats/table.h"
#include "formats/xlsx.h"
#include "formats/xlsx_package.h"

namespace countback::formats {
namespace {

constexpr std::size_t shared_bytes_max = 256 << 20;
constexpr std::size_t cell_bytes_max = 64 << 10;
constexpr std::int32_t day_number_of_1970 = 25569;
constexpr std::int32_t days_1904 = 1462;

struct Sheet {
    std::string name;
    std::string part;
};

struct Workbook {
    std::vector<Sheet> sheets;
    bool starts_1904 = false;
    std::vector<std::string> shared;
    std::set<std::size_t> date_styles;
};

std::string_view value_of(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string_view{} : found->second;
}

std::size_t number_of(std::string_view digits) {
    std::size_t number = 0;
    for (const char c : digits.substr(0, 9)) {
        if (c < '0' || c > '9') return 0;
        number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    return number;
}

// Relation ids to part names: `rId1` → `xl/worksheets/sheet1.xml`.
bool read_relations(const XlsxPackage& package, std::map<std::string, std::string>& parts) {
    XmlHandlers handlers;
    handlers.start = [&](std::string_view name, const Attributes& attributes) {
        if (name != "Relationship") return;
        std::string target(value_of(attributes, "Target"));
        target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
        parts[std::string(value_of(attributes, "Id"))] = target;
    };
    handlers.end = [](std::string_view) {};
    handlers.text = [](std::string_view) {};
    return package.walk("xl/_rels/workbook.xml.rels", handlers);
}

bool read_workbook(const XlsxPackage& package, Workbook& workbook) {
    std::map<std::string, std::string> parts;
    if (!read_relations(package, parts)) return false;
    XmlHandlers handlers;
    handlers.start = [&](std::string_view name, const Attributes& attributes) {
        if (name == "workbookPr") {
            const auto flag = value_of(attributes, "date1904");
            workbook.starts_1904 = flag == "1" || flag == "true";
        }
        if (name != "sheet" || value_of(attributes, "state") == "veryHidden") return;
        const auto part = parts.find(std::string(value_of(attributes, "r:id")));
        if (part == parts.end() || workbook.sheets.size() >= 1000) return;
        workbook.sheets.push_back({std::string(value_of(attributes, "name")), part->second});
    };
    handlers.end = [](std::string_view) {};
    handlers.text = [](std::string_view) {};
    return package.walk("xl/workbook.xml", handlers) && !workbook.sheets.empty();
}

bool read_shared_strings(const XlsxPackage& package, Workbook& workbook) {
    if (!package.has("xl/sharedStrings.xml")) return true;
    std::size_t total = 0;
    bool inside = false;
    bool phonetic = false;
    XmlHandlers handlers;
    handlers.start = [&](std::string_view name, const Attributes&) {
        if (name == "si") workbook.shared.emplace_back();
        if (name == "rPh") phonetic = true;
        inside = name == "t" && !phonetic;
    };
    handlers.end = [&](std::string_view name) {
        if (name == "rPh") phonetic = false;
        inside = false;
    };
    handlers.text = [&](std::string_view text) {
        if (!inside || workbook.shared.empty() || workbook.shared.back().size() > cell_bytes_max) return;
        workbook.shared.back() += text;
        total += text.size();
    };
    handlers.go_on = [&] { return total + workbook.shared.size() * sizeof(std::string) <= shared_bytes_max; };
    return package.walk("xl/sharedStrings.xml", handlers) && handlers.go_on();
}

bool is_built_in_date(std::size_t format) {
    return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) ||
           (format >= 50 && format <= 58);
}

bool read_styles(const XlsxPackage& package, Workbook& workbook) {
    if (!package.has("xl/styles.xml")) return true;
    std::map<std::size_t, bool> own_formats;
    bool in_cell_formats = false;
    std::size_t style = 0;
    XmlHandlers handlers;
    handlers.start = [&](std::string_view name, const Attributes& attributes) {
        if (name == "numFmt") {
            own_formats[number_of(value_of(attributes, "numFmtId"))] =
                shows_dates(value_of(attributes, "formatCode"));
        }
        if (name == "cellXfs") in_cell_formats = true;
        if (name != "xf" || !in_cell_formats) return;
        const std::size_t format = number_of(value_of(attributes, "numFmtId"));
        const auto own = own_formats.find(format);
        if (own != own_formats.end() ? own->second : is_built_in_date(format))
            workbook.date_styles.insert(style);
        ++style;
    };
    handlers.end = [&](std::string_view name) {
        if (name == "cellXfs") in_cell_formats = false;
    };
    handlers.text = [](std::string_view) {};
    return package.walk("xl/styles.xml", handlers);
}

// `BC12` → 54.
std::size_t column_of(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z' || column > columns_max) break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    return column == 0 ? columns_max : column - 1;
}

class SheetReader {
public:
    SheetReader(const Workbook& workbook, XlsxSink& sink) : workbook_(workbook), sink_(sink) {}
    bool read(const XlsxPackage& package, const std::string& part) {
        XmlHandlers handlers;
        handlers.start = [this](std::string_view name, const Attributes& attributes) {
            start(name, attributes);
        };
        handlers.end = [this](std::string_view name) { end(name); };
        handlers.text = [this](std::string_view text) {
            if (in_value_ && value_.size() <= cell_bytes_max) value_ += text;
        };
        handlers.go_on = [this] { return wanted_ && sound_; };
        return package.walk(part, handlers) && sound_;
    }

private:
    void start(std::string_view name, const Attributes& attributes) {
        if (name == "row") {
            const std::size_t given = number_of(value_of(attributes, "r"));
            line_ = given > 0 ? static_cast<std::int64_t>(given) : line_ + 1;
            used_ = 0;
            next_column_ = 0;
        } else if (name == "c") {
            const auto reference = value_of(attributes, "r");
            column_ = reference.empty() ? next_column_ : column_of(reference);
            next_column_ = column_ + 1;
            sound_ = sound_ && column_ < columns_max;
            type_ = value_of(attributes, "t");
            style_ = number_of(value_of(attributes, "s"));
            value_.clear();
        } else {
            in_value_ = name == "v" || name == "t";
        }
    }
    void end(std::string_view name) {
        in_value_ = false;
        if (name == "c" && !value_.empty() && sound_) keep_cell();
        if (name == "row" && used_ > 0 && wanted_) {
            views_.assign(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(used_));
            wanted_ = sink_.row(line_, views_);
        }
    }
    void keep_cell() {
        if (cells_.size() <= column_) cells_.resize(column_ + 1);
        for (; used_ <= column_; ++used_) cells_[used_].clear();
        cells_[column_] = shown_value();
    }
    std::string shown_value() const {
        if (type_ == "s") {
            const std::size_t index = number_of(value_);
            return index < workbook_.shared.size() ? std::string(trim(workbook_.shared[index]))
                                                   : std::string();
        }
        if (type_ == "b") return value_ == "1" ? "true" : "false";
        if (!type_.empty() && type_ != "n") return std::string(trim(value_));
        return workbook_.date_styles.contains(style_) ? date_text() : plain_number(value_);
    }
    std::string date_text() const {
        const std::string number = plain_number(value_);
        const std::string_view days = std::string_view(number).substr(0, number.find('.'));
        if (days.size() > 6 || days.starts_with('-')) return number;
        const auto day = static_cast<std::int32_t>(number_of(days)) + (workbook_.starts_1904 ? days_1904 : 0);
        return Date(day - day_number_of_1970).iso();
    }

    const Workbook& workbook_;
    XlsxSink& sink_;
    std::vector<std::string> cells_;
    std::vector<std::string_view> views_;
    std::size_t used_ = 0;
    std::size_t column_ = 0;
    std::size_t next_column_ = 0;
    std::size_t style_ = 0;
    std::int64_t line_ = 0;
    std::string type_;
    std::string value_;
    bool in_value_ = false;
    bool wanted_ = true;
    bool sound_ = true;
};

bool read_archive(zip_t* archive, const std::string& wanted, XlsxSink& sink) {
    const XlsxPackage package(archive);
    Workbook workbook;
    if (!package.within_limits() || !read_workbook(package, workbook)) return false;
    if (!read_shared_strings(package, workbook) || !read_styles(package, workbook)) return false;
    std::vector<std::string> names;
    for (const Sheet& sheet : workbook.sheets) names.push_back(sheet.name);
    const auto found = wanted.empty() ? names.begin() : std::find(names.begin(), names.end(), wanted);
    if (found == names.end()) return false;
    const auto chosen = static_cast<std::size_t>(found - names.begin());
    if (!sink.sheets(names, chosen)) return true;
    return SheetReader(workbook, sink).read(package, workbook.sheets[chosen].part);
}

zip_t* open_archive(zip_source_t* source) {
    if (source == nullptr) return nullptr;
    zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
    if (archive == nullptr) zip_source_free(source);
    return archive;
}

}  // namespace

bool read_xlsx(int descriptor, const std::string& sheet, XlsxSink& sink) {
    std::FILE* file = ::fdopen(::dup(descriptor), "rb");
    if (file == nullptr) return false;
    zip_t* archive = open_archive(zip_source_filep_create(file, 0, -1, nullptr));
    return archive != nullptr && read_archive(archive, sheet, sink);
}

bool read_xlsx(std::string_view bytes, const std::string& sheet, XlsxSink& sink) {
    zip_t* archive = open_archive(zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr));
    return archive != nullptr && read_archive(archive, sheet, sink);
}

}  // namespace countback::formats
