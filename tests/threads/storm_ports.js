// Many messages through many ports: none lost, none out of order. Arguments: messages, ports.
// expect: in order 20000
const { Worker, MessageChannel } = require("worker_threads");
const messages = Number(process.argv[2] ?? 20000), ports = Number(process.argv[3] ?? 100);
const worker = new Worker("require('worker_threads').parentPort.on('message', ({ port }) => { port.on('message', (m) => port.postMessage(m)); port.on('close', () => {}); })", { eval: true });
const channels = Array.from({ length: ports }, () => {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ port: port2 }, [port2]);
  const channel = { port: port1, sent: 0, received: 0 };
  port1.on("message", (m) => {
    if (m.n !== channel.received++ || m.text.length !== m.n % 50) throw new Error(`out of order: ${m.n}`);
    if (++total === messages) {
      console.log("in order", total);
      for (const { port } of channels) port.close();
      worker.terminate();
    }
  });
  return channel;
});
let total = 0;
for (let i = 0; i < messages; i++) {
  const channel = channels[i * 7919 % ports];
  channel.port.postMessage({ n: channel.sent, text: "x".repeat(channel.sent % 50) });
  channel.sent++;
}
