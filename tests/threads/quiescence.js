// expect: all said hello
// Everybody listens, nobody can speak any more: the program ends.
const channel = new MessageChannel();
channel.port1.onmessage = () => {};
let hello = 0;
for (let i = 0; i < 3; i++) {
  const worker = new Worker("data:text/javascript,onmessage = () => postMessage('hello')");
  worker.onmessage = () => { if (++hello === 3) console.log("all said hello"); };
  worker.postMessage(0);
}
