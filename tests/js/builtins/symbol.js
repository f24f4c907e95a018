// Symbol: conversions, the registry, receivers.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => new Symbol(),
  () => Symbol("d") + "",
  () => Symbol("d") + 1,
  () => +Symbol(),
  () => Symbol("d") < 1,
  () => `${Symbol()}`,
  () => Symbol(Symbol()),
  () => Symbol.for(Symbol()),
  () => Symbol.keyFor("text"),
  () => Symbol.prototype.toString.call(1),
  () => Symbol.prototype.valueOf.call({}),
  () => Symbol.prototype[Symbol.toPrimitive].call("s"),
  () => Object.getOwnPropertyDescriptor(Symbol.prototype, "description").get.call(1),
  () => { "use strict"; Symbol.iterator.x = 1; },
  () => { "use strict"; Symbol.iterator = 1; },
  () => null[Symbol("key")],
  () => ({})[Symbol.iterator](),
  () => structuredClone(Symbol("s")),
  () => structuredClone({ deep: [Symbol.iterator] }),
);
console.log(Symbol().description, Symbol("").description === "", String(Symbol("d")), Symbol("d").toString(), Object(Symbol("d")) == Symbol.for("d"), Symbol.for("d") === Symbol.for("d"));
console.log(Symbol.keyFor(Symbol.for("k")), Symbol.keyFor(Symbol.iterator), Symbol.for(undefined).description, typeof Object(Symbol()), !Symbol(), JSON.stringify([Symbol("s")]), JSON.stringify({ [Symbol("s")]: 1 }));
const symbol = Symbol("key"), wrapper = Object(symbol);
console.log({ [wrapper]: 1 }[symbol], wrapper == symbol, wrapper === symbol, { [symbol]() {} }[symbol].name, { get [symbol]() { return 1; } } && Object.getOwnPropertyDescriptor({ get [symbol]() { return 1; } }, symbol).get.name);
console.log(Object.getOwnPropertyNames(Symbol).filter((name) => typeof Symbol[name] === "symbol").sort().join());
console.log(Object.getOwnPropertySymbols({ b: 1, [Symbol("x")]: 1, [Symbol("w")]: 2 }).map(String).join(), symbol in { [symbol]: 1 }, new Map([[symbol, 1]]).get(symbol), new WeakSet([symbol]).has(symbol));
// expect: TypeError: Symbol is not a constructor
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: "text" is not a symbol
// expect: TypeError: Symbol.prototype.toString requires that 'this' be a Symbol
// expect: TypeError: Symbol.prototype.valueOf requires that 'this' be a Symbol
// expect: TypeError: Symbol.prototype [ @@toPrimitive ] requires that 'this' be a Symbol
// expect: TypeError: Symbol.prototype.description requires that 'this' be a Symbol
// expect: TypeError: Cannot create property 'x' on symbol 'Symbol(Symbol.iterator)'
// expect: TypeError: Cannot assign to read only property 'iterator' of object 'function Symbol'
// expect: TypeError: Cannot read properties of null (reading 'Symbol(key)')
// expect: TypeError: ({})[Symbol.iterator] is not a function
// expect: DataCloneError: $: symbol could not be cloned
// expect: DataCloneError: $.deep[0]: symbol could not be cloned
// expect: undefined true Symbol(d) Symbol(d) false true
// expect: k undefined undefined object false [null] {}
// expect: 1 true false [key] get [key]
// expect: asyncDispose,asyncIterator,dispose,hasInstance,isConcatSpreadable,iterator,match,matchAll,metadata,replace,search,species,split,toPrimitive,toStringTag,unscopables
// expect: Symbol(x),Symbol(w) true 1 true
