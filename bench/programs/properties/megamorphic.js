// Sites that see sixty-four shapes.
function make(n) {
  const object = {};
  for (let bit = 0; bit < 6; bit++) if (n & (1 << bit)) object["extra" + bit] = bit;
  object.value = n;
  object.step = 1 + (n & 3);
  return object;
}

function run() {
  const objects = [];
  for (let i = 0; i < 64; i++) objects.push(make(i));
  let sum = 0;
  for (let round = 0; round < 2000; round++) {
    for (let i = 0; i < objects.length; i++) {
      const object = objects[i];
      object.value = (object.value + object.step) & 4095;
      sum = (sum + object.value) | 0;
    }
  }
  return sum;
}
