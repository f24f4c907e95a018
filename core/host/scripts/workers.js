// What workers of the Web (web_workers.js) and of Node (node_worker.js) have in common: how they start.
(function (native, use) {
"use strict";
const { state } = use("events");
const { sharedData } = use("initial");

// https://fetch.spec.whatwg.org/#data-url-processor, as far as code goes.
function decodeDataUrl(url) {
  const comma = url.indexOf(",");
  if (comma < 0) throw new (use("dom_exception").DOMException)("The data: URL is malformed", "SyntaxError");
  const body = url.slice(comma + 1);
  if (!/;base64$/i.test(url.slice(0, comma))) return decodeURIComponent(body);
  const { atob, TextDecoder } = use("encoding");
  return new TextDecoder().decode(Uint8Array.from(atob(decodeURIComponent(body)), (c) => c.charCodeAt(0)));
}
// The code that a data: or blob: URL stands for; undefined for files.
function codeOf(url) {
  if (url.startsWith("data:")) return decodeDataUrl(url);
  if (!url.startsWith("blob:")) return undefined;
  const code = native.blobText(url);
  if (code === undefined) throw new (use("dom_exception").DOMException)(`There is no blob with the URL '${url}'`, "NetworkError");
  return code;
}
const environmentOf = (object) => Object.entries(object).flat().map(String);
// Starts a thread; its end of a new port goes with it. Returns the thread's number and our end, whose messages
// go to `forward`: from the beginning, lest one comes after the news of the thread's end.
function launch(request, transfer, notice, forward) {
  const [here, there] = native.createChannel();
  state(here).forward = forward;
  native.portStart(here);
  request.port = there;
  const data = sharedData();
  if (data.size !== 0) request.initial.environmentData = data;
  try {
    return { id: native.startWorker(request, transfer, notice), port: here };
  } catch (error) {
    native.portClose(here);
    throw error;
  }
}

return { launch, codeOf, environmentOf };
});
