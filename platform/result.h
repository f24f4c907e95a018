// Failures of the host (files, memory, environment): an error code that keeps the system's own
// number, and Result<T>. Never mixed with JavaScript completions.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace skein::platform {

enum class ErrorKind : unsigned char {
  kNone,
  kNotFound,
  kPermission,
  kExists,
  kIsDirectory,
  kNotDirectory,
  kNotEmpty,
  kInvalidArgument,
  kNameTooLong,
  kNoSpace,
  kTooManyFiles,
  kOutOfMemory,
  kBrokenPipe,
  kTooLarge,
  kUnsupported,
  kOther,
};

struct Error {
  ErrorKind kind = ErrorKind::kNone;
  int system_code = 0;  // errno, 0 where the system has no number for it

  explicit operator bool() const { return kind != ErrorKind::kNone; }
  // "ENOENT" (what Node calls error.code); "UNKNOWN" where there is none.
  const char* name() const;
  // "no such file or directory", in English whatever the locale is.
  std::string message() const;

  static Error from_errno(int code);
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : error_(error) {}

  bool ok() const { return value_.has_value(); }
  const Error& error() const { return error_; }
  // REQUIRES: ok()
  T& value() & { return *value_; }
  const T& value() const& { return *value_; }
  T&& value() && { return *std::move(value_); }

 private:
  std::optional<T> value_;
  Error error_;
};

}  // namespace skein::platform
