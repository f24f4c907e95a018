// 100 MB of objects in one large array; 6,000,000 more are made and dropped, and for every 37 of them one of the
// array is replaced.
const live = [];
for (let i = 0; i < 600000; i++) live.push({ a: i, b: [i, i + 1], c: { d: i } });
let dropped = 0;
for (let i = 0; i < 6000000; i++) {
  const object = { x: i, y: [i] };
  if (i % 37 === 0) live[(i * 7919) % live.length] = { a: i, b: [i], c: { d: i } };
  dropped += object.y.length;
}
console.log(dropped, live.every((object) => object.b[0] === object.a && object.c.d === object.a));
