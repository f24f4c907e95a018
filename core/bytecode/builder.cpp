#include "core/bytecode/builder.h"

#include <algorithm>
#include <bit>

namespace skein::bytecode {

Builder::Builder() : executable_(Ref<Executable>::adopt(new Executable)), code_(executable_->code) {
  executable_->register_count = kFirstParameterRegister;
}

Builder::~Builder() = default;

namespace {

bool fits(const Operand& operand, uint32_t value) {
  auto as_signed = static_cast<int32_t>(value);
  switch (operand_width(operand.kind)) {
    case 1:
      return is_signed(operand.kind) ? as_signed == static_cast<int8_t>(as_signed) : value <= 0xff;
    case 2:
      return is_signed(operand.kind) ? as_signed == static_cast<int16_t>(as_signed) : value <= 0xffff;
    default:
      return true;
  }
}

}  // namespace

void Builder::emit(Opcode opcode, std::initializer_list<Value> operands) {
  if (!is_reachable_) return;
  const OpcodeInfo& shape = info(opcode);
  std::span<const Value> values(operands.begin(), operands.size());
  note_position(opcode, position());
  bool narrow = true;
  for (int i = 0; i < shape.operand_count; ++i) {
    if (values[i].label == nullptr && !fits(shape.operands[i], values[i].value)) narrow = false;
  }
  if (narrow) {
    emit_narrow(shape, opcode, values);
  } else {
    emit_wide(shape, opcode, values);
  }
  if (shape.effects & effects::ends) is_reachable_ = false;
}

void Builder::emit_narrow(const OpcodeInfo& shape, Opcode opcode, std::span<const Value> operands) {
  uint32_t start = position();
  code_.resize(start + shape.words, 0);
  code_[start] = static_cast<uint32_t>(opcode);
  for (int i = 0; i < shape.operand_count; ++i) {
    const Operand& operand = shape.operands[i];
    uint32_t word = start + operand.offset / 4;
    if (operands[i].label != nullptr) {
      use(*operands[i].label, start, word);
      continue;
    }
    int width = operand_width(operand.kind);
    uint32_t mask = width == 4 ? UINT32_MAX : (1u << width * 8) - 1;
    code_[word] |= (operands[i].value & mask) << operand.offset % 4 * 8;
  }
}

void Builder::emit_wide(const OpcodeInfo& shape, Opcode opcode, std::span<const Value> operands) {
  uint32_t start = position();
  code_.resize(start + shape.wide_words(), 0);
  code_[start] = static_cast<uint32_t>(Opcode::wide_) | static_cast<uint32_t>(opcode) << 8;
  for (int i = 0; i < shape.operand_count; ++i) {
    if (operands[i].label != nullptr) {
      use(*operands[i].label, start, start + 1 + i);
    } else {
      code_[start + 1 + i] = operands[i].value;
    }
  }
}

void Builder::use(Label& label, uint32_t instruction, uint32_t word) {
  label.is_used_ = true;
  if (label.is_bound()) {
    code_[word] = label.position_ - instruction;
  } else {
    label.fixups_.push_back({Label::FixupKind::kDistance, instruction, word});
  }
}

void Builder::bind(Label& label) {
  SKEIN_CHECK(!label.is_bound());
  label.position_ = position();
  if (label.is_used_) is_reachable_ = true;
  for (const Label::Fixup& fixup : label.fixups_) {
    switch (fixup.kind) {
      case Label::FixupKind::kDistance:
        code_[fixup.place] = position() - fixup.owner;
        break;
      case Label::FixupKind::kTableEntry:
        executable_->jump_tables[fixup.owner].targets[fixup.place] = position();
        break;
      case Label::FixupKind::kHandler:
        executable_->handlers[fixup.owner].handler_pc = position();
        break;
    }
  }
  label.fixups_.clear();
}

void Builder::set_parameter_count(uint32_t count) {
  executable_->parameter_count = count;
  next_register_ = first_temporary_ = kFirstParameterRegister + count;
  executable_->register_count = next_register_;
}

Register Builder::add_local() {
  SKEIN_DCHECK(next_register_ == first_temporary_);
  Register local = take();
  first_temporary_ = next_register_;
  return local;
}

Register Builder::take(uint32_t count) {
  Register first = next_register_;
  next_register_ += count;
  executable_->register_count = std::max(executable_->register_count, next_register_);
  return first;
}

void Builder::release(Register mark) {
  SKEIN_DCHECK(mark <= next_register_ && mark >= first_temporary_);
  next_register_ = mark;
}

uint32_t Builder::number(double value) {
  auto [found, is_new] = numbers_.try_emplace(std::bit_cast<uint64_t>(value), executable_->numbers.size());
  if (is_new) executable_->numbers.push_back(value);
  return found->second;
}

StringIndex Builder::ascii(std::string_view text) {
  auto found = ascii_.find(text);
  if (found != ascii_.end()) return found->second;
  StringIndex index = add_string(std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
  ascii_.emplace(text, index);  // callers pass literals
  return index;
}

uint32_t Builder::add_function(Ref<const Executable> function) {
  executable_->functions.push_back(std::move(function));
  return static_cast<uint32_t>(executable_->functions.size() - 1);
}

uint32_t Builder::add_feedback(FeedbackKind kind) {
  executable_->feedback.push_back(kind);
  return static_cast<uint32_t>(executable_->feedback.size() - 1);
}

void Builder::switch_on(Register value, std::span<Label* const> targets) {
  if (!is_reachable_) return;
  auto table = static_cast<uint32_t>(executable_->jump_tables.size());
  executable_->jump_tables.emplace_back().targets.resize(targets.size());
  for (uint32_t entry = 0; entry < targets.size(); ++entry) {
    Label& label = *targets[entry];
    SKEIN_CHECK(!label.is_bound());  // tables only jump forward
    label.is_used_ = true;
    label.fixups_.push_back({Label::FixupKind::kTableEntry, table, entry});
  }
  switch_table_(value, table);
}

void Builder::note_position(Opcode opcode, uint32_t pc) {
  if (!(info(opcode).effects & (effects::throws | effects::suspends))) return;
  bool same = has_noted_position_ && noted_position_.position == position_.position &&
              noted_position_.range_start == position_.range_start &&
              noted_position_.range_end == position_.range_end;
  if (same) return;
  executable_->positions.add(pc, position_);
  noted_position_ = position_;
  has_noted_position_ = true;
}

void Builder::add_handler(uint32_t start, Label& handler, Register exception) {
  if (start == position()) return;
  SKEIN_CHECK(!handler.is_bound());
  handler.is_used_ = true;
  handler.fixups_.push_back(
      {Label::FixupKind::kHandler, static_cast<uint32_t>(executable_->handlers.size()), 0});
  executable_->handlers.push_back({start, position(), 0, exception});
}

Ref<const Executable> Builder::finish() {
  return Ref<const Executable>::adopt(executable_.leak());
}

}  // namespace skein::bytecode
