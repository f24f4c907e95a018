// The smallest tour: run it with ./dev run examples/hello.js
const greet = (name, { from = "Skein" } = {}) => `Hello, ${name}, from ${from}!`;
console.log(greet("world"));

class Tally extends Map {
  add(key) { return this.set(key, (this.get(key) ?? 0) + 1); }
}
const letters = [..."a stitch in time"].filter(c => c !== " ").reduce((tally, c) => tally.add(c), new Tally());
console.log(letters);
