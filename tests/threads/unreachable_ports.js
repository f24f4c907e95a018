// Started ports that nobody can reach are collected; a repeating timer without reference ends nothing.
// expect: collected true
// expect: kept true
let finalized = 0;
const registry = new FinalizationRegistry(() => finalized++);
(function () {
  for (let i = 0; i < 200; i++) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = port2.onmessage = () => {};
    registry.register(port1, 0);
  }
})();
const kept = new MessageChannel();
let heard = false;
kept.port1.onmessage = () => { heard = true; kept.port1.close(); };
setInterval(() => {}, 5).unref();
let rounds = 0;
(function churn() {
  const garbage = [];
  for (let i = 0; i < 40000; i++) garbage.push({ i, text: "x" + i });
  if (finalized < 150 && rounds++ < 400) return setTimeout(churn, 0);
  console.log("collected", finalized >= 150);
  kept.port2.postMessage(0);
  setTimeout(() => console.log("kept", heard), 20);
})();
