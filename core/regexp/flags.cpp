#include "core/regexp/flags.h"

namespace skein::regexp {

namespace {
// In the order of the bits.
constexpr std::string_view kLetters = "dgimsuvy";
}  // namespace

std::optional<Flags> parse_flags(std::u16string_view text) {
  Flags flags;
  for (char16_t letter : text) {
    size_t index = letter < 0x80 ? kLetters.find(static_cast<char>(letter)) : std::string_view::npos;
    if (index == std::string_view::npos) return std::nullopt;
    auto bit = static_cast<Flags::Bit>(1 << index);
    if (flags.has(bit)) return std::nullopt;
    flags = flags.with(bit);
  }
  if (flags.has(Flags::kUnicode) && flags.has(Flags::kUnicodeSets)) return std::nullopt;
  return flags;
}

FlagsText flags_text(Flags flags) {
  FlagsText text{};
  for (size_t index = 0; index < kLetters.size(); ++index) {
    if (flags.bits() & (1 << index)) text.letters[text.length++] = kLetters[index];
  }
  return text;
}

}  // namespace skein::regexp
