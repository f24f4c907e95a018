// Function: what call, apply, bind and the constructor refuse; names; text; Annex B.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => Function.prototype.call.call(1),
  () => Function.prototype.apply.call(null, 1),
  () => Function.prototype.bind.call({}),
  () => Function.prototype.toString.call({}),
  () => (() => {}).apply(null, 1),
  () => (() => {}).apply(null, { length: 2 ** 30 }),
  () => new (() => {})(),
  () => new (function () {}.bind(null).x)(),
  () => class A {}(),
  () => { class A {} A.call({}); },
  () => Function("return ("),
  () => Function("a b", ""),
  () => Function("a", "}, function () {"),
  () => Function("...a", "b", ""),
  () => Function("a = 1", "'use strict'"),
  () => Function("/*", "*/){"),
  () => ({}) instanceof (() => {}),
  () => { "use strict"; (function () {}).caller; },
  () => { "use strict"; Function.prototype.arguments; },
);
const bound = function target(a, b, c) { return [this, new.target === undefined, a, b, c]; }.bind("this", 1);
console.log(bound.name, bound.length, bound.bind(null, 2, 3, 4).name, bound.bind(null, 2, 3, 4).length, "prototype" in bound);
console.log(Function("a", "b", "return a + b").toString());
console.log(Function("a, b", "c", "return a+b+c")(1, 2, 3), Function("a\n//", "return typeof a")());
console.log(Object.defineProperty(function () {}, "name", { value: Symbol("s") }).bind().name === "bound ", Object.defineProperty((a) => a, "length", { value: -Infinity }).bind().length);
console.log([].map.toString(), class { static x = 1; }.toString(), (async (x) => x).toString(), ({ get [1 + 1]() { return 1; } }.toString === Object.prototype.toString));
// Annex B: functions in blocks, and duplicates.
console.log(typeof late); { function late() {} } console.log(typeof late);
console.log((function (a, a) { return a; })(1, 2), (function () { if (true) { function f() { return 1; } } return f(); })());
console.log((function () { arguments[0] = 9; return arguments.length; })(), (function (a) { arguments[0] = 9; return a; })(1), (function (a = 0) { arguments[0] = 9; return a; })(1));
console.log(Reflect.apply(Math.max, null, { length: 2, 0: 1, 1: 5 }), Function.prototype(), Function.prototype.length, (() => {}).hasOwnProperty("caller"));
// expect: TypeError: Function.prototype.call was called on 1, which is a number and not a function
// expect: TypeError: Function.prototype.apply was called on null, which is null and not a function
// expect: TypeError: Function.prototype.bind was called on #<Object>, which is an object and not a function
// expect: TypeError: Function.prototype.toString requires that 'this' be a Function
// expect: TypeError: CreateListFromArrayLike called on non-object
// expect: RangeError: Too many arguments in function call
// expect: TypeError: () => {} is not a constructor
// expect: TypeError: function () {}.bind(null).x is not a constructor
// expect: TypeError: Class constructor A cannot be invoked without 'new'
// expect: TypeError: Class constructor A cannot be invoked without 'new'
// expect: SyntaxError: Unexpected end of input
// expect: SyntaxError: Unexpected identifier 'b'
// expect: SyntaxError: Unexpected token '}'
// expect: SyntaxError: Rest parameter must be last formal parameter
// expect: SyntaxError: Illegal 'use strict' directive in function with non-simple parameter list
// expect: SyntaxError: Unterminated multi-line comment
// expect: TypeError: Function has non-object prototype 'undefined' in instanceof check
// expect: TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them
// expect: TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them
// expect: bound target 2 bound bound target 0 false
// expect: function anonymous(a,b
// expect: ) {
// expect: return a + b
// expect: }
// expect: 6 undefined
// expect: true 0
// expect: function map() { [native code] } class { static x = 1; } async (x) => x true
// expect: undefined
// expect: function
// expect: 2 1
// expect: 0 9 1
// expect: 5 undefined 0 false
