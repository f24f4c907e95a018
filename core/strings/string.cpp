#include "core/strings/string.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <vector>

#include "core/base/byte_search.h"
#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/base/utf.h"

namespace skein {

namespace {

// Below this a substring is copied, and a concatenation is made flat at once.
constexpr uint32_t kMinSliceLength = 16;
constexpr uint32_t kMinRopeLength = 24;

bool fits_latin1(std::span<const char16_t> units) {
  char16_t seen = 0;
  for (char16_t unit : units) seen |= unit;
  return seen < 256;
}

template <typename To, typename From>
void copy_units(To* to, const From* from, size_t count) {
  if constexpr (sizeof(To) == sizeof(From)) {
    // Short pieces are the rule, and an empty one may be null.
    if (count <= 8) {
      for (size_t i = 0; i < count; ++i) to[i] = from[i];
    } else {
      std::memcpy(to, from, count * sizeof(To));
    }
  } else {
    for (size_t i = 0; i < count; ++i) to[i] = static_cast<To>(from[i]);
  }
}

template <typename Unit>
void copy_view(Unit* to, StringView view) {
  view.visit([to](auto units) { copy_units(to, units.data(), units.size()); });
}

}  // namespace

// --- StringView -------------------------------------------------------------------------------------

bool operator==(StringView a, StringView b) {
  if (a.length() != b.length()) return false;
  return a.visit([&](auto x) {
    return b.visit([&](auto y) {
      if constexpr (sizeof(x[0]) == sizeof(y[0])) {
        return x.empty() || std::memcmp(x.data(), y.data(), x.size_bytes()) == 0;
      } else {
        return std::equal(x.begin(), x.end(), y.begin());
      }
    });
  });
}

int compare(StringView a, StringView b) {
  const uint32_t common = std::min(a.length(), b.length());
  int order = a.visit([&](auto x) {
    return b.visit([&](auto y) -> int {
      if constexpr (sizeof(x[0]) == 1 && sizeof(y[0]) == 1) {
        return common == 0 ? 0 : std::memcmp(x.data(), y.data(), common);
      } else {
        for (uint32_t i = 0; i < common; ++i)
          if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
        return 0;
      }
    });
  });
  if (order != 0) return order;
  return a.length() == b.length() ? 0 : a.length() < b.length() ? -1 : 1;
}

uint32_t StringView::hash() const {
  return visit([](auto units) { return hash_text(units.data(), units.size()); });
}

std::u16string StringView::to_utf16() const {
  std::u16string result(length_, u'\0');
  copy_view(result.data(), *this);
  return result;
}

std::string StringView::to_utf8() const {
  std::string result;
  if (is_latin1_) {
    result.resize(utf::utf8_length(latin1_span()));
    utf::latin1_to_utf8(latin1_span(), result.data());
    return result;
  }
  return utf::to_utf8(std::u16string_view(utf16_, length_));
}

char32_t StringView::code_point_at(uint32_t index, uint32_t* units) const {
  if (is_latin1_) {
    if (units != nullptr) *units = 1;
    return latin1_[index];
  }
  utf::CodePoint result = utf::code_point_at(std::u16string_view(utf16_, length_), index);
  if (units != nullptr) *units = result.length;
  return result.value;
}

namespace {
int64_t index_of_latin1(std::span<const uint8_t> text, std::span<const uint8_t> pattern, uint32_t from) {
  const uint8_t* hit = find_bytes(text.data() + from, text.size() - from, pattern.data(), pattern.size());
  return hit == nullptr ? -1 : hit - text.data();
}
}  // namespace

int64_t StringView::index_of(StringView needle, uint32_t from) const {
  if (needle.length() > length_ || from > length_ - needle.length()) return -1;
  if (needle.is_empty()) return from;
  return visit([&](auto text) {
    return needle.visit([&](auto pattern) -> int64_t {
      using TextUnit = std::remove_cvref_t<decltype(text[0])>;
      if constexpr (sizeof(TextUnit) == 1 && sizeof(pattern[0]) == 1) {
        return index_of_latin1(text, pattern, from);
      } else {
        if (pattern[0] > std::numeric_limits<TextUnit>::max()) return -1;
        auto first = static_cast<TextUnit>(pattern[0]);
        const auto* end = text.data() + text.size() - pattern.size() + 1;
        for (const auto* at = text.data() + from; (at = std::find(at, end, first)) != end; ++at)
          if (std::equal(pattern.begin(), pattern.end(), at)) return at - text.data();
        return -1;
      }
    });
  });
}

int64_t StringView::last_index_of(StringView needle, uint32_t from) const {
  if (needle.length() > length_) return -1;
  const int64_t start = std::min(from, length_ - needle.length());
  if (needle.is_empty()) return start;
  return visit([&](auto text) {
    return needle.visit([&](auto pattern) -> int64_t {
      const auto first = pattern[0];
      for (int64_t at = start; at >= 0; --at)
        if (text[at] == first && std::equal(pattern.begin(), pattern.end(), text.begin() + at)) return at;
      return -1;
    });
  });
}

// --- String -----------------------------------------------------------------------------------------

size_t String::cell_size() const {
  if (flags_ & (kRope | kSlice)) return sizeof(RopeString);
  return sizeof(FlatString) + (size_t{length()} << (is_latin1() ? 0 : 1));
}

void String::trace(gc::Visitor& visitor) {
  if (is_flat()) return;
  auto* rope = static_cast<RopeString*>(this);
  visitor.visit(rope->first_);
  visitor.visit(rope->second_);
}

uint32_t String::hash() {
  if (!is_flat()) return view().hash();
  auto* flat = static_cast<FlatString*>(this);
  if (!(flags_ & kHashed)) {
    flat->hash_ = flat_view().hash();
    flags_ |= kHashed;
  }
  return flat->hash_;
}

bool String::equals(String* a, String* b) {
  if (a == b) return true;
  if (a->length() != b->length()) return false;
  if (a->is_atom() && b->is_atom()) return false;
  return a->view() == b->view();
}

// Copies the leaves from right to left with an explicit stack; the left spine of `s += x` loops
// needs no stack at all.
template <typename Unit>
void String::copy_units_to(Unit* destination) {
  std::vector<String*> pending;
  Unit* end = destination + length();
  String* current = this;
  for (;;) {
    while (current->is_rope()) {
      auto* rope = static_cast<RopeString*>(current);
      String* right = rope->second_;
      if (right->is_rope()) {
        pending.push_back(rope->first_);
        current = right;
      } else {
        end -= right->length();
        copy_view(end, right->flat_view());
        current = rope->first_;
      }
    }
    end -= current->length();
    copy_view(end, current->flat_view());
    if (pending.empty()) return;
    current = pending.back();
    pending.pop_back();
  }
}

void String::flatten_rope() {
  auto* rope = static_cast<RopeString*>(this);
  const bool latin1 = is_latin1();
  gc::Heap& heap = gc::Heap::of(this);
  const size_t bytes = size_t{length()} << (latin1 ? 0 : 1);
  // The rope was charged when its parts were; the flat copy may exceed the limit by its size until
  // the next poll.
  const size_t limit = heap.limit();
  heap.set_limit(0);
  auto* flat = heap.make_with_extra<FlatString>(bytes, length(), latin1);
  heap.set_limit(limit);
  if (latin1) copy_units_to(flat->latin1());
  else copy_units_to(flat->utf16());
  rope->first_.set(this, flat);
  rope->second_.set(this, nullptr);
  rope->offset_ = 0;
  flags_ = static_cast<uint8_t>((flags_ & ~kRope) | kSlice);
}

// --- Making strings -----------------------------------------------------------------------------------

FlatString* new_flat_latin1(gc::Heap& heap, uint32_t length) {
  if (length > String::kMaxLength) return nullptr;
  return heap.try_make<FlatString>(length, length, true);
}

FlatString* new_flat_utf16(gc::Heap& heap, uint32_t length) {
  if (length > String::kMaxLength) return nullptr;
  return heap.try_make<FlatString>(size_t{length} * 2, length, false);
}

String* new_string(gc::Heap& heap, StringView view) {
  if (view.is_latin1() || fits_latin1(view.utf16_span())) {
    FlatString* result = new_flat_latin1(heap, view.length());
    if (result != nullptr) copy_view(result->latin1(), view);
    return result;
  }
  FlatString* result = new_flat_utf16(heap, view.length());
  if (result != nullptr) copy_view(result->utf16(), view);
  return result;
}

String* new_string_from_utf8(gc::Heap& heap, std::string_view utf8) {
  utf::Utf8Measure measure = utf::measure_utf8(utf8);
  if (measure.utf16_length > String::kMaxLength) return nullptr;
  uint32_t length = static_cast<uint32_t>(measure.utf16_length);
  FlatString* result = measure.is_latin1 ? new_flat_latin1(heap, length) : new_flat_utf16(heap, length);
  if (result == nullptr) return nullptr;
  if (measure.is_latin1) utf::utf8_to_latin1(utf8, result->latin1());
  else utf::utf8_to_utf16(utf8, result->utf16());
  return result;
}

String* concatenate(gc::Heap& heap, String* left, String* right) {
  if (left->is_empty()) return right;
  if (right->is_empty()) return left;
  const uint64_t length = uint64_t{left->length()} + right->length();
  if (length > String::kMaxLength) return nullptr;
  if (length >= kMinRopeLength) return heap.make<RopeString>(left, right);
  StringView a = left->view(), b = right->view();
  if (a.is_latin1() && b.is_latin1()) {
    auto* result = new_flat_latin1(heap, static_cast<uint32_t>(length));
    copy_view(result->latin1(), a);
    copy_view(result->latin1() + a.length(), b);
    return result;
  }
  auto* result = new_flat_utf16(heap, static_cast<uint32_t>(length));
  copy_view(result->utf16(), a);
  copy_view(result->utf16() + a.length(), b);
  return result;
}

namespace {

template <typename Unit>
void copy_parts(Unit* to, std::span<String* const> parts) {
  for (String* part : parts) {
    copy_view(to, part->view());
    to += part->length();
  }
}

}  // namespace

String* join_short(gc::Heap& heap, std::span<String* const> parts) {
  constexpr uint32_t kMaxShort = 256;
  uint64_t length = 0;
  bool is_latin1 = true;
  for (String* part : parts) {
    length += part->length();
    is_latin1 = is_latin1 && part->is_latin1();
  }
  if (length > kMaxShort) return nullptr;
  FlatString* result = is_latin1 ? new_flat_latin1(heap, static_cast<uint32_t>(length)) : new_flat_utf16(heap, static_cast<uint32_t>(length));
  if (is_latin1) copy_parts(result->latin1(), parts);
  else copy_parts(result->utf16(), parts);
  return result;
}

String* substring(gc::Heap& heap, String* string, uint32_t start, uint32_t end) {
  SKEIN_DCHECK(start <= end && end <= string->length());
  if (start == 0 && end == string->length()) return string;
  StringView window = string->view().substring(start, end);
  if (end - start < kMinSliceLength) return new_string(heap, window);
  if (string->is_flat()) return heap.make<RopeString>(static_cast<FlatString*>(string), start, end - start);
  auto* slice = static_cast<RopeString*>(string);  // view() has made a rope a slice
  return heap.make<RopeString>(slice->slice_parent(), slice->slice_offset() + start, end - start);
}

// --- StringBuilder --------------------------------------------------------------------------------------

StringBuilder::~StringBuilder() {
  std::free(latin1_);
  heap_.discharge_external(charged_);
}

// Long texts count against the heap's limit while they grow; short ones are never refused.
bool StringBuilder::charge(size_t bytes) {
  if (bytes <= gc::kMaxSmallCell || bytes <= charged_) return true;
  if (!heap_.charge_external(bytes - charged_)) {
    overflowed_ = true;
    return false;
  }
  charged_ = bytes;
  return true;
}

bool StringBuilder::reserve(size_t more) {
  if (overflowed_) return false;
  size_t needed = length_ + more;
  if (needed <= capacity_) return true;
  if (needed > String::kMaxLength) {
    overflowed_ = is_too_long_ = true;
    return false;
  }
  size_t capacity = std::max<size_t>({needed, capacity_ * 2, 64});
  size_t bytes = capacity * (is_latin1_ ? 1 : 2);
  if (!charge(bytes)) return false;
  void* grown = std::realloc(latin1_, bytes);
  if (grown == nullptr) {
    overflowed_ = true;
    return false;
  }
  latin1_ = static_cast<uint8_t*>(grown);
  capacity_ = capacity;
  return true;
}

bool StringBuilder::widen() {
  if (!is_latin1_) return true;
  size_t capacity = std::max<size_t>(capacity_, 32);
  if (!charge(capacity * 2)) return false;
  auto* wide = static_cast<char16_t*>(std::malloc(capacity * 2));
  if (wide == nullptr) {
    overflowed_ = true;
    return false;
  }
  copy_units(wide, latin1_, length_);
  std::free(latin1_);
  utf16_ = wide;
  capacity_ = capacity;
  is_latin1_ = false;
  return true;
}

void StringBuilder::append_slow(char16_t unit) {
  if (unit > 255 && !widen()) return;
  if (!reserve(1)) return;
  if (is_latin1_) latin1_[length_++] = static_cast<uint8_t>(unit);
  else utf16_[length_++] = unit;
}

void StringBuilder::append_code_point(char32_t code_point) {
  if (code_point < 0x10000) {
    append(static_cast<char16_t>(code_point));
  } else {
    append(static_cast<char16_t>(0xD7C0 + (code_point >> 10)));
    append(static_cast<char16_t>(0xDC00 + (code_point & 0x3FF)));
  }
}

void StringBuilder::append(StringView view) {
  if (is_latin1_ && !view.is_latin1() && !fits_latin1(view.utf16_span()) && !widen()) return;
  if (view.length() > capacity_ - length_ && !reserve(view.length())) return;
  if (is_latin1_) copy_view(latin1_ + length_, view);
  else copy_view(utf16_ + length_, view);
  length_ += view.length();
}

String* StringBuilder::finish() {
  if (overflowed_) return nullptr;
  uint32_t length = static_cast<uint32_t>(length_);
  StringView view = is_latin1_ ? StringView(latin1_, length) : StringView(utf16_, length);
  String* result = new_string(heap_, view);
  length_ = 0;
  return result;
}

}  // namespace skein
