const people = [["b", 2], ["a", 1], ["c", 2], ["d", 1]];
console.log(people.sort((x, y) => x[1] - y[1]).map(p => p[0]).join("")); // expect: adbc
console.log([3, undefined, 1, , 2].sort());                             // expect: [ 1, 2, 3, undefined, <1 empty item> ]
console.log([10, 9, 1].sort(), [10, 9, 1].toSorted((a, b) => a - b));   // expect: [ 1, 10, 9 ] [ 1, 9, 10 ]
const big = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5003);
const sorted = big.toSorted((a, b) => a - b);
console.log(sorted.every((v, i) => i === 0 || sorted[i - 1] <= v));     // expect: true
try { [1, 2].sort(() => { throw new Error("stop"); }); } catch (e) { console.log(e.message); } // expect: stop
