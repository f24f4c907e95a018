// expect: one
// expect: two
// expect: transferred port says hi
// expect: 1 { message: 'polled' }
// expect: undefined
// expect: closed
const { MessageChannel, receiveMessageOnPort } = require("worker_threads");
const a = new MessageChannel(), b = new MessageChannel();
a.port1.postMessage("one");
a.port1.postMessage("two");
a.port1.postMessage("port", [b.port2]);
b.port1.postMessage("hi");
let count = 0;
a.port2.onmessage = (event) => {
  if (++count < 3) return console.log(event.data);
  const port = event.ports[0];
  port.on("message", (data) => {
    console.log("transferred port says", data);
    const c = new MessageChannel();
    c.port1.postMessage("polled");
    console.log(1, receiveMessageOnPort(c.port2));
    console.log(receiveMessageOnPort(c.port2));
    port.on("close", () => console.log("closed"));
    b.port1.close();
  });
};
