#include "platform/file.h"

#include <gtest/gtest.h>

#include "platform/path.h"
#include "platform/process.h"
#include "platform/random.h"

namespace skein::platform {
namespace {

class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = join_path(temporary_directory(), "skein-file-test-" + std::to_string(random_seed()));
    ASSERT_FALSE(make_directory(folder_));
  }
  void TearDown() override {
    Result<std::vector<std::string>> names = list_directory(folder_);
    for (const std::string& name : names.value()) {
      EXPECT_FALSE(remove_file(path(name)));
    }
    EXPECT_FALSE(remove_directory(folder_));
  }
  std::string path(std::string_view name) const { return join_path(folder_, name); }

  std::string folder_;
};

TEST_F(FileTest, WritesAndReadsBack) {
  std::string bytes("a\0b\xFF", 4);
  ASSERT_FALSE(write_file(path("x"), bytes));
  Result<std::string> read = read_file(path("x"));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value(), bytes);
  ASSERT_FALSE(write_file(path("x"), "c", WriteMode::kAppend));
  EXPECT_EQ(read_file(path("x")).value(), bytes + "c");
  ASSERT_FALSE(write_file(path("x"), ""));
  EXPECT_EQ(read_file(path("x")).value(), "");
}

TEST_F(FileTest, ReadsFilesLongerThanOneChunk) {
  std::string bytes(1'000'000, 'x');
  for (size_t i = 0; i < bytes.size(); i += 997) bytes[i] = static_cast<char>(i);
  ASSERT_FALSE(write_file(path("big"), bytes));
  EXPECT_EQ(read_file(path("big")).value(), bytes);
  EXPECT_EQ(read_file(path("big"), 1'000'000).value().size(), 1'000'000u);
  EXPECT_EQ(read_file(path("big"), 999'999).error().kind, ErrorKind::kTooLarge);
}

TEST_F(FileTest, NamesItsErrors) {
  Result<std::string> missing = read_file(path("missing"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
  EXPECT_STREQ(missing.error().name(), "ENOENT");
  EXPECT_EQ(missing.error().message(), "no such file or directory");
  EXPECT_EQ(read_file(folder_).error().kind, ErrorKind::kIsDirectory);
  ASSERT_FALSE(write_file(path("x"), "1"));
  EXPECT_EQ(write_file(path("x"), "2", WriteMode::kCreateNew).kind, ErrorKind::kExists);
  EXPECT_EQ(write_file(path("x/y"), "2").kind, ErrorKind::kNotDirectory);
  EXPECT_EQ(remove_file(path("missing")).kind, ErrorKind::kNotFound);
}

TEST_F(FileTest, Status) {
  ASSERT_FALSE(write_file(path("x"), "123"));
  FileStatus status = file_status(path("x")).value();
  EXPECT_EQ(status.type, FileType::kRegular);
  EXPECT_EQ(status.size, 3u);
  EXPECT_GT(status.modified_ms, 1.6e12);
  EXPECT_EQ(file_status(folder_).value().type, FileType::kDirectory);
  EXPECT_EQ(file_status(path("missing")).value().type, FileType::kNone);
  EXPECT_TRUE(file_exists(path("x")));
  EXPECT_FALSE(file_exists(path("y")));
  EXPECT_TRUE(is_directory(folder_));
  EXPECT_FALSE(is_directory(path("x")));
}

TEST_F(FileTest, ListAndRename) {
  ASSERT_FALSE(write_file(path("b"), ""));
  ASSERT_FALSE(write_file(path("a"), ""));
  EXPECT_EQ(list_directory(folder_).value(), (std::vector<std::string>{"a", "b"}));
  ASSERT_FALSE(rename_file(path("a"), path("c")));
  EXPECT_EQ(list_directory(folder_).value(), (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(list_directory(path("none")).error().kind, ErrorKind::kNotFound);
  EXPECT_TRUE(is_absolute_path(real_path(path("b")).value()));
}

}  // namespace
}  // namespace skein::platform
