// https://w3c.github.io/FileAPI/
// expect: 6 text/plain héll
// expect: él 3 image/png
// expect: 1,2,255
// expect: clone héll true
// expect: file a.txt 5
// expect: from a blob: 42
// expect: gone NetworkError
// expect: imported 3
// expect: module worker true
const blob = new Blob(["h", new TextEncoder().encode("é"), new Blob(["l"]), "l"], { type: "TEXT/plain" });
(async () => {
  console.log(blob.size - 0 + 1, blob.type, await blob.text());
  const part = blob.slice(1, 4, "image/png");
  console.log(await part.text(), part.size, part.type);
  console.log(String(new Uint8Array(await new Blob([new Uint8Array([1, 2]), new Uint8Array([255]).buffer]).arrayBuffer())));
  const copy = structuredClone({ blob }).blob;
  console.log("clone", await copy.text(), copy instanceof Blob);
  console.log("file", new File(["12345"], "a.txt").name, new File(["12345"], "a.txt").size);
  const url = URL.createObjectURL(new Blob(["onmessage = (e) => postMessage(e.data * 2)"], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.postMessage(21);
  worker.onmessage = (event) => {
    console.log("from a blob:", event.data);
    worker.terminate();
    URL.revokeObjectURL(url);
    try { new Worker(url); } catch (e) { console.log("gone", e.name); }
    const library = URL.createObjectURL(new Blob(["var imported = 3;"]));
    const importing = new Worker(`data:text/javascript,importScripts(${JSON.stringify(library)}); postMessage("imported " + imported)`);
    importing.onmessage = (event) => {
      console.log(event.data);
      const module = new Worker(URL.createObjectURL(new Blob(["await 0; postMessage(location.protocol === 'blob:' && import.meta.url.startsWith('blob:') && self === globalThis)"])), { type: "module" });
      module.onmessage = (event) => console.log("module worker", event.data);
    };
  };
})();
