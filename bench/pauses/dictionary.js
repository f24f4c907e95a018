// An object with 200,000 properties, some of which are replaced while much else is made and dropped.
const dictionary = {};
for (let i = 0; i < 200000; i++) dictionary["key" + i] = { a: i, b: [i] };
let dropped = 0;
for (let i = 0; i < 6000000; i++) {
  const object = { x: i, y: [i] };
  if (i % 37 === 0) dictionary["key" + ((i * 7919) % 200000)] = { a: i, b: [i] };
  dropped += object.y.length;
}
console.log(dropped, Object.values(dictionary).every((value) => value.b[0] === value.a));
