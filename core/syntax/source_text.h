// SourceText: the immutable text of a script or module, shared by its syntax tree, its bytecode and
// every function whose toString() must show it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skein::syntax {

// Both count from 1; the column counts code units.
struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 1;
};

// A piece of text in whichever width it is stored. Views stay valid as long as their SourceText.
struct TextView {
  bool is_latin1 = true;
  const void* data = nullptr;
  uint32_t length = 0;

  const uint8_t* latin1() const { return static_cast<const uint8_t*>(data); }
  const char16_t* utf16() const { return static_cast<const char16_t*>(data); }
  char16_t operator[](size_t index) const { return is_latin1 ? latin1()[index] : utf16()[index]; }
};

// Thread rule: immutable, any thread may read it.
class SourceText {
 public:
  // The longest text (in code units) that the parser accepts: offsets are 32 bits wide.
  static constexpr size_t kMaximumLength = 0x3FFF'FFFF;

  // Decodes UTF-8, each invalid sequence as U+FFFD (then had_invalid_utf8() says so). A byte order
  // mark at the start is dropped. Null when the text is longer than kMaximumLength.
  // The first `prefix` code units are not the author's: columns of the first line are counted behind them.
  static std::shared_ptr<const SourceText> from_utf8(std::string_view text, std::string name, uint32_t prefix = 0);
  static std::shared_ptr<const SourceText> from_latin1(std::string_view text, std::string name);
  // Keeps lone surrogates; narrows to Latin-1 where all code units allow it.
  static std::shared_ptr<const SourceText> from_utf16(std::u16string_view text, std::string name);

  SourceText(const SourceText&) = delete;
  SourceText& operator=(const SourceText&) = delete;
  ~SourceText();

  // The script's name or URL as shown in errors, in UTF-8.
  const std::string& name() const { return name_; }
  bool had_invalid_utf8() const { return had_invalid_utf8_; }

  bool is_latin1() const { return is_latin1_; }
  uint32_t length() const { return length_; }
  size_t byte_size() const { return sizeof *this + name_.capacity() + latin1_.capacity() + utf16_.capacity() * sizeof(char16_t); }
  // REQUIRES: is_latin1(). Followed by one zero.
  const uint8_t* latin1() const { return latin1_.data(); }
  // REQUIRES: !is_latin1(). Followed by one zero.
  const char16_t* utf16() const { return utf16_.data(); }
  char16_t at(uint32_t offset) const { return is_latin1_ ? latin1_[offset] : utf16_[offset]; }

  // REQUIRES: start <= end <= length().
  TextView slice(uint32_t start, uint32_t end) const;
  TextView whole() const { return slice(0, length_); }
  // The slice as UTF-8; lone surrogates as U+FFFD.
  std::string slice_utf8(uint32_t start, uint32_t end) const;

  // Builds the table of line starts on first use. Offsets past the end answer for the end.
  LineColumn line_column(uint32_t offset) const;

 private:
  SourceText() = default;
  const std::vector<uint32_t>& line_starts() const;

  std::string name_;
  bool is_latin1_ = true;
  bool had_invalid_utf8_ = false;
  uint32_t length_ = 0;
  uint32_t prefix_ = 0;
  std::vector<uint8_t> latin1_;
  std::vector<char16_t> utf16_;
  // Built by whichever thread asks first; a loser of the race throws its copy away.
  mutable std::atomic<const std::vector<uint32_t>*> line_starts_{nullptr};
};

}  // namespace skein::syntax
