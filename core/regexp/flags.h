// The flags of a regular expression.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace skein::regexp {

class Flags {
 public:
  enum Bit : uint8_t {
    kHasIndices = 1 << 0,   // d
    kGlobal = 1 << 1,       // g
    kIgnoreCase = 1 << 2,   // i
    kMultiline = 1 << 3,    // m
    kDotAll = 1 << 4,       // s
    kUnicode = 1 << 5,      // u
    kUnicodeSets = 1 << 6,  // v
    kSticky = 1 << 7,       // y
  };

  constexpr Flags() = default;
  constexpr explicit Flags(uint8_t bits) : bits_(bits) {}

  constexpr uint8_t bits() const { return bits_; }
  constexpr bool has(Bit bit) const { return (bits_ & bit) != 0; }
  constexpr Flags with(Bit bit) const { return Flags(static_cast<uint8_t>(bits_ | bit)); }
  constexpr Flags without(Bit bit) const { return Flags(static_cast<uint8_t>(bits_ & ~bit)); }

  // The pattern is read and matched as code points: u or v.
  constexpr bool full_unicode() const { return (bits_ & (kUnicode | kUnicodeSets)) != 0; }

  constexpr bool operator==(const Flags&) const = default;

 private:
  uint8_t bits_ = 0;
};

// The flags that `text` spells; nothing for an unknown or repeated letter, and for u beside v.
std::optional<Flags> parse_flags(std::u16string_view text);

// The letters of `flags` in alphabetical order, as the `flags` accessor gives them; at most eight.
struct FlagsText {
  char letters[9];
  uint8_t length;
};
FlagsText flags_text(Flags flags);

}  // namespace skein::regexp
