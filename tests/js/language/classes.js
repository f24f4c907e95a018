class Point {
  #x; #y;
  static origin = new Point(0, 0);
  constructor(x, y) { this.#x = x; this.#y = y; }
  get length() { return Math.hypot(this.#x, this.#y); }
  static isPoint(value) { return #x in value; }
  *[Symbol.iterator]() { yield this.#x; yield this.#y; }
  static { this.count = 1; }
}
class Named extends Point {
  name = "p";
  constructor(...args) { super(...args); this.args = args.length; }
  get length() { return super.length + 1; }
}
const p = new Named(3, 4);
console.log(p.length, [...p], Point.isPoint(p), Point.isPoint({}), Point.count);
// expect: 6 [ 3, 4 ] true false 1
console.log(p, Named, Point.origin);
// expect: Named { name: 'p', args: 2 } [class Named extends Point] Point {}
try { Point(); } catch (e) { console.log(e.message); }
// expect: Class constructor Point cannot be invoked without 'new'
try { new (class extends Point { constructor() { this.a; } })(); } catch (e) { console.log(e.name); }
// expect: ReferenceError
