#include "core/bytecode/verifier.h"

#include "core/bytecode/instruction.h"

namespace skein::bytecode {

namespace {

class Verifier {
 public:
  explicit Verifier(const Executable& executable) : executable_(executable) {}

  std::string run() {
    find_starts();
    for (uint32_t pc = 0; ok() && pc < size(); pc += at(pc).words()) check_instruction(pc);
    if (ok()) check_end();
    if (ok()) check_handlers();
    if (ok()) check_constants();
    for (const auto& inner : executable_.functions) {
      if (!ok()) break;
      problem_ = verify(*inner);
    }
    return problem_;
  }

 private:
  bool ok() const { return problem_.empty(); }
  uint32_t size() const { return static_cast<uint32_t>(executable_.code.size()); }
  Instruction at(uint32_t pc) const { return Instruction(&executable_.code[pc]); }
  bool is_start(uint32_t pc) const { return pc < size() && starts_[pc]; }

  void fail(uint32_t pc, const char* what) {
    if (ok()) problem_ = "pc " + std::to_string(pc) + ": " + what;
  }

  void find_starts() {
    starts_.assign(size(), false);
    uint32_t pc = 0;
    while (pc < size()) {
      Instruction instruction = at(pc);
      auto opcode = static_cast<int>(instruction.opcode());
      if (opcode >= kOpcodeCount || instruction.opcode() == Opcode::wide_) return fail(pc, "unknown opcode");
      starts_[pc] = true;
      pc += instruction.words();
    }
    if (pc != size()) fail(pc, "truncated instruction");
  }

  void check_instruction(uint32_t pc) {
    Instruction instruction = at(pc);
    for (int i = 0; i < instruction.info().operand_count; ++i) {
      OperandKind kind = instruction.info().operands[i].kind;
      if (is_register(kind)) {
        check_registers(pc, instruction, i);
      } else if (kind == OperandKind::target) {
        check_target(pc, instruction, i);
      } else {
        check_index(pc, kind, instruction.operand(i));
      }
    }
  }

  void check_registers(uint32_t pc, const Instruction& instruction, int index) {
    uint64_t count = 1;
    switch (instruction.info().operands[index].kind) {
      case OperandKind::dst_pair:
      case OperandKind::src_pair:
        count = 2;
        break;
      case OperandKind::src_triple:
        count = 3;
        break;
      case OperandKind::list:
        count = instruction.operand(index + 1);
        break;
      case OperandKind::window:
        count = uint64_t{2} + instruction.operand(index + 1);
        break;
      default:
        break;
    }
    if (instruction.operand(index) + count > executable_.register_count) fail(pc, "register out of range");
  }

  void check_target(uint32_t pc, const Instruction& instruction, int index) {
    bool is_loop = instruction.info().effects & effects::loops;
    int32_t distance = instruction.signed_operand(index);
    if (is_loop ? distance > 0 : distance <= 0) fail(pc, "jump in the wrong direction");
    if (!is_start(pc + static_cast<uint32_t>(distance))) fail(pc, "jump into the void");
  }

  void check_index(uint32_t pc, OperandKind kind, uint32_t value) {
    uint64_t limit = UINT64_MAX;  // wider than any operand: an immediate may be all ones
    switch (kind) {
      case OperandKind::name:
      case OperandKind::bigint:
        limit = executable_.strings.size();
        break;
      case OperandKind::number:
        limit = executable_.numbers.size();
        break;
      case OperandKind::regexp:
        limit = executable_.regexps.size();
        break;
      case OperandKind::template_object:
        limit = executable_.templates.size();
        break;
      case OperandKind::function:
        limit = executable_.functions.size();
        break;
      case OperandKind::shape:
        limit = executable_.shapes.size();
        break;
      case OperandKind::scope:
        limit = executable_.scopes.size();
        break;
      case OperandKind::eval_site:
        limit = executable_.eval_sites.size();
        break;
      case OperandKind::declarations:
        limit = executable_.declarations.size();
        break;
      case OperandKind::argument_map:
        limit = executable_.argument_maps.size();
        break;
      case OperandKind::feedback:
        limit = executable_.feedback.size();
        break;
      case OperandKind::table:
        limit = executable_.jump_tables.size();
        if (value < limit) check_table(pc, executable_.jump_tables[value]);
        break;
      default:
        break;
    }
    if (value >= limit) fail(pc, "constant out of range");
  }

  void check_table(uint32_t pc, const JumpTable& table) {
    for (uint32_t target : table.targets) {
      if (target <= pc || !is_start(target)) fail(pc, "table entry into the void");
    }
  }

  void check_end() {
    uint32_t last = 0;
    for (uint32_t pc = 0; pc < size(); pc += at(pc).words()) last = pc;
    if (size() == 0 || !(at(last).info().effects & effects::ends)) fail(last, "control runs off the end");
  }

  void check_handlers() {
    const auto& handlers = executable_.handlers;
    for (size_t i = 0; i < handlers.size(); ++i) {
      const Handler& handler = handlers[i];
      bool range_ok = handler.start < handler.end && is_start(handler.start) &&
                      (handler.end == size() || is_start(handler.end));
      if (!range_ok) return fail(handler.start, "bad handler range");
      if (!is_start(handler.handler_pc)) return fail(handler.start, "handler into the void");
      if (handler.exception_register >= executable_.register_count)
        return fail(handler.start, "handler register");
      if (handler.handler_pc >= handler.start && handler.handler_pc < handler.end) {
        return fail(handler.start, "handler covers itself");
      }
      // Of two ranges that overlap the inner one comes first.
      for (size_t j = 0; j < i; ++j) {
        bool apart = handlers[j].end <= handler.start || handlers[j].start >= handler.end;
        bool inside = handlers[j].start >= handler.start && handlers[j].end <= handler.end;
        if (!apart && !inside) return fail(handler.start, "handler ranges do not nest");
      }
    }
  }

  bool is_string(StringIndex index) const { return index < executable_.strings.size(); }

  void check_constants() {
    bool good = executable_.name == kNoIndex || is_string(executable_.name);
    for (const RegExpConstant& regexp : executable_.regexps)
      good &= is_string(regexp.pattern) && is_string(regexp.flags);
    for (const LiteralShape& shape : executable_.shapes) {
      for (StringIndex key : shape.keys) good &= is_string(key);
    }
    for (const ScopeDescriptor& scope : executable_.scopes) {
      for (const auto& binding : scope.bindings)
        good &= is_string(binding.name) && binding.slot < scope.slot_count;
    }
    for (const Declarations& declarations : executable_.declarations) {
      for (const auto& lexical : declarations.lexical) good &= is_string(lexical.name);
      for (StringIndex name : declarations.functions) good &= is_string(name);
      for (StringIndex name : declarations.vars) good &= is_string(name);
    }
    if (!good) fail(0, "string out of range in a constant");
  }

  const Executable& executable_;
  std::vector<bool> starts_;
  std::string problem_;
};

}  // namespace

std::string verify(const Executable& executable) {
  return Verifier(executable).run();
}

}  // namespace skein::bytecode
