// Multiplication of long magnitudes: a convolution of 21-bit pieces, by number-theoretic transforms.
//
// The field is that of the integers modulo p = 2^64 - 2^32 + 1, which has roots of unity of every
// order 2^k up to k = 32 and 3 * 2^k, and whose shape makes reduction cheap (2^64 = 2^32 - 1 and
// 2^96 = -1 modulo p).
//
// A transform of 2^k or 3 * 2^k points works in place. Forward it takes its input in order and leaves
// its output permuted; the inverse takes permuted input back into order, so nothing is ever
// reordered. Recursion is depth first, so that small sub-transforms stay in the cache.
#include <algorithm>

#include "core/numeric/bigint/kernels.h"
#include "core/numeric/bigint/work.h"

namespace skein::numeric::bigint {
namespace {

constexpr uint64_t kPrime = 0xffffffff00000001u;
constexpr uint64_t kEpsilon = 0xffffffffu;  // 2^64 modulo p
constexpr uint64_t kGenerator = 7;

// Without branches: they would be taken at random.
inline uint64_t mask_if(bool condition) {
  return 0 - static_cast<uint64_t>(condition);
}

inline uint64_t subtract_mod(uint64_t left, uint64_t right) {
  return left - right + (mask_if(left < right) & kPrime);
}
inline uint64_t add_mod(uint64_t left, uint64_t right) {
  return subtract_mod(left, kPrime - right);
}

inline uint64_t multiply_mod(uint64_t left, uint64_t right) {
  DoubleDigit product = multiply_wide(left, right);
  auto low = static_cast<uint64_t>(product);
  auto high = static_cast<uint64_t>(product >> 64);
  uint64_t top = high >> 32;  // has the weight 2^96 = -1
  uint64_t sum = low - top - (mask_if(low < top) & kEpsilon);
  uint64_t middle = (high & kEpsilon) * kEpsilon;  // has the weight 2^64 = 2^32 - 1
  uint64_t result = sum + middle;
  result += mask_if(result < middle) & kEpsilon;
  return result - (mask_if(result >= kPrime) & kPrime);
}
uint64_t power_mod(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent != 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result = multiply_mod(result, base);
    base = multiply_mod(base, base);
  }
  return result;
}
uint64_t root_of_unity(uint64_t order) {
  return power_mod(kGenerator, (kPrime - 1) / order);
}

// The smallest transform of at least `points` points, and its part that is a power of two.
struct TransformSize {
  size_t total;
  size_t block;
  bool has_three() const { return total != block; }
};
TransformSize transform_size(size_t points) {
  size_t power = std::bit_ceil(points);
  size_t three = power / 4 * 3;
  return three >= points ? TransformSize{three, power / 4} : TransformSize{power, power};
}

class Transform {
 public:
  // `table` has room for size.block numbers.
  Transform(TransformSize size, uint64_t* table, Work& work) : size_(size), roots_(table), work_(work) {}

  void forward(uint64_t* points) {
    fill_roots(root_of_unity(size_.block));
    if (!size_.has_three()) return forward_block(points, size_.block);
    split_thirds(points);
    for (int i = 0; i < 3; ++i) forward_block(points + i * size_.block, size_.block);
  }

  void inverse(uint64_t* points) {
    fill_roots(power_mod(root_of_unity(size_.block), kPrime - 2));
    if (!size_.has_three()) return inverse_block(points, size_.block);
    for (int i = 0; i < 3; ++i) inverse_block(points + i * size_.block, size_.block);
    join_thirds(points);
  }

 private:
  // The powers of the root of order m are at roots_[m / 2 ..], for every m up to the block's size.
  void fill_roots(uint64_t root) {
    size_t half = size_.block / 2;
    uint64_t power = 1;
    for (size_t i = 0; i < half; ++i) {
      roots_[half + i] = power;
      power = multiply_mod(power, root);
    }
    for (size_t i = half; i-- > 1;) roots_[i] = roots_[2 * i];
  }

  void forward_block(uint64_t* points, size_t size) {
    if (size < 2 || !work_.charge(size)) return;
    size_t half = size / 2;
    const uint64_t* roots = roots_ + half;
    for (size_t i = 0; i < half; ++i) {
      uint64_t left = points[i], right = points[i + half];
      points[i] = add_mod(left, right);
      points[i + half] = multiply_mod(subtract_mod(left, right), roots[i]);
    }
    forward_block(points, half);
    forward_block(points + half, half);
  }

  void inverse_block(uint64_t* points, size_t size) {
    if (size < 2 || !work_.charge(size)) return;
    size_t half = size / 2;
    inverse_block(points, half);
    inverse_block(points + half, half);
    const uint64_t* roots = roots_ + half;
    for (size_t i = 0; i < half; ++i) {
      uint64_t left = points[i], right = multiply_mod(points[i + half], roots[i]);
      points[i] = add_mod(left, right);
      points[i + half] = subtract_mod(left, right);
    }
  }

  // The first step of a transform of three blocks.
  void split_thirds(uint64_t* points) {
    uint64_t cube_root = root_of_unity(3), root = root_of_unity(size_.total);
    uint64_t twist = 1;
    size_t block = size_.block;
    for (size_t i = 0; i < block; ++i) {
      uint64_t first = points[i], second = points[i + block], third = points[i + 2 * block];
      uint64_t sum = add_mod(second, third);
      // With w^2 = -1 - w: b w + c w^2 = (b - c) w - c.
      uint64_t turned = multiply_mod(subtract_mod(second, third), cube_root);
      points[i] = add_mod(first, sum);
      points[i + block] = multiply_mod(add_mod(first, subtract_mod(turned, third)), twist);
      points[i + 2 * block] =
          multiply_mod(subtract_mod(subtract_mod(first, turned), second), multiply_mod(twist, twist));
      twist = multiply_mod(twist, root);
    }
  }

  // Its inverse, but for the factor 3.
  void join_thirds(uint64_t* points) {
    uint64_t cube_root = power_mod(root_of_unity(3), 2);
    uint64_t root = power_mod(root_of_unity(size_.total), kPrime - 2);
    uint64_t twist = 1;
    size_t block = size_.block;
    for (size_t i = 0; i < block; ++i) {
      uint64_t first = points[i];
      uint64_t second = multiply_mod(points[i + block], twist);
      uint64_t third = multiply_mod(points[i + 2 * block], multiply_mod(twist, twist));
      uint64_t turned = multiply_mod(subtract_mod(second, third), cube_root);
      points[i] = add_mod(first, add_mod(second, third));
      points[i + block] = add_mod(first, subtract_mod(turned, third));
      points[i + 2 * block] = subtract_mod(subtract_mod(first, turned), second);
      twist = multiply_mod(twist, root);
    }
  }

  TransformSize size_;
  uint64_t* roots_;
  Work& work_;
};

// A coefficient of the product is a sum of at most as many products of pieces as the shorter operand
// has pieces; with kMaxTransformLength that is less than 2^21, so the sum is below 2^63 < p.
constexpr int kPieceBits = 21;
constexpr uint64_t kPieceMask = (uint64_t{1} << kPieceBits) - 1;
static_assert(kMaxTransformLength / 2 * kDigitBits / kPieceBits < (size_t{1} << 21));

constexpr size_t pieces_of(size_t length) {
  return (length * kDigitBits + kPieceBits - 1) / kPieceBits;
}

void load_pieces(uint64_t* points, size_t size, const Digit* digits, size_t length) {
  size_t count = pieces_of(length);
  for (size_t i = 0; i < count; ++i) {
    size_t bit = i * kPieceBits, index = bit / kDigitBits;
    int shift = static_cast<int>(bit % kDigitBits);
    uint64_t piece = digits[index] >> shift;
    if (shift > kDigitBits - kPieceBits && index + 1 < length)
      piece |= digits[index + 1] << (kDigitBits - shift);
    points[i] = piece & kPieceMask;
  }
  std::fill(points + count, points + size, 0);
}

// Carries the coefficients (each times `scale`) into digits.
void store_pieces(Digit* out, size_t length, const uint64_t* points, uint64_t scale) {
  uint64_t carry = 0;
  DoubleDigit pending = 0;  // bits of the product that do not make a digit yet
  int pending_bits = 0;
  for (size_t i = 0; i < length; ++i) {
    while (pending_bits < kDigitBits) {
      uint64_t sum = multiply_mod(*points++, scale) + carry;  // below 2^63 + 2^43
      pending |= static_cast<DoubleDigit>(sum & kPieceMask) << pending_bits;
      pending_bits += kPieceBits;
      carry = sum >> kPieceBits;
    }
    out[i] = static_cast<Digit>(pending);
    pending >>= kDigitBits;
    pending_bits -= kDigitBits;
  }
}

}  // namespace

size_t transform_scratch(size_t result_length) {
  TransformSize size = transform_size(pieces_of(result_length));
  return 2 * size.total + size.block;
}

void multiply_by_transform(Digit* out, const Digit* left, size_t left_length, const Digit* right,
                           size_t right_length, Digit* scratch, Work& work) {
  size_t length = left_length + right_length;
  TransformSize size = transform_size(pieces_of(length));
  uint64_t* first = scratch;
  uint64_t* second = first + size.total;
  Transform transform(size, second + size.total, work);

  load_pieces(first, size.total, left, left_length);
  transform.forward(first);
  bool is_square = left == right && left_length == right_length;
  if (is_square) {
    second = first;
  } else {
    load_pieces(second, size.total, right, right_length);
    transform.forward(second);
  }
  if (work.stopped()) return;
  for (size_t i = 0; i < size.total; ++i) first[i] = multiply_mod(first[i], second[i]);
  transform.inverse(first);
  if (work.stopped()) return;
  store_pieces(out, length, first, power_mod(size.total, kPrime - 2));
}

}  // namespace skein::numeric::bigint
