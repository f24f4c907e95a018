// String: JavaScript's string values on the heap.
//
// Characters are latin1 or UTF-16 code units (a UTF-16 string may hold only latin1 units). Three
// representations: flat, with the characters behind the cell; rope, the concatenation of two
// strings, flattened on the first look inside; slice, a window onto a flat string. A flattened rope
// becomes a slice of its result. Atoms are flat strings, unique per heap, so that property keys
// compare by address.
//
// None of the functions here collects; those that return null have exceeded kMaxLength or the
// heap's limit.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/gc/heap.h"
#include "core/gc/visitor.h"
#include "core/strings/cell_kind.h"

namespace skein {

class FlatString;

// The code units of a flat string. Valid as long as the string is alive (cells do not move).
class StringView {
 public:
  StringView() : latin1_(nullptr), length_(0), is_latin1_(true) {}
  StringView(const uint8_t* units, uint32_t length) : latin1_(units), length_(length), is_latin1_(true) {}
  StringView(const char16_t* units, uint32_t length) : utf16_(units), length_(length), is_latin1_(false) {}
  // ASCII or latin1 text.
  StringView(std::string_view text)
      : latin1_(reinterpret_cast<const uint8_t*>(text.data())), length_(static_cast<uint32_t>(text.size())), is_latin1_(true) {}
  StringView(std::u16string_view text)
      : utf16_(text.data()), length_(static_cast<uint32_t>(text.size())), is_latin1_(false) {}
#ifdef __wasm__
  // What cannot be copied byte by byte is passed by reference there: see base/passed.h.
  StringView(const StringView& other) : latin1_(other.latin1_), length_(other.length_), is_latin1_(other.is_latin1_) {}
  StringView& operator=(const StringView&) = default;
#endif

  uint32_t length() const { return length_; }
  bool is_empty() const { return length_ == 0; }
  bool is_latin1() const { return is_latin1_; }
  const uint8_t* latin1() const { return latin1_; }
  const char16_t* utf16() const { return utf16_; }
  std::span<const uint8_t> latin1_span() const { return {latin1_, length_}; }
  std::span<const char16_t> utf16_span() const { return {utf16_, length_}; }
  char16_t operator[](uint32_t index) const { return is_latin1_ ? latin1_[index] : utf16_[index]; }
  StringView substring(uint32_t start, uint32_t end) const {
    return is_latin1_ ? StringView(latin1_ + start, end - start) : StringView(utf16_ + start, end - start);
  }
  // Calls `function` with a span of the units' real type.
  template <typename F>
  decltype(auto) visit(F&& function) const {
    return is_latin1_ ? function(latin1_span()) : function(utf16_span());
  }

  uint32_t hash() const;
  std::string to_utf8() const;  // lone surrogates become U+FFFD
  std::u16string to_utf16() const;
  // The code point at `index`, and how many units it takes (a lone surrogate is itself).
  char32_t code_point_at(uint32_t index, uint32_t* units = nullptr) const;
  // The first index >= from at which `needle` occurs, or -1.
  int64_t index_of(StringView needle, uint32_t from = 0) const;
  int64_t last_index_of(StringView needle, uint32_t from) const;

  friend bool operator==(StringView a, StringView b);
  // Code unit order: negative, zero or positive.
  friend int compare(StringView a, StringView b);

 private:
  union {
    const uint8_t* latin1_;
    const char16_t* utf16_;
  };
  uint32_t length_;
  bool is_latin1_;
};

class String : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kString;
  static constexpr const char* kKindName = "String";
  static constexpr uint32_t kMaxLength = (1u << 29) - 24;

  uint32_t length() const { return word_; }
  bool is_empty() const { return word_ == 0; }
  bool is_flat() const { return !(flags_ & (kRope | kSlice)); }
  bool is_atom() const { return flags_ & kAtom; }
  bool is_rope() const { return flags_ & kRope; }
  // The representation; a latin1 representation holds only units < 256.
  bool is_latin1() const { return !(flags_ & kTwoByte); }

  // Flattens a rope (iteratively; cost is its length, once).
  // Memory for the flat copy is taken without regard to the limit, so it cannot fail.
  StringView view() {
    if (flags_ & kRope) [[unlikely]] flatten_rope();
    return flat_view();
  }
  char16_t unit_at(uint32_t index) { return view()[index]; }
  std::string to_utf8() { return view().to_utf8(); }
  // Equal strings have equal hashes, whatever their representation.
  uint32_t hash();

  // If this is a canonical array index ("0" to "4294967294"), that number.
  // REQUIRES: is_atom(), for which it is remembered.
  bool is_array_index() const { return flags_ & kArrayIndex; }

  static bool equals(String* a, String* b);

  size_t cell_size() const;
  void trace(gc::Visitor& visitor);

 protected:
  enum Flags : uint8_t {
    kTwoByte = 1,
    kRope = 2,
    kSlice = 4,
    kAtom = 8,
    kArrayIndex = 16,
    kHashed = 32,
  };
  String(uint32_t length, uint8_t flags) : gc::Cell(static_cast<uint8_t>(kKind), length, flags) {}

 private:
  friend class AtomTable;
  StringView flat_view() const;
  void flatten_rope();
  template <typename Unit>
  void copy_units_to(Unit* destination);
};

// Header, hash, array index, then the characters.
class FlatString final : public String {
 public:
  FlatString(uint32_t length, bool latin1) : String(length, latin1 ? 0 : kTwoByte) {}

  uint8_t* latin1() { return reinterpret_cast<uint8_t*>(this + 1); }
  char16_t* utf16() { return reinterpret_cast<char16_t*>(this + 1); }
  const uint8_t* latin1() const { return reinterpret_cast<const uint8_t*>(this + 1); }
  const char16_t* utf16() const { return reinterpret_cast<const char16_t*>(this + 1); }
  uint32_t array_index() const { return array_index_; }  // REQUIRES: is_array_index()

 private:
  friend class String;
  friend class AtomTable;
  uint32_t hash_ = 0;
  uint32_t array_index_ = 0;
};

class RopeString final : public String {
 public:
  RopeString(String* left, String* right)
      : String(left->length() + right->length(),
               static_cast<uint8_t>(kRope | (left->is_latin1() && right->is_latin1() ? 0 : kTwoByte))),
        first_(left), second_(right) {}
  RopeString(FlatString* parent, uint32_t offset, uint32_t length)
      : String(length, static_cast<uint8_t>(kSlice | (parent->is_latin1() ? 0 : kTwoByte))),
        first_(parent), second_(nullptr), offset_(offset) {}

  // REQUIRES: a slice, or a rope that has been flattened.
  FlatString* slice_parent() const { return static_cast<FlatString*>(first_.get()); }
  uint32_t slice_offset() const { return offset_; }

 private:
  friend class String;
  gc::Member<String> first_;   // left, or the parent of a slice
  gc::Member<String> second_;  // right
  uint32_t offset_ = 0;
};

inline StringView String::flat_view() const {
  if (flags_ & kSlice) {
    auto* slice = static_cast<const RopeString*>(this);
    auto* parent = static_cast<const FlatString*>(slice->first_.get());
    return is_latin1() ? StringView(parent->latin1() + slice->offset_, length())
                       : StringView(parent->utf16() + slice->offset_, length());
  }
  auto* flat = static_cast<const FlatString*>(this);
  return is_latin1() ? StringView(flat->latin1(), length()) : StringView(flat->utf16(), length());
}

// --- Making strings ---------------------------------------------------------------------------------

// Uninitialised characters, to be filled before anything else looks. Null when too long or when the
// heap's limit does not allow it.
FlatString* new_flat_latin1(gc::Heap& heap, uint32_t length);
FlatString* new_flat_utf16(gc::Heap& heap, uint32_t length);

// Copies; never null for lengths up to a few KB, otherwise as above.
String* new_string(gc::Heap& heap, StringView view);             // narrows UTF-16 that fits latin1
String* new_string_from_utf8(gc::Heap& heap, std::string_view utf8);  // invalid bytes become U+FFFD
String* concatenate(gc::Heap& heap, String* left, String* right);  // null when over kMaxLength
// All of them in one flat string, if they are short together; else null.
String* join_short(gc::Heap& heap, std::span<String* const> parts);
String* substring(gc::Heap& heap, String* string, uint32_t start, uint32_t end);

// Collects text piece by piece; latin1 until the first wider unit arrives.
class StringBuilder {
 public:
  explicit StringBuilder(gc::Heap& heap) : heap_(heap) {}
  ~StringBuilder();
  StringBuilder(const StringBuilder&) = delete;
  StringBuilder& operator=(const StringBuilder&) = delete;

  void append(char16_t unit) {
    if (length_ == capacity_ || (is_latin1_ && unit > 255)) [[unlikely]] return append_slow(unit);
    if (is_latin1_) latin1_[length_++] = static_cast<uint8_t>(unit);
    else utf16_[length_++] = unit;
  }
  void append_code_point(char32_t code_point);
  void append(StringView view);
  void append(String* string) { append(string->view()); }
  void append_ascii(std::string_view text) { append(StringView(text)); }

  size_t length() const { return length_; }
  // Set when the text outgrew String::kMaxLength or memory; nothing is appended after that.
  bool overflowed() const { return overflowed_; }
  // Of the two reasons: the text outgrew String::kMaxLength.
  bool is_too_long() const { return is_too_long_; }
  // Null when overflowed. The builder is empty afterwards.
  String* finish();

 private:
  void append_slow(char16_t unit);
  bool reserve(size_t more);
  bool widen();
  bool charge(size_t bytes);

  gc::Heap& heap_;
  union {
    uint8_t* latin1_ = nullptr;
    char16_t* utf16_;
  };
  size_t length_ = 0;
  size_t capacity_ = 0;
  bool is_latin1_ = true;
  bool overflowed_ = false;
  bool is_too_long_ = false;
  size_t charged_ = 0;
};

}  // namespace skein
