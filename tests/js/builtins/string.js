// String: receivers, ranges, lengths at the limit, Annex B.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => "a".repeat(-1),
  () => "a".repeat(Infinity),
  () => "ab".repeat(2 ** 29),
  () => "a".padEnd(2 ** 30),
  () => "a".padStart(2 ** 30, "xyz"),
  () => "a".normalize("x"),
  () => "a".includes(/a/),
  () => String.fromCodePoint(0x110000),
  () => String.fromCodePoint("x"),
  () => String.fromCodePoint(1.5),
  () => String.raw(),
  () => String.prototype.trim.call(null),
  () => String.prototype.replaceAll.call(undefined),
  () => String.prototype.big.call(null),
  () => String.prototype.toString.call(1),
  () => String.prototype[Symbol.iterator].call(null),
  () => ""[Symbol.iterator]().next.call({}),
  () => `${Symbol("s")}`,
  () => "".concat(Symbol("s")),
  () => "a".at(1n),
  () => "a".split({ [Symbol.split]: 1 }),
  () => "a".search({ [Symbol.search]: {} }),
  () => "a".localeCompare(Symbol("s")),
);
// Growing past the limit is an error at once, without the memory.
let half = "x".repeat(2 ** 10);
while (half.length < 2 ** 28) half += half;
fails(() => half + half, () => half.concat(half, "y"), () => `${half}${half}`, () => { half += half; });
console.log((half + "y").length);
// Annex B.
console.log("a".anchor('"'), "x".big().sub(), "s".link("u").fontsize(7), "abc".substr(-2, 1), "abc".substr(1), "abc".substr(NaN, Infinity), " a ".trimLeft() + "|", String.prototype.trimRight.name);
console.log("\ud83d".isWellFormed(), "a\udc00".toWellFormed() === "a\ufffd", "😀".at(0) === "\ud83d", "😀".codePointAt(1), [..."a😀\ud800"].length, "ﬁ".toUpperCase(), "İ".toLowerCase().length, "Σ".toLowerCase(), "ΑΣ".toLowerCase());
console.log("abc".slice(2, 1) + "|", "abc".substring(2, 1), "abc".at(-4), "abc".indexOf("", 10), "abc".lastIndexOf(""), "a-b-c".split("-", 2).join(), "".split("").length, "".split(",").length, "abc".split("", -1).length);
console.log(String(Symbol("shown")), String([null, [undefined, [1]]]) === ",,1", String({ toString: null, valueOf: () => "v" }), Object("ab")[1], Object.keys(Object("ab")).join(), "b" in Object("ab"), 1 in Object("ab"));
console.log("x".localeCompare("y"), "résumé".normalize("NFD").length, String.raw`\n${1}\u`, "aaa".replaceAll("", "-"), "abc".replace("b", "$'$`"), structuredClone(Object("wrapped")).length);
// expect: RangeError: Invalid count value: -1
// expect: RangeError: Invalid count value: Infinity
// expect: RangeError: Invalid string length
// expect: RangeError: Invalid string length
// expect: RangeError: Invalid string length
// expect: RangeError: The normalization form should be one of NFC, NFD, NFKC, NFKD.
// expect: TypeError: First argument to String.prototype.includes must not be a regular expression
// expect: RangeError: Invalid code point 1114112
// expect: RangeError: Invalid code point "x"
// expect: RangeError: Invalid code point 1.5
// expect: TypeError: Cannot convert undefined or null to object
// expect: TypeError: String.prototype.trim called on null or undefined
// expect: TypeError: String.prototype.replaceAll called on null or undefined
// expect: TypeError: String.prototype.big called on null or undefined
// expect: TypeError: String.prototype.toString requires that 'this' be a String
// expect: TypeError: String.prototype[Symbol.iterator] called on null or undefined
// expect: TypeError: Method String Iterator.prototype.next called on incompatible receiver #<Object>
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: '1' returned for property 'Symbol(Symbol.split)' of object '#<Object>' is not a function
// expect: TypeError: '#<Object>' returned for property 'Symbol(Symbol.search)' of object '#<Object>' is not a function
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: RangeError: Invalid string length
// expect: RangeError: Invalid string length
// expect: RangeError: Invalid string length
// expect: RangeError: Invalid string length
// expect: 268435457
// expect: <a name="&quot;">a</a> <sub><big>x</big></sub> <font size="7"><a href="u">s</a></font> b bc abc a | trimEnd
// expect: false true true 56832 3 FI 2 σ ας
// expect: | b undefined 3 3 a,b 0 1 3
// expect: Symbol(shown) true v b 0,1 false true
// expect: -1 8 \n1\u -a-a-a- acac 7
