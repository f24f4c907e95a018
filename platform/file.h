// Files, as far as loading and writing scripts, modules and data needs them. Paths are UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

namespace skein::platform {

enum class FileType : uint8_t { kNone, kRegular, kDirectory, kSymbolicLink, kOther };

struct FileStatus {
  FileType type = FileType::kNone;
  uint64_t size = 0;
  uint32_t mode = 0;
  uint64_t inode = 0;
  uint64_t device = 0;
  double modified_ms = 0;  // since 1970
};

// The whole file. kTooLarge when it is longer than `limit` bytes.
Result<std::string> read_file(const std::string& path, size_t limit = SIZE_MAX);

enum class WriteMode : uint8_t { kReplace, kAppend, kCreateNew };
Error write_file(const std::string& path, std::string_view bytes, WriteMode mode = WriteMode::kReplace);

// Follows symbolic links; type kNone (and no error) when there is nothing.
Result<FileStatus> file_status(const std::string& path);
bool file_exists(const std::string& path);
bool is_directory(const std::string& path);

Result<std::vector<std::string>> list_directory(const std::string& path);  // sorted, without . and ..
Error make_directory(const std::string& path);                             // parents must exist
Error remove_file(const std::string& path);
Error remove_directory(const std::string& path);  // must be empty
Error rename_file(const std::string& from, const std::string& to);
// Absolute, without symbolic links.
Result<std::string> real_path(const std::string& path);
// With a trailing slash removed; "/" when the system does not say.
std::string current_directory();
std::string temporary_directory();

}  // namespace skein::platform
