const map = new Map([[1, "a"], [2, "b"], [3, "c"]]);
const seen = [];
for (const [k] of map) { seen.push(k); if (k === 1) { map.delete(2); map.set(4, "d"); } if (k === 4) map.delete(1); }
console.log(seen, map.size);                 // expect: [ 1, 3, 4 ] 2
const set = new Set([1, 2, 3]);
console.log(set.union(new Set([4])).size, set.isSubsetOf(new Set([1, 2, 3, 4])), [...set.intersection(new Set([2, 9]))]);
// expect: 4 true [ 2 ]
const counts = new Map();
for (let i = 0; i < 10000; i++) counts.set(i % 100, (counts.get(i % 100) ?? 0) + 1);
console.log(counts.size, counts.get(7));     // expect: 100 100
for (let i = 0; i < 100; i++) counts.delete(i);
console.log(counts.size, [...counts]);       // expect: 0 []
