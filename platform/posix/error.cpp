#include <cerrno>

#include "platform/result.h"

namespace skein::platform {

namespace {

struct Entry {
  int code;
  ErrorKind kind;
  const char* name;
  const char* message;
};

// Messages as libuv words them, since programs written for Node print and match them.
constexpr Entry kEntries[] = {
    {ENOENT, ErrorKind::kNotFound, "ENOENT", "no such file or directory"},
    {EACCES, ErrorKind::kPermission, "EACCES", "permission denied"},
    {EPERM, ErrorKind::kPermission, "EPERM", "operation not permitted"},
    {EROFS, ErrorKind::kPermission, "EROFS", "read-only file system"},
    {EEXIST, ErrorKind::kExists, "EEXIST", "file already exists"},
    {EISDIR, ErrorKind::kIsDirectory, "EISDIR", "illegal operation on a directory"},
    {ENOTDIR, ErrorKind::kNotDirectory, "ENOTDIR", "not a directory"},
    {ENOTEMPTY, ErrorKind::kNotEmpty, "ENOTEMPTY", "directory not empty"},
    {EINVAL, ErrorKind::kInvalidArgument, "EINVAL", "invalid argument"},
    {EBADF, ErrorKind::kInvalidArgument, "EBADF", "bad file descriptor"},
    {ELOOP, ErrorKind::kInvalidArgument, "ELOOP", "too many symbolic links encountered"},
    {ENAMETOOLONG, ErrorKind::kNameTooLong, "ENAMETOOLONG", "name too long"},
    {ENOSPC, ErrorKind::kNoSpace, "ENOSPC", "no space left on device"},
    {EMFILE, ErrorKind::kTooManyFiles, "EMFILE", "too many open files"},
    {ENFILE, ErrorKind::kTooManyFiles, "ENFILE", "file table overflow"},
    {ENOMEM, ErrorKind::kOutOfMemory, "ENOMEM", "not enough memory"},
    {EPIPE, ErrorKind::kBrokenPipe, "EPIPE", "broken pipe"},
    {EFBIG, ErrorKind::kTooLarge, "EFBIG", "file too large"},
    {ENOTSUP, ErrorKind::kUnsupported, "ENOTSUP", "operation not supported on socket"},
    {ENOSYS, ErrorKind::kUnsupported, "ENOSYS", "function not implemented"},
    {EXDEV, ErrorKind::kUnsupported, "EXDEV", "cross-device link not permitted"},
    {EIO, ErrorKind::kOther, "EIO", "i/o error"},
    {EBUSY, ErrorKind::kOther, "EBUSY", "resource busy or locked"},
    {ETXTBSY, ErrorKind::kOther, "ETXTBSY", "text file is busy"},
};

const Entry* find_entry(int code) {
  for (const Entry& entry : kEntries) {
    if (entry.code == code) return &entry;
  }
  return nullptr;
}

}  // namespace

Error Error::from_errno(int code) {
  const Entry* entry = find_entry(code);
  return Error{entry != nullptr ? entry->kind : ErrorKind::kOther, code};
}

const char* Error::name() const {
  const Entry* entry = find_entry(system_code);
  return entry != nullptr ? entry->name : "UNKNOWN";
}

std::string Error::message() const {
  if (const Entry* entry = find_entry(system_code)) {
    return entry->message;
  }
  return system_code != 0 ? "system error " + std::to_string(system_code) : "unknown error";
}

}  // namespace skein::platform
