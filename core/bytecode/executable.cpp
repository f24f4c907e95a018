#include "core/bytecode/executable.h"

#include "core/base/check.h"
#include "core/base/utf.h"

namespace skein::bytecode {

Executable::~Executable() = default;

namespace {

template <typename T>
size_t bytes_of(const std::vector<T>& table) {
  return table.capacity() * sizeof(T);
}

}  // namespace

size_t Executable::byte_size() const {
  // Of what hangs off the entries of the rarer tables only the larger part is counted.
  constexpr size_t kAllocatorOverhead = 256;
  size_t bytes = kAllocatorOverhead + sizeof *this + bytes_of(code) + strings.byte_size() + bytes_of(numbers) + bytes_of(regexps) + bytes_of(templates) +
                 bytes_of(functions) + bytes_of(shapes) + bytes_of(scopes) + bytes_of(eval_sites) + bytes_of(declarations) +
                 bytes_of(jump_tables) + bytes_of(argument_maps) + bytes_of(feedback) + bytes_of(handlers) + positions.byte_size();
  for (const TemplateObject& object : templates) bytes += bytes_of(object.elements);
  for (const LiteralShape& shape : shapes) bytes += bytes_of(shape.keys);
  for (const ScopeDescriptor& scope : scopes) bytes += bytes_of(scope.bindings);
  for (const Declarations& names : declarations) bytes += bytes_of(names.lexical) + bytes_of(names.functions) + bytes_of(names.vars);
  for (const JumpTable& table : jump_tables) bytes += bytes_of(table.targets);
  for (const Ref<const Executable>& function : functions) bytes += function->byte_size();
  return bytes;
}

std::string StringTable::to_utf8(StringIndex index) const {
  if (!is_latin1(index)) {
    std::span<const char16_t> units = utf16(index);
    return utf::to_utf8(std::u16string_view(units.data(), units.size()));
  }
  std::span<const uint8_t> units = latin1(index);
  std::string out(utf::utf8_length(units), '\0');
  utf::latin1_to_utf8(units, out.data());
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
uint32_t unzigzag(uint32_t value) {
  return value >> 1 ^ (0 - (value & 1));
}

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
