// JSON: what cannot be text, and where text goes wrong (see also json_errors.js).
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
class Ring { constructor() { this.self = this; } }
const inArray = [[]]; inArray[0].push({ up: inArray });
fails(
  () => JSON.stringify(1n),
  () => JSON.stringify({ a: { toJSON() { return 1n; } } }),
  () => JSON.stringify(new Ring()),
  () => JSON.stringify(inArray),
  () => JSON.stringify({ get a() { throw new RangeError("getter"); } }),
  () => JSON.parse(),
  () => JSON.parse(Symbol("s")),
  () => JSON.parse("{\"a\":\n  [1,\n   2,]}"),
  () => JSON.parse("[\"\\ud83d\\ude0\"]"),
  () => JSON.rawJSON("{}"),
  () => JSON.rawJSON(" 1"),
  () => JSON.rawJSON("01"),
);
console.log(JSON.stringify({ a: undefined, b() {}, c: Symbol("s"), d: [undefined, () => {}, Symbol("s")], e: NaN, f: -0, g: new Date(NaN), h: Object(5), i: Object("s") }));
console.log(JSON.stringify("\ud800\u0007\"\\"), JSON.stringify("😀"), JSON.stringify({ ["\ud800"]: 1 }));
console.log(JSON.stringify({ b: 1, 1: 2, a: { b: 3, c: 4 } }, ["b", 1, "a", "b", Object("c")]), JSON.stringify([1, [2]], null, 1).replaceAll("\n", "|"), JSON.stringify({ a: [] , b: {} }, null, "--").replaceAll("\n", "|"));
console.log(JSON.stringify({ a: 1 }, null, 11).length, JSON.stringify({ a: 1 }, null, "a".repeat(11)).length, JSON.stringify({ n: JSON.rawJSON("1e1000") }));
console.log(JSON.parse('{"__proto__": 1, "a": 1, "a": 2}'), Object.keys(JSON.parse('{"__proto__": 1}')).join(), JSON.parse(" \t\r\n1 "), Object.is(JSON.parse("-0"), -0), JSON.parse("1E400"));
console.log(JSON.stringify(new Proxy([1, 2], {})), JSON.stringify(Object.create({ inherited: 1 })), JSON.stringify(new Map([[1, 2]])), JSON.stringify([new Error("e")]), JSON.stringify(null), JSON.stringify(undefined));
// expect: TypeError: Do not know how to serialize a BigInt
// expect: TypeError: Do not know how to serialize a BigInt
// expect: TypeError: Converting circular structure to JSON
// expect:     --> starting at object with constructor 'Ring'
// expect:     --- property 'self' closes the circle
// expect: TypeError: Converting circular structure to JSON
// expect:     --> starting at object with constructor 'Array'
// expect:     |     index 0 -> object with constructor 'Array'
// expect:     |     index 0 -> object with constructor 'Object'
// expect:     --- property 'up' closes the circle
// expect: RangeError: getter
// expect: SyntaxError: "undefined" is not valid JSON
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: SyntaxError: Unexpected token ']', "{"a":
// expect:   [1,
// expect:    2,]}" is not valid JSON
// expect: SyntaxError: Bad Unicode escape in JSON at position 13 (line 1 column 14)
// expect: SyntaxError: Invalid value for JSON.rawJSON
// expect: SyntaxError: Invalid value for JSON.rawJSON
// expect: SyntaxError: Unexpected number in JSON at position 1 (line 1 column 2)
// expect: {"d":[null,null,null],"e":null,"f":0,"g":null,"h":5,"i":"s"}
// expect: "\ud800\u0007\"\\" "😀" {"\ud800":1}
// expect: {"b":1,"1":2,"a":{"b":3,"c":4}} [| 1,| [|  2| ]|] {|--"a": [],|--"b": {}|}
// expect: 20 20 {"n":1e1000}
// expect: { __proto__: 1, a: 2 } __proto__ 1 true Infinity
// expect: [1,2] {} {} [{}] null undefined
