// The global functions: parsing, the URI functions, escape, eval.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => parseInt(Symbol("s")),
  () => isNaN(1n),
  () => isFinite(Symbol("s")),
  () => encodeURIComponent("a\ud800b"),
  () => encodeURI("\udc00"),
  () => decodeURIComponent("%"),
  () => decodeURIComponent("%f8%80%80%80"),
  () => decodeURI("%c0%80"),
  () => decodeURI("%ed%a0%80"),
  () => decodeURIComponent("%e4%bd"),
  () => escape(Symbol("s")),
  () => eval("("),
  () => eval("var a; let a"),
  () => (0, eval)("let duplicate; const duplicate = 1"),
  () => undefinedGlobal,
  () => { "use strict"; undefinedGlobal = 1; },
);
console.log(parseInt("0x1fg"), parseInt("12", 37), parseInt("12", 1), parseInt("z", 36), parseInt("-0x10"), parseInt("1e3"), Object.is(parseInt("-0"), -0), parseInt("9007199254740993"), parseInt(null, 36), parseInt("1".repeat(400)));
console.log(parseFloat(".5."), parseFloat("1e"), parseFloat("Infinityx"), parseFloat("-.0e5") === 0, parseFloat("0x10"), parseFloat("\u00a0\ufeff 1_000"), parseFloat(""), parseFloat("1e1000"));
console.log(encodeURI("http://a/b c?d=é&e=😀#f"), encodeURIComponent("a/b?c=d&e#f;,+$@"), decodeURI("%2f%23%41%E2%82%AC"), decodeURIComponent("%F0%9F%98%80"));
console.log(escape("äé€ 😀@*_+-./"), unescape("%u20AC%e4%u00zz%4"), unescape(escape("\ud800x")) === "\ud800x");
// Direct and indirect eval.
var where = "global"; globalThis.where = "global";
(function () { var where = "local"; console.log(eval("where"), (0, eval)("typeof where"), eval?.("typeof where"), eval("var added = 1; added"), typeof added); })();
console.log(typeof added, eval("1;;;{}"), eval("do { 2; break } while (0)"), eval("3; if (0) 4"), eval({ source: "not text" }).source, eval("'use strict'; var inside = 1; typeof inside"), typeof inside);
try { eval("\n\n  throw new Error('here')"); } catch (e) { console.log(/<anonymous>:3:9\)?$/.test(e.stack.split("\n")[1])); }
try { (0, eval)("null.x\n//# sourceURL=named.js"); } catch (e) { console.log(e.stack.split("\n")[1].trim()); }
console.log(delete globalThis.NaN, Object.getOwnPropertyDescriptor(globalThis, "undefined").writable, globalThis.globalThis === globalThis);
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: URIError: URI malformed
// expect: URIError: URI malformed
// expect: URIError: URI malformed
// expect: URIError: URI malformed
// expect: URIError: URI malformed
// expect: URIError: URI malformed
// expect: URIError: URI malformed
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: SyntaxError: Unexpected end of input
// expect: SyntaxError: Identifier 'a' has already been declared
// expect: SyntaxError: Identifier 'duplicate' has already been declared
// expect: ReferenceError: undefinedGlobal is not defined
// expect: ReferenceError: undefinedGlobal is not defined
// expect: 31 NaN NaN 35 -16 1 true 9007199254740992 1112745 Infinity
// expect: 0.5 1 Infinity true 0 1 NaN Infinity
// expect: http://a/b%20c?d=%C3%A9&e=%F0%9F%98%80#f a%2Fb%3Fc%3Dd%26e%23f%3B%2C%2B%24%40 %2f%23A€ 😀
// expect: %E4%E9%u20AC%20%uD83D%uDE00@*_+-./ €ä%u00zz%4 true
// expect: local string string 1 number
// expect: undefined 1 2 undefined not text number undefined
// expect: true
// expect: at eval (named.js:1:6)
// expect: false false true
