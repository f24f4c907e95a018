// Error: stacks, captureStackTrace, causes, what conversions throw.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
const tail = (error, count = 3) => error.stack.split("\n").slice(1, 1 + count)
  .map((line) => line.trim().replace(/\(?[^( ]*error\.js:(\d+:\d+)\)?$/, "$1")).join(" < ");
function outer() { return inner(); }
function inner() { return new Error("made"); }
console.log(tail(outer()));
class Base extends Error { constructor(message) { super(message); } }
class Derived extends Base { get name() { return "Derived"; } }
function make() { return new Derived("m"); }
console.log(tail(make(), 2), String(make()));
function Old() { Error.captureStackTrace(this, Old); }
function old() { return new Old(); }
console.log(tail(old(), 2));
const plain = { name: "Plain", message: "object" };
Error.captureStackTrace(plain);
console.log(plain.stack.split("\n")[0], Object.keys(plain).join());
fails(
  () => Error.captureStackTrace(1),
  () => Error.captureStackTrace(Object.freeze({})),
  () => Error.prototype.toString.call(1),
  () => new Error(Symbol("s")),
  () => new AggregateError(1),
  () => new AggregateError([], Symbol("s")),
  () => { new Error("e").stack = 5; },
  () => { throw new Error("x", { get cause() { throw new RangeError("from cause"); } }); },
);
Error.stackTraceLimit = 1; console.log(outer().stack.split("\n").length);
Error.stackTraceLimit = 0; console.log(outer().stack);
Error.stackTraceLimit = "2"; console.log(outer().stack);
Error.stackTraceLimit = 10;
// The head of the stack is that of the moment of making; toString asks again.
const renamed = new TypeError("first"); renamed.message = "second"; renamed.name = "Renamed";
console.log(renamed.stack.split("\n")[0], "|", String(renamed));
console.log("cause" in new Error("x", {}), "cause" in new Error("x", { cause: undefined }), Object.keys(new Error("x", { cause: 1 })).length);
const aggregate = new AggregateError(new Set([1, 2]), "many", { cause: "c" });
console.log(aggregate.errors.join(), aggregate.cause, Object.getOwnPropertyNames(aggregate).join());
const suppressed = new SuppressedError(1, 2, "both");
console.log(suppressed.error, suppressed.suppressed, suppressed.message, Error.isError(suppressed), Error.isError(Object.create(Error.prototype)));
// Clones keep name, message, cause and stack, and become of the nearest builtin class.
const copy = structuredClone(Object.assign(new Derived("kept"), { extra: 1 }));
console.log(copy.constructor === Error, copy.name, copy.message, copy.extra, copy.stack.split("\n").length > 1);
const wrapped = structuredClone(new RangeError("outer", { cause: new TypeError("inner") }));
console.log(wrapped instanceof RangeError, wrapped.cause instanceof TypeError, wrapped.cause.message);
console.log(`${Object.assign(new Error(), { name: "" })}|${Object.assign(new Error("m"), { name: "" })}|${Object.assign(new Error(), { name: undefined })}`);
// expect: at inner 10:27 < at outer 9:27 < at 11:18
// expect: at make 14:26 < at 15:18 Derived: m
// expect: at old 17:25 < at 18:18
// expect: Plain: object name,message
// expect: TypeError: Invalid argument: captureStackTrace needs an object
// expect: TypeError: Cannot define property stack, object is not extensible
// expect: TypeError: Method Error.prototype.toString called on incompatible receiver 1
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: 1 is not iterable
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: Error.prototype.stack can only be set to a string
// expect: RangeError: from cause
// expect: 2
// expect: Error: made
// expect: Error: made
// expect: TypeError: first | Renamed: second
// expect: false true 0
// expect: 1,2 c message,cause,errors
// expect: 1 2 both true false
// expect: true Error kept undefined true
// expect: true true inner
// expect: |m|Error
