// What a worker that waits costs in memory, and whether so many can wait at once.
const roles = { wait: (port) => { port.receive(() => {}); port.post(1); } };

async function main(threads) {
  const count = benchOptions.workers, alive = [];
  const start = async () => {
    const worker = threads.start("wait");
    await messages(worker)();
    alive.push(worker);
  };
  await start();
  const before = benchKilobytes(), begin = benchNow();
  for (let i = 0; i < count; i++) {
    if (i % 100 === 0 && benchAvailable() < 2e6) throw new Error(`memory ends after ${i} workers`);
    await start();
  }
  const time = benchNow() - begin;
  const figures = { [`alive_${count}`]: time / 1000 };
  if (benchOptions.memory) figures.idle = (benchKilobytes() - before) / count;
  return figures;
}
