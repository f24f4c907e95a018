#include "platform/path.h"

#include <gtest/gtest.h>

namespace skein::platform {
namespace {

TEST(Path, Normalize) {
  EXPECT_EQ(normalize_path(""), ".");
  EXPECT_EQ(normalize_path("/"), "/");
  EXPECT_EQ(normalize_path("a//b/./c/"), "a/b/c");
  EXPECT_EQ(normalize_path("a/../.."), "..");
  EXPECT_EQ(normalize_path("../../a"), "../../a");
  EXPECT_EQ(normalize_path("/../a/../b"), "/b");
  EXPECT_EQ(normalize_path("a/.."), ".");
  EXPECT_EQ(normalize_path("..."), "...");
}

TEST(Path, Join) {
  EXPECT_EQ(join_path("/a/b", "../c.js"), "/a/c.js");
  EXPECT_EQ(join_path("/a/b", "/c.js"), "/c.js");
  EXPECT_EQ(join_path("", "c.js"), "c.js");
  EXPECT_EQ(join_path("/", "c.js"), "/c.js");
}

TEST(Path, Parts) {
  EXPECT_EQ(directory_name("/a/b.js"), "/a");
  EXPECT_EQ(directory_name("/a/b/"), "/a");
  EXPECT_EQ(directory_name("/a"), "/");
  EXPECT_EQ(directory_name("/"), "/");
  EXPECT_EQ(directory_name("a"), ".");
  EXPECT_EQ(directory_name("a//b"), "a");
  EXPECT_EQ(base_name("/a/b.js"), "b.js");
  EXPECT_EQ(base_name("/a/"), "a");
  EXPECT_EQ(base_name("a"), "a");
  EXPECT_EQ(extension("b.test.mjs"), ".mjs");
  EXPECT_EQ(extension("/x.d/.profile"), "");
  EXPECT_EQ(extension("/x.d/b"), "");
  EXPECT_EQ(extension("b."), ".");
}

TEST(Path, FileUrls) {
  EXPECT_EQ(file_url_from_path("/a b/ü#.js"), "file:///a%20b/%C3%BC%23.js");
  EXPECT_EQ(path_from_file_url("file:///a%20b/%c3%bc%23.js"), "/a b/ü#.js");
  EXPECT_EQ(path_from_file_url("FILE://localhost/a?x#y"), "/a");
  EXPECT_EQ(path_from_file_url("file:/a"), "/a");
  EXPECT_EQ(path_from_file_url("file://host/a"), std::nullopt);
  EXPECT_EQ(path_from_file_url("http://host/a"), std::nullopt);
  EXPECT_EQ(path_from_file_url("file:///a%2Fb"), std::nullopt);
  EXPECT_EQ(path_from_file_url("file:///a%00"), std::nullopt);
  EXPECT_EQ(path_from_file_url("file:///a%2"), std::nullopt);
  EXPECT_EQ(path_from_file_url("file:///a%zz"), std::nullopt);
  EXPECT_EQ(path_from_file_url("file:a"), std::nullopt);
  EXPECT_EQ(path_from_file_url("file://"), std::nullopt);
}

}  // namespace
}  // namespace skein::platform
