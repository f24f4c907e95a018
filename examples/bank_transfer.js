// Two clerks move money into one account at the same time. Without atomic operations both read the same
// balance, and one deposit overwrites the other; with them, every deposit counts. Run twice over.
const { Worker, isMainThread, workerData } = require("worker_threads");
const kDeposits = 300_000;

function clerk({ balance, ready, atomic }) {
  // Start together, or the first is done before the second has come in.
  Atomics.add(ready, 0, 1);
  while (Atomics.load(ready, 0) < 2) Atomics.pause?.();
  for (let i = 0; i < kDeposits; i++) {
    if (atomic) Atomics.add(balance, 0, 1);
    else balance[0] = balance[0] + 1;
  }
}

function transfer(atomic) {
  return new Promise((resolve) => {
    const balance = new Int32Array(new SharedArrayBuffer(4)), ready = new Int32Array(new SharedArrayBuffer(4));
    let working = 2;
    for (let i = 0; i < 2; i++)
      new Worker(__filename, { workerData: { balance, ready, atomic } }).on("exit", () => --working === 0 && resolve(balance[0]));
  });
}

if (isMainThread) {
  (async () => {
    for (let round = 1; round <= 2; round++) {
      for (const atomic of [false, true]) {
        const total = await transfer(atomic), expected = 2 * kDeposits;
        console.log(`round ${round}, ${atomic ? "with Atomics:   " : "without Atomics:"} ${total} of ${expected}${total === expected ? "" : ` – ${expected - total} lost`}`);
      }
    }
  })();
} else {
  clerk(workerData);
}
