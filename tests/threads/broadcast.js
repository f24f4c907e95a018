// expect: two got news
// expect: worker got news
const one = new BroadcastChannel("b"), two = new BroadcastChannel("b");
const lines = [];
const done = (line) => { lines.push(line); if (lines.length === 2) console.log(lines.sort((a, b) => a > b ? 1 : -1).join("\n")); };
one.onmessage = (event) => { if (event.data === "ready") one.postMessage("news"); else done(event.data); };
two.onmessage = (event) => { if (event.data === "news") done("two got news"); };
new Worker("data:text/javascript,const c = new BroadcastChannel('b'); c.onmessage = (e) => { if (e.data === 'news') c.postMessage('worker got news'); }; c.postMessage('ready')");
