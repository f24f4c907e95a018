#include "platform/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "platform/process.h"

namespace skein::platform {

namespace {

Error last_error() {
  return Error::from_errno(errno);
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int number) : number_(number) {}
  ~FileDescriptor() {
    if (number_ >= 0) ::close(number_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return number_; }
  // Closes and says whether all that was written has arrived.
  Error close() {
    int result = ::close(number_);
    number_ = -1;
    return result == 0 || errno == EINTR ? Error{} : last_error();
  }

 private:
  int number_;
};

int open_retrying(const std::string& path, int flags, mode_t mode = 0) {
  int number;
  do {
    number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (number < 0 && errno == EINTR);
  return number;
}

FileType type_of(mode_t mode) {
  if (S_ISREG(mode)) return FileType::kRegular;
  if (S_ISDIR(mode)) return FileType::kDirectory;
  if (S_ISLNK(mode)) return FileType::kSymbolicLink;
  return FileType::kOther;
}

}  // namespace

Result<std::string> read_file(const std::string& path, size_t limit) {
  FileDescriptor file(open_retrying(path, O_RDONLY));
  if (file.get() < 0) {
    return last_error();
  }
  struct stat status;
  if (::fstat(file.get(), &status) != 0) {
    return last_error();
  }
  if (S_ISDIR(status.st_mode)) {
    return Error::from_errno(EISDIR);
  }
  std::string bytes;
  if (S_ISREG(status.st_mode)) {
    if (static_cast<uint64_t>(status.st_size) > limit) {
      return Error::from_errno(EFBIG);
    }
    bytes.reserve(static_cast<size_t>(status.st_size) + 1);
  }
  // The size is only a hint: pipes and /proc say 0, and a file may grow meanwhile. If it is right, nothing is
  // taken beyond it: callers may keep the text.
  bool size_is_known = status.st_size > 0;
  while (true) {
    size_t used = bytes.size();
    size_t room = bytes.capacity() - used;
    size_is_known = size_is_known && room != 0;
    ssize_t count;
    if (size_is_known) {
      bytes.resize(used + std::min(room, size_t{1} << 30));
      count = ::read(file.get(), bytes.data() + used, bytes.size() - used);
      bytes.resize(used + (count > 0 ? static_cast<size_t>(count) : 0));
    } else {
      char chunk[16 * 1024];  // not filled with zeros first, as the text would be
      count = ::read(file.get(), chunk, sizeof chunk);
      if (count > 0) {
        bytes.append(chunk, static_cast<size_t>(count));
      }
    }
    if (count == 0) {
      return bytes;
    }
    if (count < 0 && errno != EINTR) {
      return last_error();
    }
    if (bytes.size() > limit) {
      return Error::from_errno(EFBIG);
    }
  }
}

Error write_file(const std::string& path, std::string_view bytes, WriteMode mode) {
  int flags = O_WRONLY | O_CREAT;
  switch (mode) {
    case WriteMode::kReplace:
      flags |= O_TRUNC;
      break;
    case WriteMode::kAppend:
      flags |= O_APPEND;
      break;
    case WriteMode::kCreateNew:
      flags |= O_EXCL;
      break;
  }
  FileDescriptor file(open_retrying(path, flags, 0666));
  if (file.get() < 0) {
    return last_error();
  }
  while (!bytes.empty()) {
    ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<size_t>(count));
    } else if (errno != EINTR) {
      return last_error();
    }
  }
  return file.close();
}

Result<FileStatus> file_status(const std::string& path) {
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return FileStatus{};
    }
    return last_error();
  }
  FileStatus result;
  result.type = type_of(status.st_mode);
  result.size = static_cast<uint64_t>(status.st_size);
  result.mode = status.st_mode;
  result.inode = status.st_ino;
  result.device = status.st_dev;
#if defined(__APPLE__)
  const timespec& modified = status.st_mtimespec;
#else
  const timespec& modified = status.st_mtim;
#endif
  result.modified_ms =
      static_cast<double>(modified.tv_sec) * 1e3 + static_cast<double>(modified.tv_nsec) / 1e6;
  return result;
}

bool file_exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

bool is_directory(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Result<std::vector<std::string>> list_directory(const std::string& path) {
  DIR* folder = ::opendir(path.c_str());
  if (folder == nullptr) {
    return last_error();
  }
  std::vector<std::string> names;
  errno = 0;
  while (dirent* entry = ::readdir(folder)) {
    std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  Error error = errno != 0 ? last_error() : Error{};
  ::closedir(folder);
  if (error) {
    return error;
  }
  std::sort(names.begin(), names.end());
  return names;
}

namespace {
Error error_unless(bool succeeded) {
  return succeeded ? Error{} : last_error();
}
}  // namespace

Error make_directory(const std::string& path) {
  return error_unless(::mkdir(path.c_str(), 0777) == 0);
}
Error remove_file(const std::string& path) {
  return error_unless(::unlink(path.c_str()) == 0);
}
Error remove_directory(const std::string& path) {
  return error_unless(::rmdir(path.c_str()) == 0);
}
Error rename_file(const std::string& from, const std::string& to) {
  return error_unless(::rename(from.c_str(), to.c_str()) == 0);
}

Result<std::string> real_path(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) {
    return last_error();
  }
  std::string result(resolved);
  ::free(resolved);
  return result;
}

std::string current_directory() {
  char buffer[PATH_MAX];
  return ::getcwd(buffer, sizeof(buffer)) != nullptr ? buffer : "/";
}

std::string temporary_directory() {
  std::string folder = environment_variable("TMPDIR").value_or("/tmp");
  while (folder.size() > 1 && folder.back() == '/') {
    folder.pop_back();
  }
  return folder.empty() ? "/tmp" : folder;
}

}  // namespace skein::platform
