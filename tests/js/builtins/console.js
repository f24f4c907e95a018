console.log([1, , 3], { "a-b": 1, 2: "two", [Symbol("s")]: null });
// expect: [ 1, <1 empty item>, 3 ] { '2': 'two', 'a-b': 1, [Symbol(s)]: null }
console.log(new Map([["k", [1]]]), new Set([1, "x"]), Promise.resolve(4));
// expect: Map(1) { 'k' => [ 1 ] } Set(2) { 1, 'x' } Promise { 4 }
const circle = { name: "c" }; circle.self = circle;
console.log(circle, -0, 10n, undefined, Symbol.iterator);
// expect: <ref *1> { name: 'c', self: [Circular *1] } -0 10n undefined Symbol(Symbol.iterator)
console.log("%s is %d years and %i", "Bob", 42.5, 42.5, "extra");
// expect: Bob is 42.5 years and 42 extra
console.log(Array.from({ length: 30 }, (_, i) => i));
// expect: [
// expect:    0,  1,  2,  3,  4,  5,  6,  7,  8,
// expect:    9, 10, 11, 12, 13, 14, 15, 16, 17,
// expect:   18, 19, 20, 21, 22, 23, 24, 25, 26,
// expect:   27, 28, 29
// expect: ]
console.log(new Uint8Array([1, 2]), new ArrayBuffer(2), function f() {}, class {}, /a+/g);
// expect: Uint8Array(2) [ 1, 2 ] ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 } [Function: f] [class (anonymous)] /a+/g
