// slice, map, concat and the others make what Symbol.species says; for plain arrays of an untouched Array it is not asked.
const all = (list) => [list.slice(0), list.map((x) => x), list.filter(() => true), list.concat(), list.splice(0, 0), list.flat()]
  .map((made) => made.constructor.name + made.length).join();
class Sub extends Array {}
class Plain extends Array { static get [Symbol.species]() { return Array; } }
console.log(all([1, 2]));                                      // expect: Array2,Array2,Array2,Array2,Array0,Array2
console.log(all(Sub.of(1, 2)));                                // expect: Sub2,Sub2,Sub2,Sub2,Sub0,Sub2
console.log(all(Plain.of(1, 2)));                              // expect: Array2,Array2,Array2,Array2,Array0,Array2
const own = [1, 2];
own.constructor = Sub;
console.log(all(own));                                         // expect: Sub2,Sub2,Sub2,Sub2,Sub0,Sub2
const none = [1, 2];
none.constructor = undefined;
console.log(none.slice(0).constructor.name);                   // expect: Array
const prototype = Object.setPrototypeOf([1], Sub.prototype);
console.log(prototype.slice(0).constructor.name);              // expect: Sub
const original = Object.getOwnPropertyDescriptor(Array, Symbol.species);
Object.defineProperty(Array, Symbol.species, { get() { return Sub; }, configurable: true });
console.log(all([1, 2]));                                      // expect: Sub2,Sub2,Sub2,Sub2,Sub0,Sub2
Object.defineProperty(Array, Symbol.species, { value: null });
console.log([1].slice(0).constructor.name);                    // expect: Array
Object.defineProperty(Array, Symbol.species, original);
console.log(all([1, 2]));                                      // expect: Array2,Array2,Array2,Array2,Array0,Array2
Array.prototype.constructor = Sub;
console.log(all([1, 2]));                                      // expect: Sub2,Sub2,Sub2,Sub2,Sub0,Sub2
Array.prototype.constructor = Array;
delete Array[Symbol.species];
console.log([1].slice(0).constructor.name);                    // expect: Array
// replace with a text of its own, short and long.
const long = "y".repeat(300);
console.log("some text".replace("text", "word"), "some text".replace("text", "[$&]"), "abc".replace("b", ""), "abc".replace("x", "y"));  // expect: some word some [text] ac abc
console.log("abc".replace("b", long).length, (long + "z").replace("z", "\u4e2d").at(-1), "".replace("", "in"), "abc".replace("", "^"), "a".replace("a", () => "$&"));  // expect: 302 中 in ^abc $&
