#include "core/bytecode/disassembler.h"

#include <cstdio>

#include "core/bytecode/instruction.h"

namespace skein::bytecode {

namespace {

std::string quoted(const Executable& executable, StringIndex index) {
  return index == kNoIndex ? "-" : '"' + executable.strings.to_utf8(index) + '"';
}

std::string number_text(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.17g", value);
  return buffer;
}

std::string reg(uint32_t index) {
  return "r" + std::to_string(index);
}

std::string shape_text(const Executable& executable, const LiteralShape& shape) {
  std::string out = "{";
  for (StringIndex key : shape.keys) out += (out.size() > 1 ? ", " : "") + executable.strings.to_utf8(key);
  return out + "}";
}

std::string table_text(const JumpTable& table) {
  std::string out = "[";
  for (uint32_t target : table.targets) out += (out.size() > 1 ? ", @" : "@") + std::to_string(target);
  return out + "]";
}

std::string operand_text(const Executable& executable, uint32_t pc, OperandKind kind, uint32_t value) {
  switch (kind) {
    case OperandKind::dst:
    case OperandKind::src:
    case OperandKind::var:
      return reg(value);
    case OperandKind::dst_pair:
    case OperandKind::src_pair:
      return reg(value) + ":" + reg(value + 1);
    case OperandKind::src_triple:
      return reg(value) + ":" + reg(value + 2);
    case OperandKind::list:
    case OperandKind::window:
      return reg(value) + "...";
    case OperandKind::imm8:
    case OperandKind::imm16:
      return std::to_string(static_cast<int32_t>(value));
    case OperandKind::name:
    case OperandKind::bigint:
      return quoted(executable, value);
    case OperandKind::number:
      return number_text(executable.numbers[value]);
    case OperandKind::regexp:
      return "/" + executable.strings.to_utf8(executable.regexps[value].pattern) + "/" +
             executable.strings.to_utf8(executable.regexps[value].flags);
    case OperandKind::function:
      return "function#" + std::to_string(value);
    case OperandKind::shape:
      return shape_text(executable, executable.shapes[value]);
    case OperandKind::scope:
      return "scope#" + std::to_string(value) + "(" + std::to_string(executable.scopes[value].slot_count) +
             ")";
    case OperandKind::table:
      return table_text(executable.jump_tables[value]);
    case OperandKind::feedback:
      return "[" + std::to_string(value) + "]";
    case OperandKind::target:
      return "@" + std::to_string(pc + value);
    default:
      return std::to_string(value);
  }
}

void append_line(std::string& out, const Executable& executable, uint32_t pc,
                 const DisassemblyOptions& options) {
  char head[16];
  std::snprintf(head, sizeof head, "%4u  ", pc);
  out += head + disassemble_instruction(executable, pc);
  if (options.with_positions) {
    SourcePosition position = executable.positions.find(pc);
    out += "  ; " + std::to_string(position.position);
    if (position.range_start != position.range_end) {
      out += " " + std::to_string(position.range_start) + "-" + std::to_string(position.range_end);
    }
  }
  out += '\n';
}

void append(std::string& out, const Executable& executable, const DisassemblyOptions& options) {
  out += "function " + quoted(executable, executable.name) + " parameters " +
         std::to_string(executable.parameter_count) + " registers " +
         std::to_string(executable.register_count) + "\n";
  for (uint32_t pc = 0; pc < executable.code.size(); pc += Instruction(&executable.code[pc]).words()) {
    append_line(out, executable, pc, options);
  }
  for (const Handler& handler : executable.handlers) {
    out += "      handler [" + std::to_string(handler.start) + ", " + std::to_string(handler.end) + ") -> @" +
           std::to_string(handler.handler_pc) + " " + reg(handler.exception_register) + "\n";
  }
  if (!options.with_inner_functions) return;
  for (size_t i = 0; i < executable.functions.size(); ++i) {
    out += "\n#" + std::to_string(i) + " ";
    append(out, *executable.functions[i], options);
  }
}

}  // namespace

std::string disassemble_instruction(const Executable& executable, uint32_t pc) {
  Instruction instruction(&executable.code[pc]);
  const OpcodeInfo& shape = instruction.info();
  std::string out = instruction.is_wide() ? std::string("wide ") + shape.name : shape.name;
  for (int i = 0; i < shape.operand_count; ++i) {
    out += i == 0 ? " " : ", ";
    out += operand_text(executable, pc, shape.operands[i].kind, instruction.operand(i));
  }
  return out;
}

std::string disassemble(const Executable& executable, const DisassemblyOptions& options) {
  std::string out;
  append(out, executable, options);
  return out;
}

}  // namespace skein::bytecode
