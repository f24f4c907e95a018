// indexOf, lastIndexOf and includes of a plain array, which take a loop for the kind of value sought, do the same
// as those of an array-like object, which go the specification's way.
const wide = "\u4e2d" + "text";
const made = ["te", "xt"].join("");
const sliced = "some text here".slice(5, 9);
const object = {}, symbol = Symbol("s"), callable = () => 0;
const double = 7.5 - 0.5;              // an integer that arithmetic has left as a double
const values = [
  0, -0, 1, double, 7, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, 0.5, NaN, Infinity, -Infinity,
  "", "text", made, sliced, wide.slice(1), "texu", "7", 7n, 0n, 2n ** 64n, -(2n ** 64n), 2n ** 64n - 1n,
  true, false, null, undefined, object, symbol, callable, [],
];
const holes = [, 1, , undefined, , NaN, ,];
const lists = [[], values, [...values].reverse(), holes, [1, 1, 1], new Array(5), [undefined], ["text", made, sliced]];
const froms = [undefined, 0, 1, 3, -1, -3, 100, -100, Infinity, -Infinity, NaN, "2", -0];

function twin(list) {
  const copy = { length: list.length };
  for (const key of Object.keys(list)) copy[key] = list[key];
  return copy;
}
function show(value) { return typeof value === "symbol" ? "symbol" : String(value); }

let compared = 0;
for (const list of lists) {
  const slow = twin(list);
  for (const method of ["indexOf", "lastIndexOf", "includes"]) {
    for (const value of [...values, 99, "absent", 3n]) {
      for (const from of froms) {
        const fast = list[method](value, from), expected = Array.prototype[method].call(slow, value, from);
        if (fast !== expected) console.log(method, show(value), show(from), fast, expected);
        compared++;
      }
      if (list[method](value) !== Array.prototype[method].call(slow, value)) console.log(method, show(value));
    }
  }
}
console.log(compared > 10000);         // expect: true

// The conversion of the second argument may change the array.
const shrinking = [1, 2, 3, 4];
console.log(shrinking.includes(undefined, { valueOf() { shrinking.length = 1; return 0; } }));  // expect: true
const shrunk = [1, 2, 3, 4];
console.log(shrunk.indexOf(4, { valueOf() { shrunk.length = 1; return 0; } }));                  // expect: -1
const grown = [1];
console.log(grown.indexOf(9, { valueOf() { grown.push(9); return 0; } }));                       // expect: -1
const cut = [1, 2, 3];
console.log(cut.lastIndexOf(3, { valueOf() { cut.length = 0; return 2; } }));                    // expect: -1
// A getter among the elements, a subclass, a proxy.
const getter = [1, 2, 3];
Object.defineProperty(getter, 1, { get() { return 5; } });
console.log(getter.indexOf(5), getter.lastIndexOf(5), getter.includes(5));                       // expect: 1 1 true
console.log(new (class extends Array {})(3).includes(undefined));                                // expect: true
console.log(new Proxy([1, 2], {}).indexOf(2));                                                   // expect: 1
// Holes show what a prototype has at their index; from here on no array is plain.
Array.prototype[2] = "inherited";
console.log(holes.indexOf("inherited"), holes.lastIndexOf("inherited"), holes.includes("inherited"));  // expect: 2 2 true
delete Array.prototype[2];
