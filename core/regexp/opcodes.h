// The instructions of a compiled pattern.
//
// Code is a vector of 32-bit words. The first word of an instruction holds the opcode in its low
// byte and an operand `a` of 24 bits above it; more operands follow in words of their own. Targets
// are indices into the code.
//
// The matcher keeps the current position and a stack of pairs (value, target). Failing pops a pair:
// the position becomes the value and execution goes on at the target. That covers three uses:
//  - a choice: (position, the other way on);
//  - an undo: (old value, a kUndo instruction that stores the position into its register and fails);
//  - a loop over single characters: (position, kGreedyBack or kLazyBack), with the loop's bound
//    one word below.
#pragma once

#include <cstdint>

namespace skein::regexp {

// How one character is tested. The operand word is given in brackets. Kinds from kPointClass on
// consume a code point where the input has surrogate pairs; the others a code unit.
enum class CharacterKind : uint8_t {
  kUnit,     // [unit]
  kNotUnit,  // [unit] any unit but this one
  kMasked,   // [mask | value << 16] (unit | mask) == value
  kPair,     // [unit | unit << 16] either unit
  kRange,    // [first | extent << 16] first ≤ unit ≤ first + extent
  kClass,    // [offset of a class table]
  kDot,      // all but line terminators
  kAny,
  kPointClass,
  kPointDot,
  kPointAny,
};

constexpr bool takes_code_points(CharacterKind kind) {
  return kind >= CharacterKind::kPointClass;
}

enum class Op : uint8_t {
  // One character forward, an opcode for each kind and in the same order: [operand]
  kMatchUnit,
  kMatchNotUnit,
  kMatchMasked,
  kMatchPair,
  kMatchRange,
  kMatchClass,
  kMatchDot,
  kMatchAny,
  kMatchPointClass,
  kMatchPointDot,
  kMatchPointAny,
  kMatchBack,  // a: kind; [operand] one character backward
  kText,       // a: length; [units, two a word] forward
  kTextBack,   // the same backward

  kAccept,
  kFail,
  kNextStart,  // bottom of the stack: the attempt from this start has failed

  kInputStart,
  kInputEnd,
  kLineStart,
  kLineEnd,
  kWordBoundary,   // a: WordBoundaryFlags
  kAssert,         // a: kind | AssertFlags << 8; [operand] looks at one character, consumes none
  kBackReference,  // a: BackReferenceFlags; [count][group …] the first that took part

  kJump,       // a: target
  kSplit,      // a: second choice; goes on at the next instruction
  kSplitJump,  // a: first choice; the second is the next instruction
  kGuard,      // kSplit with [offset of a guard table]
  kGuardJump,  // kSplitJump with [offset of a guard table]
  kSwitch,     // [offset of a switch table]

  // Registers. Those that a failure must restore are followed by a kUndo, which is stepped over.
  kSave,     // a: register, takes the position; kUndo
  kSetZero,  // a: register; kUndo
  kClear,    // a: first register; [count]; count × kUndo. Makes them unset.
  kKeep,     // a: first register; [count]; count × kUndo. Only pushes what undoes later changes.
  kUndo,     // a: register

  // Loops over one character: a: kind; [operand][min][max]
  kPossessive,
  kGreedy,      // … followed by kGreedyBack
  kGreedyBack,  // a: kind; [offset of the follow table, or 0]
  kLazy,        // … followed by kLazyBack
  kLazyBack,    // a: kind; [operand][offset of the follow table, or 0]

  // Loops with a counter.
  kCountHead,      // a: exit; [counter][min][max] greedy
  kCountHeadLazy,  // the same, lazy
  kCountNext,      // a: head; kUndo of the counter, which goes up by one
  // Fails where the iteration consumed nothing.
  kCheckProgress,         // a: register with the start of the iteration
  kCheckProgressCounted,  // the same; [counter][min] unless fewer than min iterations are complete

  // Lookaround. a: register of the stack's height, the position is in the one after it.
  kLookBegin,
  kLookEnd,
  kNegativeBegin,  // [where to go on when the inside has failed]
  kNegativeEnd,
};

enum WordBoundaryFlags : uint32_t { kNotBoundary = 1, kFoldWords = 2 };
enum AssertFlags : uint32_t { kAssertNegative = 1, kAssertBehind = 2 };
// The low two bits are the CaseMode.
enum BackReferenceFlags : uint32_t { kReferenceCaseMask = 3, kReferenceBackward = 4 };

// Class table: a bitmap of the units below 100 (8 words), the number of bounds, and the bounds of
// what lies above, ascending: the first code point of a range, the first after it, and so on.
constexpr uint32_t kClassBitmapWords = 8;

// Guard, follow and start tables: a byte for each unit below 100, one for all the others and one
// for the end of the input. In a guard it tells which of the two ways can match at all.
constexpr uint32_t kBeyondLatin1 = 256;
constexpr uint32_t kAtEnd = 257;
constexpr uint32_t kUnitTableBytes = 258;
constexpr uint32_t kUnitTableWords = (kUnitTableBytes + 3) / 4;
enum GuardBits : uint8_t { kFirstWay = 1, kSecondWay = 2 };

// Switch table: a target for each of the same.

constexpr uint32_t kMaxCodeWords = 1u << 24;
constexpr uint32_t kMaxDataWords = 1u << 22;
constexpr uint32_t kUnset = UINT32_MAX;

constexpr Op match_op(CharacterKind kind) {
  return static_cast<Op>(static_cast<uint32_t>(Op::kMatchUnit) + static_cast<uint32_t>(kind));
}
static_assert(match_op(CharacterKind::kPointAny) == Op::kMatchPointAny);

constexpr uint32_t encode(Op op, uint32_t a = 0) {
  return static_cast<uint32_t>(op) | a << 8;
}
constexpr Op op_of(uint32_t word) {
  return static_cast<Op>(word & 0xFF);
}
constexpr uint32_t operand_of(uint32_t word) {
  return word >> 8;
}

}  // namespace skein::regexp
