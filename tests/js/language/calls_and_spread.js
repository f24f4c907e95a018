// Spread of arrays, apply, bound functions and instanceof take shortcuts; here is what they must not miss.
const join = (...list) => list.join("|");
function sum(a, b, c) { return [this && this.base, a, b, c].join(); }
// Spread of plain arrays and of others.
class Sub extends Array {}
const lists = [[], [1], [1, 2, 3], [1, , 3], new Array(3), Sub.from([1, 2]), [..."abc"], Array.from({ length: 300 }, (_, i) => i)];
for (const list of lists) {
  const slow = [];
  for (const iterator = list[Symbol.iterator](), step = () => iterator.next(); ;) { const { value, done } = step(); if (done) break; slow.push(value); }
  if (join(...list) !== slow.join("|")) console.log("call", list);
  if (join(7, ...list) !== join(...[7], ...slow) || join.call(null, 7, 8, ...list) !== join(...[7, 8], ...slow)) console.log("call with others", list);
  if ([0, ...list, 9, ...list].join("|") !== [0].concat(slow, 9, slow).join("|")) console.log("literal", list);
  if (new Array(...list, 1, 2).length !== slow.length + 2) console.log("construct", list);
  if (join.apply(null, list) !== slow.join("|")) console.log("apply", list);
  const holes = [...list];
  if (Object.keys(holes).length !== slow.length) console.log("holes", list);
}
const own = [1, 2];
own[Symbol.iterator] = function* () { yield "own"; };
console.log(join(...own), [...own].join(), join.apply(null, own));         // expect: own own 1|2
const sparse = [];
sparse[5000] = 1;
console.log([...sparse].length, join(...sparse).length);                  // expect: 5001 5001
const growing = [1, 2];
console.log([...growing, growing.push(3), ...growing].join());            // expect: 1,2,3,1,2,3
const itself = [1, 2];
itself.push(...itself);
console.log(itself.join());                                                // expect: 1,2,1,2
// Bound functions: this, arguments, chains, targets that are native, bound, classes, proxies, generators.
const receiver = { base: 10 };
const once = sum.bind(receiver, 1), twice = once.bind({ base: 99 }, 2), thrice = twice.bind(null, 3, 4);
console.log(once(2, 3), twice(3), thrice(5), once(), sum.bind()(1));       // expect: 10,1,2,3 10,1,2,3 10,1,2,3 10,1,, ,1,,
console.log(Math.max.bind(null, 5)(1, 9), [].push.bind([1])(2, 3), join.bind(null, ...Array(50).fill("x"))("y").length);  // expect: 9 3 101
console.log(new ((class { constructor(a, b) { this.v = a + b; } }).bind(null, 1))(2).v, new (function F(a, b) { this.v = a + b; }.bind(null, 3))(4).v);  // expect: 3 7
console.log([...function* (a, b) { yield a; yield b; }.bind(null, 1)(2)].join(), new Proxy(sum, {}).bind(receiver, 1)(2));  // expect: 1,2 10,1,2,
console.log((function () { return arguments.length + ":" + [...arguments]; }).bind(null, 1, 2)(3, 4));  // expect: 4:1,2,3,4
try { (class {}).bind()(); } catch (error) { console.log(error.constructor.name); }                     // expect: TypeError
try { (() => { throw new RangeError("through"); }).bind(null, 1)(); } catch (error) { console.log(error.message); }  // expect: through
let deep = (x) => x, shallow;
for (let i = 0; i < 5000; i++) { deep = deep.bind(null); if (i === 300) shallow = deep; }
console.log(deep("deep"), shallow.call(1, "call"), shallow.apply(1, ["apply"]));  // expect: deep call apply
const counting = { count: 0, next() { return ++this.count; } };
const next = counting.next.bind(counting);
for (let i = 0; i < 2000; i++) next({}, [], i);
console.log(counting.count, [3, 1, 2].map(Number.prototype.toFixed.call.bind(Number.prototype.toFixed)).join());  // expect: 2000 3,1.0,2.00
"use strict";
const recurse = (function (n) { return n === 0 ? "end" : recurse(n - 1); }).bind(null);
console.log(recurse(1000));                                                // expect: end
// The list of apply may change while the callee runs.
const changing = [1, 2, 3];
console.log((function (a, b, c) { changing.length = 0; return [a, b, c, arguments.length].join(); }).apply(null, changing));  // expect: 1,2,3,3
// instanceof of native constructors.
console.log([] instanceof Array, {} instanceof Array, [] instanceof Object, new TypeError() instanceof Error, new Map() instanceof Map, 1 instanceof Number);  // expect: true false true true true false
console.log(Object.create(null) instanceof Object, (() => 1) instanceof Function, new Proxy([], {}) instanceof Array, new Sub() instanceof Array);  // expect: false true true true
console.log([] instanceof Array.bind(null), once instanceof Function);     // expect: true true
try { [] instanceof Math.max; } catch (error) { console.log(error.constructor.name); }                  // expect: TypeError
Object.defineProperty(Map, Symbol.hasInstance, { value: () => true, configurable: true });
console.log([] instanceof Map, [] instanceof Set);                         // expect: true false
delete Map[Symbol.hasInstance];
console.log([] instanceof Map);                                            // expect: false
// Templates of many parts: short, long, wide, ropes.
const wide = "\u4e2d", long = "x".repeat(200), rope = long + "tail" + long;
console.log(`${1}a${2}b${3}`, `${wide}${1}`.length, `${long}-${long}-${1}`.length, `<${rope}>`.length, `${""}${""}`.length, `${rope}${wide}`.at(-1) === wide);  // expect: 1a2b3 2 403 406 0 true
let text = "";
for (let i = 0; i < 300; i++) text = `${text}${i},`;
console.log(text.length, text.slice(0, 8), text.endsWith("298,299,"));     // expect: 1090 0,1,2,3, true
try { `${Symbol("s")}`; } catch (error) { console.log(error.constructor.name); }  // expect: TypeError
// Spread once the iterator of arrays is another.
const values = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = function* () { yield "patched"; };
console.log(join(...[1, 2]), [...[1, 2]].length);                          // expect: patched 1
Array.prototype[Symbol.iterator] = values;
const step = Object.getPrototypeOf([][Symbol.iterator]()).next;
Object.getPrototypeOf([][Symbol.iterator]()).next = function () { const result = step.call(this); if (!result.done) result.value = "seen " + result.value; return result; };
console.log(join(...[1, 2]), [...[1, 2]].length);                          // expect: seen 1|seen 2 2
Object.getPrototypeOf([][Symbol.iterator]()).next = step;
Array.prototype[1] = "inherited";
console.log(join(...[1, , 3]), [...[1, , 3]].join("|"), join.apply(null, [1, , 3]));  // expect: 1|inherited|3 1|inherited|3 1|inherited|3
// Arguments before the last, which is spread: their order, this, tail calls, generators, natives, and what is no array.
const order = [], say = (x) => (order.push(x), x), holder = { base: 5, sum, get list() { order.push("list"); return [2, 3]; } };
console.log(holder.sum(say(1), ...holder.list), sum(say(1), ...[say(2), say(3)]), Math.max(say(9), ...[1, 20]), order.join()); // expect: 5,1,2,3 ,1,2,3 20 1,list,1,2,3,9
console.log(join(1, ...new Set([2, 3])), join(1, ..."ab"), join(1, 2, ...[]), join(1, ...(function* () { yield 2; })()), sum.call(receiver, 1, ...[2, 3, 4]), holder?.sum?.(1, ...[2])); // expect: 1|2|3 1|a|b 1|2 1|2 10,1,2,3 5,1,2,
const down = (() => { "use strict"; return function down(n, ...rest) { return n === 0 ? rest.join("") : down(n - 1, ...rest); }; })();
console.log(down(20000, ..."abc"), [...(function* (l) { yield join(yield 1, ...l); })([2])].join()); // expect: abc 1,|2
const growth = [1, 2];
console.log(join(growth.push(3), ...growth), growth.push(growth[0], ...growth), growth.join("")); // expect: 3|1|2|3 7 1231123
for (const call of [() => sum(1, ...null), () => sum(1, ...5), () => holder.none(1, ...[2]), () => join(1, ...Array(1e6))]) try { console.log(call().length); } catch (error) { console.log(error.constructor.name, error.message); }
// expect: TypeError null is not iterable
// expect: TypeError 5 is not iterable
// expect: TypeError holder.none is not a function
// expect: RangeError Maximum call stack size exceeded
