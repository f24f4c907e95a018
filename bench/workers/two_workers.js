// The Mandelbrot set by one worker and by two, each of which does half of the rows: by the clock on the wall, which a
// busy machine spoils, and by the workers' CPU time, which shows what they cost each other.
const SIZE = 160;
const roles = {
  rows: (port) => port.receive(({ first, step }) => {
    const elapsed = benchClock.start();
    let inside = 0;
    for (let y = first; y < SIZE; y += step) {
      for (let x = 0; x < SIZE; x++) {
        const cr = (2 * x) / SIZE - 1.5, ci = (2 * y) / SIZE - 1;
        let zr = 0, zi = 0, i = 0;
        for (; i < 200 && zr * zr + zi * zi <= 4; i++) { const next = zr * zr - zi * zi + cr; zi = 2 * zr * zi + ci; zr = next; }
        if (i === 200) inside++;
      }
    }
    port.post({ inside, cpu: elapsed() });
  }),
};

async function main(threads) {
  const workers = [threads.start("rows"), threads.start("rows")], nexts = workers.map(messages);
  const compute = async (count) => {
    const begin = benchNow();
    for (let i = 0; i < count; i++) workers[i].post({ first: i, step: count });
    const parts = [];
    for (let i = 0; i < count; i++) parts.push(await nexts[i]());
    const inside = parts.reduce((sum, part) => sum + part.inside, 0);
    return { wall: benchNow() - begin, cpu: Math.max(...parts.map((part) => part.cpu)), inside };
  };
  await compute(2);
  const one = [], two = [];
  for (let i = 0; i < 7; i++) { one.push(await compute(1)); two.push(await compute(2)); }
  if (one[0].inside !== two[0].inside) throw new Error("the results differ");
  const least = (runs) => Math.min(...runs.map((run) => run.wall));
  const middle = (runs) => runs.map((run) => run.cpu).sort((a, b) => a - b)[runs.length >> 1];
  return { two_workers_wall: least(one) / least(two), two_workers_cpu: middle(one) / middle(two) };
}
