// The backtracking matcher; opcodes.h describes its machine.
//
// The bottom of the stack is a pair that leads to kNextStart, so that the search for a start is part
// of the machine. Nothing recurses. Every failure counts as a step, and so do the turns of counted
// loops; runs over single characters and texts count by their length. When a slice of steps is used
// up the dispatch loop is left, for the poll and, in WebAssembly, for the chance to go on in better
// code; its whole state is the position, the next instruction and the stack.
#include <cstring>

#include "core/base/check.h"
#include "core/regexp/input_view.h"
#include "core/regexp/regexp.h"

namespace skein::regexp {

namespace {

constexpr int32_t kStepsInSlice = 16384;
// Units that count as one step.
constexpr uint32_t kUnitsPerStepShift = 4;
// What a context keeps between matches.
constexpr size_t kKeptWords = size_t{1} << 14;

template <typename Unit>
class Matcher {
 public:
  Matcher(const Program& program, InputView<Unit> input, MatchContext& context)
      : program_(program),
        code_(program.code.data()),
        data_(program.data.data()),
        input_(input),
        context_(context),
        unicode_(program.flags.full_unicode()) {}

  MatchStatus run(uint32_t start, std::span<int32_t> captures);

 private:
  MatchStatus begin(uint32_t start);
  // kInterrupted: the slice is used up.
  MatchStatus run_slice(std::span<int32_t> captures);
  MatchStatus pause(const uint32_t* pc, uint32_t position, size_t stack_height) {
    pc_ = pc;
    position_ = position;
    stack_height_ = stack_height;
    return MatchStatus::kInterrupted;
  }

  static constexpr uint32_t kNowhere = InputView<Unit>::kNowhere;

  // A run over single characters: where it ends and how many it took.
  struct Run {
    uint32_t position;
    uint32_t taken;
  };
  // By the kind of character. Their arguments and results are values: a reference to what the
  // dispatch loop keeps in registers would drive it out of them.
  Run run_of(CharacterKind kind, uint32_t operand, uint32_t position, uint32_t max) const;
  uint32_t step_to_follow(CharacterKind kind, uint32_t operand, uint32_t position, uint32_t bound,
                          uint32_t table) const;
  uint32_t step_back(CharacterKind kind, uint32_t operand, uint32_t position) const;

  uint32_t find_start(uint32_t position) const;
  uint32_t find_window(uint32_t position) const;
  uint32_t find_first_unit(uint32_t position) const;
  uint32_t next_start(uint32_t position) const;
  uint32_t participant(const uint32_t* operands, const uint32_t* registers) const;
  uint32_t match_span(uint32_t from, uint32_t to, uint32_t position, uint32_t flags) const;
  uint32_t back_off(uint32_t position, uint32_t bound, CharacterKind kind, uint32_t table) const;
  bool assert_character(uint32_t a, uint32_t operand, uint32_t position) const;
  bool at_word_boundary(uint32_t flags, uint32_t position) const;

  bool is_inside_pair(uint32_t position) const {
    return unicode_ && position < input_.end && input_.is_pair_before(position + 1);
  }
  uint8_t unit_table(uint32_t offset, uint32_t position) const {
    return reinterpret_cast<const uint8_t*>(data_ + offset)[input_.table_index(position)];
  }

  const Program& program_;
  const uint32_t* const code_;
  const uint32_t* const data_;
  const InputView<Unit> input_;
  MatchContext& context_;
  const bool unicode_;

  // Between slices.
  const uint32_t* pc_ = nullptr;
  uint32_t position_ = 0;
  size_t stack_height_ = 0;  // with the registers below
};

template <typename Unit>
typename Matcher<Unit>::Run Matcher<Unit>::run_of(CharacterKind kind, uint32_t operand, uint32_t position,
                                                  uint32_t max) const {
  return with_kind(kind, [&]<CharacterKind kKind>() {
    uint32_t taken;
    uint32_t after = input_.template run<kKind>(position, max, operand, data_, taken);
    return Run{after, taken};
  });
}

// A lazy loop takes one more character, and more until the rest can go on.
template <typename Unit>
uint32_t Matcher<Unit>::step_to_follow(CharacterKind kind, uint32_t operand, uint32_t position,
                                       uint32_t bound, uint32_t table) const {
  return with_kind(kind, [&]<CharacterKind kKind>() {
    uint32_t next = position;
    do {
      if (next >= bound) return kNowhere;
      next = input_.template step<kKind>(next, operand, data_);
    } while (next != kNowhere && table != 0 && unit_table(table, next) == 0);
    return next;
  });
}

template <typename Unit>
uint32_t Matcher<Unit>::step_back(CharacterKind kind, uint32_t operand, uint32_t position) const {
  return with_kind(kind, [&]<CharacterKind kKind>() {
    return input_.template step_back<kKind>(position, operand, data_);
  });
}

// The first position from `position` on where an attempt can succeed, or kNowhere.
template <typename Unit>
uint32_t Matcher<Unit>::find_start(uint32_t position) const {
  if (position > input_.end || input_.end - position < program_.min_length) return kNowhere;
  switch (program_.start_kind) {
    case StartKind::kAnywhere:
    case StartKind::kOnce:
    case StartKind::kLines:
      return position;
    case StartKind::kInputStart:
      return position == 0 ? 0 : kNowhere;
    case StartKind::kText:
      return input_.find_text(position, data_ + program_.start_data, program_.start_length,
                              program_.start_pivot);
    case StartKind::kWindow:
      return find_window(position);
    case StartKind::kUnits:
      return find_first_unit(position);
  }
  __builtin_unreachable();
}

template <typename Unit>
uint32_t Matcher<Unit>::find_window(uint32_t position) const {
  const auto* shifts = reinterpret_cast<const uint8_t*>(data_ + program_.start_data);
  uint32_t last = position + program_.start_length - 1;
  while (last < input_.end) {
    uint8_t shift = shifts[input_.table_index_of(input_.units[last])];
    if (shift == 0) {
      position = last + 1 - program_.start_length;
      if (!is_inside_pair(position)) return position;
      shift = 1;
    }
    last += shift;
  }
  return kNowhere;
}

template <typename Unit>
uint32_t Matcher<Unit>::find_first_unit(uint32_t position) const {
  const auto* table = reinterpret_cast<const uint8_t*>(data_ + program_.start_data);
  for (;; ++position) {
    while (position < input_.end && !table[input_.table_index_of(input_.units[position])]) ++position;
    if (position >= input_.end) return table[kAtEnd] ? input_.end : kNowhere;
    if (!is_inside_pair(position)) return position;
  }
}

template <typename Unit>
uint32_t Matcher<Unit>::next_start(uint32_t position) const {
  if (program_.flags.has(Flags::kSticky) || program_.start_kind == StartKind::kOnce) return kNowhere;
  if (program_.start_kind == StartKind::kLines) {
    while (position < input_.end && !is_line_terminator(input_.units[position])) ++position;
  }
  if (position >= input_.end) return kNowhere;
  return find_start(position + (unicode_ && input_.is_pair_at(position) ? 2 : 1));
}

// BackreferenceMatcher: the group among several of a name that took part, or kNowhere.
template <typename Unit>
uint32_t Matcher<Unit>::participant(const uint32_t* operands, const uint32_t* registers) const {
  for (uint32_t i = 0; i < operands[0]; ++i) {
    uint32_t group = operands[1 + i];
    if (registers[2 * group] != kUnset && registers[2 * group + 1] != kUnset) return group;
  }
  return kNowhere;
}

// Whether the input between `from` and `to` comes again: where it leads to, or kNowhere.
template <typename Unit>
uint32_t Matcher<Unit>::match_span(uint32_t from, uint32_t to, uint32_t position, uint32_t flags) const {
  auto mode = static_cast<CaseMode>(flags & kReferenceCaseMask);
  bool backward = (flags & kReferenceBackward) != 0;
  uint32_t length = to - from;
  if (length == 0) return position;
  if (backward ? position < length : input_.end - position < length) return kNowhere;
  uint32_t start = backward ? position - length : position;
  uint32_t result = backward ? start : position + length;
  // Equal units may still end in the middle of a pair.
  if (is_inside_pair(result)) return kNowhere;
  if (mode == CaseMode::kSensitive) {
    bool same = std::memcmp(input_.units + from, input_.units + start, length * sizeof(Unit)) == 0;
    return same ? result : kNowhere;
  }
  // Folding keeps the number of units: no simple mapping leads from one plane to another.
  for (uint32_t i = 0; i < length;) {
    uint32_t a = input_.units[from + i];
    uint32_t b = input_.units[start + i];
    uint32_t width = 1;
    if (mode == CaseMode::kFold) {
      uint32_t after;
      a = input_.code_point_at(from + i, after);
      width = after - (from + i);
      b = input_.code_point_at(start + i, after);
      if (width != after - (start + i)) return kNowhere;
    }
    if (a != b && canonicalize(mode, a) != canonicalize(mode, b)) return kNowhere;
    i += width;
  }
  return result;
}

// A greedy loop gives characters back: the next position down to `bound` where the rest can go on.
template <typename Unit>
uint32_t Matcher<Unit>::back_off(uint32_t position, uint32_t bound, CharacterKind kind,
                                 uint32_t table) const {
  bool points = InputView<Unit>::kWide && takes_code_points(kind);
  while (position > bound) {
    position -= points && input_.is_pair_before(position) ? 2 : 1;
    if (table == 0 || unit_table(table, position) != 0) return position;
  }
  return kNowhere;
}

template <typename Unit>
bool Matcher<Unit>::assert_character(uint32_t a, uint32_t operand, uint32_t position) const {
  uint32_t flags = a >> 8;
  bool found = with_kind(static_cast<CharacterKind>(a & 0xFF), [&]<CharacterKind kKind>() {
    return (flags & kAssertBehind ? input_.template step_back<kKind>(position, operand, data_)
                                  : input_.template step<kKind>(position, operand, data_)) != kNowhere;
  });
  return found != ((flags & kAssertNegative) != 0);
}

template <typename Unit>
bool Matcher<Unit>::at_word_boundary(uint32_t flags, uint32_t position) const {
  bool fold = (flags & kFoldWords) != 0;
  bool before = position > 0 && input_.is_word_at(position - 1, fold);
  bool boundary = before != input_.is_word_at(position, fold);
  return boundary != ((flags & kNotBoundary) != 0);
}

template <typename Unit>
MatchStatus Matcher<Unit>::run(uint32_t start, std::span<int32_t> captures) {
  MatchStatus status = begin(start);
  while (status == MatchStatus::kInterrupted) {
    status = run_slice(captures);
    if (status == MatchStatus::kInterrupted && !context_.keep_going()) break;
  }
  return status;
}

// Registers lie below, the stack above; both move when memory grows.
template <typename Unit>
MatchStatus Matcher<Unit>::begin(uint32_t start) {
  uint32_t position = program_.flags.has(Flags::kSticky) ? start : find_start(start);
  if (position == kNowhere) return MatchStatus::kNoMatch;
  const uint32_t register_count = program_.register_count;
  if (!context_.reserve(register_count + 16)) return MatchStatus::kStackOverflow;
  uint32_t* registers = context_.memory();
  std::memset(registers, 0xFF, register_count * sizeof(uint32_t));
  registers[0] = position;
  registers[register_count] = position;
  registers[register_count + 1] = 0;  // kNextStart
  return pause(code_ + 1, position, register_count + 2);
}

// In the dispatch loop `continue` goes on with the next instruction, `break` fails.
template <typename Unit>
MatchStatus Matcher<Unit>::run_slice(std::span<int32_t> captures) {
  const uint32_t* const code = code_;
  uint32_t* registers = context_.memory();
  uint32_t* limit = registers + context_.capacity();
  uint32_t* stack = registers + stack_height_;
  auto room = [&](size_t words) __attribute__((always_inline)) {
    if (static_cast<size_t>(limit - stack) >= words) [[likely]]
      return true;
    auto used = static_cast<size_t>(stack - registers);
    if (!context_.reserve(used + words)) return false;
    registers = context_.memory();
    stack = registers + used;
    limit = registers + context_.capacity();
    return true;
  };
  auto push = [&](uint32_t value, const uint32_t* target) __attribute__((always_inline)) {
    if (!room(2)) [[unlikely]]
      return false;
    stack[0] = value;
    stack[1] = static_cast<uint32_t>(target - code);
    stack += 2;
    return true;
  };
  int32_t steps = kStepsInSlice;
  auto charge = [&](uint32_t units) __attribute__((always_inline)) {
    steps -= static_cast<int32_t>(units >> kUnitsPerStepShift);
  };
  const uint32_t* pc = pc_;
  uint32_t position = position_;
  // For instructions that charge, or jump back, without ever failing.
  auto leave = [&]() __attribute__((always_inline)) {
    return pause(pc, position, static_cast<size_t>(stack - registers));
  };

  for (;;) {
    const uint32_t word = *pc;
    const uint32_t a = operand_of(word);
    switch (op_of(word)) {
#define SKEIN_REGEXP_MATCH(Kind)                                                           \
  case Op::kMatch##Kind: {                                                                 \
    uint32_t after = input_.template step<CharacterKind::k##Kind>(position, pc[1], data_); \
    if (after == kNowhere) break;                                                          \
    position = after;                                                                      \
    pc += 2;                                                                               \
    continue;                                                                              \
  }
      SKEIN_REGEXP_MATCH(Unit)
      SKEIN_REGEXP_MATCH(NotUnit)
      SKEIN_REGEXP_MATCH(Masked)
      SKEIN_REGEXP_MATCH(Pair)
      SKEIN_REGEXP_MATCH(Range)
      SKEIN_REGEXP_MATCH(Class)
      SKEIN_REGEXP_MATCH(Dot)
      SKEIN_REGEXP_MATCH(Any)
      SKEIN_REGEXP_MATCH(PointClass)
      SKEIN_REGEXP_MATCH(PointDot)
      SKEIN_REGEXP_MATCH(PointAny)
#undef SKEIN_REGEXP_MATCH

      case Op::kMatchBack: {
        uint32_t before = step_back(static_cast<CharacterKind>(a), pc[1], position);
        if (before == kNowhere) break;
        position = before;
        pc += 2;
        continue;
      }
      case Op::kText:
        charge(a);
        if (input_.end - position < a || !input_.has_text(position, pc + 1, a)) break;
        position += a;
        pc += 1 + (a + 1) / 2;
        continue;
      case Op::kTextBack:
        charge(a);
        if (position < a || !input_.has_text(position - a, pc + 1, a)) break;
        position -= a;
        pc += 1 + (a + 1) / 2;
        continue;

      case Op::kAccept:
        registers[1] = position;
        for (uint32_t i = 0; i < 2 * program_.captures; ++i) captures[i] = static_cast<int32_t>(registers[i]);
        return MatchStatus::kMatch;
      case Op::kFail:
        break;
      case Op::kNextStart:
        position = next_start(position);
        if (position == kNowhere) return MatchStatus::kNoMatch;
        registers[0] = position;
        push(position, code);
        pc = code + 1;
        continue;

      case Op::kInputStart:
        if (position != 0) break;
        ++pc;
        continue;
      case Op::kInputEnd:
        if (position != input_.end) break;
        ++pc;
        continue;
      case Op::kLineStart:
        if (position != 0 && !is_line_terminator(input_.units[position - 1])) break;
        ++pc;
        continue;
      case Op::kLineEnd:
        if (position != input_.end && !is_line_terminator(input_.units[position])) break;
        ++pc;
        continue;
      case Op::kWordBoundary:
        if (!at_word_boundary(a, position)) break;
        ++pc;
        continue;
      case Op::kAssert:
        if (!assert_character(a, pc[1], position)) break;
        pc += 2;
        continue;
      case Op::kBackReference: {
        uint32_t group = participant(pc + 1, registers);
        if (group != kNowhere) {  // an unset group matches empty
          uint32_t from = registers[2 * group];
          uint32_t to = registers[2 * group + 1];
          charge(to - from);
          uint32_t after = match_span(from, to, position, a);
          if (after == kNowhere) break;
          position = after;
        }
        pc += 2 + pc[1];
        if (steps > 0) [[likely]]
          continue;
        return leave();
      }

      case Op::kJump:
        pc = code + a;
        continue;
      case Op::kSplit:
        if (!push(position, code + a)) return MatchStatus::kStackOverflow;
        ++pc;
        continue;
      case Op::kSplitJump:
        if (!push(position, pc + 1)) return MatchStatus::kStackOverflow;
        pc = code + a;
        if (--steps > 0) [[likely]]
          continue;
        return leave();
      case Op::kGuard: {
        uint8_t ways = unit_table(pc[1], position);
        if (ways == 0) break;
        if (ways == kSecondWay) {
          pc = code + a;
          if (--steps > 0) [[likely]]
            continue;
          return leave();
        }
        if (ways != kFirstWay && !push(position, code + a)) return MatchStatus::kStackOverflow;
        pc += 2;
        continue;
      }
      case Op::kGuardJump: {
        uint8_t ways = unit_table(pc[1], position);
        if (ways == 0) break;
        if (ways == kSecondWay) {
          pc += 2;
          continue;
        }
        if (ways != kFirstWay && !push(position, pc + 2)) return MatchStatus::kStackOverflow;
        pc = code + a;
        if (--steps > 0) [[likely]]
          continue;
        return leave();
      }
      case Op::kSwitch:
        pc = code + data_[pc[1] + input_.table_index(position)];
        continue;

      case Op::kSave:
        if (!push(registers[a], pc + 1)) return MatchStatus::kStackOverflow;
        registers[a] = position;
        pc += 2;
        continue;
      case Op::kSetZero:
        if (!push(registers[a], pc + 1)) return MatchStatus::kStackOverflow;
        registers[a] = 0;
        pc += 2;
        continue;
      case Op::kClear:
      case Op::kKeep: {
        uint32_t count = pc[1];
        if (!room(size_t{2} * count)) return MatchStatus::kStackOverflow;
        bool clears = op_of(word) == Op::kClear;
        for (uint32_t i = 0; i < count; ++i) {
          if (clears && registers[a + i] == kUnset) continue;
          push(registers[a + i], pc + 2 + i);
          if (clears) registers[a + i] = kUnset;
        }
        charge(count);
        pc += 2 + count;
        if (steps > 0) [[likely]]
          continue;
        return leave();
      }
      case Op::kUndo:
        registers[a] = position;
        break;

      case Op::kPossessive: {
        Run run = run_of(static_cast<CharacterKind>(a), pc[1], position, pc[3]);
        charge(run.taken);
        if (run.taken < pc[2]) break;
        position = run.position;
        pc += 4;
        if (steps > 0) [[likely]]
          continue;
        return leave();
      }
      case Op::kGreedy: {
        auto kind = static_cast<CharacterKind>(a);
        uint32_t min = pc[2];
        uint32_t bound = position;
        if (min > 0) {
          Run least = run_of(kind, pc[1], position, min);
          charge(least.taken);
          if (least.taken < min) break;
          bound = least.position;
        }
        Run run = run_of(kind, pc[1], bound, pc[3] - min);
        charge(run.taken);
        position = run.position;
        if (position > bound) {
          if (!room(3)) return MatchStatus::kStackOverflow;
          *stack++ = bound;
          push(position, pc + 4);
        }
        pc += 6;
        if (steps > 0) [[likely]]
          continue;
        return leave();
      }
      case Op::kGreedyBack: {
        uint32_t bound = stack[-1];
        uint32_t before = back_off(position, bound, static_cast<CharacterKind>(a), pc[1]);
        if (before == kNowhere) {
          charge(position - bound);
          --stack;
          break;
        }
        charge(position - before);
        position = before;
        if (position > bound) {
          push(position, pc);
        } else {
          --stack;
        }
        pc += 2;
        if (steps > 0) [[likely]]
          continue;
        return leave();
      }
      case Op::kLazy: {
        uint32_t min = pc[2];
        uint32_t max = pc[3];
        if (min > 0) {
          Run least = run_of(static_cast<CharacterKind>(a), pc[1], position, min);
          charge(least.taken);
          if (least.taken < min) break;
          position = least.position;
        }
        // Beyond the bound no more characters; only loops without a maximum take code points.
        uint32_t bound = input_.end - position > max - min ? position + (max - min) : input_.end;
        if (!room(3)) return MatchStatus::kStackOverflow;
        *stack++ = bound;
        push(position, pc + 4);
        uint32_t table = pc[6];
        if (table != 0 && unit_table(table, position) == 0) break;
        pc += 7;
        continue;
      }
      case Op::kLazyBack: {
        uint32_t bound = stack[-1];
        uint32_t before = position;
        position = step_to_follow(static_cast<CharacterKind>(a), pc[1], position, bound, pc[2]);
        if (position == kNowhere) {
          charge(bound - before);
          --stack;
          break;
        }
        charge(position - before);
        push(position, pc);
        pc += 3;
        if (steps > 0) [[likely]]
          continue;
        return leave();
      }

      case Op::kCountHead: {
        uint32_t count = registers[pc[1]];
        if (count >= pc[3]) {
          pc = code + a;
          continue;
        }
        if (count >= pc[2] && !push(position, code + a)) return MatchStatus::kStackOverflow;
        pc += 4;
        continue;
      }
      case Op::kCountHeadLazy: {
        uint32_t count = registers[pc[1]];
        if (count >= pc[2]) {
          if (count < pc[3] && !push(position, pc + 4)) return MatchStatus::kStackOverflow;
          pc = code + a;
          continue;
        }
        pc += 4;
        continue;
      }
      case Op::kCountNext: {
        uint32_t counter = operand_of(pc[1]);
        if (!push(registers[counter], pc + 1)) return MatchStatus::kStackOverflow;
        ++registers[counter];
        pc = code + a;
        // An empty body under a huge minimum would spin here without ever failing.
        if (--steps > 0) [[likely]]
          continue;
        return leave();
      }
      case Op::kCheckProgress:
        if (registers[a] == position) break;
        ++pc;
        continue;
      case Op::kCheckProgressCounted:
        if (registers[a] == position && registers[pc[1]] >= pc[2]) break;
        pc += 3;
        continue;

      case Op::kLookBegin:
        registers[a] = static_cast<uint32_t>(stack - registers);
        registers[a + 1] = position;
        ++pc;
        continue;
      case Op::kLookEnd:
        stack = registers + registers[a];
        position = registers[a + 1];
        ++pc;
        continue;
      case Op::kNegativeBegin:
        registers[a] = static_cast<uint32_t>(stack - registers);
        if (!push(position, code + pc[1])) return MatchStatus::kStackOverflow;
        pc += 2;
        continue;
      case Op::kNegativeEnd:
        stack = registers + registers[a];
        break;
      default:
        __builtin_unreachable();
    }
    // Failed: back to the last choice.
    stack -= 2;
    position = stack[0];
    pc = code + stack[1];
    if (--steps <= 0) [[unlikely]]
      return leave();
  }
}

// https://tc39.es/ecma262/#sec-regexpbuiltinexec, step 12.f: under u and v an index within a
// surrogate pair is that of the pair.
template <typename Unit>
MatchStatus match_units(const Program& program, std::span<const Unit> input, size_t start,
                        std::span<int32_t> captures, MatchContext& context) {
  SKEIN_DCHECK(start <= input.size() && input.size() < (size_t{1} << 31));
  SKEIN_DCHECK(captures.size() >= 2 * program.captures);
  InputView<Unit> view{input.data(), static_cast<uint32_t>(input.size())};
  auto position = static_cast<uint32_t>(start);
  if (program.flags.full_unicode() && position < view.end && position > 0 &&
      view.is_pair_before(position + 1)) {
    --position;
  }
  Matcher<Unit> matcher(program, view, context);
  MatchStatus status = matcher.run(position, captures);
  if (context.capacity() > kKeptWords) context.release(kKeptWords);
  return status;
}

}  // namespace

MatchStatus match(const Program& program, std::span<const uint8_t> input, size_t start,
                  std::span<int32_t> captures, MatchContext& context) {
  return match_units(program, input, start, captures, context);
}

MatchStatus match(const Program& program, std::span<const char16_t> input, size_t start,
                  std::span<int32_t> captures, MatchContext& context) {
  return match_units(program, input, start, captures, context);
}

}  // namespace skein::regexp
