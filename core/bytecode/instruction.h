// Opcodes, their operands and the decoding of instructions; everything is generated from opcodes.def.
//
//   operand<Opcode::get_property_, ops::get_property_::name>(pc)
//
// compiles to a shift and a mask: layouts are compile-time constants.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/check.h"

namespace skein::bytecode {

enum class Opcode : uint8_t {
#define OPCODE(name, ...) name##_,
#include "core/bytecode/opcodes.def"
#undef OPCODE
};

namespace internal {
enum OpcodeCount {
#define OPCODE(name, ...) k_##name,
#include "core/bytecode/opcodes.def"
#undef OPCODE
  kCount
};
}  // namespace internal
inline constexpr int kOpcodeCount = internal::kCount;
static_assert(kOpcodeCount <= 256);

enum class OperandKind : uint8_t {
  // One byte.
  dst,
  src,
  var,
  dst_pair,
  src_pair,
  src_triple,
  list,
  window,
  count,
  hops,
  slot,
  flags,
  imm8,
  // Two bytes.
  imm16,
  name,
  number,
  bigint,
  regexp,
  template_object,
  function,
  shape,
  scope,
  eval_site,
  declarations,
  table,
  argument_map,
  feedback,
  index,
  // Four bytes.
  target,
};

constexpr int operand_width(OperandKind kind) {
  if (kind <= OperandKind::imm8) return 1;
  if (kind <= OperandKind::index) return 2;
  return 4;
}
constexpr bool is_register(OperandKind kind) {
  return kind <= OperandKind::window;
}
constexpr bool is_signed(OperandKind kind) {
  return kind == OperandKind::imm8 || kind == OperandKind::imm16 || kind == OperandKind::target;
}

namespace effects {
enum : uint16_t {
  none = 0,
  throws = 1 << 0,
  allocates = 1 << 1,
  calls = 1 << 2 | throws | allocates,
  jumps = 1 << 3,
  ends = 1 << 4,
  suspends = 1 << 5,
  loops = 1 << 6,
};
}

inline constexpr int kMaxOperands = 5;

struct Operand {
  OperandKind kind;
  uint8_t offset;  // in bytes, in the narrow form
  const char* name;
};

struct OpcodeInfo {
  const char* name;
  uint16_t effects;
  uint8_t operand_count;
  uint8_t words;  // of the narrow form
  std::array<Operand, kMaxOperands> operands;

  constexpr int wide_words() const { return 1 + operand_count; }
};

namespace internal {
struct OperandDeclaration {
  OperandKind kind;
  const char* name;
};
constexpr OpcodeInfo lay_out(const char* name, int effects,
                             std::array<OperandDeclaration, kMaxOperands> declared, int count) {
  OpcodeInfo info{name, static_cast<uint16_t>(effects), static_cast<uint8_t>(count), 0, {}};
  int offset = 1;
  for (int i = 0; i < count; ++i) {
    int width = operand_width(declared[i].kind);
    offset = (offset + width - 1) / width * width;
    info.operands[i] = {declared[i].kind, static_cast<uint8_t>(offset), declared[i].name};
    offset += width;
  }
  info.words = static_cast<uint8_t>((offset + 3) / 4);
  return info;
}
}  // namespace internal

// Applies F to each argument, each of them a parenthesised operand; at most five.
#define SKEIN_OPERANDS(F, ...) __VA_OPT__(SKEIN_OPERANDS_1(F, __VA_ARGS__))
#define SKEIN_OPERANDS_1(F, a, ...) F a __VA_OPT__(, SKEIN_OPERANDS_2(F, __VA_ARGS__))
#define SKEIN_OPERANDS_2(F, a, ...) F a __VA_OPT__(, SKEIN_OPERANDS_3(F, __VA_ARGS__))
#define SKEIN_OPERANDS_3(F, a, ...) F a __VA_OPT__(, SKEIN_OPERANDS_4(F, __VA_ARGS__))
#define SKEIN_OPERANDS_4(F, a, ...) F a __VA_OPT__(, SKEIN_OPERANDS_5(F, __VA_ARGS__))
#define SKEIN_OPERANDS_5(F, a) F a

// Operand indexes by name: ops::call_::window. (All carry the underscore because some are keywords.)
namespace ops {
#define SKEIN_OPERAND(kind, name) name
#define OPCODE(opcode, effect_list, ...)                                                    \
  struct opcode##_ {                                                                        \
    enum : int { SKEIN_OPERANDS(SKEIN_OPERAND, __VA_ARGS__) __VA_OPT__(, ) kOperandCount }; \
  };
#include "core/bytecode/opcodes.def"
#undef OPCODE
#undef SKEIN_OPERAND
}  // namespace ops

inline constexpr std::array<OpcodeInfo, kOpcodeCount> kOpcodes = [] {
  using namespace effects;
  using internal::OperandDeclaration;
  std::array<OpcodeInfo, kOpcodeCount> table{};
  int next = 0;
#define SKEIN_OPERAND(kind, name) \
  OperandDeclaration {            \
    OperandKind::kind, #name      \
  }
#define OPCODE(opcode, effect_list, ...)                                                                \
  table[next++] = internal::lay_out(#opcode, effect_list, {SKEIN_OPERANDS(SKEIN_OPERAND, __VA_ARGS__)}, \
                                    ops::opcode##_::kOperandCount);
#include "core/bytecode/opcodes.def"
#undef OPCODE
#undef SKEIN_OPERAND
  return table;
}();

constexpr const OpcodeInfo& info(Opcode opcode) {
  return kOpcodes[static_cast<int>(opcode)];
}

namespace internal {
constexpr uint32_t extract(const uint32_t* pc, const Operand& operand) {
  uint32_t word = pc[operand.offset / 4];
  int shift = operand.offset % 4 * 8;
  switch (operand_width(operand.kind)) {
    case 1: {
      uint32_t value = word >> shift & 0xff;
      return is_signed(operand.kind) ? static_cast<uint32_t>(static_cast<int8_t>(value)) : value;
    }
    case 2: {
      uint32_t value = word >> shift & 0xffff;
      return is_signed(operand.kind) ? static_cast<uint32_t>(static_cast<int16_t>(value)) : value;
    }
    default:
      return word;
  }
}
}  // namespace internal

// The value of an operand in the narrow form at pc. Signed kinds are sign-extended: cast to int32_t.
// One load of the operand's own width (both targets are little endian).
template <Opcode opcode, int index>
[[gnu::always_inline]] inline uint32_t operand(const uint32_t* pc) {
  static_assert(index < info(opcode).operand_count);
  constexpr Operand kOperand = info(opcode).operands[index];
  constexpr bool kSigned = is_signed(kOperand.kind);
  const uint8_t* at = reinterpret_cast<const uint8_t*>(pc) + kOperand.offset;
  if constexpr (operand_width(kOperand.kind) == 1) {
    return kSigned ? static_cast<uint32_t>(static_cast<int8_t>(*at)) : *at;
  } else if constexpr (operand_width(kOperand.kind) == 2) {
    uint16_t value = *reinterpret_cast<const uint16_t*>(at);
    return kSigned ? static_cast<uint32_t>(static_cast<int16_t>(value)) : value;
  } else {
    return *reinterpret_cast<const uint32_t*>(at);
  }
}
// The same in the wide form; pc is at the prefix word.
template <int index>
constexpr uint32_t wide_operand(const uint32_t* pc) {
  return pc[1 + index];
}

constexpr Opcode narrow_opcode(uint32_t word) {
  return static_cast<Opcode>(word & 0xff);
}
constexpr Opcode prefixed_opcode(uint32_t word) {
  return static_cast<Opcode>(word >> 8 & 0xff);
}

// An instruction decoded at run time, whatever its form: for the disassembler, the verifier, tools.
class Instruction {
 public:
  explicit constexpr Instruction(const uint32_t* pc)
      : pc_(pc),
        wide_(narrow_opcode(*pc) == Opcode::wide_),
        opcode_(wide_ ? prefixed_opcode(*pc) : narrow_opcode(*pc)) {}

  constexpr Opcode opcode() const { return opcode_; }
  constexpr bool is_wide() const { return wide_; }
  // REQUIRES: opcode() is one of kOpcodeCount.
  constexpr const OpcodeInfo& info() const { return bytecode::info(opcode_); }
  constexpr int words() const { return wide_ ? info().wide_words() : info().words; }
  constexpr uint32_t operand(int index) const {
    return wide_ ? pc_[1 + index] : internal::extract(pc_, info().operands[index]);
  }
  constexpr int32_t signed_operand(int index) const { return static_cast<int32_t>(operand(index)); }

 private:
  const uint32_t* pc_;
  bool wide_;
  Opcode opcode_;
};

}  // namespace skein::bytecode
