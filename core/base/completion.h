// Completion<T>: the specification's completion records, without C++ exceptions.
//
// A function that can complete abruptly returns Completion<T>. The thrown value waits in the agent
// (Agent::pending_exception), so a Completion<Value> is one machine word and a Completion<Object*>
// a plain pointer. TRY is the specification's `?`, MUST its `!`; they are the only macros of the
// project that touch control flow.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace skein {

// What a throwing function returns; converts to a thrown Completion of every type.
struct Thrown {};

// How a type marks "thrown" in band. Specialise for types that have a spare representation
// (Value does); pointers use null. Everything else carries a flag beside the value.
template <typename T>
struct CompletionTraits {
  static constexpr bool kInBand = false;
};

template <typename T>
struct CompletionTraits<T*> {
  static constexpr bool kInBand = true;
  static constexpr T* thrown() { return nullptr; }
  static constexpr bool is_thrown(T* value) { return value == nullptr; }
};

template <typename T = void>
class [[nodiscard]] Completion {
  static constexpr bool kInBand = CompletionTraits<T>::kInBand;
  struct Flagged {
    T value{};
    bool thrown = false;
  };
  using Storage = std::conditional_t<kInBand, T, Flagged>;

 public:
  constexpr Completion(Thrown) {
    if constexpr (kInBand) {
      storage_ = CompletionTraits<T>::thrown();
    } else {
      storage_.thrown = true;
    }
  }
  template <typename U>
    requires(std::is_convertible_v<U &&, T> && !std::is_same_v<std::remove_cvref_t<U>, Completion> &&
             !std::is_same_v<std::remove_cvref_t<U>, Thrown>)
  constexpr Completion(U&& value) {
    if constexpr (kInBand) {
      storage_ = static_cast<T>(std::forward<U>(value));
    } else {
      storage_.value = std::forward<U>(value);
    }
  }
  // A completion of a derived pointer is a completion of its base.
  template <typename U>
    requires(std::is_convertible_v<U*, T>)
  constexpr Completion(const Completion<U*>& other) : storage_(other.is_thrown() ? nullptr : other.value()) {}

  constexpr bool is_thrown() const {
    if constexpr (kInBand) {
      return CompletionTraits<T>::is_thrown(storage_);
    } else {
      return storage_.thrown;
    }
  }
  // REQUIRES: !is_thrown()
  constexpr T& value() & {
    if constexpr (kInBand) {
      return storage_;
    } else {
      return storage_.value;
    }
  }
  constexpr const T& value() const& { return const_cast<Completion*>(this)->value(); }
  constexpr T&& value() && { return std::move(value()); }

 private:
  Storage storage_;
};

template <>
class [[nodiscard]] Completion<void> {
 public:
  constexpr Completion() = default;
  constexpr Completion(Thrown) : thrown_(true) {}
  constexpr bool is_thrown() const { return thrown_; }
  constexpr void value() const {}

 private:
  bool thrown_ = false;
};

namespace internal {
[[noreturn]] inline void must_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: MUST(%s) completed abruptly\n", file, line, expression);
  std::abort();
}
}  // namespace internal

}  // namespace skein

#define TRY(expression)                                              \
  ({                                                                 \
    auto&& skein_completion = (expression);                          \
    if (skein_completion.is_thrown()) [[unlikely]]                   \
      return ::skein::Thrown{};                                      \
    std::move(skein_completion).value();                             \
  })

#define MUST(expression)                                                        \
  ({                                                                            \
    auto&& skein_completion = (expression);                                     \
    if (skein_completion.is_thrown()) [[unlikely]]                              \
      ::skein::internal::must_failed(#expression, __FILE__, __LINE__);          \
    std::move(skein_completion).value();                                        \
  })
