#include "core/runtime/bigint.h"

#include <cmath>

#include "core/base/wide.h"
#include "core/numeric/bigint/bigint.h"
#include "core/runtime/operations.h"
#include "core/runtime/root.h"

namespace skein {

namespace kernel = numeric::bigint;

namespace {

kernel::View view(const BigInt* value) { return {value->digits(), value->is_negative()}; }

kernel::Poll stop_poll(Agent& agent) {
  return {[](void* context) { return static_cast<Agent*>(context)->stop_requested(); }, &agent, agent.heap().room()};
}

Thrown throw_too_big(Agent& agent) { return throw_range_error(agent, "Maximum BigInt size exceeded"); }

BigInt* finish(BigInt* bigint, kernel::Result result) {
  bigint->truncate(result.length);
  bigint->set_negative(result.negative);
  return bigint;
}

// Allocates for `size` digits and lets `compute(digits)` return a kernel::Result.
template <typename F>
Completion<BigInt*> make_result(Agent& agent, size_t size, F&& compute) {
  if (size > BigInt::kMaxDigits + 1) return throw_too_big(agent);
  BigInt* bigint = BigInt::try_make(agent.heap(), size, false);
  if (bigint == nullptr) return throw_out_of_memory(agent);
  finish(bigint, compute(bigint->digits()));
  if (bigint->digits().size() > BigInt::kMaxDigits) return throw_too_big(agent);
  return bigint;
}

// The same for operations that can be stopped: `compute(digits, result, poll)` returns an Outcome.
template <typename F>
Completion<BigInt*> make_long_result(Agent& agent, size_t size, F&& compute) {
  if (size > BigInt::kMaxDigits + 1) return throw_too_big(agent);
  BigInt* bigint = BigInt::try_make(agent.heap(), size, false);
  if (bigint == nullptr) return throw_out_of_memory(agent);
  kernel::Result result;
  switch (compute(bigint->digits(), result, stop_poll(agent))) {
    case kernel::Outcome::kDone: break;
    case kernel::Outcome::kStopped:
      bigint->truncate(0);
      TRY(agent.poll());
      return throw_range_error(agent, "BigInt operation was interrupted");
    case kernel::Outcome::kOutOfMemory: bigint->truncate(0); return throw_out_of_memory(agent);
  }
  finish(bigint, result);
  if (bigint->digits().size() > BigInt::kMaxDigits) return throw_too_big(agent);
  return bigint;
}

// --- Values of one digit --------------------------------------------------------------------------------
// OPTIMIZATION: most BigInts fit one digit, and their results two.

using Wide = __int128;
using Magnitude = unsigned __int128;
constexpr int kDigitBits = kernel::kDigitBits;

bool is_small(const BigInt* value) { return value->digits().size() <= 1; }
uint64_t small_magnitude(const BigInt* value) { return value->is_zero() ? 0 : value->digits()[0]; }
Wide small_value(const BigInt* value) {
  const Wide magnitude = small_magnitude(value);
  return value->is_negative() ? -magnitude : magnitude;
}

BigInt* from_magnitude(Agent& agent, Magnitude magnitude, bool is_negative) {
  const uint64_t low = static_cast<uint64_t>(magnitude), high = static_cast<uint64_t>(magnitude >> kDigitBits);
  const size_t count = high != 0 ? 2 : low != 0 ? 1 : 0;
  BigInt* result = BigInt::try_make(agent.heap(), count, is_negative && count != 0);  // small cells are never refused
  if (count > 0) result->digits()[0] = low;
  if (count > 1) result->digits()[1] = high;
  return result;
}
BigInt* from_wide(Agent& agent, Wide value) {
  return from_magnitude(agent, value < 0 ? -static_cast<Magnitude>(value) : static_cast<Magnitude>(value), value < 0);
}

Wide shift_right(Wide value, uint64_t count) { return value >> std::min<uint64_t>(count, 2 * kDigitBits - 1); }

// Null where it takes the general way.
BigInt* shift_small(Agent& agent, Wide value, Wide count) {
  if (count <= 0) return from_wide(agent, shift_right(value, static_cast<uint64_t>(-count)));
  return count < kDigitBits - 1 ? from_wide(agent, value * (Wide{1} << count)) : nullptr;
}

// Null where it takes the general way, or throws. REQUIRES: is_small(a), is_small(b)
BigInt* binary_small(Agent& agent, BinaryOperator op, const BigInt* a, const BigInt* b) {
  const Wide x = small_value(a), y = small_value(b);
  switch (op) {
    case BinaryOperator::kSubtract: return from_wide(agent, x - y);
    case BinaryOperator::kMultiply:
      return from_magnitude(agent, multiply_wide(small_magnitude(a), small_magnitude(b)), a->is_negative() != b->is_negative());
    case BinaryOperator::kDivide:
      if (y == 0) return nullptr;
      return from_magnitude(agent, small_magnitude(a) / small_magnitude(b), a->is_negative() != b->is_negative());
    case BinaryOperator::kRemainder:
      if (y == 0) return nullptr;
      return from_magnitude(agent, small_magnitude(a) % small_magnitude(b), a->is_negative());
    case BinaryOperator::kBitwiseAnd: return from_wide(agent, x & y);
    case BinaryOperator::kBitwiseOr: return from_wide(agent, x | y);
    case BinaryOperator::kBitwiseXor: return from_wide(agent, x ^ y);
    case BinaryOperator::kShiftLeft: return shift_small(agent, x, y);
    case BinaryOperator::kShiftRight: return shift_small(agent, x, -y);
    default: return nullptr;
  }
}

// The lowest digit in two's complement. REQUIRES: there is one
uint64_t low_digit(const BigInt* value) { return value->is_negative() ? -value->digits()[0] : value->digits()[0]; }
uint64_t low_bits(uint64_t digit, uint64_t bits) { return bits >= kDigitBits ? digit : digit & ((uint64_t{1} << bits) - 1); }

Ordering to_ordering(std::partial_ordering ordering) {
  if (ordering == std::partial_ordering::less) return Ordering::kLess;
  if (ordering == std::partial_ordering::greater) return Ordering::kGreater;
  return ordering == std::partial_ordering::equivalent ? Ordering::kEqual : Ordering::kUndefined;
}

}  // namespace

BigInt* BigInt::try_make(gc::Heap& heap, size_t digit_count, bool is_negative) {
  if (digit_count > kMaxDigits + 1) return nullptr;
  return heap.try_make<BigInt>(digit_count * sizeof(uint64_t), static_cast<uint32_t>(digit_count), is_negative);
}

bool bigint_equals(const BigInt* a, const BigInt* b) { return kernel::equal(view(a), view(b)); }
Ordering bigint_compare(const BigInt* a, const BigInt* b) {
  if (is_small(a) && is_small(b)) {
    const Wide x = small_value(a), y = small_value(b);
    return x < y ? Ordering::kLess : x > y ? Ordering::kGreater : Ordering::kEqual;
  }
  return to_ordering(kernel::compare(view(a), view(b)));
}
Ordering bigint_compare_to_number(const BigInt* a, double b) { return to_ordering(kernel::compare(view(a), b)); }

BigInt* bigint_from_int64(Agent& agent, int64_t value) {
  BigInt* bigint = BigInt::try_make(agent.heap(), 1, false);
  return finish(bigint, kernel::from_int64(value, std::span<uint64_t, 1>(bigint->digits())));
}

BigInt* bigint_from_uint64(Agent& agent, uint64_t value) {
  BigInt* bigint = BigInt::try_make(agent.heap(), 1, false);
  return finish(bigint, kernel::from_uint64(value, std::span<uint64_t, 1>(bigint->digits())));
}

// https://tc39.es/ecma262/#sec-numbertobigint
Completion<BigInt*> number_to_bigint(Agent& agent, double number) {
  if (!is_integral_number(Value::number(number)))
    return throw_range_error(agent, {"The number ", number_to_string(agent, number)->to_utf8(), " cannot be converted to a BigInt because it is not an integer"});
  return make_result(agent, kernel::kDigitsOfDouble, [&](std::span<uint64_t> digits) {
    return kernel::from_double(number, digits.first<kernel::kDigitsOfDouble>());
  });
}

double bigint_to_number(const BigInt* value) { return kernel::to_double(view(value)); }
uint64_t bigint_to_uint64(const BigInt* value) { return kernel::to_uint64_modular(view(value)); }
int64_t bigint_to_int64(const BigInt* value) { return static_cast<int64_t>(bigint_to_uint64(value)); }

Completion<String*> bigint_to_string(Agent& agent, BigInt* value, int radix) {
  size_t size = kernel::to_text_size(view(value), radix);
  std::vector<char> buffer(size);
  size_t length = 0;
  switch (kernel::to_text(view(value), radix, buffer, length, stop_poll(agent))) {
    case kernel::Outcome::kDone: break;
    case kernel::Outcome::kStopped:
      TRY(agent.poll());
      return throw_range_error(agent, "BigInt operation was interrupted");
    case kernel::Outcome::kOutOfMemory: return throw_out_of_memory(agent);
  }
  String* text = new_string(agent.heap(), StringView(std::string_view(buffer.data(), length)));
  if (text == nullptr) return throw_invalid_string_length(agent);
  return text;
}

// https://tc39.es/ecma262/#sec-stringtobigint
BigInt* string_to_bigint(Agent& agent, String* string) {
  return string->view().visit([&](auto units) -> BigInt* {
    auto literal = kernel::scan_literal(units);
    if (!literal.valid) return nullptr;
    BigInt* bigint = BigInt::try_make(agent.heap(), kernel::from_text_size(literal), false);
    if (bigint == nullptr) return nullptr;
    kernel::Result result;
    if (kernel::from_text(literal, bigint->digits(), result, stop_poll(agent)) != kernel::Outcome::kDone) {
      bigint->truncate(0);
      return nullptr;
    }
    return finish(bigint, result);
  });
}

// https://tc39.es/ecma262/#sec-tobigint
Completion<BigInt*> to_bigint(Agent& agent, Value value) {
  Value primitive = TRY(to_primitive(agent, value, PreferredType::kNumber));
  if (primitive.is_bigint()) return primitive.as_bigint();
  if (primitive.is_boolean()) return bigint_from_int64(agent, primitive.as_boolean());
  if (primitive.is_string()) {
    Root<String*> text(agent, primitive.as_string());
    BigInt* parsed = string_to_bigint(agent, text);
    if (parsed != nullptr) return parsed;
    // Null also stands for work that was stopped.
    TRY(agent.poll());
    constexpr uint32_t kMaxShown = 64;
    std::string shown = text->length() <= kMaxShown ? text->to_utf8() : text->view().substring(0, kMaxShown).to_utf8() + "...";
    return throw_syntax_error(agent, {"Cannot convert ", shown, " to a BigInt"});
  }
  return throw_type_error(agent, {"Cannot convert ", to_display_string(agent, primitive), " to a BigInt"});
}

Completion<BigInt*> bigint_as_uint_n(Agent& agent, uint64_t bits, BigInt* value) {
  if (bits <= kDigitBits && !value->is_zero()) return from_magnitude(agent, low_bits(low_digit(value), bits), false);
  return make_result(agent, kernel::as_uint_n_size(bits, view(value)),
                     [&](auto digits) { return kernel::as_uint_n(bits, view(value), digits); });
}

Completion<BigInt*> bigint_as_int_n(Agent& agent, uint64_t bits, BigInt* value) {
  return make_result(agent, kernel::as_int_n_size(bits, view(value)),
                     [&](auto digits) { return kernel::as_int_n(bits, view(value), digits); });
}

Completion<BigInt*> bigint_add(Agent& agent, BigInt* a, BigInt* b) {
  if (is_small(a) && is_small(b)) return from_wide(agent, small_value(a) + small_value(b));
  return make_result(agent, kernel::add_size(view(a), view(b)), [&](auto digits) { return kernel::add(view(a), view(b), digits); });
}

namespace {
Completion<BigInt*> shift(Agent& agent, BigInt* value, BigInt* by, bool left) {
  uint64_t count = kernel::shift_count(view(by));
  if (by->is_negative()) left = !left;
  if (left) {
    if (value->is_zero()) return value;
    return make_result(agent, kernel::left_shift_size(view(value), count),
                       [&](auto digits) { return kernel::left_shift(view(value), count, digits); });
  }
  return make_result(agent, kernel::right_shift_size(view(value), count),
                     [&](auto digits) { return kernel::right_shift(view(value), count, digits); });
}
}  // namespace

Completion<BigInt*> bigint_binary(Agent& agent, BinaryOperator op, BigInt* a, BigInt* b) {
  if (is_small(a) && is_small(b)) {
    if (BigInt* result = binary_small(agent, op, a, b)) return result;
  }
  constexpr size_t kManyDigits = 4096;
  if (a->digits().size() + b->digits().size() > kManyDigits) {
    // The result, and what the longer operations need for themselves.
    Root<BigInt*> kept_a(agent, a), kept_b(agent, b);
    TRY(make_room(agent, 8 * sizeof(uint64_t) * (a->digits().size() + b->digits().size())));
  }
  kernel::View x = view(a), y = view(b);
  switch (op) {
    case BinaryOperator::kSubtract:
      return make_result(agent, kernel::add_size(x, y), [&](auto digits) { return kernel::subtract(x, y, digits); });
    case BinaryOperator::kMultiply:
      return make_long_result(agent, kernel::multiply_size(x, y),
                              [&](auto d, auto& r, auto poll) { return kernel::multiply(x, y, d, r, poll); });
    case BinaryOperator::kDivide:
      if (b->is_zero()) return throw_range_error(agent, "Division by zero");
      return make_long_result(agent, kernel::divide_size(x, y), [&](auto d, auto& r, auto poll) { return kernel::divide(x, y, d, r, poll); });
    case BinaryOperator::kRemainder:
      if (b->is_zero()) return throw_range_error(agent, "Division by zero");
      return make_long_result(agent, kernel::remainder_size(x, y),
                              [&](auto d, auto& r, auto poll) { return kernel::remainder(x, y, d, r, poll); });
    case BinaryOperator::kExponentiate:
      if (b->is_negative()) return throw_range_error(agent, "Exponent must be non-negative");
      return make_long_result(agent, kernel::exponentiate_size(x, y),
                              [&](auto d, auto& r, auto poll) { return kernel::exponentiate(x, y, d, r, poll); });
    case BinaryOperator::kBitwiseAnd:
      return make_result(agent, kernel::bitwise_size(x, y), [&](auto digits) { return kernel::bitwise_and(x, y, digits); });
    case BinaryOperator::kBitwiseOr:
      return make_result(agent, kernel::bitwise_size(x, y), [&](auto digits) { return kernel::bitwise_or(x, y, digits); });
    case BinaryOperator::kBitwiseXor:
      return make_result(agent, kernel::bitwise_size(x, y), [&](auto digits) { return kernel::bitwise_xor(x, y, digits); });
    case BinaryOperator::kShiftLeft: return shift(agent, a, b, true);
    case BinaryOperator::kShiftRight: return shift(agent, a, b, false);
    case BinaryOperator::kShiftRightUnsigned:
      return throw_type_error(agent, "BigInts have no unsigned right shift, use >> instead");
  }
  SKEIN_UNREACHABLE();
}

Completion<BigInt*> bigint_unary(Agent& agent, UnaryOperator op, BigInt* value) {
  if (is_small(value)) {
    const Wide x = small_value(value);
    switch (op) {
      case UnaryOperator::kBitwiseNot: return from_wide(agent, ~x);
      case UnaryOperator::kNegate: return from_wide(agent, -x);
      case UnaryOperator::kIncrement: return from_wide(agent, x + 1);
      case UnaryOperator::kDecrement: return from_wide(agent, x - 1);
    }
  }
  if (op == UnaryOperator::kBitwiseNot)
    return make_result(agent, kernel::bitwise_not_size(view(value)), [&](auto digits) { return kernel::bitwise_not(view(value), digits); });
  if (op == UnaryOperator::kNegate)
    return make_result(agent, value->digits().size(), [&](auto digits) {
      std::copy(value->digits().begin(), value->digits().end(), digits.begin());
      return kernel::Result{value->digits().size(), !value->is_negative() && !value->is_zero()};
    });
  const uint64_t one = 1;
  kernel::View unit{std::span<const uint64_t>(&one, 1), op == UnaryOperator::kDecrement};
  return make_result(agent, kernel::add_size(view(value), unit), [&](auto digits) { return kernel::add(view(value), unit, digits); });
}

}  // namespace skein
