#include "correspondence/documents.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace countback::correspondence {
namespace {

namespace fs = std::filesystem;

class Documents : public testing::Test {
protected:
    Documents() {
        fs::create_directories(folder_ / "FR01");
        write("FR01/F-001.pdf", "%PDF-1.7 one");
        write("secret.pdf", "%PDF-1.7 secret");
    }
    ~Documents() override { fs::remove_all(top_); }

    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }
    std::string read(std::string_view entity, std::string_view number, std::int64_t bytes_max = 1000) const {
        const auto bytes = read_document(folder_, entity, number, bytes_max);
        if (bytes) return *bytes;
        return bytes.error() == DocumentProblem::missing   ? "missing"
               : bytes.error() == DocumentProblem::not_pdf ? "not_pdf"
                                                           : "too_large";
    }

    const fs::path top_ = fs::temp_directory_path() / ("documents-" + std::to_string(getpid()));
    const fs::path folder_ = top_ / "documents";
};

TEST_F(Documents, are_found_by_entity_and_number) {
    EXPECT_EQ(read("FR01", "F-001"), "%PDF-1.7 one");
    EXPECT_EQ(read("FR01", "F-002"), "missing");
    EXPECT_EQ(read("DE01", "F-001"), "missing");
    EXPECT_EQ(read("FR01", "f-001"), "missing") << "letters count as they are written";
    write("FR01/F-003.PDF", "%PDF-1.4 three");
    EXPECT_EQ(read("FR01", "F-003"), "%PDF-1.4 three");
}

TEST_F(Documents, a_number_never_leaves_its_folder) {
    EXPECT_EQ(document_name("../../etc/passwd"), "%2E.%2F..%2Fetc%2Fpasswd");
    EXPECT_EQ(document_name(".."), "%2E.");
    EXPECT_EQ(document_name(std::string_view("a\0b", 3)), "a%00b");
    EXPECT_EQ(document_name("50%2F"), "50%252F") << "no two numbers share a file";
    EXPECT_EQ(read("FR01", "../secret"), "missing");
    EXPECT_EQ(read("FR01/..", "secret"), "missing");
    EXPECT_EQ(read("..", "documents/secret"), "missing");
    EXPECT_EQ(read(".", "secret"), "missing");
    EXPECT_EQ(read("", "secret"), "missing");
    EXPECT_EQ(read("FR01", ""), "missing");
    EXPECT_EQ(read("FR01", std::string_view("F-001\0", 6)), "missing");
    EXPECT_EQ(read("FR01", std::string(100'000, 'x')), "missing");
    EXPECT_EQ(read("FR01", std::string(100, '/')), "missing");
    write("FR01/2026%2F001.pdf", "%PDF-1.4 slash");
    EXPECT_EQ(read("FR01", "2026/001"), "%PDF-1.4 slash");
}

TEST_F(Documents, links_folders_and_pipes_are_no_documents) {
    fs::create_symlink(folder_ / "secret.pdf", folder_ / "FR01/F-010.pdf");
    fs::create_directory_symlink(folder_ / "FR01", folder_ / "DE01");
    fs::create_directory(folder_ / "FR01/F-011.pdf");
    ASSERT_EQ(mkfifo((folder_ / "FR01/F-012.pdf").c_str(), 0600), 0);
    EXPECT_EQ(read("FR01", "F-010"), "missing");
    EXPECT_EQ(read("DE01", "F-001"), "missing");
    EXPECT_EQ(read("FR01", "F-011"), "missing");
    EXPECT_EQ(read("FR01", "F-012"), "missing");
}

TEST_F(Documents, what_is_no_pdf_or_too_large_is_told) {
    write("FR01/F-020.pdf", "<html>not found</html>");
    write("FR01/F-021.pdf", "");
    write("FR01/F-022.pdf", "%PDF-" + std::string(996, 'x'));
    EXPECT_EQ(read("FR01", "F-020"), "not_pdf");
    EXPECT_EQ(read("FR01", "F-021"), "not_pdf");
    EXPECT_EQ(read("FR01", "F-022"), "too_large");
    EXPECT_EQ(read("FR01", "F-022", 1001).size(), 1001U);
}

TEST(DocumentNames, a_text_asks_for_documents_by_naming_them) {
    EXPECT_TRUE(names_documents("Attached: {{documents}}"));
    EXPECT_TRUE(names_documents("{{#documents}}yes{{/documents}}"));
    EXPECT_TRUE(names_documents("{{ documents }}"));
    EXPECT_FALSE(names_documents("the documents are attached"));
    EXPECT_FALSE(names_documents("{{total}} documents {{date}}"));
    EXPECT_FALSE(names_documents("{{"));
}

}  // namespace
}  // namespace countback::correspondence
