// Elements turn sparse when hardly any place is taken, and dense again when enough are; nobody can tell.
function check(name, array, reference) {
  const keys = Object.keys(array), expected = [...reference.keys()].sort((a, b) => a - b).map(String);
  if (keys.join() !== expected.join()) console.log(name, "keys", keys.length, expected.length);
  for (const [index, value] of reference) if (array[index] !== value) console.log(name, index, array[index], value);
  const listed = [];
  for (const key in array) listed.push(key);
  if (listed.join() !== expected.join()) console.log(name, "for-in");
  const length = reference.size === 0 ? 0 : Math.max(...reference.keys()) + 1;
  if (Array.isArray(array) && array.length !== length) console.log(name, "length", array.length, length);
}
function fill(name, indices, target = []) {
  const reference = new Map();
  for (const index of indices) {
    target[index] = "v" + index;
    reference.set(index, "v" + index);
  }
  check(name, target, reference);
  for (const index of [...reference.keys()].filter((_, i) => i % 3 === 0)) {
    delete target[index];
    reference.delete(index);
  }
  if (!Array.isArray(target)) check(name + " after delete", target, reference);
  for (const [index, value] of reference) if (target[index] !== value) console.log(name, "after delete", index);
  return target;
}
const range = (from, to, step = 1) => {
  const list = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) list.push(i);
  return list;
};
fill("forwards", range(0, 3000));
fill("backwards", range(2999, -1, -1));
fill("backwards from far", range(20000, 0, -1));
fill("far", range(0, 200000, 1000));
fill("every third", range(0, 9000, 3));
fill("every twentieth", range(0, 40000, 20));
fill("growing gaps", range(0, 30).map((i) => 2 ** i));
fill("both ends", [0, 4294967294, 1, 4294967293, 2]);
fill("a block far away", [...range(0, 10), ...range(100000, 101000)]);
fill("shuffled", range(0, 5000).map((i) => (i * 2741) % 5000));
fill("object", range(0, 5000).map((i) => (i * 2741) % 5000), {});
fill("object, far", range(0, 200000, 1000), {});

// Other attributes keep elements from being dense.
const fixed = [];
fixed[5000] = 1;
Object.defineProperty(fixed, 3, { value: 3, enumerable: false, writable: false, configurable: true });
for (let i = 4999; i >= 0; i--) if (i !== 3) fixed[i] = i;
fixed[3] = "no";
console.log(fixed[3], fixed.length, Object.keys(fixed).length);                  // expect: 3 5001 5000
const accessed = [];
accessed[5000] = 1;
Object.defineProperty(accessed, 4000, { get() { return this.length; }, configurable: true });
for (let i = 3999; i >= 0; i--) accessed[i] = i;
console.log(accessed[4000], accessed.indexOf(3), accessed.length);               // expect: 5001 3 5001
// Sparse, dense again, then frozen, sorted, spliced.
const again = [];
for (let i = 2000; i >= 0; i--) again[i] = 2000 - i;
again.sort((a, b) => a - b);
console.log(again[0], again[2000], again.splice(100, 1800).length, again.length); // expect: 0 2000 1800 201
Object.freeze(again);
try { "use strict"; again.push(1); } catch (error) { console.log(error.constructor.name); }  // expect: TypeError
console.log(again.length, again[150]);                                            // expect: 201 1950
