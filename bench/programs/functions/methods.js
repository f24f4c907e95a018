// Method calls on the same receiver and on a chain.
class Counter {
  constructor() { this.count = 0; }
  add(by) { this.count += by; return this; }
  get() { return this.count; }
}

function run() {
  const counter = new Counter();
  let total = 0;
  for (let i = 0; i < 100000; i++) {
    counter.add(1).add(2);
    total = (total + counter.get()) % 65521;
  }
  return total;
}
