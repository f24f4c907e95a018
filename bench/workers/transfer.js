// An ArrayBuffer given to a worker and taken back, small and large: nothing may be copied.
const roles = { echo: (port) => port.receive((value) => port.post(value, [value])) };

async function main(threads) {
  const figures = {};
  if (!threads.transfers) return figures;
  const worker = threads.start("echo"), next = messages(worker);
  for (const megabytes of [1, 64]) {
    let buffer = new ArrayBuffer(megabytes << 20);
    figures[`transfer_${megabytes}`] = 1000 * await best(200, async () => {
      const begin = benchNow(), before = buffer;
      worker.post(buffer, [buffer]);
      if (before.byteLength !== 0) throw new Error("not detached");
      buffer = await next();
      if (buffer.byteLength !== megabytes << 20) throw new Error("not transferred");
      return benchNow() - begin;
    });
  }
  return figures;
}
