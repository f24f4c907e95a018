// Many messages are delivered in one go; what happens between two of them is what happens between two tasks.
// expect: microtasks run between messages: true
// expect: 5000 messages in order: true
// expect: large and small in order: true
// expect: the port moved on after 3 messages, 7 went with it: true
// expect: closed within a message: 2
// expect: a refused post leaves its buffer: QuotaExceededError 33554432
const { Worker, MessageChannel, receiveMessageOnPort } = require("worker_threads");
const next = (port) => new Promise((resolve) => port.once("message", resolve));

async function main() {
  {
    const { port1, port2 } = new MessageChannel(), seen = [];
    for (let i = 0; i < 3; i++) port1.postMessage(i);
    await new Promise((resolve) => port2.on("message", (i) => {
      seen.push(i);
      queueMicrotask(() => { seen.push(i); if (i === 2) resolve(); });
    }));
    console.log("microtasks run between messages:", seen.join() === "0,0,1,1,2,2");
    port1.close();
  }
  {
    const worker = new Worker(`const { parentPort } = require("worker_threads");
      for (let i = 0; i < 5000; i++) parentPort.postMessage({ i });`, { eval: true });
    let expected = 0, good = true;
    worker.on("message", ({ i }) => { good &&= i === expected++; });
    await new Promise((resolve) => worker.on("exit", resolve));
    console.log("5000 messages in order:", good && expected === 5000);
  }
  {
    const { port1, port2 } = new MessageChannel();
    for (let i = 0; i < 200; i++) port1.postMessage(i % 3 === 0 ? "x".repeat(1000 * i) : i % 3 === 1 ? i : new Uint8Array(i));
    let good = true;
    for (let i = 0; i < 200; i++) {
      const { message } = receiveMessageOnPort(port2);
      good &&= i % 3 === 1 ? message === i : message.length === (i % 3 === 0 ? 1000 * i : i);
    }
    console.log("large and small in order:", good && receiveMessageOnPort(port2) === undefined);
    port1.close();
  }
  {
    const { port1, port2 } = new MessageChannel(), carrier = new MessageChannel();
    for (let i = 0; i < 10; i++) port1.postMessage(i);
    let here = 0;
    port2.on("message", (i) => { if (++here === 3) carrier.port1.postMessage(port2, [port2]); });
    const moved = await next(carrier.port2), rest = [];
    await new Promise((resolve) => moved.on("message", (i) => { if (rest.push(i) === 7) resolve(); }));
    console.log("the port moved on after 3 messages, 7 went with it:", here === 3 && rest.join() === "3,4,5,6,7,8,9");
    port1.close();
    carrier.port1.close();
  }
  {
    const { port1, port2 } = new MessageChannel();
    for (let i = 0; i < 10; i++) port1.postMessage(i);
    let here = 0;
    const closed = new Promise((resolve) => port1.on("close", resolve));
    port1.on("message", () => {});
    port2.on("message", () => { if (++here === 2) port2.close(); });
    await closed;
    console.log("closed within a message:", here);
  }
  {
    const worker = new Worker("require('worker_threads').parentPort.postMessage('ready'); setInterval(() => {}, 1000)", { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } });
    await new Promise((resolve) => worker.on("message", resolve));
    const buffer = new ArrayBuffer(32 << 20);
    let name;
    try { worker.postMessage(buffer, [buffer]); } catch (error) { name = error.name; }
    console.log("a refused post leaves its buffer:", name, buffer.byteLength);
    await worker.terminate();
  }
}
main();
