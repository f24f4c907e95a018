// Getters and setters: of classes, of literals, by defineProperty; Proxy and Reflect in small doses.
class Temperature {
  constructor() { this.celsius = 0; }
  get fahrenheit() { return this.celsius * 2 + 32; }
  set fahrenheit(value) { this.celsius = (value - 32) >> 1; }
}

function run() {
  const t = new Temperature();
  const literal = { n: 1, get double() { return this.n * 2; }, set double(v) { this.n = v >> 1; } };
  const handler = { get: (target, key, receiver) => Reflect.get(target, key, receiver) };
  const proxy = new Proxy({ value: 3 }, handler);
  let sum = 0;
  for (let i = 0; i < 30000; i++) {
    t.fahrenheit = i & 255;
    literal.double = i & 127;
    sum += t.fahrenheit + literal.double;
    if ((i & 3) === 0) sum += proxy.value;
    sum %= 1000003;
  }
  return sum;
}
