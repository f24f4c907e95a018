// Object: why definitions, deletions and prototypes are refused; Annex B accessors.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
const frozen = Object.freeze({ a: 1 }), sealed = Object.seal({ a: 1 }), bare = Object.create(null);
const cycle = {}; const child = Object.create(cycle);
fails(
  () => Object.defineProperty(1, "a", {}),
  () => Object.defineProperty({}, "a", 1),
  () => Object.defineProperty({}, "a", { get: 1 }),
  () => Object.defineProperty({}, "a", { get() {}, value: 1 }),
  () => Object.defineProperty(frozen, "b", { value: 1 }),
  () => Object.defineProperty(frozen, "a", { value: 2 }),
  () => Object.defineProperty(frozen, Symbol("s"), {}),
  () => Object.defineProperties({}, { a: 1 }),
  () => Object.create(1),
  () => Object.create(null, null),
  () => Object.setPrototypeOf({}, undefined),
  () => Object.setPrototypeOf(undefined, {}),
  () => Object.setPrototypeOf(frozen, {}),
  () => Object.setPrototypeOf(Object.prototype, {}),
  () => { cycle.__proto__ = child; },
  () => Object.keys(null),
  () => Object.assign(undefined),
  () => Object.fromEntries([1]),
  () => Object.fromEntries(5),
  () => Object.groupBy([1], 1),
  () => Object.freeze(new Uint8Array(1)),
  () => Object.prototype.valueOf.call(null),
  () => Object.prototype.hasOwnProperty.call(undefined, "a"),
  () => `${bare}`,
  () => bare + 1,
  () => Object.prototype.__defineGetter__.call({}, "a", 1),
  () => Object.getOwnPropertyDescriptor(Object.prototype, "__proto__").set.call(null, {}),
);
fails(
  () => { "use strict"; frozen.a = 2; },
  () => { "use strict"; frozen.b = 2; },
  () => { "use strict"; delete frozen.a; },
  () => { "use strict"; ({ get only() { return 1; } }).only = 2; },
  () => { "use strict"; Object.create(frozen).a = 2; },
  () => { "use strict"; delete Object.prototype; },
  () => { "use strict"; "text".length = 1; },
  () => { "use strict"; "text"[0] = "T"; },
  () => { "use strict"; "text".extra = 1; },
  () => { "use strict"; Symbol("s").x = 1; },
  () => Object.assign(frozen, { a: 2 }),
  () => Object.assign(sealed, { b: 2 }),
);
console.log(frozen, sealed, Reflect.ownKeys(Object.assign({}, "ab", null, [7], Symbol("s"))).join());
// Annex B: the accessors of prototypes, and __proto__ in its forms.
const legacy = {};
legacy.__defineGetter__("x", () => "got"); legacy.__defineSetter__("x", function (v) { this.y = v; }); legacy.x = 5;
console.log(legacy.x, legacy.y, typeof legacy.__lookupGetter__("x"), legacy.__lookupSetter__("y"), Object.create(legacy).__lookupGetter__("x")());
const name = "__proto__";
console.log(Object.keys({ [name]: 1 }).join(), Object.getPrototypeOf({ __proto__: null }), Object.keys({ __proto__: 5 }).length, { name, __proto__() {} }.hasOwnProperty("__proto__"), JSON.stringify({ "__proto__": [] }));
console.log(Object.entries({ 2: "b", a: 1, 1: "a", [Symbol("s")]: 0 }).join("|"), Object.is(Object.fromEntries(new Map([["k", -0]])).k, -0), Object.getOwnPropertyNames("ab").join());
console.log(Object.prototype.toString.call(null), Object.prototype.toString.call(function* () {}), Object.prototype.toString.call(Object.assign([], { [Symbol.toStringTag]: "Mine" })), Object.prototype.toString.call(new Proxy([], {})));
// expect: TypeError: Object.defineProperty called on non-object
// expect: TypeError: Property description must be an object: 1
// expect: TypeError: Getter must be a function: 1
// expect: TypeError: Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, #<Object>
// expect: TypeError: Cannot define property b, object is not extensible
// expect: TypeError: Cannot redefine property: a
// expect: TypeError: Cannot define property Symbol(s), object is not extensible
// expect: TypeError: Property description must be an object: 1
// expect: TypeError: Object prototype may only be an Object or null: 1
// expect: TypeError: Cannot convert undefined or null to object
// expect: TypeError: Object prototype may only be an Object or null: undefined
// expect: TypeError: Object.setPrototypeOf called on null or undefined
// expect: TypeError: #<Object> is not extensible
// expect: TypeError: Immutable prototype object 'Object.prototype' cannot have their prototype set
// expect: TypeError: Cyclic __proto__ value
// expect: TypeError: Cannot convert undefined or null to object
// expect: TypeError: Cannot convert undefined or null to object
// expect: TypeError: Iterator value 1 is not an entry object
// expect: TypeError: 5 is not iterable
// expect: TypeError: 1 is not a function
// expect: TypeError: Cannot freeze array buffer views with elements
// expect: TypeError: Object.prototype.valueOf called on null or undefined
// expect: TypeError: Object.prototype.hasOwnProperty called on null or undefined
// expect: TypeError: Cannot convert object to primitive value
// expect: TypeError: Cannot convert object to primitive value
// expect: TypeError: Object.prototype.__defineGetter__: Expecting function
// expect: TypeError: set Object.prototype.__proto__ called on null or undefined
// expect: TypeError: Cannot assign to read only property 'a' of object '#<Object>'
// expect: TypeError: Cannot add property b, object is not extensible
// expect: TypeError: Cannot delete property 'a' of #<Object>
// expect: TypeError: Cannot set property only of #<Object> which has only a getter
// expect: TypeError: Cannot assign to read only property 'a' of object '#<Object>'
// expect: TypeError: Cannot delete property 'prototype' of function Object
// expect: TypeError: Cannot assign to read only property 'length' of string 'text'
// expect: TypeError: Cannot assign to read only property '0' of string 'text'
// expect: TypeError: Cannot create property 'extra' on string 'text'
// expect: TypeError: Cannot create property 'x' on symbol 'Symbol(s)'
// expect: TypeError: Cannot assign to read only property 'a' of object '#<Object>'
// expect: TypeError: Cannot add property b, object is not extensible
// expect: { a: 1 } { a: 1 } 0,1
// expect: got 5 function undefined got
// expect: __proto__ null 0 true {}
// expect: 1,a|2,b|a,1 true 0,1,length
// expect: [object Null] [object GeneratorFunction] [object Mine] [object Array]
