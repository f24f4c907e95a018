// Trees of 75 MB together, small parts of which are replaced at random.
const grow = (depth) => (depth === 0 ? { left: null, right: null, tag: 0 } : { left: grow(depth - 1), right: grow(depth - 1), tag: depth });
const trees = [];
for (let i = 0; i < 24; i++) trees.push(grow(15));
let seed = 1, dropped = 0;
for (let i = 0; i < 3000000; i++) {
  const object = { x: i, y: [i] };
  dropped += object.y.length;
  if (i % 5 !== 0) continue;
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  let node = trees[seed % 24];
  for (let bit = 3; bit < 16; bit++) node = (seed >> bit) & 1 ? node.left : node.right;
  node.left = { left: node.left.left, right: node.left.right, tag: i };
}
const count = (node) => (node === null ? 0 : 1 + count(node.left) + count(node.right));
console.log(dropped, trees.every((tree) => count(tree) === 65535));
