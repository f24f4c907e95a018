// markAsUncloneable, markAsUntransferable
// expect: DataCloneError $.a: an object marked as uncloneable could not be cloned
// expect: DataCloneError true 4
// expect: DataCloneError true
const { markAsUncloneable, markAsUntransferable, isMarkedAsUntransferable, MessageChannel } = require("worker_threads");
const object = Object.freeze({ x: 1 });
markAsUncloneable(object);
try { structuredClone({ a: object }); } catch (e) { console.log(e.name, e.message); }
const buffer = new ArrayBuffer(4);
markAsUntransferable(buffer);
try { structuredClone(buffer, { transfer: [buffer] }); } catch (e) { console.log(e.name, isMarkedAsUntransferable(buffer), structuredClone(buffer).byteLength); }
const { port1 } = new MessageChannel();
markAsUntransferable(port1);
try { structuredClone(port1, { transfer: [port1] }); } catch (e) { console.log(e.name, isMarkedAsUntransferable(port1)); }
