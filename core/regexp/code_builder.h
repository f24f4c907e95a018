// Words of code and tables of data for the compiler; equal tables are stored once.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "core/regexp/ast.h"
#include "core/regexp/opcodes.h"
#include "core/regexp/program.h"

namespace skein::regexp {

// A test of one character, as an instruction carries it.
struct CharacterTest {
  CharacterKind kind;
  uint32_t operand;
};

using UnitTable = std::array<uint8_t, kUnitTableBytes>;

class CodeBuilder {
 public:
  CodeBuilder(const Ast& ast, Program& program, size_t max_bytes);

  // Past the limits nothing is emitted any more, and the result is not to be used.
  bool is_too_large() const { return too_large_; }

  uint32_t here() const { return static_cast<uint32_t>(program_.code.size()); }
  void emit(Op op, uint32_t a = 0) { emit_word(encode(op, a)); }
  void emit_word(uint32_t word);
  // An instruction whose `a` is a target that is not known yet.
  uint32_t emit_forward(Op op);
  void patch_target(uint32_t at, uint32_t target) { program_.code[at] |= target << 8; }
  void patch_word(uint32_t at, uint32_t word) { program_.code[at] = word; }
  void emit_undoable(Op op, uint32_t reg) {
    emit(op, reg);
    emit(Op::kUndo, reg);
  }
  // kClear or kKeep of registers first … first + count - 1
  void emit_registers(Op op, uint32_t first, uint32_t count);

  CharacterTest test_of_unit(char16_t unit) const { return {CharacterKind::kUnit, unit}; }
  CharacterTest test_of_set(uint32_t set_index);

  // Offsets in data. A data offset of 0 means that there is no table.
  uint32_t add_units(std::u16string_view units);
  uint32_t add_unit_table(const UnitTable& table);
  uint32_t add_switch_table();
  void set_switch_target(uint32_t table, uint32_t index, uint32_t target) {
    program_.data[table + index] = target;
  }

 private:
  CharacterTest classify(const CodePointSet& set);
  bool is_dot(const CodePointSet& set) const;
  uint32_t add_class_table(const CodePointSet& set);
  bool has_room(size_t words);

  const Ast& ast_;
  Program& program_;
  const size_t max_code_words_;
  const size_t max_data_words_;
  bool too_large_ = false;
  std::unordered_map<uint32_t, CharacterTest> tests_;
  std::map<UnitTable, uint32_t> unit_tables_;
};

}  // namespace skein::regexp
