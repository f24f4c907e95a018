// Reads through prototypes, near and far, hits and misses.
class A { constructor() { this.own = 1; } first() { return this.own; } }
class B extends A { second() { return this.own + 1; } }
class C extends B { third() { return this.own + 2; } }
A.prototype.shared = 5;

function run() {
  const object = new C(), plain = Object.create(Object.create({ deep: 3 }));
  let sum = 0;
  for (let i = 0; i < 60000; i++) {
    sum += object.first() + object.second() + object.third() + object.shared + plain.deep;
    if (object.missing !== undefined) sum++;
    if ("deep" in plain) sum++;
    if (object.hasOwnProperty("own")) sum++;
    sum %= 1000003;
  }
  return sum;
}
