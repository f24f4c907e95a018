// What the compiler makes of small programs. The listings are those of the disassembler; of programs
// with a function, that of the first function.
#include "core/compiler/compiler.h"

#include <gtest/gtest.h>

#include "core/bytecode/disassembler.h"
#include "core/bytecode/instruction.h"
#include "core/bytecode/verifier.h"
#include "core/syntax/parser.h"

namespace skein::compiler {
namespace {

Ref<const bytecode::Executable> compile_script(const char* text) {
  syntax::ParseResult result = syntax::parse_script(syntax::SourceText::from_utf8(text, "test"));
  EXPECT_TRUE(result.ok()) << result.error.message;
  Ref<const bytecode::Executable> code = compile(*result.program);
  EXPECT_EQ(bytecode::verify(*code), "");
  return code;
}

// Without the first line, which tells the size of things.
std::string listing(const bytecode::Executable& code) {
  bytecode::DisassemblyOptions options;
  options.with_inner_functions = false;
  std::string text = bytecode::disassemble(code, options);
  return text.substr(text.find('\n'));
}

std::string script_code(const char* text) { return listing(*compile_script(text)); }
std::string function_code(const char* text) { return listing(*compile_script(text)->functions[0]); }

TEST(Functions, ParametersStayWhereTheCallerPutThem) {
  EXPECT_EQ(function_code("function f(a, b) { return a + b * 2 }"), R"(
   0  mul_int r5, r3, 2
   1  add r4, r2, r5
   2  return r4
)");
}

TEST(Functions, DefaultsApplyInPlace) {
  EXPECT_EQ(function_code("function f(a, b = a) { return b }"), R"(
   0  jump_if_not_undefined r3, @3
   2  move r3, r2
   3  return r3
)");
}

TEST(Functions, EarlyReadsOfParametersAreChecked) {
  EXPECT_EQ(function_code("function f(a = b, b) { return a }"), R"(
   0  load_empty r4
   1  jump_if_not_undefined r2, @5
   3  check_tdz r4, "b"
   4  move r2, r4
   5  move r4, r3
   6  return r2
)");
}

TEST(Functions, MappedArgumentsTieSlots) {
  EXPECT_EQ(function_code("function f(a, b) { a = 1; return arguments }"), R"(
   0  load_environment r5
   1  create_environment r5, r5, scope#0(2)
   3  put_slot r2, r5, 0
   4  put_slot r3, r5, 1
   5  create_mapped_arguments r4, r5, 0
   7  load_int r7, 1
   8  put_slot r7, r5, 0
   9  return r4
)");
}

TEST(Functions, RestComesFromTheArgumentList) {
  EXPECT_EQ(function_code("function f(a, ...b) { return b }"), R"(
   0  create_rest r4, 1
   1  move r3, r4
   2  return r3
)");
}

TEST(Functions, NamedExpressionsAreTheirCallee) {
  EXPECT_EQ(function_code("(function g() { return g })"), R"(
   0  return r0
)");
}

TEST(Functions, CapturedNamesLiveInTheEnvironment) {
  EXPECT_EQ(function_code("(function g() { return () => g })"), R"(
   0  load_environment r2
   1  create_environment r2, r2, scope#0(1)
   3  put_slot r0, r2, 0
   4  create_closure r3, r2, function#0
   6  return r3
)");
}

TEST(Functions, SloppyThisIsCoerced) {
  EXPECT_EQ(function_code("function f() { return this }"), R"(
   0  coerce_this
   1  return r1
)");
}

TEST(Functions, CapturedVariablesLiveInTheEnvironment) {
  EXPECT_EQ(function_code("function f(a) { let b = a; return () => b++ }"), R"(
   0  load_environment r3
   1  create_environment r3, r3, scope#0(1)
   3  put_slot r2, r3, 0
   4  create_closure r4, r3, function#0
   6  return r4
)");
}

TEST(Expressions, OldValuesSurviveLaterAssignments) {
  EXPECT_EQ(function_code("function f(a) { return a + (a = 2) + a }"), R"(
   0  move r4, r2
   1  load_int r2, 2
   2  add r5, r4, r2
   3  add r3, r5, r2
   4  return r3
)");
}

TEST(Expressions, LocalsNeverHoldHalfwayValues) {
  EXPECT_EQ(function_code("function f(x) { x = x || g(x); x = [x, x]; return x }"), R"(
   0  move r3, r2
   1  jump_if_true r3, @7
   3  get_global r4, "g", [0]
   5  move r6, r2
   6  call_undefined r3, r4..., 1
   7  move r2, r3
   8  move r4, r2
   9  move r5, r2
  10  create_array r3, r4..., 2
  11  move r2, r3
  12  return r2
)");
}

TEST(Expressions, ConditionsBranchWithoutBooleans) {
  EXPECT_EQ(function_code("function f(a, b) { if (!(a < 5 && b || a === b)) return 1 }"), R"(
   0  jump_if_not_less_int r2, 5, @4
   2  jump_if_true r3, @8
   4  jump_if_strict_equal r2, r3, @8
   6  load_int r4, 1
   7  return r4
   8  return_undefined
)");
}

TEST(Expressions, NullAndSmallNumbersNeedNoRegister) {
  EXPECT_EQ(function_code("function f(a, b) { if (a == null) return b & ~1; return b - -3 }"), R"(
   0  jump_if_not_equal_null r2, @4
   2  bit_and_int r4, r3, -2
   3  return r4
   4  sub_int r4, r3, -3
   5  return r4
)");
}

TEST(Expressions, CompoundElementsConvertTheKeyOnce) {
  EXPECT_EQ(function_code("function f(o, k) { o[k] += g() }"), R"(
   0  prepare_element r5, r2, r3
   1  get_element r4, r2, r5, [0]
   3  get_global r7, "g", [1]
   5  call_undefined r6, r7..., 0
   6  add r4, r4, r6
   7  put_element r2, r5, r4, 0, [2]
   9  return_undefined
)");
}

TEST(Expressions, ElementKeysConvertAfterTheValue) {
  EXPECT_EQ(function_code("function f(o, k) { o[k] = g() }"), R"(
   0  get_global r6, "g", [0]
   2  call_undefined r5, r6..., 0
   3  put_element r2, r3, r5, 0, [1]
   5  return_undefined
)");
}

TEST(Expressions, StrictGlobalsResolveBeforeTheValue) {
  EXPECT_EQ(function_code("'use strict'; function f() { x = g(); y = 1 }"), R"(
   0  has_global r3, "x"
   1  get_global r5, "g", [0]
   3  call_undefined r4, r5..., 0
   4  put_global_resolved r4, r3, "x", [1]
   6  load_int r3, 1
   7  put_global r3, 1, "y", [2]
   9  return_undefined
)");
}

TEST(Expressions, ConstantsThrowAfterTheValue) {
  EXPECT_EQ(function_code("function f() { const c = 1; c = g() }"), R"(
   0  load_int r2, 1
   1  get_global r5, "g", [0]
   3  call_undefined r4, r5..., 0
   4  throw_const_assignment "c"
)");
}

TEST(Calls, MethodsLoadCalleeAndThisTogether) {
  EXPECT_EQ(function_code("function f(o, x) { return o.m(g(x)) }"), R"(
   0  move r6, r2
   1  get_method r5:r6, r6, "m", [0]
   3  get_global r8, "g", [1]
   5  move r10, r3
   6  call_undefined r7, r8..., 1
   7  call r4, r5..., 1
   8  return r4
)");
}

TEST(Calls, PureArgumentsMakeOneInstruction) {
  EXPECT_EQ(function_code("function f(o, x) { return o.m(x, 1) }"), R"(
   0  move r6, r2
   1  move r7, r3
   2  load_int r8, 1
   3  call_method r4, r5..., 2, "m", [0]
   5  return r4
)");
}

TEST(Calls, OptionalChainsLeaveTogether) {
  EXPECT_EQ(function_code("function f(o) { return o?.a.b?.(1) }"), R"(
   0  jump_if_nullish r2, @12
   2  get_property r5, r2, "a", [0]
   4  get_method r4:r5, r5, "b", [1]
   6  jump_if_nullish r4, @12
   8  load_int r6, 1
   9  call r3, r4..., 1
  10  jump @13
  12  load_undefined r3
  13  return r3
)");
}

TEST(Calls, SpreadGoesThroughAnArray) {
  EXPECT_EQ(function_code("function f(a) { return new g(1, ...a, 2) }"), R"(
   0  get_global r4, "g", [0]
   2  load_int r7, 1
   3  create_array r6, r7..., 1
   4  array_spread r6, r2
   5  load_int r7, 2
   6  array_append r6, r7
   7  move r5, r4
   8  construct_spread r3, r4:r6
   9  return r3
)");
}

TEST(Calls, DirectEvalGetsTheEnvironment) {
  EXPECT_EQ(function_code("function f(a) { 'use strict'; return eval(a) }"), R"(
   0  load_environment r3
   1  create_environment r3, r3, scope#0(4)
   3  put_slot r1, r3, 1
   4  load_new_target r4
   5  put_slot r4, r3, 2
   6  create_arguments r4
   7  put_slot r4, r3, 3
   8  put_slot r2, r3, 0
   9  get_global r5, "eval", [0]
  11  load_undefined r6
  12  get_slot r7, r3, 0
  13  call_eval r4, r5..., 1, r3, 0
  15  return r4
)");
}

TEST(Loops, SimpleConditionsAreTestedAtTheEnd) {
  EXPECT_EQ(function_code("function f(n) { for (let i = 0; i < n; i++) g(i) }"), R"(
   0  load_int r3, 0
   1  jump_if_not_less r3, r2, @10
   3  get_global r5, "g", [0]
   5  move r7, r3
   6  call_undefined r4, r5..., 1
   7  increment r3, r3
   8  jump_loop_if_less r3, r2, @3
  10  return_undefined
)");
}

TEST(Loops, OtherConditionsAtTheTop) {
  EXPECT_EQ(function_code("function f() { while (g()) { if (h()) continue; break } }"), R"(
   0  get_global r3, "g", [0]
   2  call_undefined r2, r3..., 0
   3  jump_if_false r2, @16
   5  get_global r3, "h", [1]
   7  call_undefined r2, r3..., 0
   8  jump_if_false r2, @12
  10  jump @14
  12  jump @16
  14  jump_loop @0
  16  return_undefined
)");
}

TEST(Loops, ClosuresGetACopyPerIteration) {
  EXPECT_EQ(function_code("function f() { for (let i = 0; i < 3; i++) g(() => i) }"), R"(
   0  load_environment r2
   1  create_environment r2, r2, scope#0(1)
   3  load_int r3, 0
   4  put_slot r3, r2, 0
   5  copy_environment r2, r2
   6  get_slot r3, r2, 0
   7  jump_if_not_less_int r3, 3, @21
   9  get_global r4, "g", [0]
  11  create_closure r6, r2, function#0
  13  call_undefined r3, r4..., 1
  14  copy_environment r2, r2
  15  get_slot r3, r2, 0
  16  increment r3, r3
  17  put_slot r3, r2, 0
  18  get_slot r3, r2, 0
  19  jump_loop_if_less_int r3, 3, @9
  21  return_undefined
)");
}

TEST(Loops, ForInEnumerates) {
  EXPECT_EQ(function_code("function f(o) { for (const k in o) g(k) }"), R"(
   0  jump_if_nullish r2, @11
   2  for_in_enumerate r4, r2
   3  for_in_next r3, r4, @11
   5  get_global r6, "g", [0]
   7  move r8, r3
   8  call_undefined r5, r6..., 1
   9  jump_loop @3
  11  return_undefined
)");
}

TEST(Loops, BreakClosesTheIteratorOutsideItsHandler) {
  EXPECT_EQ(function_code("function f(o) { for (const x of o) { if (x) break; g(x) } }"), R"(
   0  get_iterator r4:r5, r2
   1  iterator_step r3, r4:r5, @16
   3  jump_if_false r3, @8
   5  iterator_close r4:r5
   6  jump @16
   8  get_global r8, "g", [0]
  10  move r10, r3
  11  call_undefined r7, r8..., 1
  12  jump_loop @1
  14  iterator_close_silent r4:r5
  15  rethrow r6
  16  return_undefined
      handler [3, 5) -> @14 r6
      handler [8, 12) -> @14 r6
)");
}

TEST(Loops, ForAwaitAwaitsEachStep) {
  EXPECT_EQ(function_code("async function f(o) { for await (const x of o) g(x) }"), R"(
   0  async_start
   1  get_async_iterator r4:r5, r2
   2  iterator_next r3, r4:r5
   3  await r3, r3
   4  iterator_unwrap r3, r3, @20
   6  get_global r8, "g", [0]
   8  move r10, r3
   9  call_undefined r7, r8..., 1
  10  jump_loop @2
  12  get_method_or_undefined r7, r4, "return"
  14  jump_if_undefined r7, @19
  16  move r8, r4
  17  call r7, r7..., 0
  18  await r7, r7
  19  rethrow r6
  20  load_undefined r4
  21  async_return r4
      handler [6, 10) -> @12 r6
      handler [12, 19) -> @19 r9
)");
}

TEST(Finally, ReturnsGoThroughByCompletion) {
  EXPECT_EQ(function_code("function f() { try { return g() } finally { h() } }"), R"(
   0  get_global r5, "g", [0]
   2  call_undefined r4, r5..., 0
   3  load_int r2, 1
   4  move r3, r4
   5  jump @8
   7  load_int r2, 0
   8  get_global r5, "h", [1]
  10  call_undefined r4, r5..., 0
  11  switch_table r2, [@14, @15]
  12  jump @16
  14  rethrow r3
  15  return r3
  16  return_undefined
      handler [0, 3) -> @7 r3
)");
}

TEST(Finally, JumpsOutOfFinallyDropTheCompletion) {
  EXPECT_EQ(function_code("function f() { while (1) { try { g() } finally { break } } }"), R"(
   0  load_int r2, 1
   1  jump_if_false r2, @12
   3  get_global r5, "g", [0]
   5  call_undefined r4, r5..., 0
   6  load_int r2, -1
   7  jump @10
   9  load_int r2, 0
  10  jump @12
  12  return_undefined
      handler [3, 6) -> @9 r3
)");
}

TEST(Finally, UsingDisposesOnEveryWayOut) {
  EXPECT_EQ(function_code("function f() { { using a = g(); h() } return 1 }"), R"(
   0  create_disposable_stack r2
   1  get_global r6, "g", [0]
   3  call_undefined r5, r6..., 0
   4  add_disposable_resource r2, r5, 0
   5  get_global r6, "h", [1]
   7  call_undefined r5, r6..., 0
   8  load_int r3, -1
   9  jump @12
  11  load_int r3, 0
  12  dispose_step r5, r6, r2
  13  jump_if_strict_equal_int r6, 0, @26
  15  jump_loop @12
  17  jump_if_strict_equal_int r3, 0, @23
  19  load_int r3, 0
  20  move r4, r7
  21  jump_loop @12
  23  create_suppressed_error r4, r7, r4
  24  jump_loop @12
  26  switch_table r3, [@29]
  27  jump @30
  29  rethrow r4
  30  load_int r2, 1
  31  return r2
      handler [1, 8) -> @11 r4
      handler [12, 15) -> @17 r7
)");
}

TEST(Patterns, TargetsAreEvaluatedBeforeValues) {
  EXPECT_EQ(function_code("function f(v, o) { [o.a = 1, ...o.b] = v }"), R"(
   0  move r5, r2
   1  get_iterator r6:r7, r5
   2  load_false r8
   3  move r11, r3
   4  iterator_step r10, r6:r7, @8
   6  jump @10
   8  load_true r8
   9  load_undefined r10
  10  jump_if_not_undefined r10, @13
  12  load_int r10, 1
  13  put_property r11, r10, 0, "a", [0]
  15  move r11, r3
  16  jump_if_true r8, @22
  18  load_true r8
  19  iterator_rest r10, r6:r7
  20  jump @23
  22  create_array r10, r10..., 0
  23  put_property r11, r10, 0, "b", [1]
  25  jump_if_true r8, @28
  27  iterator_close r6:r7
  28  jump @34
  30  jump_if_true r8, @33
  32  iterator_close_silent r6:r7
  33  rethrow r9
  34  return_undefined
      handler [3, 4) -> @30 r9
      handler [6, 25) -> @30 r9
)");
}

TEST(Patterns, ObjectRestExcludesTheKeysTaken) {
  EXPECT_EQ(function_code("function f(v) { let { a, [g()]: b, ...c } = v; return c }"), R"(
   0  move r4, r2
   1  require_object_coercible r4, "a"
   2  load_string r7, "a"
   3  move r5, r7
   4  get_property r8, r4, "a", [0]
   6  get_global r8, "g", [1]
   8  call_undefined r7, r8..., 0
   9  to_property_key r7, r7
  10  move r6, r7
  11  get_element r8, r4, r6, [2]
  13  create_object r7
  14  copy_data_properties r7, r4, r5..., 2
  16  move r3, r7
  17  return r3
)");
}

TEST(Classes, ElementsComeInOrder) {
  EXPECT_EQ(script_code("class C extends B { static #p() {} m() {} [g()] = 1; static s = C }"), R"(
   0  declare_globals 0
   1  load_environment r7
   2  create_environment r7, r7, scope#0(2)
   4  create_private_name r2, 1, "#p"
   6  get_global r8, "B", [0]
   8  load_empty r9
   9  create_class r5:r6, r7, r8, r9, function#0
  11  move r8, r2
  12  create_closure r9, r7, function#1
  14  set_private_method r8, r9, 0
  15  create_closure r8, r7, function#2
  17  define_method r6, r8, 0, "m"
  19  get_global r9, "g", [1]
  21  call_undefined r8, r9..., 0
  22  to_property_key r8, r8
  23  put_slot r8, r7, 1
  24  create_closure r8, r7, function#3
  26  set_class_initializer r5, r8
  27  put_slot r5, r7, 0
  28  move r8, r2
  29  define_private_method r5, r8
  30  create_closure r8, r7, function#4
  32  move r9, r5
  33  call r8, r8..., 0
  34  move r4, r5
  35  initialize_global r4, "C"
  36  return r3
)");
}

TEST(Classes, DecoratorsAreAppliedBeforeDefinition) {
  EXPECT_EQ(script_code("class C { @d m() {} }"), R"(
   0  declare_globals 0
   1  load_environment r6
   2  create_environment r6, r6, scope#0(1)
   4  load_empty r8
   5  load_empty r9
   6  create_class r4:r5, r6, r8, r9, function#0
   8  create_metadata r7, r8
   9  create_array r8, r4..., 0
  10  create_array r9, r4..., 0
  11  put_slot r9, r6, 0
  12  load_undefined r10
  13  load_undefined r11
  14  load_undefined r12
  15  load_undefined r13
  16  load_undefined r14
  17  load_undefined r15
  18  load_undefined r16
  19  get_global r18, "d", [0]
  21  load_undefined r19
  22  create_array r10, r18..., 2
  23  load_string r11, "m"
  24  create_closure r12, r6, function#1
  26  create_array r14, r10..., 0
  27  move r15, r9
  28  move r16, r7
  29  create_array r17, r10..., 7
  30  decorate r17, 1
  31  load_int r18, 2
  32  get_element r12, r17, r18, [1]
  34  define_method_computed r5, r11, r12, 0
  36  create_closure r9, r6, function#2
  38  set_class_initializer r4, r9
  39  define_metadata r4, r7
  40  run_extra_initializers r4, r8
  41  move r3, r4
  42  initialize_global r3, "C"
  43  return r2
)");
  EXPECT_EQ(script_code("class C { accessor a }"), R"(
   0  declare_globals 0
   1  load_environment r6
   2  create_environment r6, r6, scope#0(1)
   4  load_empty r7
   5  load_empty r8
   6  create_class r4:r5, r6, r7, r8, function#0
   8  load_undefined r7
   9  load_undefined r8
  10  load_undefined r9
  11  load_undefined r10
  12  load_undefined r11
  13  load_undefined r12
  14  load_undefined r13
  15  load_string r8, "a"
  16  create_private_name r15, 0, "accessor storage"
  18  put_slot r15, r6, 0
  19  create_auto_accessor r9:r10, r15, r8
  20  define_method_computed r5, r8, r9, 2
  22  define_method_computed r5, r8, r10, 4
  24  create_closure r7, r6, function#1
  26  set_class_initializer r4, r7
  27  move r3, r4
  28  initialize_global r3, "C"
  29  return r2
)");
}

TEST(Classes, BaseConstructorsInitialiseFirst) {
  EXPECT_EQ(function_code("class C { x = 1; constructor(a) { this.a = a } }"), R"(
   0  initialize_instance r1, r0
   1  put_property r1, r2, 1, "a", [0]
   3  return_undefined
)");
}

TEST(Classes, SuperBindsThisOnce) {
  EXPECT_EQ(function_code("class C extends B { constructor() { super(); } }"), R"(
   0  load_new_target r2
   1  move r6, r2
   2  get_super_constructor r5, r0
   3  construct r4, r5..., 0
   4  check_this_unbound r1
   5  move r1, r4
   6  initialize_instance r4, r0
   7  move r3, r4
   8  load_undefined r3
   9  check_derived_return r4, r3, r1
  10  return r4
)");
}

TEST(Generators, YieldCanReturn) {
  EXPECT_EQ(function_code("function* f() { const x = yield 1; return x }"), R"(
   0  initial_yield
   1  load_int r3, 1
   2  yield r4, r3, @6
   4  jump @7
   6  generator_return r4
   7  move r2, r4
   8  generator_return r2
)");
}

TEST(Generators, DelegationRunsTheProtocol) {
  EXPECT_EQ(function_code("function* f(o) { return yield* o }"), R"(
   0  initial_yield
   1  get_iterator_record r4:r5, r2
   2  load_undefined r6
   3  load_int r7, 0
   4  jump_if_strict_equal_int r7, 1, @14
   6  jump_if_strict_equal_int r7, 2, @28
   8  move r10, r5
   9  move r11, r4
  10  move r12, r6
  11  call r8, r10..., 1
  12  jump @21
  14  get_method_or_undefined r10, r4, "throw"
  16  jump_if_undefined r10, @47
  18  move r11, r4
  19  move r12, r6
  20  call r8, r10..., 1
  21  require_object r8
  22  get_property r9, r8, "done", [0]
  24  jump_if_true r9, @49
  26  jump @44
  28  get_method_or_undefined r10, r4, "return"
  30  jump_if_undefined r10, @43
  32  move r11, r4
  33  move r12, r6
  34  call r8, r10..., 1
  35  require_object r8
  36  get_property r9, r8, "done", [1]
  38  jump_if_false r9, @44
  40  get_property r6, r8, "value", [2]
  42  generator_return r6
  43  generator_return r6
  44  yield_delegate r6, r7, r8
  45  jump_loop @4
  47  iterator_close r4:r5
  48  throw_error 3, "The iterator does not provide a 'throw' method"
  49  get_property r3, r8, "value", [3]
  51  generator_return r3
)");
}

TEST(Programs, CompletionValues) {
  EXPECT_EQ(script_code("1; if (a) { 2; } do { 3; break; } while (0)"), R"(
   0  load_int r2, 1
   1  load_undefined r2
   2  get_global r3, "a", [0]
   4  jump_if_false r3, @7
   6  load_int r2, 2
   7  load_undefined r2
   8  load_int r2, 3
   9  jump @11
  11  return r2
)");
}

TEST(Programs, GlobalDeclarations) {
  EXPECT_EQ(script_code("let a = 1; const b = a; var c; function d() {}"), R"(
   0  declare_globals 0
   1  load_environment r4
   2  create_closure r3, r4, function#0
   4  declare_global_function r3, 0, "d"
   6  declare_global_var 0, "c"
   7  load_int r3, 1
   8  initialize_global r3, "a"
   9  get_global r3, "a", [0]
  11  initialize_global r3, "b"
  12  return r2
)");
}

TEST(Programs, NamesInsideWithAreDynamic) {
  EXPECT_EQ(script_code("with (o) { x = y; f() }"), R"(
   0  get_global r3, "o", [0]
   2  load_undefined r2
   3  to_object r3, r3
   4  load_environment r4
   5  create_with_environment r3, r4, r3
   6  resolve_name r5, r3, "x"
   8  get_name r6, r3, "y"
  10  put_resolved r6, r5, 0, "x"
  12  move r4, r6
  13  move r2, r4
  14  get_name_callee r4:r5, r3, "f"
  16  call r2, r4..., 0
  17  return r2
)");
}

TEST(Programs, ModulesDescribeThemselves) {
  const char* text =
      "import d, { x as y } from 'm'; import * as n from 'n'; export let a = d; export { y as z };"
      "export * from 'm'; export default function () { return n } var v; export { v as w }; () => v";
  syntax::ParseResult result = syntax::parse_module(syntax::SourceText::from_utf8(text, "test"));
  ASSERT_TRUE(result.ok()) << result.error.message;
  Ref<const bytecode::Executable> code = compile(*result.program);
  EXPECT_EQ(bytecode::verify(*code), "");
  const bytecode::ModuleMetadata& module = *code->module;
  EXPECT_EQ(module.requests.size(), 2u);
  ASSERT_EQ(module.imports.size(), 3u);
  EXPECT_EQ(code->strings.to_utf8(module.imports[1].import_name), "x");
  EXPECT_EQ(module.imports[2].import_name, bytecode::kNoIndex);
  EXPECT_EQ(module.local_exports.size(), 3u);
  EXPECT_EQ(module.indirect_exports.size(), 1u);
  EXPECT_EQ(module.star_exports.size(), 1u);
  ASSERT_EQ(module.functions.size(), 1u);
  const bytecode::Executable& function = *code->functions[module.functions[0].function];
  EXPECT_EQ(function.strings.to_utf8(function.name), "default");
  EXPECT_EQ(module.var_slots.size(), 1u);
  EXPECT_EQ(code->scopes[module.scope].slot_count, 6u);
}

TEST(Programs, ManyRegistersUseTheWideForm) {
  std::string text = "function f(";
  for (int i = 0; i < 300; ++i) text += "p" + std::to_string(i) + ", ";
  text += "q) { return p299 + q }";
  EXPECT_EQ(function_code(text.c_str()), R"(
   0  wide add r303, r301, r302
   4  wide return r303
)");
}

TEST(Programs, ClosuresKnowTheirNames) {
  Ref<const bytecode::Executable> code =
      compile_script("var a = () => 1; ({ get b() {}, c: class {} }); let [d = function () {}] = []");
  std::string names;
  for (const auto& function : code->functions) names += function->strings.to_utf8(function->name) + ",";
  EXPECT_EQ(names, "a,get b,c,d,");
}

TEST(Positions, CallsKnowTheTextOfTheirCallee) {
  std::string text = "function f(a) { return  a.b.c(g()) }";
  Ref<const bytecode::Executable> code = compile_script(text.c_str())->functions[0];
  uint32_t call = 0;
  for (uint32_t pc = 0; pc < code->code.size(); pc += bytecode::Instruction(&code->code[pc]).words()) {
    if (bytecode::Instruction(&code->code[pc]).opcode() == bytecode::Opcode::call_) call = pc;
  }
  bytecode::SourcePosition position = code->positions.find(call);
  EXPECT_EQ(text.substr(position.range_start, position.range_end - position.range_start), "a.b.c");
  EXPECT_EQ(text[position.position], 'c');
}

}  // namespace
}  // namespace skein::compiler
