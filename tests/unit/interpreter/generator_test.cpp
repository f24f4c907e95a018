// Generators, driven by natives that stand in for %GeneratorPrototype%.
#include "tests/unit/interpreter/script_fixture.h"

namespace skein {
namespace {

template <int mode>
Completion<Value> resume_generator(Agent& agent, const CallInfo& info) {
  return agent.script->generator_resume(agent, info.this_value().as_object(), mode, info[0]);
}

Completion<Value> itself(Agent&, const CallInfo& info) { return info.this_value(); }

class GeneratorTest : public ScriptTest {
 protected:
  GeneratorTest() {
    static constexpr PropertySpec kMethods[] = {
        PropertySpec::function("next", resume_generator<0>, 1, Intrinsic::kGeneratorPrototypeNext),
        PropertySpec::function("throw", resume_generator<1>, 1),
        PropertySpec::function("return", resume_generator<2>, 1),
        PropertySpec::function(WellKnownSymbol::kIterator, itself, 0),
    };
    define_properties(agent_, *realm_, realm_->intrinsic(Intrinsic::kGeneratorPrototype), kMethods);
  }
};

TEST_F(GeneratorTest, NextPassesValues) {
  EXPECT_EQ(run("function* g(a) { let b = yield a; let c = yield a + b; return a + b + c }"
                "let i = g(1), s = ''; for (const v of [0, 10, 100, 5]) { let r = i.next(v); s += r.value + (r.done ? '! ' : ' ') } s"),
            "1 11 111! undefined! ");
}

TEST_F(GeneratorTest, ForOfAndSpread) {
  EXPECT_EQ(run("function* g(n) { for (let i = 0; i < n; i++) yield i } let s = 0; for (const x of g(5)) s += x; s + [...g(3), ...g(2)].length"), "15");
}

TEST_F(GeneratorTest, ReturnRunsFinally) {
  EXPECT_EQ(run("let log = ''; function* g() { try { yield 1; yield 2 } finally { log += 'f' } }"
                "for (const x of g()) { log += x; break } let i = g(); i.next(); let r = i.return(7); log + r.value + r.done"),
            "1ff7true");
}

TEST_F(GeneratorTest, ThrowIsCaughtInside) {
  EXPECT_EQ(run("function* g() { try { yield 1 } catch (e) { yield e + 1 } } let i = g(); i.next(); i.throw(4).value"), "5");
  EXPECT_EQ(run("function* h() { yield 1 } let j = h(); j.next(); j.throw('up')"), "throws up");
  EXPECT_EQ(run("let k = h(); k.return(3); k.next().done"), "true");
}

TEST_F(GeneratorTest, Delegation) {
  EXPECT_EQ(run("function* inner() { let x = yield 'a'; return x + 'r' } function* outer() { let v = yield* inner(); yield v }"
                "let i = outer(), s = i.next().value; s += i.next('X').value; s + i.next().done"),
            "aXrtrue");
  EXPECT_EQ(run("let log2 = ''; function* in2() { try { yield 1 } finally { log2 += 'i' } } function* out2() { try { yield* in2() } finally { log2 += 'o' } }"
                "let j = out2(); j.next(); j.return(); log2"),
            "io");
  EXPECT_EQ(run("function* out3() { yield* [1, 2, 3] } let t = 0; for (const x of out3()) t += x; t"), "6");
}

TEST_F(GeneratorTest, RunningTwiceThrows) {
  EXPECT_EQ(run("let it; function* g() { it.next() } it = g(); it.next()"), "throws Generator is already running");
}

TEST_F(GeneratorTest, ArgumentsAndThisSurvive) {
  EXPECT_EQ(run("let o = { v: 5, *g(...r) { yield this.v; yield arguments.length; yield r.length } }; let s = ''; for (const x of o.g(1, 2, 3)) s += x; s"), "533");
}

TEST_F(GeneratorTest, SuspendedFramesSurviveCollections) {
  EXPECT_EQ(run("function* g() { let o = { deep: { v: 1 } }; yield 1; yield o.deep.v + 41 } var i = g(); i.next().value"), "1");
  agent_.collect_garbage(gc::CollectionType::kFull);
  EXPECT_EQ(run("i.next().value"), "42");
}

}  // namespace
}  // namespace skein
