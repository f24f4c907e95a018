// Sites that see four shapes.
const makers = [
  (n) => ({ value: n, kind: 0 }),
  (n) => ({ kind: 1, value: n }),
  (n) => ({ name: "c", value: n, kind: 2 }),
  (n) => ({ name: "d", kind: 3, value: n }),
];

function run() {
  const objects = [];
  for (let i = 0; i < 100; i++) objects.push(makers[i & 3](i));
  let sum = 0;
  for (let round = 0; round < 2500; round++) {
    for (let i = 0; i < objects.length; i++) {
      const object = objects[i];
      object.value = (object.value + object.kind) & 4095;
      sum = (sum + object.value) | 0;
    }
  }
  return sum;
}
