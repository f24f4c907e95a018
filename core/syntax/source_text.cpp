#include "core/syntax/source_text.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/utf.h"

namespace skein::syntax {

std::shared_ptr<const SourceText> SourceText::from_utf8(std::string_view text, std::string name, uint32_t prefix) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  utf::Utf8Measure measure = utf::measure_utf8(text);
  if (measure.utf16_length > kMaximumLength) return nullptr;
  std::shared_ptr<SourceText> source(new SourceText());
  source->name_ = std::move(name);
  source->prefix_ = prefix;
  source->had_invalid_utf8_ = !measure.is_well_formed;
  source->length_ = static_cast<uint32_t>(measure.utf16_length);
  source->is_latin1_ = measure.is_latin1;
  if (measure.is_latin1) {
    source->latin1_.resize(measure.utf16_length + 1);
    utf::utf8_to_latin1(text, source->latin1_.data());
  } else {
    source->utf16_.resize(measure.utf16_length + 1);
    utf::utf8_to_utf16(text, source->utf16_.data());
  }
  return source;
}

std::shared_ptr<const SourceText> SourceText::from_latin1(std::string_view text, std::string name) {
  if (text.size() > kMaximumLength) return nullptr;
  std::shared_ptr<SourceText> source(new SourceText());
  source->name_ = std::move(name);
  source->length_ = static_cast<uint32_t>(text.size());
  source->latin1_.reserve(text.size() + 1);
  source->latin1_.assign(text.begin(), text.end());
  source->latin1_.push_back(0);
  return source;
}

std::shared_ptr<const SourceText> SourceText::from_utf16(std::u16string_view text, std::string name) {
  if (text.size() > kMaximumLength) return nullptr;
  std::shared_ptr<SourceText> source(new SourceText());
  source->name_ = std::move(name);
  source->length_ = static_cast<uint32_t>(text.size());
  source->is_latin1_ = utf::is_latin1(text);
  if (source->is_latin1_) {
    source->latin1_.reserve(text.size() + 1);
    source->latin1_.assign(text.begin(), text.end());
    source->latin1_.push_back(0);
  } else {
    source->utf16_.reserve(text.size() + 1);
    source->utf16_.assign(text.begin(), text.end());
    source->utf16_.push_back(0);
  }
  return source;
}

SourceText::~SourceText() {
  delete line_starts_.load(std::memory_order_relaxed);
}

TextView SourceText::slice(uint32_t start, uint32_t end) const {
  SKEIN_DCHECK(start <= end && end <= length_);
  const void* data = is_latin1_ ? static_cast<const void*>(latin1_.data() + start) : utf16_.data() + start;
  return {is_latin1_, data, end - start};
}

std::string SourceText::slice_utf8(uint32_t start, uint32_t end) const {
  TextView view = slice(start, end);
  if (!view.is_latin1) return utf::to_utf8(std::u16string_view(view.utf16(), view.length));
  std::span<const uint8_t> units(view.latin1(), view.length);
  std::string result(utf::utf8_length(units), '\0');
  utf::latin1_to_utf8(units, result.data());
  return result;
}

namespace {

template <typename Unit>
std::vector<uint32_t> find_line_starts(const Unit* text, uint32_t length) {
  std::vector<uint32_t> starts{0};
  for (uint32_t i = 0; i < length; ++i) {
    char32_t unit = text[i];
    if (unit == '\r' && text[i + 1] == '\n') continue;
    if (unit == '\n' || unit == '\r' || unit == 0x2028 || unit == 0x2029) starts.push_back(i + 1);
  }
  return starts;
}

}  // namespace

const std::vector<uint32_t>& SourceText::line_starts() const {
  // Acquire and release: the winner's table must be seen complete by every other thread.
  if (const auto* known = line_starts_.load(std::memory_order_acquire)) return *known;
  auto* starts = new std::vector<uint32_t>(is_latin1_ ? find_line_starts(latin1_.data(), length_)
                                                      : find_line_starts(utf16_.data(), length_));
  const std::vector<uint32_t>* expected = nullptr;
  if (line_starts_.compare_exchange_strong(expected, starts, std::memory_order_acq_rel)) return *starts;
  delete starts;
  return *expected;
}

LineColumn SourceText::line_column(uint32_t offset) const {
  const std::vector<uint32_t>& starts = line_starts();
  offset = std::min(offset, length_);
  auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  uint32_t line = static_cast<uint32_t>(next - starts.begin());
  const uint32_t start = line == 1 ? std::min(prefix_, offset) : starts[line - 1];
  return {line, offset - start + 1};
}

}  // namespace skein::syntax
