// Arrays with holes and far indices, arrays of doubles that become arrays of anything.
function run() {
  let sum = 0;
  for (let round = 0; round < 10; round++) {
    const holes = new Array(2000);
    for (let i = 0; i < 2000; i += 3) holes[i] = i;
    for (let i = 0; i < 2000; i++) if (i in holes) sum += holes[i];
    holes.forEach((x) => { sum += x & 1; });
    const far = [];
    for (let i = 0; i < 200; i++) far[i * 1000] = i;
    for (const index in far) sum += far[index];
    const mixed = [];
    for (let i = 0; i < 500; i++) mixed[i] = i * 0.5;
    for (let i = 0; i < 500; i += 50) mixed[i] = "text";
    for (let i = 0; i < 500; i++) if (typeof mixed[i] === "number") sum += mixed[i];
  }
  return sum;
}
