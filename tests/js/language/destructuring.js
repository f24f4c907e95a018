const { a, b: { c = 5, ...rest } = {}, ...others } = { a: 1, b: { d: 2, e: 3 }, f: 4 };
console.log(a, c, rest, others);             // expect: 1 5 { d: 2, e: 3 } { f: 4 }
const [x, , y = 7, ...zs] = new Set([1, 2, undefined, 4, 5]);
console.log(x, y, zs);                       // expect: 1 7 [ 4, 5 ]
let m = 1, n = 2; [m, n] = [n, m];
console.log(m, n);                           // expect: 2 1
function f({ p = 1 } = {}, ...r) { return [p, r.length, f.length]; }
console.log(f(), f({ p: 3 }, 1, 2));         // expect: [ 1, 0, 0 ] [ 3, 2, 0 ]
