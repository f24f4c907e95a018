// From the wish for a worker to its first message: the first of the process, and later ones, when threads of
// workers that ended may be waiting for work.
const roles = { hello: (port) => port.post(1) };

const spawn = async (threads) => {
  const begin = benchNow(), worker = threads.start("hello"), next = messages(worker);
  await next();
  const time = benchNow() - begin;
  await worker.stop();
  return time;
};

async function main(threads) {
  const cold = await spawn(threads);
  return { spawn_cold: cold, spawn_warm: await best(benchOptions.spawns, () => spawn(threads)) };
}
