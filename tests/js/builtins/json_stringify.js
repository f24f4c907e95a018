// Objects of one shape are written by what the shape tells; that must not outlive a change.
class Point { constructor(x, y) { this.x = x; this.y = y; } }
const points = [new Point(1, 2), new Point(3, 4)];
console.log(JSON.stringify(points));
// expect: [{"x":1,"y":2},{"x":3,"y":4}]
Point.prototype.toJSON = function () { return this.x; };
console.log(JSON.stringify(points));
// expect: [1,3]
delete Point.prototype.toJSON;
Object.prototype.toJSON = function () { return "all"; };
console.log(JSON.stringify(points), JSON.stringify({}));
// expect: "all" "all"
delete Object.prototype.toJSON;
const shifting = [{ a: { toJSON() { delete shifting[0].c; shifting[0].d = 4; return 1; } }, b: 2, c: 3 }, { a: 1, b: 2, c: 3 }];
console.log(JSON.stringify(shifting));
// expect: [{"a":1,"b":2},{"a":1,"b":2,"c":3}]
console.log(JSON.stringify({ u: undefined, f() {}, s: Symbol(), n: NaN, z: -0, d: new Date(0), 10: "ten", 2: "two" }));
// expect: {"2":"two","10":"ten","n":null,"z":0,"d":"1970-01-01T00:00:00.000Z"}
console.log(JSON.stringify([undefined, () => 1, Symbol()]), JSON.stringify("\ud800\"\\\n"), JSON.stringify({ a: 1, b: [{}, []] }, null, "--"));
// expect: [null,null,null] "\ud800\"\\\n" {
// expect: --"a": 1,
// expect: --"b": [
// expect: ----{},
// expect: ----[]
// expect: --]
// expect: }
console.log(JSON.stringify({ a: 1, b: 2, c: { a: 3, d: 4 } }, ["c", "a", "a"]), JSON.stringify({ a: 1, b: 2 }, (k, v) => (k === "a" ? undefined : v)));
// expect: {"c":{"a":3},"a":1} {"b":2}
console.log(JSON.stringify({ big: JSON.rawJSON("12345678901234567890") }), JSON.isRawJSON(JSON.rawJSON("1")));
// expect: {"big":12345678901234567890} true
