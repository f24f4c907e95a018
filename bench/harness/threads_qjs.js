// The same over quickjs-ng's os.Worker, which has no data at start, no transfer and no terminate(). A thread that listens
// to several workers looks only at as many of the first as have something to say: so it listens to one at a time.
import * as os from "qjs:os";
import * as std from "qjs:std";
globalThis.std = std;

const benchThreads = (() => {
  const parent = os.Worker.parent;
  const alive = new Set(); // a worker that is not held hears and says nothing any more
  const port = (side, keep) => ({
    post: (value) => side.postMessage({ value }),
    receive: (listener) => { side.onmessage = (event) => { if (!keep(event.data)) listener(event.data.value); }; },
    ignore: () => { side.onmessage = null; },
  });
  return {
    isMain: !parent,
    transfers: false,
    start(role, data) {
      const worker = new os.Worker(benchOptions.file);
      alive.add(worker);
      const end = () => new Promise((resolve) => {
        worker.onmessage = ({ data }) => {
          if (!data.ended) return;
          worker.onmessage = null;
          alive.delete(worker);
          resolve();
        };
        worker.postMessage({ stop: true });
      });
      worker.postMessage({ role, data });
      return { ...port(worker, () => false), stop: end };
    },
    enter(roles) {
      const stops = (message) => {
        if (!message.stop) return false;
        parent.onmessage = null;
        parent.postMessage({ ended: true });
        return true;
      };
      parent.onmessage = ({ data: { role, data } }) => {
        parent.onmessage = (event) => stops(event.data);
        roles[role](port(parent, stops), data);
      };
    },
    readText: (path) => std.loadFile(path),
    exit: (code) => std.exit(code),
  };
})();

const messages = (line) => () => new Promise((resolve) => line.receive((value) => { line.ignore(); resolve(value); }));
