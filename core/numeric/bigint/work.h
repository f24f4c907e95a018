// The state of one long operation, and the algorithms that several operations share.
//
// Failure is sticky: once the poll says stop, or memory is wanting, the algorithms return as soon as
// they notice and leave garbage in their (always allocated) results. The operation looks at
// outcome() at its end, and before it relies on a result for more than its bits.
#pragma once

#include <cstdlib>
#include <memory>

#include "core/numeric/bigint/bigint.h"

namespace skein::numeric::bigint {

class Work {
 public:
  explicit Work(const Poll& poll) : poll_(poll) {}

  // Counts digit operations, and polls when enough of them have been done.
  bool charge(size_t operations) {
    spent_ += operations;
    if (spent_ >= kPollInterval) [[unlikely]]
      ask();
    return !stopped();
  }
  // False when temporaries would take more than they may.
  bool take_scratch(size_t bytes) {
    if (bytes > poll_.scratch_limit - scratch_) return false;
    scratch_ += bytes;
    return true;
  }
  void give_back_scratch(size_t bytes) { scratch_ -= bytes; }
  void fail(Outcome outcome) { outcome_ = outcome; }
  bool stopped() const { return outcome_ != Outcome::kDone; }
  Outcome outcome() const { return outcome_; }

 private:
  static constexpr size_t kPollInterval = 200'000;
  void ask() {
    spent_ = 0;
    if (poll_.should_stop != nullptr && poll_.should_stop(poll_.context)) fail(Outcome::kStopped);
  }

  const Poll& poll_;
  size_t spent_ = 0;
  size_t scratch_ = 0;
  Outcome outcome_ = Outcome::kDone;
};

// Memory for temporaries; tests false, and fails the work, if there was none. Small ones stay on the
// stack.
class Scratch {
 public:
  Scratch(size_t length, Work& work) : work_(work) {
    if (length <= kInline) {
      digits_ = inline_;
    } else if (length <= SIZE_MAX / sizeof(Digit) && work.take_scratch(length * sizeof(Digit))) {
      taken_ = length * sizeof(Digit);
      allocated_.reset(static_cast<Digit*>(std::malloc(taken_)));
      digits_ = allocated_.get();
    }
    if (digits_ == nullptr) work.fail(Outcome::kOutOfMemory);
  }
  ~Scratch() { work_.give_back_scratch(taken_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  explicit operator bool() const { return digits_ != nullptr; }
  Digit* get() { return digits_; }

 private:
  struct Free {
    void operator()(Digit* digits) const { std::free(digits); }
  };
  static constexpr size_t kInline = 64;
  Work& work_;
  size_t taken_ = 0;
  Digit inline_[kInline];
  std::unique_ptr<Digit, Free> allocated_;
  Digit* digits_ = nullptr;
};

// out[0, left_length + right_length) = left * right, with all digits written.
void multiply_magnitudes(Digit* out, const Digit* left, size_t left_length, const Digit* right,
                         size_t right_length, Work& work);
// The same for operands of equal length, with memory given.
// REQUIRES: scratch of multiply_scratch(length)
void multiply_balanced(Digit* out, const Digit* left, const Digit* right, size_t length, Digit* scratch,
                       Work& work);
size_t multiply_scratch(size_t length);

// Divides by a single digit; the quotient (all `length` digits) may be the dividend. Returns the
// remainder.
Digit divide_by_digit(Digit* quotient, const Digit* dividend, size_t length, Digit divisor);

// quotient[0, dividend_length - divisor_length + 1) and remainder[0, divisor_length); either may be
// null, and the remainder may be the dividend.
// REQUIRES: dividend_length >= divisor_length >= 1, the divisor's top digit is not zero
void divide_magnitudes(Digit* quotient, Digit* remainder, const Digit* dividend, size_t dividend_length,
                       const Digit* divisor, size_t divisor_length, Work& work);

// Multiplication by number-theoretic transforms (ntt.cpp).
// REQUIRES: scratch of transform_scratch(left_length + right_length)
void multiply_by_transform(Digit* out, const Digit* left, size_t left_length, const Digit* right,
                           size_t right_length, Digit* scratch, Work& work);
size_t transform_scratch(size_t result_length);
inline constexpr size_t kMaxTransformLength = size_t{1} << 20;  // of the result

}  // namespace skein::numeric::bigint
