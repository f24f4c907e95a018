// Builder: assembles the code of one Executable.
//
// One emitting function per opcode, named like it with a trailing underscore (builder.add_(dst, a, b)),
// all generated from opcodes.def. Operands that do not fit the narrow form select the wide one.
//
// Registers. Locals are reserved once, at the start; above them temporaries live in stack discipline:
// whoever takes some releases them by going back to a mark. A call window is taken last, so that
// nothing live lies above it.
#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/bytecode/executable.h"
#include "core/bytecode/instruction.h"

namespace skein::bytecode {

// A place in the code to jump to, before or after it is known. Bound exactly once if it is used.
class Label {
 public:
  Label() = default;
  Label(const Label&) = delete;
  Label& operator=(const Label&) = delete;
  Label(Label&&) = default;

  bool is_bound() const { return position_ != kUnbound; }
  bool is_used() const { return is_used_; }

 private:
  friend class Builder;
  static constexpr uint32_t kUnbound = UINT32_MAX;
  enum class FixupKind : uint8_t { kDistance, kTableEntry, kHandler };
  struct Fixup {
    FixupKind kind;
    uint32_t owner;  // pc of the instruction; index of the jump table; index of the handler
    uint32_t place;  // word that takes the distance; entry of the table
  };

  uint32_t position_ = kUnbound;
  bool is_used_ = false;
  std::vector<Fixup> fixups_;
};

class Builder {
  // What an emitting function takes for an operand.
  struct Value {
    Value(uint32_t value) : value(value) {}
    Value(int32_t value) : value(static_cast<uint32_t>(value)) {}
    Value(bool value) : value(value ? 1 : 0) {}
    template <typename E>
    requires(std::is_enum_v<E>) Value(E value) : value(static_cast<uint32_t>(value)) {}
    Value(Label& label) : label(&label) {}
    uint32_t value = 0;
    Label* label = nullptr;
  };

 public:
  Builder();
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;
  ~Builder();

#define SKEIN_PARAMETER(kind, name) Value name
#define SKEIN_ARGUMENT(kind, name) name
#define OPCODE(opcode, effect_list, ...)                                    \
  void opcode##_(SKEIN_OPERANDS(SKEIN_PARAMETER, __VA_ARGS__)) {            \
    emit(Opcode::opcode##_, {SKEIN_OPERANDS(SKEIN_ARGUMENT, __VA_ARGS__)}); \
  }
#include "core/bytecode/opcodes.def"
#undef OPCODE
#undef SKEIN_ARGUMENT
#undef SKEIN_PARAMETER

  void emit(Opcode opcode, std::initializer_list<Value> operands);

  // ---- Labels ----
  void bind(Label& label);
  uint32_t position() const {
    return static_cast<uint32_t>(code_.size());
  }
  // False right after an instruction that never falls through, unless a used label was bound here.
  // Nothing is emitted while it is false.
  bool is_reachable() const {
    return is_reachable_;
  }

  // ---- Registers ----
  void set_parameter_count(uint32_t count);
  // REQUIRES: no temporaries yet.
  Register add_local();
  Register take(uint32_t count = 1);
  Register mark() const {
    return next_register_;
  }
  void release(Register mark);
  // Whether it is a parameter or local: something that code can name, that must not hold halfway values.
  bool is_local(Register reg) const {
    return reg < first_temporary_;
  }

  // ---- Constants ----
  uint32_t number(double value);
  StringIndex add_string(std::span<const uint8_t> latin1) {
    return executable_->strings.add_latin1(latin1);
  }
  StringIndex add_string(std::span<const char16_t> utf16) {
    return executable_->strings.add_utf16(utf16);
  }
  StringIndex ascii(std::string_view text);
  uint32_t add_function(Ref<const Executable> function);
  uint32_t add_feedback(FeedbackKind kind);
  // switch_table over labels that are not bound yet.
  void switch_on(Register value, std::span<Label* const> targets);

  // ---- Positions and handlers ----
  // For the instructions from here on.
  void set_position(SourcePosition position) {
    position_ = position;
  }
  SourcePosition current_position() const {
    return position_;
  }
  // Instructions in [start, here) are covered. Empty ranges vanish. Inner ranges must be added first.
  void add_handler(uint32_t start, Label& handler, Register exception);

  // For the tables that need no help from here.
  Executable& executable() {
    return *executable_;
  }
  // The builder is spent afterwards.
  Ref<const Executable> finish();

 private:
  void note_position(Opcode opcode, uint32_t pc);
  void emit_narrow(const OpcodeInfo& info, Opcode opcode, std::span<const Value> operands);
  void emit_wide(const OpcodeInfo& info, Opcode opcode, std::span<const Value> operands);
  void use(Label& label, uint32_t instruction, uint32_t word);

  Ref<Executable> executable_;
  std::vector<uint32_t>& code_;
  std::unordered_map<uint64_t, uint32_t> numbers_;
  std::unordered_map<std::string_view, StringIndex> ascii_;
  SourcePosition position_;
  SourcePosition noted_position_;
  bool has_noted_position_ = false;
  bool is_reachable_ = true;
  Register next_register_ = kFirstParameterRegister;
  Register first_temporary_ = kFirstParameterRegister;
};

}  // namespace skein::bytecode
