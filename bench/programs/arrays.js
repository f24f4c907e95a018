// Arrays: push, index, callbacks, sort.
function run() {
  let total = 0;
  for (let round = 0; round < 20; round++) {
    const list = [];
    for (let i = 0; i < 20000; i++) list.push((i * 7919) % 10007);
    for (let i = 1; i < list.length; i++) list[i] = (list[i] + list[i - 1]) % 65521;
    total += list.map(x => x * 2).filter(x => x % 3 === 0).reduce((a, b) => (a + b) | 0, 0);
    total = (total + list.slice(0, 2000).sort((a, b) => a - b)[1000]) | 0;
  }
  return total;
}
