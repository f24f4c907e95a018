// Whole objects at once: spread, Object.assign, rest patterns, for-in, freeze, defineProperty.
function run() {
  let sum = 0;
  const base = { a: 1, b: 2, c: 3, d: 4 };
  for (let i = 0; i < 6000; i++) {
    const copy = { ...base, e: i };
    const merged = Object.assign({}, copy, { a: i });
    const { a, b, ...rest } = merged;
    for (const name in rest) sum += rest[name];
    Object.defineProperty(copy, "hidden", { value: i, enumerable: false, writable: true, configurable: true });
    sum += a + b + copy.hidden + Object.keys(copy).length + (Object.isFrozen(Object.freeze(rest)) ? 1 : 0);
    sum %= 1000003;
  }
  return sum;
}
