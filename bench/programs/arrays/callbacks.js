// What the callback costs: map, filter, reduce, forEach, some, every, find, flatMap, Array.from.
function run() {
  const list = Array.from({ length: 2000 }, (_, i) => (i * 7919) % 10007);
  let sum = 0;
  for (let round = 0; round < 6; round++) {
    sum += list.map((x) => x * 2).filter((x) => x % 3 === 0).reduce((a, b) => (a + b) | 0, 0);
    list.forEach((x, i) => { sum = (sum + x * i) | 0; });
    if (list.some((x) => x < 0) || !list.every((x) => x >= 0)) sum++;
    sum += list.find((x) => x > 10000) + list.findIndex((x) => x === 10006);
    sum = (sum + list.flatMap((x) => (x & 1 ? [x] : [])).length) | 0;
  }
  return sum;
}
