// Generators: loops, yield*, values sent in, early return.
function* count(to) { for (let i = 0; i < to; i++) yield i; }
function* walk(node) {
  if (!node) return;
  yield* walk(node.left);
  yield node.value;
  yield* walk(node.right);
}
function* accumulate() {
  let total = 0;
  for (;;) {
    const value = yield total;
    if (value === undefined) return total;
    total += value;
  }
}
const build = (from, to) => {
  if (from >= to) return null;
  const middle = (from + to) >> 1;
  return { value: middle, left: build(from, middle), right: build(middle + 1, to) };
};

function run() {
  let sum = 0;
  for (const value of count(20000)) sum += value & 3;
  const tree = build(0, 500);
  for (let i = 0; i < 2; i++) for (const value of walk(tree)) sum += value;
  const sink = accumulate();
  sink.next();
  for (let i = 0; i < 10000; i++) sink.next(i & 7);
  sum += sink.next().value;
  for (let i = 0; i < 1000; i++) for (const value of count(10)) if (value === 3) break;
  return sum;
}
