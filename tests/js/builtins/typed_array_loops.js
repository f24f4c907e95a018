// sort, indexOf, lastIndexOf, includes, reverse, toReversed, fill, copyWithin, set, slice and with of every element type, in
// private and in shared memory, against what loops over the elements say.
const fail = message => { throw new Error(message); };
const types = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float16Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array];
let state = 42;
const random = () => (state = (state * 1103515245 + 12345) % 2147483648);

function make(Type, length, shared) {
  const bytes = length * Type.BYTES_PER_ELEMENT + 8;
  const array = new Type(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes), 8, length);
  const isBig = Type === BigInt64Array || Type === BigUint64Array, isFloat = Type.name.startsWith('Float');
  for (let i = 0; i < length; i++) {
    let value = random() - 2 ** 30;
    if (isFloat) value = [NaN, -0, 0, Infinity, -Infinity, value / 3, value * 1e-9, 1.5][i % 11] ?? value;
    array[i] = isBig ? BigInt(value) * 4294967311n : value;
  }
  return array;
}
function check(actual, expected, what) {
  if (actual.length !== expected.length) fail(`${what}: ${actual.length} elements, expected ${expected.length}`);
  for (let i = 0; i < expected.length; i++) if (!Object.is(actual[i], expected[i])) fail(`${what}: [${i}] is ${actual[i]}, expected ${expected[i]}`);
}
function order(x, y) {
  if (x !== x) return y !== y ? 0 : 1;
  if (y !== y) return -1;
  if (x < y) return -1;
  if (x > y) return 1;
  return typeof x === 'bigint' || x !== 0 ? 0 : Object.is(x, -0) ? (Object.is(y, -0) ? 0 : -1) : Object.is(y, -0) ? 1 : 0;
}

for (const Type of types) {
  for (const shared of [false, true]) {
    for (const length of [0, 1, 2, 34, 513]) {
      const what = `${Type.name}, ${shared ? 'shared, ' : ''}${length}`;
      const array = make(Type, length, shared), plain = Array.from(array);
      const copy = () => { const result = make(Type, length, shared); result.set(plain); return result; };
      const sorted = plain.slice().sort(order);
      check(copy().sort(), sorted, `${what}: sort`);
      check(array.toSorted(), sorted, `${what}: toSorted`);
      check(copy().reverse(), plain.slice().reverse(), `${what}: reverse`);
      check(array.toReversed(), plain.slice().reverse(), `${what}: toReversed`);
      for (const place of [0, 32, length - 1]) {
        if (place < 0 || place >= length) continue;
        const wanted = plain[place];
        for (const from of [0, place + 1, -place]) {
          if (array.indexOf(wanted, from) !== plain.indexOf(wanted, from)) fail(`${what}: indexOf(${wanted}, ${from}) is ${array.indexOf(wanted, from)}`);
          if (array.lastIndexOf(wanted, from) !== plain.lastIndexOf(wanted, from)) fail(`${what}: lastIndexOf(${wanted}, ${from})`);
          if (array.includes(wanted, from) !== plain.includes(wanted, from)) fail(`${what}: includes(${wanted}, ${from})`);
        }
        check(array.with(place, plain[0]), plain.with(place, plain[0]), `${what}: with`);
        check(copy().fill(plain[0], place, length - 1), plain.slice().fill(plain[0], place, length - 1), `${what}: fill`);
        check(copy().copyWithin(place, 1), plain.slice().copyWithin(place, 1), `${what}: copyWithin forward`);
        check(copy().copyWithin(1, place), plain.slice().copyWithin(1, place), `${what}: copyWithin backward`);
        check(array.slice(place), plain.slice(place), `${what}: slice`);
      }
      for (const absent of [0.5, 1e300, -1e300, 2 ** 53, NaN, -0, undefined, null, '1', 1n, -1n, 2n ** 64n, true, {}]) {
        if (array.indexOf(absent) !== plain.indexOf(absent)) fail(`${what}: indexOf(${String(absent)}) is ${array.indexOf(absent)}`);
        if (array.lastIndexOf(absent) !== plain.lastIndexOf(absent)) fail(`${what}: lastIndexOf(${String(absent)})`);
        if (array.includes(absent) !== plain.includes(absent)) fail(`${what}: includes(${String(absent)})`);
      }
    }
  }
}

// Between types: the values are converted as by single stores, also where both lie in the same memory.
for (const Source of types) {
  for (const Target of types) {
    if (Source.name.startsWith('Big') !== Target.name.startsWith('Big')) continue;
    const source = make(Source, 40, false), target = new Target(40), expected = new Target(40);
    for (let i = 0; i < 40; i++) expected[i] = source[i];
    target.set(source);
    check(target, expected, `${Source.name} to ${Target.name}`);
    const buffer = new ArrayBuffer(1024), from = new Source(buffer, 64, 40), to = new Target(buffer, 128, 40);
    from.set(source);
    to.set(from);
    check(to, expected, `${Source.name} to ${Target.name} in one buffer`);
  }
}

// More than is done between two polls.
const large = new Float64Array(70001);
for (let i = 0; i < large.length; i++) large[i] = random() % 1000 - 500;
const plain = Array.from(large);
check(large.slice().sort(), plain.slice().sort((x, y) => x - y), 'a large sort');
check(large.slice().reverse(), plain.slice().reverse(), 'a large reverse');
check(large.toReversed(), plain.slice().reverse(), 'a large toReversed');
large[70000] = 1234;
large[0] = 4321;
if (large.indexOf(1234) !== 70000 || large.lastIndexOf(4321) !== 0 || large.includes(99999)) fail('a large search');
check(large.slice().fill(7, 1), [4321, ...Array(70000).fill(7)], 'a large fill');

// Arguments that shrink or detach the array.
const shrinking = (what) => {
  const buffer = new ArrayBuffer(16, { maxByteLength: 16 }), array = new Uint8Array(buffer);
  return { array, argument: { valueOf() { buffer.resize(4); return what; } } };
};
{
  const { array, argument } = shrinking(2);
  if (array.includes(undefined, argument) !== true) fail('what has gone is undefined to includes');
}
{
  const { array, argument } = shrinking(2);
  if (array.indexOf(undefined, argument) !== -1) fail('and absent to indexOf');
}
{
  const { array, argument } = shrinking(15);
  if (array.lastIndexOf(0, argument) !== 3) fail('lastIndexOf looks at what is left');
}
{
  const { array, argument } = shrinking(3);
  array.fill(9, argument);
  check(array, [0, 0, 0, 9], 'fill stays within bounds');
}
console.log('ok'); // expect: ok
