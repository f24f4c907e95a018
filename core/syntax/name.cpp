#include "core/syntax/name.h"

#include "core/base/hash.h"
#include "core/base/utf.h"

namespace skein::syntax {

namespace {

constexpr uint32_t kFirstSlots = 512;

constexpr std::string_view kWellKnownTexts[] = {
#define V(id, text) text,
    SKEIN_WELL_KNOWN_NAMES(V)
#undef V
};

template <typename Left, typename Right>
bool equal_units(const Left* left, const Right* right, size_t length) {
  if constexpr (sizeof(Left) == sizeof(Right)) {
    return std::memcmp(left, right, length * sizeof(Left)) == 0;
  } else {
    for (size_t i = 0; i < length; ++i) {
      if (left[i] != right[i]) return false;
    }
    return true;
  }
}

// https://tc39.es/ecma262/#array-index
template <typename Unit>
uint32_t parse_array_index(const Unit* units, size_t length) {
  if (length == 0 || length > 10 || (units[0] == '0' && length > 1)) return Name::kNotAnArrayIndex;
  uint64_t value = 0;
  for (size_t i = 0; i < length; ++i) {
    if (units[i] < '0' || units[i] > '9') return Name::kNotAnArrayIndex;
    value = value * 10 + (units[i] - '0');
  }
  return value < Name::kNotAnArrayIndex ? static_cast<uint32_t>(value) : Name::kNotAnArrayIndex;
}

}  // namespace

std::string Name::to_utf8() const {
  if (!is_latin1_) return utf::to_utf8(std::u16string_view(utf16(), length_));
  std::span<const uint8_t> units(latin1(), length_);
  std::string result(utf::utf8_length(units), '\0');
  utf::latin1_to_utf8(units, result.data());
  return result;
}

std::u16string Name::to_utf16() const {
  if (!is_latin1_) return std::u16string(utf16(), length_);
  return std::u16string(latin1(), latin1() + length_);
}

bool Name::has_lone_surrogate() const {
  return !is_latin1_ && !utf::is_well_formed(std::u16string_view(utf16(), length_));
}

NameTable::NameTable(Arena& arena) : arena_(arena) {
  mask_ = kFirstSlots - 1;
  slots_ = arena_.allocate_array<const Name*>(kFirstSlots);
  std::memset(slots_, 0, kFirstSlots * sizeof(*slots_));
  for (std::string_view text : kWellKnownTexts) intern(text);
}

template <typename Unit>
const Name* NameTable::find_or_add(const Unit* units, size_t length, uint32_t hash) {
  uint32_t slot = hash & mask_;
  for (; slots_[slot] != nullptr; slot = (slot + 1) & mask_) {
    const Name* name = slots_[slot];
    if (name->hash_ != hash || name->length_ != length) continue;
    bool equal = name->is_latin1_ ? equal_units(name->latin1(), units, length)
                                  : equal_units(name->utf16(), units, length);
    if (equal) return name;
  }
  bool narrow = sizeof(Unit) == 1;
  if constexpr (sizeof(Unit) == 2) narrow = utf::is_latin1(std::u16string_view(units, length));
  size_t bytes = length * (narrow ? 1 : 2);
  auto* name = new (arena_.allocate(sizeof(Name) + bytes, alignof(Name))) Name();
  name->length_ = static_cast<uint32_t>(length);
  name->hash_ = hash;
  name->id_ = size();
  name->is_latin1_ = narrow;
  name->array_index_ = parse_array_index(units, length);
  if (narrow) {
    auto* target = reinterpret_cast<uint8_t*>(name + 1);
    for (size_t i = 0; i < length; ++i) target[i] = static_cast<uint8_t>(units[i]);
  } else {
    std::memcpy(static_cast<void*>(name + 1), units, bytes);
  }
  slots_[slot] = name;
  names_.push_back(arena_, name);
  if (names_.size() * 2 > mask_) grow();
  return name;
}

void NameTable::grow() {
  uint32_t count = (mask_ + 1) * 4;
  auto** slots = arena_.allocate_array<const Name*>(count);
  std::memset(slots, 0, count * sizeof(*slots));
  mask_ = count - 1;
  slots_ = slots;
  for (const Name* name : names_) {
    uint32_t slot = name->hash_ & mask_;
    while (slots_[slot] != nullptr) slot = (slot + 1) & mask_;
    slots_[slot] = name;
  }
}

const Name* NameTable::intern(const uint8_t* units, size_t length) {
  return find_or_add(units, length, hash_text(units, length));
}

const Name* NameTable::intern(const char16_t* units, size_t length) {
  return find_or_add(units, length, hash_text(units, length));
}

}  // namespace skein::syntax
