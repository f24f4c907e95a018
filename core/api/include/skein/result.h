// Result<T> and Error: how every operation of the API reports failure. Nothing is thrown.
//
// Both may be kept, copied and dropped on any thread; an Error of kind kException holds the script's
// value as a Value does.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "skein/value.h"

namespace skein::api {

enum class ErrorKind : uint8_t {
  kException,     // script (or a bound function) threw; value() is what it threw
  kSyntax,        // the source text is no program; value() is the SyntaxError
  kStack,         // the stack's limit: value() is the RangeError. Script could have caught it.
  kTerminated,    // ended by terminate(), the interrupt callback or close(cancel); no catch block saw it
  kHeapLimit,     // a limit of the context ended the script; likewise (or see Limits::heap_bytes)
  kTimeLimit,
  kCpuLimit,
  kInstructionLimit,
  kQueueLimit,    // too many bytes wait in the context's queue; script could have caught it
  kWorkerLimit,   // as many workers as are allowed; script could have caught it
  kExit,          // the script ended its program (process.exit)
  kWrongThread,   // another thread is in the context
  kWrongContext,  // the value belongs to another context
  kClosed,        // the context has been closed
  kWrongType,     // the value is not of the type that was asked for
  kInvalid,       // the call makes no sense as it stands; the message says why
};
// "exception", "syntax error", ...
SKEIN_API const char* describe(ErrorKind kind);

// Which error a bound function makes the script see.
enum class ErrorClass : uint8_t { kError, kTypeError, kRangeError, kReferenceError, kSyntaxError };

class Error {
 public:
  // For bound functions to return: the script sees a new error object of that class.
  explicit Error(std::string message) : Error(ErrorKind::kException, std::move(message)) {}
  SKEIN_API Error(ErrorKind kind, std::string message);
  SKEIN_API static Error of_class(ErrorClass error_class, std::string message);
  static Error type_error(std::string message) { return of_class(ErrorClass::kTypeError, std::move(message)); }
  static Error range_error(std::string message) { return of_class(ErrorClass::kRangeError, std::move(message)); }
  // Throws any value into the script.
  SKEIN_API static Error of_value(Value value);

  ErrorKind kind() const { return data_->kind; }
  ErrorClass error_class() const { return data_->error_class; }
  // UTF-8. Of an exception: "TypeError: x is not a function", or the value as the console shows it.
  const std::string& message() const { return data_->message; }
  // message() and the frames below it; message() alone where there are none.
  const std::string& stack() const { return data_->stack.empty() ? data_->message : data_->stack; }
  // Where it was thrown or where the source cannot be parsed; file empty and line 0 when unknown. Both
  // count from 1, columns in UTF-16 code units.
  const std::string& file() const { return data_->file; }
  uint32_t line() const { return data_->line; }
  uint32_t column() const { return data_->column; }
  // kException, kSyntax, kStack: what was thrown.
  const Value& value() const { return data_->value; }
  // kExit
  int exit_code() const { return data_->exit_code; }

  struct Data {
    ErrorKind kind = ErrorKind::kException;
    ErrorClass error_class = ErrorClass::kError;
    std::string message;
    std::string stack;
    std::string file;
    uint32_t line = 0;
    uint32_t column = 0;
    Value value;
    int exit_code = 0;
    bool has_value = false;  // `value` is what is thrown, even if undefined
  };
  explicit Error(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  const Data& data() const { return *data_; }

 private:
  std::shared_ptr<const Data> data_;
};

namespace detail {
// Prints what was wrong and ends the process: value() of a failed Result is a mistake of the program.
[[noreturn]] SKEIN_API void bad_access(const Error* error);
}  // namespace detail

template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(const Result&) = default;
  Result(Result&&) = default;
  Result& operator=(const Result&) = default;
  Result& operator=(Result&&) = default;
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  template <typename U = T>
    requires(std::is_convertible_v<U &&, T> && !std::same_as<std::remove_cvref_t<U>, Result> &&
             !std::same_as<std::remove_cvref_t<U>, Error>)
  Result(U&& value) : state_(std::in_place_index<0>, std::forward<U>(value)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  // REQUIRES: ok(); otherwise the error is printed and the process ends.
  T& value() & { return *checked(); }
  const T& value() const& { return *const_cast<Result*>(this)->checked(); }
  T&& value() && { return std::move(*checked()); }
  T& operator*() & { return *checked(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*checked()); }
  T* operator->() { return checked(); }
  const T* operator->() const { return const_cast<Result*>(this)->checked(); }
  template <typename U>
  T value_or(U&& other) const& {
    return ok() ? value() : static_cast<T>(std::forward<U>(other));
  }
  // REQUIRES: !ok()
  const Error& error() const {
    if (ok()) detail::bad_access(nullptr);
    return *std::get_if<1>(&state_);
  }

 private:
  T* checked() {
    T* value = std::get_if<0>(&state_);
    if (value == nullptr) [[unlikely]] detail::bad_access(std::get_if<1>(&state_));
    return value;
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  void value() const {
    if (!ok()) detail::bad_access(&*error_);
  }
  const Error& error() const {
    if (ok()) detail::bad_access(nullptr);
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace skein::api
