// Plain accesses to shared memory from many agents: races that the memory model allows. No access may
// tear an aligned element, and ThreadSanitizer has nothing to say about any of them.
// expect: elements
// expect: ranges
// expect: callbacks
// expect: views
// expect: text
// expect: growth
// expect: atomics
// expect: done
const { Worker, isMainThread, workerData, parentPort } = require("worker_threads");
const agents = 3, rounds = 40;
const kinds = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
               BigInt64Array, BigUint64Array, ...(typeof Float16Array === "function" ? [Float16Array] : [])];
const is_big = (array) => array instanceof BigInt64Array || array instanceof BigUint64Array;
// All bytes equal, so that a torn element would show.
const one = (array, byte) => {
  const bytes = new Uint8Array(8).fill(byte);
  return new array.constructor(bytes.buffer)[0];
};
const is_whole = (array, value) => Object.is(value, one(array, 0)) || Object.is(value, one(array, 0x11)) || Object.is(value, one(array, 0x22));
const check = (condition, text) => { if (!condition) throw new Error(text); };

// Every kind has a region of its own, for it is only its own elements that must not tear.
const region = 256;
const array_of = (kind, buffer, length) => new kind(buffer, region * (1 + kinds.indexOf(kind)), length);

const parts = {
  elements({ buffer }) {
    for (const kind of kinds) {
      const array = array_of(kind, buffer, 8), values = [one(array, 0x11), one(array, 0x22)];
      for (let i = 0; i < rounds * 8; i++) {
        array[i & 7] = values[i & 1];
        check(is_whole(array, array[(i * 3) & 7]), kind.name);
      }
      for (const value of array) check(is_whole(array, value), kind.name);
    }
  },
  ranges({ buffer }, seed) {
    for (const kind of kinds) {
      const array = array_of(kind, buffer, 32), value = one(array, seed & 1 ? 0x11 : 0x22);
      const plain = new kind(32).fill(value);
      for (let i = 0; i < rounds; i++) {
        array.fill(value, i & 7, 16);
        array.set(plain, 0);
        array.copyWithin(8, i & 3, 24);
        array.set(array.subarray(4, 12), 16);
        for (const copy of [array.slice(), new kind(array), Array.from(array), array.with(0, value), array.toReversed()])
          for (const element of copy) check(is_whole(array, element), kind.name);
        new kind(32).set(array);
        new Uint8Array(buffer.slice(0, region * 2));
      }
    }
  },
  callbacks({ buffer }) {
    for (const kind of kinds) {
      const array = array_of(kind, buffer, 16), value = one(array, 0x11);
      for (let i = 0; i < rounds; i++) {
        array.reverse();
        array.sort();
        array.sort((a, b) => (a < b ? -1 : 1));
        array.includes(value), array.indexOf(value), array.lastIndexOf(value), array.join(), array.at(-1);
        array.every((x) => is_whole(array, x)) || check(false, kind.name);
        array.map((x) => x), array.filter(() => true), array.toSorted(), array.findLast(() => false);
        array.reduce((sum, x) => x);
      }
    }
  },
  views({ buffer }) {
    const view = new DataView(buffer), types = Object.getOwnPropertyNames(DataView.prototype).filter((name) => name.startsWith("set")).map((name) => name.slice(3));
    for (let i = 0; i < rounds; i++)
      for (const type of types) {
        view["set" + type](i & 31, type.startsWith("Big") ? 1n : 1, (i & 1) === 0);
        view["get" + type]((i * 5) & 31, (i & 1) === 0);
      }
  },
  text({ buffer }) {
    const bytes = new Uint8Array(buffer, 0, region);
    for (let i = 0; i < rounds; i++) {
      structuredClone(bytes);
      if (bytes.toHex) bytes.toHex(), bytes.toBase64(), bytes.setFromHex("1122"), bytes.setFromBase64("EREi");
      String.fromCharCode.apply(null, bytes);
      Math.max(...bytes);
    }
  },
  growth({ growable }) {
    const tracking = new Int32Array(growable);
    for (let i = 0; i < rounds; i++) {
      const length = growable.byteLength;
      try { growable.grow(Math.min(length + 64, growable.maxByteLength)); } catch (e) { check(e instanceof RangeError, e.name); }
      check(growable.byteLength >= length, "shrunk");
      tracking[tracking.length - 1] = i;
      check(tracking[tracking.length - 1] !== undefined, "out of bounds");
      tracking.fill(1);
    }
  },
  atomics({ buffer }) {
    for (const kind of [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array]) {
      const array = new kind(buffer, 0, 4), value = is_big(array) ? 1n : 1;
      for (let i = 0; i < rounds; i++) {
        for (const operation of ["add", "sub", "and", "or", "xor", "exchange", "store"]) Atomics[operation](array, i & 3, value);
        Atomics.compareExchange(array, i & 3, value, value);
        array[i & 3] = value;
        Atomics.load(array, i & 3);
      }
    }
  },
};

// All agents take each part together.
function meet(gate, part) {
  if (Atomics.add(gate, part, 1) === agents - 1) Atomics.notify(gate, part);
  else for (let seen; (seen = Atomics.load(gate, part)) < agents;) Atomics.wait(gate, part, seen);
}
function run_all(data, seed, tell) {
  Object.entries(parts).forEach(([name, run], index) => {
    meet(data.gate, 2 * index);
    run(data, seed);
    meet(data.gate, 2 * index + 1);
    tell(name);
  });
}
if (isMainThread) {
  const data = { gate: new Int32Array(new SharedArrayBuffer(128)), buffer: new SharedArrayBuffer(region * (1 + kinds.length)), growable: new SharedArrayBuffer(64, { maxByteLength: 4096 }) };
  for (let i = 1; i < agents; i++)
    new Worker(__filename, { workerData: { data, seed: i } }).on("error", (error) => console.log(error)).on("exit", () => { if (++ended === agents) console.log("done"); });
  let ended = 1;
  run_all(data, 0, console.log);
} else {
  run_all(workerData.data, workerData.seed, () => {});
}
