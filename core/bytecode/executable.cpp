#include "core/bytecode/executable.h"

#include <cstring>

#include "core/base/check.h"

namespace skein::bytecode {

Executable::~Executable() = default;

namespace {

void append_utf8(std::string& out, uint32_t code_point) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | code_point >> 6);
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0 | code_point >> 12);
    out += static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code_point >> 18);
    out += static_cast<char>(0x80 | (code_point >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  }
}

}  // namespace

std::string StringTable::to_utf8(StringIndex index) const {
  std::string out;
  if (is_latin1(index)) {
    for (uint8_t unit : latin1(index)) append_utf8(out, unit);
    return out;
  }
  std::span<const char16_t> units = utf16(index);
  for (size_t i = 0; i < units.size(); ++i) {
    uint32_t unit = units[i];
    bool is_high = (unit & 0xFC00) == 0xD800;
    if (is_high && i + 1 < units.size() && (units[i + 1] & 0xFC00) == 0xDC00) {
      unit = 0x10000 + ((unit & 0x3FF) << 10) + (units[++i] & 0x3FF);
    } else if ((unit & 0xF800) == 0xD800) {
      unit = 0xFFFD;
    }
    append_utf8(out, unit);
  }
  return out;
}

StringIndex StringTable::add_latin1(std::span<const uint8_t> units) {
  entries_.push_back({static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(units.size()), true});
  text_.insert(text_.end(), units.begin(), units.end());
  return size() - 1;
}

StringIndex StringTable::add_utf16(std::span<const char16_t> units) {
  if (text_.size() % 2 != 0) text_.push_back(0);  // utf16() hands out aligned views
  entries_.push_back({static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(units.size()), false});
  auto bytes = reinterpret_cast<const uint8_t*>(units.data());
  text_.insert(text_.end(), bytes, bytes + units.size_bytes());
  return size() - 1;
}

// An entry is: pc delta << 1 | has_range, zigzag position delta, and with a range the zigzag distance
// of its start from the position and its length; all as LEB128.
namespace {

void put(std::vector<uint8_t>& out, uint32_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<uint8_t>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<uint8_t>(value));
}

uint32_t get(const uint8_t*& in) {
  uint32_t value = 0;
  for (int shift = 0;; shift += 7) {
    uint8_t byte = *in++;
    value |= static_cast<uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
}

uint32_t zigzag(uint32_t difference) {
  auto value = static_cast<int32_t>(difference);
  return static_cast<uint32_t>(value) << 1 ^ static_cast<uint32_t>(value >> 31);
}
uint32_t unzigzag(uint32_t value) { return value >> 1 ^ (0 - (value & 1)); }

}  // namespace

void PositionTable::add(uint32_t pc, SourcePosition position) {
  SKEIN_DCHECK(pc >= last_pc_);
  bool has_range = position.range_end != position.range_start;
  put(bytes_, (pc - last_pc_) << 1 | (has_range ? 1 : 0));
  put(bytes_, zigzag(position.position - last_position_));
  if (has_range) {
    put(bytes_, zigzag(position.range_start - position.position));
    put(bytes_, position.range_end - position.range_start);
  }
  last_pc_ = pc;
  last_position_ = position.position;
}

SourcePosition PositionTable::find(uint32_t pc) const {
  SourcePosition found;
  uint32_t entry_pc = 0;
  uint32_t position = 0;
  const uint8_t* in = bytes_.data();
  const uint8_t* end = in + bytes_.size();
  while (in < end) {
    uint32_t head = get(in);
    entry_pc += head >> 1;
    if (entry_pc > pc) break;
    position += unzigzag(get(in));
    found = {position, position, position};
    if (head & 1) {
      found.range_start = position + unzigzag(get(in));
      found.range_end = found.range_start + get(in);
    }
  }
  return found;
}

}  // namespace skein::bytecode
