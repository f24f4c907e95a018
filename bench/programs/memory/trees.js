// Binary trees: many die young, some live through.
class Tree {
  constructor(left, right) { this.left = left; this.right = right; }
  check() { return this.left ? 1 + this.left.check() + this.right.check() : 1; }
}
const build = (depth) => (depth === 0 ? new Tree(null, null) : new Tree(build(depth - 1), build(depth - 1)));

function run() {
  const longLived = build(13);
  let sum = 0;
  for (let depth = 4; depth <= 12; depth += 4) {
    for (let i = 0; i < 1 << (12 - depth); i++) sum += build(depth).check();
  }
  return sum + longLived.check();
}
