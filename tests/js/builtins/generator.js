// Generators: running ones, receivers, delegates that misbehave.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
function* empty() {}
let running;
function* again(how) { running[how](1); }
fails(
  () => new empty(),
  () => { running = again("next"); running.next(); },
  () => { running = again("return"); running.next(); },
  () => { running = again("throw"); running.next(); },
  () => empty.prototype.next.call({}),
  () => Object.getPrototypeOf(empty.prototype).throw.call([], 1),
  () => empty().throw(new RangeError("mine")),
  () => [...(function* () { yield* 3; })()],
  () => [...(function* () { const o = {}; yield* o.list; })()],
  () => [...(function* () { yield* { [Symbol.iterator]() { return 1; } }; })()],
  () => [...(function* () { yield* { [Symbol.iterator]() { return { next: 1 }; } }; })()],
  () => [...(function* () { yield* { [Symbol.iterator]() { return { next() { return 1; } }; } }; })()],
  () => { const g = (function* () { yield* { [Symbol.iterator]() { return { next() { return {}; } }; } }; })(); g.next(); g.throw(1); },
  () => { const g = (function* () { yield* { [Symbol.iterator]() { return { next() { return {}; }, return() { return 1; } }; } }; })(); g.next(); g.return(1); },
  () => structuredClone(empty()),
);
// A return that is held up by finally, and one that is overruled.
function* holding() { try { yield 1; } finally { yield "cleaning"; } }
const held = holding(); held.next();
console.log(JSON.stringify([held.return("r"), held.next(), held.next()]));
function* overruling() { try { yield 1; } finally { return "mine"; } }
const overruled = overruling(); overruled.next();
console.log(JSON.stringify([overruled.throw(new Error("lost")), overruled.next()]));
// What yield* hands through is the inner result itself.
const odd = { value: 1, done: 0, extra: true };
const through = (function* () { yield* { [Symbol.iterator]: () => ({ next: () => odd }) }; })();
console.log(through.next() === odd);
// Defaults of parameters run before the first next; the body after.
const order = [];
function* lazy(a = order.push("default")) { order.push("body"); }
const made = lazy(); order.push("made"); made.next(); console.log(order.join());
console.log(Object.prototype.toString.call(made), typeof empty.prototype, "constructor" in empty.prototype && empty.prototype.hasOwnProperty("constructor"));
function* custom() {} custom.prototype = null;
console.log(Object.getPrototypeOf(custom()) === Object.getPrototypeOf(empty.prototype));
// expect: TypeError: empty is not a constructor
// expect: TypeError: Generator is already running
// expect: TypeError: Generator is already running
// expect: TypeError: Generator is already running
// expect: TypeError: Method [Generator].prototype.next called on incompatible receiver #<Object>
// expect: TypeError: Method [Generator].prototype.throw called on incompatible receiver [object Array]
// expect: RangeError: mine
// expect: TypeError: 3 is not iterable
// expect: TypeError: o.list is not iterable
// expect: TypeError: Result of the Symbol.iterator method is not an object: 1
// expect: TypeError: 1 is not a function
// expect: TypeError: Iterator result 1 is not an object
// expect: TypeError: The iterator does not provide a 'throw' method
// expect: TypeError: Iterator result 1 is not an object
// expect: DataCloneError: $: #<Generator> could not be cloned
// expect: [{"value":"cleaning","done":false},{"value":"r","done":true},{"done":true}]
// expect: [{"value":"mine","done":true},{"done":true}]
// expect: true
// expect: default,made,body
// expect: [object Generator] object false
// expect: true
