#include "core/bytecode/builder.h"

#include <gtest/gtest.h>

#include "core/bytecode/disassembler.h"
#include "core/bytecode/verifier.h"

namespace skein::bytecode {
namespace {

TEST(Layout, PacksOperandsLikeAStruct) {
  EXPECT_EQ(info(Opcode::call_).words, 1);
  EXPECT_EQ(info(Opcode::get_property_).words, 2);
  EXPECT_EQ(info(Opcode::put_property_).words, 2);
  EXPECT_EQ(info(Opcode::put_property_).operands[4].offset, 6);
  EXPECT_EQ(info(Opcode::jump_).words, 2);
  EXPECT_STREQ(info(Opcode::iterator_step_).operands[2].name, "done");
}

TEST(Builder, EmitsNarrowAndWideForms) {
  Builder builder;
  builder.set_parameter_count(1);
  Register local = builder.add_local();
  Register high = builder.take(300) + 299;
  builder.add_(local, 2u, local);
  builder.add_int_(high, local, -5);
  builder.load_number_(local, builder.number(1.5));
  builder.return_(high);
  Ref<const Executable> code = builder.finish();
  EXPECT_EQ(verify(*code), "");
  DisassemblyOptions options;
  EXPECT_EQ(disassemble(*code, options),
            "function - parameters 1 registers 304\n"
            "   0  add r3, r2, r3\n"
            "   1  wide add_int r303, r3, -5\n"
            "   5  load_number r3, 1.5\n"
            "   6  wide return r303\n");
  EXPECT_EQ((operand<Opcode::add_, ops::add_::left>(code->code.data())), 2u);
}

TEST(Builder, PatchesForwardAndBackwardJumps) {
  Builder builder;
  builder.set_parameter_count(2);
  Label top, exit;
  builder.bind(top);
  builder.jump_if_not_less_(2u, 3u, exit);
  builder.jump_loop_(top);
  builder.bind(exit);
  builder.return_(2u);
  Ref<const Executable> code = builder.finish();
  EXPECT_EQ(verify(*code), "");
  EXPECT_EQ(disassemble(*code, {}),
            "function - parameters 2 registers 4\n"
            "   0  jump_if_not_less r2, r3, @4\n"
            "   2  jump_loop @0\n"
            "   4  return r2\n");
}

TEST(Builder, DropsUnreachableCode) {
  Builder builder;
  Label never;
  builder.return_(0u);
  EXPECT_FALSE(builder.is_reachable());
  builder.jump_(never);
  builder.bind(never);
  builder.load_null_(1u);
  EXPECT_EQ(builder.finish()->code.size(), 1u);
}

TEST(Verifier, NamesWhatIsWrong) {
  Executable code;
  EXPECT_EQ(verify(code), "pc 0: control runs off the end");
  code.code = {static_cast<uint32_t>(Opcode::return_) | 9 << 8};
  code.register_count = 2;
  EXPECT_EQ(verify(code), "pc 0: register out of range");
  code.code = {static_cast<uint32_t>(Opcode::jump_), 1, static_cast<uint32_t>(Opcode::return_)};
  EXPECT_EQ(verify(code), "pc 0: jump into the void");
  code.code = {static_cast<uint32_t>(Opcode::jump_)};
  EXPECT_EQ(verify(code), "pc 2: truncated instruction");
  code.code = {250};
  EXPECT_EQ(verify(code), "pc 0: unknown opcode");
}

TEST(Verifier, WantsHandlersInsideOut) {
  Executable code;
  code.register_count = 3;
  auto nop = static_cast<uint32_t>(Opcode::nop_);
  code.code = {nop, nop, nop, static_cast<uint32_t>(Opcode::return_)};
  code.handlers = {{1, 2, 3, 2}, {0, 3, 3, 2}};
  EXPECT_EQ(verify(code), "");
  std::swap(code.handlers[0], code.handlers[1]);
  EXPECT_NE(verify(code), "");
}

TEST(Positions, FindTheEntryBeforeThePc) {
  PositionTable table;
  table.add(0, {10, 10, 10});
  table.add(4, {300, 280, 310});
  table.add(9, {5, 5, 5});
  EXPECT_EQ(table.find(0).position, 10u);
  EXPECT_EQ(table.find(3).position, 10u);
  EXPECT_EQ(table.find(5).position, 300u);
  EXPECT_EQ(table.find(8).range_start, 280u);
  EXPECT_EQ(table.find(8).range_end, 310u);
  EXPECT_EQ(table.find(100).position, 5u);
}

TEST(Strings, KeepBothWidths) {
  StringTable table;
  const uint8_t latin1[] = {'a', 0xE9, 'b'};
  const char16_t wide[] = {0x3B1, 0xD83D, 0xDE00};
  StringIndex first = table.add_latin1(latin1);
  StringIndex second = table.add_utf16(wide);
  EXPECT_EQ(table.to_utf8(first),
            "a\xC3\xA9"
            "b");
  EXPECT_EQ(table.to_utf8(second), "\xCE\xB1\xF0\x9F\x98\x80");
  EXPECT_EQ(table.utf16(second)[2], 0xDE00);
}

}  // namespace
}  // namespace skein::bytecode
