// Structured clones as bytes: what is written reads back equal, and no bytes do harm.
//
// SKEIN_CLONE_MUTATIONS says how many mutated streams are tried (1,000,000; where
// each allocation collects, 50,000).
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "core/concurrency/clone_format.h"
#include "core/concurrency/structured_clone.h"
#include "core/host/program.h"
#include "core/interpreter/interpreter.h"

namespace skein {
namespace {

// Makes graphs of all kinds of values, with cycles and shared objects, and compares two of them.
constexpr const char* kGraphs = R"js(
(function () {
  function generator(seed) {
    return () => (seed = Math.imul(seed ^ seed >>> 15, 0x2c1b3c6d) + 0x297a2d39 | 0) >>> 0;
  }
  function make(seed) {
    const random = generator(seed), objects = [];
    const pick = (list) => list[random() % list.length];
    const text = () => pick(["", "a", "key", "h\u00e9", "\u20ac\ud83d\ude00", "\ud800", "x".repeat(random() % 300)]);
    const keep = (object) => (objects.push(object), object);
    function value(depth) {
      switch (random() % (depth > 4 ? 9 : 22)) {
        case 0: return undefined;
        case 1: return null;
        case 2: return random() % 2 === 0;
        case 3: return random() | 0;
        case 4: return pick([0, -0, NaN, Infinity, -Infinity, 1.5, 5e-324, 2 ** 53]);
        case 5: return text();
        case 6: return BigInt(random()) ** BigInt(random() % 5) * (random() % 2 ? 1n : -1n);
        case 7: case 8: return objects.length ? pick(objects) : 1;
        case 9: return keep(new Date(random() % 2 ? NaN : random()));
        case 10: return keep(/a(?<n>b)[^c]/dgi);
        case 11: return keep(Object(pick([true, 1.5, "text", 7n])));
        case 12: { const map = keep(new Map()); for (let i = random() % 4; i; i--) map.set(value(depth + 1), value(depth + 1)); return map; }
        case 13: { const set = keep(new Set()); for (let i = random() % 4; i; i--) set.add(value(depth + 1)); return set; }
        case 14: return keep(Uint8Array.from({ length: random() % 40 }, () => random()).buffer);
        case 15: return keep(new ArrayBuffer(random() % 16, { maxByteLength: 32 }));
        case 16: { const buffer = keep(new ArrayBuffer(64)); return keep(new (pick([Int8Array, Uint16Array, Float64Array, BigInt64Array, Float32Array]))(buffer, 8, random() % 4)); }
        case 17: return keep(new DataView(keep(new ArrayBuffer(16)), random() % 8));
        case 18: { const error = keep(new (pick([Error, TypeError, RangeError]))(text())); if (random() % 2) error.cause = value(depth + 1); return error; }
        case 19: { const list = keep([]); for (let i = random() % 6; i; i--) if (random() % 5) list.push(value(depth + 1)); else list.length++; return list; }
        case 20: { const list = keep([]); list[random() % 100000] = value(depth + 1); list.extra = value(depth + 1); return list; }
        default: { const object = keep({}); for (let i = random() % 6; i; i--) object[pick([text(), "k" + i, i])] = value(depth + 1); return object; }
      }
    }
    return keep([value(0), value(0), value(0)]);
  }
  function equal(a, b, seen = new Map()) {
    if (typeof a !== "object" || a === null) return Object.is(a, b);
    if (typeof b !== "object" || b === null) return false;
    if (seen.has(a)) return seen.get(a) === b;
    seen.set(a, b);
    const kind = Object.prototype.toString.call(a);
    if (kind !== Object.prototype.toString.call(b)) return false;
    if (a instanceof Date) return Object.is(a.getTime(), b.getTime());
    if (a instanceof RegExp) return a.source === b.source && a.flags === b.flags;
    if (a instanceof Error) return a.name === b.name && a.message === b.message && a.stack === b.stack && equal(a.cause, b.cause, seen);
    if (ArrayBuffer.isView(a)) return a.byteOffset === b.byteOffset && a.byteLength === b.byteLength && equal(a.buffer, b.buffer, seen);
    if (a instanceof ArrayBuffer) return a.maxByteLength === b.maxByteLength && a.resizable === b.resizable && String(new Uint8Array(a)) === String(new Uint8Array(b));
    if (a instanceof Map || a instanceof Set) return equal([...a], [...b], seen);
    if (kind === "[object BigInt]" || kind === "[object Number]" || kind === "[object Boolean]") return a.valueOf() === b.valueOf();
    const keys = Object.keys(a);
    if (keys.join("\0") !== Object.keys(b).join("\0") || (Array.isArray(a) && a.length !== b.length)) return false;
    return keys.every((key) => equal(a[key], b[key], seen));
  }
  return [make, equal];
})()
)js";

class CloneBytes : public testing::Test {
 protected:
  CloneBytes() : hosted_(options()), agent_(hosted_.agent()), make_(agent_), equal_(agent_) {
    Value pair = MUST(evaluate_script(agent_, agent_.realm(), kGraphs, "graphs.js"));
    Root<Object*> kept(agent_, pair.as_object());
    make_ = MUST(get(agent_, kept, PropertyKey::index(0)));
    equal_ = MUST(get(agent_, kept, PropertyKey::index(1)));
  }
  static HostOptions options() {
    HostOptions options;
    options.agent.heap_limit = size_t{256} << 20;  // whatever bytes say
    return options;
  }
  Value graph(uint32_t seed) { return MUST(call(agent_, make_, Value::undefined(), {Value::number(seed)})); }

  HostedAgent hosted_;
  Agent& agent_;
  Root<Value> make_, equal_;
};

TEST_F(CloneBytes, GraphsReadBackEqual) {
  for (uint32_t seed = 1; seed <= 2000; ++seed) {
    Root<Value> original(agent_, graph(seed));
    std::vector<uint8_t> bytes = MUST(serialize_to_bytes(agent_, original));
    auto copy = deserialize_bytes(agent_, bytes);
    ASSERT_FALSE(copy.is_thrown()) << "seed " << seed;
    Root<Value> kept(agent_, copy.value());
    ASSERT_TRUE(to_boolean(MUST(call(agent_, equal_, Value::undefined(), {original, kept})))) << "seed " << seed;
    (void)agent_.poll();
  }
}

TEST_F(CloneBytes, MutatedBytesDoNoHarm) {
  const char* setting = std::getenv("SKEIN_CLONE_MUTATIONS");
#ifdef SKEIN_GC_STRESS
  constexpr int kRounds = 50'000;
#else
  constexpr int kRounds = 1'000'000;
#endif
  const int rounds = setting == nullptr ? kRounds : std::atoi(setting);
  std::mt19937 random(7);
  std::vector<std::vector<uint8_t>> streams;
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    Root<Value> original(agent_, graph(seed));
    streams.push_back(MUST(serialize_to_bytes(agent_, original)));
  }
  int errors = 0;
  for (int round = 0; round < rounds; ++round) {
    std::vector<uint8_t> bytes = streams[random() % streams.size()];
    for (int changes = 1 + static_cast<int>(random() % 4); changes > 0 && bytes.size() > 5; --changes) {
      size_t at = 4 + random() % (bytes.size() - 4);
      switch (random() % 6) {
        case 0: bytes[at] = static_cast<uint8_t>(random()); break;
        case 1: bytes[at] ^= static_cast<uint8_t>(1u << random() % 8); break;
        case 2: bytes.resize(at); break;
        case 3: bytes.insert(bytes.begin() + static_cast<ptrdiff_t>(at), static_cast<uint8_t>(random() % 40)); break;
        case 4: bytes[at] = 0xFF; break;
        default: {
          const auto& other = streams[random() % streams.size()];
          size_t from = random() % other.size(), length = std::min<size_t>({random() % 32, other.size() - from, bytes.size() - at});
          std::copy_n(other.begin() + static_cast<ptrdiff_t>(from), length, bytes.begin() + static_cast<ptrdiff_t>(at));
        }
      }
    }
    if (deserialize_bytes(agent_, bytes).is_thrown()) {
      ++errors;
      ASSERT_FALSE(agent_.is_terminating());
      (void)agent_.take_exception();
    }
    (void)agent_.poll();
  }
  EXPECT_GT(errors, rounds / 10);
}

// Arrays in arrays, each of which claims all that follows.
TEST_F(CloneBytes, LengthsClaimNoMoreThanThereIs) {
  std::vector<uint8_t> bytes = {'S', 'k', 'C', 2};
  for (int i = 0; i < 100000; ++i) {
    bytes.push_back(static_cast<uint8_t>(clone::Tag::kDenseArray));
    for (uint32_t left = 600000 - 5 * static_cast<uint32_t>(i), group = 0; group < 3; ++group, left >>= 7) bytes.push_back(static_cast<uint8_t>(left | (group < 2 ? 0x80 : 0)));
  }
  bytes.resize(1000000);
  EXPECT_TRUE(deserialize_bytes(agent_, bytes).is_thrown());
  EXPECT_FALSE(agent_.is_terminating());
  (void)agent_.take_exception();
  EXPECT_LT(agent_.heap().used_bytes(), size_t{64} << 20);
}

TEST_F(CloneBytes, DeepNestingOfViewsIsRefused) {
  for (clone::Tag tag : {clone::Tag::kTypedArray, clone::Tag::kDataView, clone::Tag::kNumberObject, clone::Tag::kHostObject}) {
    std::vector<uint8_t> bytes = {'S', 'k', 'C', 2};
    for (int i = 0; i < 1000000; ++i) bytes.push_back(static_cast<uint8_t>(tag)), bytes.push_back(0), bytes.push_back(0), bytes.push_back(1);
    EXPECT_TRUE(deserialize_bytes(agent_, bytes).is_thrown());
    (void)agent_.take_exception();
  }
}

}  // namespace
}  // namespace skein
