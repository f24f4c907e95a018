// A message there and back, and how many small ones a second go one way.
const roles = {
  echo: (port) => port.receive((value) => port.post(value)),
  count: (port) => {
    let seen = 0;
    port.receive((message) => { if (message.last) { port.post(seen); seen = 0; } else seen += message.n; });
  },
};

const roundTrips = (worker, count) => new Promise((resolve) => {
  let left = count;
  const begin = benchNow();
  worker.receiver = () => { if (--left) worker.post(left); else resolve((benchNow() - begin) / count); };
  worker.post(left);
});

async function main(threads) {
  const echo = threads.start("echo");
  echo.receive(() => echo.receiver());
  await roundTrips(echo, 200);
  const round = await best(30, () => roundTrips(echo, 200));
  echo.ignore();

  const counter = threads.start("count"), next = messages(counter), count = 20000;
  const flood = async () => {
    const begin = benchNow();
    for (let i = 0; i < count; i++) counter.post({ n: 1, text: "message" });
    counter.post({ last: true });
    if ((await next()) !== count) throw new Error("messages are missing");
    return benchNow() - begin;
  };
  await flood();
  return { round_trip: round * 1000, messages: count / (await best(10, flood)) * 1000 };
}
