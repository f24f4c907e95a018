// Allocation while much is alive: what is reachable stays, in the stress build too.
function tree(depth) { return depth === 0 ? null : { left: tree(depth - 1), right: tree(depth - 1), tag: "n" + depth }; }
function count(node) { return node === null ? 0 : 1 + count(node.left) + count(node.right); }
const kept = tree(10);
let garbage = 0;
for (let i = 0; i < 50; i++) garbage += count(tree(6));
console.log(count(kept), garbage, kept.left.right.tag); // expect: 1023 3150 n8
const weak = new WeakMap(), keys = [];
for (let i = 0; i < 1000; i++) { const k = { i }; if (i % 2) keys.push(k); weak.set(k, { value: i }); }
console.log(keys.every(k => weak.get(k).value === k.i)); // expect: true
const text = Array.from({ length: 200 }, (_, i) => `${i}:${"ab".repeat(i % 7)}`).join(",");
console.log(text.length, text.split(",").length); // expect: 2077 200
