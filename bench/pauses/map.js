// 300,000 entries of a Map, some of which are replaced while much else is made and dropped.
const map = new Map();
for (let i = 0; i < 300000; i++) map.set(i, { a: i, b: [i] });
let dropped = 0;
for (let i = 0; i < 6000000; i++) {
  const object = { x: i, y: [i] };
  if (i % 37 === 0) map.set((i * 7919) % 300000, { a: i, b: [i] });
  dropped += object.y.length;
}
console.log(dropped, [...map.values()].every((value) => value.b[0] === value.a));
