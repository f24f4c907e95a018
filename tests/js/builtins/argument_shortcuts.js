// What is taken from arrays and `arguments` at once, and what is asked of them property by property, is the same;
// so are parseInt of numbers and of their texts, and proxies whose targets say nothing.
function list() { return [].slice.call(arguments).map(String).join(); }
function direct() { return [list.apply(null, arguments), Reflect.apply(list, null, arguments), list(...arguments)].join(" | "); }
function strict() { "use strict"; return [list.apply(null, arguments), Reflect.apply(list, null, arguments)].join(" | "); }
function mapped(a, b) { a = "A"; return list.apply(null, arguments); }
function shorter() { arguments.length = 1; return direct.apply(null, arguments) + " / " + list.apply(null, arguments); }
function longer() { arguments.length = 3; return list.apply(null, arguments); }
function odd() { arguments.length = "2"; return list.apply(null, arguments); }
function got() { Object.defineProperty(arguments, "length", { get: () => 1 }); return list.apply(null, arguments); }
function holes() { delete arguments[1]; return list.apply(null, arguments); }
function sealed() { return list.apply(null, Object.freeze(arguments)); }
function element() { Object.defineProperty(arguments, 0, { get: () => "got" }); return list.apply(null, arguments); }
function negative() { arguments.length = -1; return "[" + list.apply(null, arguments) + "]"; }
for (const f of [direct, strict, mapped, shorter, longer, odd, got, holes, sealed, element, negative]) console.log(f.name, f(1, "two", null));
// expect: direct 1,two,null | 1,two,null | 1,two,null
// expect: strict 1,two,null | 1,two,null
// expect: mapped A,two,null
// expect: shorter 1 | 1 | 1 / 1
// expect: longer 1,two,null
// expect: odd 1,two
// expect: got 1
// expect: holes 1,undefined,null
// expect: sealed 1,two,null
// expect: element got,two,null
// expect: negative []
console.log(list.apply(null, []), Reflect.apply(list, null, [1, , 3]), Reflect.apply(Math.max, null, [1, 5, 3]), Reflect.apply(list.bind(null, 0), null, [1]));
// expect:  1,undefined,3 5 0,1
try { Reflect.apply(list, null, 1); } catch (e) { console.log(e.message); } // expect: CreateListFromArrayLike called on non-object
// The called function changes where its arguments came from.
const source = [1, 2, 3];
console.log(((a, b, c) => { source.length = 0; return [a, b, c].join(); }).apply(null, source)); // expect: 1,2,3

const numbers = [0, -0, 1, -1, 1.5, -1.5, 0.5, -0.5, 1e-6, -1e-6, 9.99e-7, 1e-7, -1e-7, 1e20, 123456789012345680000, 1e21, -1e21, 1.5e300, NaN, Infinity, -Infinity, 2 ** 31, -(2 ** 31), 2 ** 53, 0.1 + 0.2, 4294967295.5];
console.log(numbers.filter((n) => [undefined, 0, 10, 16, 2, "10"].some((radix) => !Object.is(parseInt(n, radix), parseInt(String(n), radix)) || !Object.is(parseInt(n), parseInt(String(n))))));
// expect: []
const codes = Array.from({ length: 20 }, (_, i) => 60 + i * 300);
console.log([0, 1, 2, 5, 16, 17, 20].every((n) => String.fromCharCode(...codes.slice(0, n)) === codes.slice(0, n).map((c) => String.fromCharCode(c)).join("")), String.fromCharCode(65.9, "66", 65536 + 67, -1).length); // expect: true 4

// The numbers below 256 and the others as texts and keys.
const texts = Array.from({ length: 600 }, (_, i) => String(i)), table = {};
for (const text of texts) table["n" + text] = Number(text);
console.log(texts.every((text, i) => text === "" + i && +text === i && table["n" + i] === i && text.length === (i < 10 ? 1 : i < 100 ? 2 : 3)), Object.keys(new Array(300).fill(0)).join() === texts.slice(0, 300).join()); // expect: true true

const reads = [];
const logged = new Proxy({ a: 1 }, { get(t, k, r) { reads.push(String(k), r === logged); return t[k]; }, set(t, k, v) { t[k] = v * 2; return true; }, has: (t, k) => k === "b" });
logged.a = 4;
console.log(logged.a, logged.b, "a" in logged, "b" in logged, reads.join()); // expect: 8 undefined false true a,true,b,true
const fixed = Object.defineProperty({}, "k", { value: 1 }), accessor = Object.defineProperty({}, "k", { set: undefined });
for (const target of [fixed, Object.freeze({ k: 1 }), accessor]) {
  const answers = [() => new Proxy(target, { get: () => 2 }).k, () => new Proxy(target, { get: () => 1 }).k, () => Reflect.set(new Proxy(target, { set: () => true }), "k", 2), () => new Proxy(target, { get: () => 2 }).other];
  console.log(answers.map((f) => { try { return f(); } catch (e) { return e.constructor.name; } }).join());
}
// expect: TypeError,1,TypeError,2
// expect: TypeError,1,TypeError,2
// expect: TypeError,TypeError,TypeError,2
// Handlers that inherit their traps, hide them behind accessors, or have none that can be called.
class Handler { get() { return "inherited"; } }
console.log(new Proxy({}, new Handler()).x, new Proxy({}, { get get() { return () => "from a getter"; } }).x, new Proxy({ x: 1 }, { get: null }).x, new Proxy({ x: 1 }, new Proxy({}, { get: () => undefined })).x); // expect: inherited from a getter 1 1
try { new Proxy({}, { get: 1 }).x; } catch (e) { console.log(e.constructor.name); } // expect: TypeError
const late = {}, proxy = new Proxy({ x: 1 }, late);
console.log(proxy.x, (late.get = () => 2, proxy.x), (delete late.get, proxy.x)); // expect: 1 2 1
console.log(Object.hasOwn({ a: 1 }, "a"), Object.hasOwn([1], "length"), Object.hasOwn([1], 0), Object.hasOwn("ab", 1), Object.hasOwn(function () {}, "prototype"), Object.hasOwn(new Proxy({}, { getOwnPropertyDescriptor: () => ({ value: 1, configurable: true }) }), "z"), ({}).hasOwnProperty("toString"), Object.prototype.hasOwnProperty("toString"));
// expect: true true true true true true false true
