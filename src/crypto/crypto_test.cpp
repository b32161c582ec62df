#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "crypto/hash.h"
#include "crypto/random.h"
#include "crypto/secret_file.h"

namespace countback::crypto {
namespace {

class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("countback-crypto-" + random_hex(6))) {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

TEST(Random, TokensAreLongAndDifferent) {
    std::set<std::string> tokens;
    for (int count = 0; count < 1000; ++count) tokens.insert(random_token());
    EXPECT_EQ(tokens.size(), 1000U);
    for (const std::string& token : tokens) {
        ASSERT_EQ(token.size(), 43U);
        ASSERT_EQ(token.find_first_of("+/="), std::string::npos);
    }
    EXPECT_EQ(random_hex(8).size(), 16U);
}

TEST(Random, EqualTakesNoEmptyText) {
    EXPECT_TRUE(equal("abc", "abc"));
    EXPECT_FALSE(equal("abc", "abd"));
    EXPECT_FALSE(equal("abc", "abcd"));
    EXPECT_FALSE(equal("", ""));
}

// FIPS 180-2, appendix B.1.
TEST(Hash, Sha256OfAKnownText) {
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256 in_parts;
    in_parts.add("a");
    in_parts.add("");
    in_parts.add("bc");
    EXPECT_EQ(in_parts.hex(), sha256_hex("abc"));
}

TEST(Hash, OfAFileAsOfItsBytes) {
    const Folder folder;
    const std::string bytes(700'001, 'x');
    std::ofstream(folder.path() / "file", std::ios::binary) << bytes;
    EXPECT_EQ(sha256_hex_of_file(folder.path() / "file"), sha256_hex(bytes));
    EXPECT_THROW(sha256_hex_of_file(folder.path() / "absent"), std::runtime_error);
}

TEST(Hash, MacsDependOnKeyPurposeAndText) {
    Key key{};
    Key other{};
    other[31] = 1;
    const std::set<std::string> macs{mac_hex(key, "a", "bc"), mac_hex(key, "ab", "c"),
                                     mac_hex(other, "a", "bc"), mac_hex(key, "a", "bd")};
    EXPECT_EQ(macs.size(), 4U);
    EXPECT_EQ(mac_hex(key, "a", "bc"), mac_hex(key, "a", "bc"));
}

TEST(Hash, PasswordsAreSaltedAndVerified) {
    const std::string hash = password_hash("correct horse battery");
    EXPECT_TRUE(hash.starts_with("$argon2id$"));
    EXPECT_NE(hash, password_hash("correct horse battery"));
    EXPECT_TRUE(password_fits(hash, "correct horse battery"));
    EXPECT_FALSE(password_fits(hash, "correct horse batterz"));
    EXPECT_FALSE(password_fits("nonsense", "correct horse battery"));
    EXPECT_FALSE(password_fits("", ""));
}

TEST(SecretFile, IsMadeOnceForItsOwnerAlone) {
    const Folder folder;
    const auto file = folder.path() / "secret.key";
    const Key key = key_from(file);
    EXPECT_EQ(key_from(file), key);
    struct stat facts {};
    ASSERT_EQ(stat(file.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U);
    EXPECT_NE(key_from(folder.path() / "another.key"), key);
}

TEST(SecretFile, DamagedOrOpenToOthersIsRefused) {
    const Folder folder;
    const auto file = folder.path() / "secret.key";
    key_from(file);
    chmod(file.c_str(), 0644);
    EXPECT_THROW(key_from(file), std::runtime_error);
    chmod(file.c_str(), 0600);
    std::filesystem::resize_file(file, 31);
    EXPECT_THROW(key_from(file), std::runtime_error);
}

TEST(SecretFile, SealedTextsOpenWithTheirKeyOnlyAndUnchanged) {
    Key key{};
    Key other{};
    other[0] = 1;
    const std::string text = sealed(key, "mail password");
    EXPECT_EQ(text.find("mail"), std::string::npos);
    EXPECT_EQ(unsealed(key, text), "mail password");
    EXPECT_EQ(unsealed(other, text), std::nullopt);
    for (const std::size_t at : {std::size_t{0}, text.size() / 2, text.size() - 1}) {
        std::string changed = text;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_EQ(unsealed(key, changed), std::nullopt) << at;
    }
    EXPECT_EQ(unsealed(key, "short"), std::nullopt);
    EXPECT_EQ(unsealed(key, sealed(key, "")), "");
}

}  // namespace
}  // namespace countback::crypto
