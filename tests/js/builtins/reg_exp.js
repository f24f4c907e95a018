// RegExp: what is wrong with a pattern, receivers, limits, Annex B.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
const wrong = (...patterns) => { for (const [source, flags = ""] of patterns) { try { new RegExp(source, flags); console.log("did not throw", source); } catch (e) { console.log(e.name === "SyntaxError" ? e.message : e.name + e.message.slice(-40)); } } };
wrong(["("], [")"], ["["], ["*"], ["a**"], ["\\"], ["a{2,1}"], ["[b-a]"], ["(?<a>)(?<a>)"], ["(?<a"], ["(?<1>)"], ["(?<a>)\\k<b>"], ["(?a)"], ["(?i-i:a)"],
  ["\\k", "u"], ["\\u{110000}", "u"], ["\\p{Foo}", "u"], ["\\p", "u"], ["\\-", "u"], ["{", "u"], ["]", "u"], ["(?=a)*", "u"], ["\\c", "u"], ["\\1", "u"], ["[\\d-z]", "u"], ["\\00", "u"],
  ["[[a]", "v"], ["[a--b&&c]", "v"], ["[(]", "v"], ["[^\\p{RGI_Emoji}]", "v"], ["a", "gg"], ["a", "x"], ["a", "uv"]);
fails(
  () => RegExp.prototype.exec.call(1),
  () => RegExp.prototype.exec.call({}),
  () => RegExp.prototype.test.call(1),
  () => RegExp.prototype[Symbol.replace].call(1),
  () => RegExp.prototype.compile.call({}),
  () => Object.getOwnPropertyDescriptor(RegExp.prototype, "flags").get.call(1),
  () => Object.getOwnPropertyDescriptor(RegExp.prototype, "global").get.call({}),
  () => Object.assign(/a/, { exec: () => 1 }).test("a"),
  () => Object.freeze(/a/g).test("b"),
  () => "a".matchAll(/a/g).next.call({}),
  () => "a".matchAll(/a/),
  () => "a".replaceAll(/a/, ""),
  () => "a".startsWith(/a/),
  () => RegExp(Symbol("s")),
  () => RegExp.escape(1),
  () => eval("/(/"),
  () => eval("/a/gg"),
);
for (const source of ["()".repeat(65536), "(?:".repeat(100000) + ")".repeat(100000)])
  try { RegExp(source); } catch (e) { console.log(e.name, e.message.replace(/\/.*\//, "")); }
// Annex B: identity escapes, octal, braces, quantified lookaheads, control letters in classes.
console.log(/\a\-\k/.test("a-k"), /\101\8/.test("A8"), /a{,1}/.test("a{,1}"), /]{}/.test("]{}"), /(?=a)*b/.test("b"), /[\c_]/.test("\x1f"), /\c/.test("\\c"), /\u{2}/.test("uu"), /[\d-z]/.test("-"));
console.log("aXbX".replace(/x/gi, "$&$`$'$$"), "abc".replace(/(?<q>b)/, "[$<q>$1$2]"), "a1b2".split(/(\d)/).join("|"), "😀".split(/(?:)/u).length, "aaa".lastIndexOf("a", -5));
const sticky = /a/y; sticky.lastIndex = 1; console.log(sticky.test("ba"), sticky.lastIndex, sticky.test("ba"), sticky.lastIndex);
const clone = structuredClone(Object.assign(/a(?<n>b)/dgi, { lastIndex: 3, extra: 1 })); console.log(String(clone), clone.lastIndex, clone.extra, clone.exec("AB").indices.groups.n.join());
console.log(RegExp("/\n").source, RegExp("").source, String(RegExp("[/]")), RegExp(/a/g).flags, RegExp(/a/g, "i").flags, RegExp.escape("a.b-\n"), /a/ === RegExp(/a/));
// expect: Invalid regular expression: /(/: Unterminated group
// expect: Invalid regular expression: /)/: Unmatched ')'
// expect: Invalid regular expression: /[/: Unterminated character class
// expect: Invalid regular expression: /*/: Nothing to repeat
// expect: Invalid regular expression: /a**/: Nothing to repeat
// expect: Invalid regular expression: /\/: \ at end of pattern
// expect: Invalid regular expression: /a{2,1}/: numbers out of order in {} quantifier
// expect: Invalid regular expression: /[b-a]/: Range out of order in character class
// expect: Invalid regular expression: /(?<a>)(?<a>)/: Duplicate capture group name
// expect: Invalid regular expression: /(?<a/: Invalid capture group name
// expect: Invalid regular expression: /(?<1>)/: Invalid capture group name
// expect: Invalid regular expression: /(?<a>)\k<b>/: Invalid named capture referenced
// expect: Invalid regular expression: /(?a)/: Invalid group
// expect: Invalid regular expression: /(?i-i:a)/: Repeated flag in flag group
// expect: Invalid regular expression: /\k/u: Invalid named reference
// expect: Invalid regular expression: /\u{110000}/u: Invalid Unicode escape
// expect: Invalid regular expression: /\p{Foo}/u: Invalid property name
// expect: Invalid regular expression: /\p/u: Invalid property name
// expect: Invalid regular expression: /\-/u: Invalid escape
// expect: Invalid regular expression: /{/u: Nothing to repeat
// expect: Invalid regular expression: /]/u: Lone quantifier brackets
// expect: Invalid regular expression: /(?=a)*/u: Nothing to repeat
// expect: Invalid regular expression: /\c/u: Invalid unicode escape
// expect: Invalid regular expression: /\1/u: Invalid escape
// expect: Invalid regular expression: /[\d-z]/u: Invalid character class
// expect: Invalid regular expression: /\00/u: Invalid decimal escape
// expect: Invalid regular expression: /[[a]/v: Unterminated character class
// expect: Invalid regular expression: /[a--b&&c]/v: Invalid set operation in character class
// expect: Invalid regular expression: /[(]/v: Invalid character in character class
// expect: Invalid regular expression: /[^\p{RGI_Emoji}]/v: Negated character class may contain strings
// expect: Invalid flags supplied to RegExp constructor 'gg'
// expect: Invalid flags supplied to RegExp constructor 'x'
// expect: Invalid flags supplied to RegExp constructor 'uv'
// expect: TypeError: Method RegExp.prototype.exec called on incompatible receiver 1
// expect: TypeError: Method RegExp.prototype.exec called on incompatible receiver #<Object>
// expect: TypeError: Method RegExp.prototype.test called on incompatible receiver 1
// expect: TypeError: Method RegExp.prototype.@@replace called on incompatible receiver 1
// expect: TypeError: Method RegExp.prototype.compile called on incompatible receiver #<Object>
// expect: TypeError: RegExp.prototype.flags getter called on non-object 1
// expect: TypeError: RegExp.prototype.global getter called on non-RegExp object
// expect: TypeError: RegExp exec method returned something other than an Object or null: 1
// expect: TypeError: Cannot assign to read only property 'lastIndex' of object '[object RegExp]'
// expect: TypeError: Method %RegExpStringIterator.prototype%.next called on incompatible receiver #<Object>
// expect: TypeError: String.prototype.matchAll called with a non-global RegExp argument
// expect: TypeError: String.prototype.replaceAll called with a non-global RegExp argument
// expect: TypeError: First argument to String.prototype.startsWith must not be a regular expression
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: 1 is not a string
// expect: SyntaxError: Invalid regular expression: /(/: Unterminated group
// expect: SyntaxError: Invalid regular expression flags
// expect: RangeError Invalid regular expression: : Too many captures
// expect: RangeError Invalid regular expression: : Regular expression too deeply nested
// expect: true true true true true true true true true
// expect: aXabX$bXaXb$ a[bb$2]c a|1|b|2| 1 0
// expect: true 2 false 0
// expect: /a(?<n>b)/dgi 0 undefined 1,2
// expect: \/\n (?:) /[/]/ g i \x61\.b\x2d\n false
