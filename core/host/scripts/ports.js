// Message ports and channels: https://html.spec.whatwg.org/multipage/web-messaging.html,
// with Node's additions.
(function (native, use) {
"use strict";
const { EventTarget, state, count, add, remove, dispatch, deliverTo, define, tag, defineHandler } = use("events");
// --- Ports: https://html.spec.whatwg.org/multipage/web-messaging.html, and Node's additions ---

// The second argument of postMessage: a list, or options that have one. Undefined when there is none.
function transferOf(options) {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== "object") throw new TypeError("The transfer list must be an iterable or an options object");
  if (options[Symbol.iterator] !== undefined) return [...options];
  return options.transfer === undefined || options.transfer === null ? undefined : [...options.transfer];
}

function MessagePort() { throw new TypeError("Illegal constructor"); }
Object.setPrototypeOf(MessagePort, EventTarget);
Object.defineProperty(MessagePort, "prototype", { value: native.portPrototype, writable: false });
Object.setPrototypeOf(MessagePort.prototype, EventTarget.prototype);
Object.defineProperty(MessagePort.prototype, "constructor", { value: MessagePort, writable: true, configurable: true });
// Listeners in Node's manner: they get the message, not the event.
const nodeTargetMethods = {
  on(type, callback) { return listenNode(this, type, callback, false); },
  once(type, callback) { return listenNode(this, type, callback, true); },
  off(type, callback) {
    const s = state(this);
    for (const entry of s.listeners.get(type) ?? [])
      if (entry.callback === callback) { remove(s, type, entry); break; }
    return this;
  },
  removeAllListeners(type) {
    const s = state(this);
    for (const name of type === undefined ? [...s.listeners.keys()] : [type])
      for (const entry of [...(s.listeners.get(name) ?? [])]) remove(s, name, entry);
    return this;
  },
  listenerCount(type) { return count(state(this), type); },
  eventNames() { return [...state(this).listeners.keys()]; },
  emit(type, argument) {
    const had = count(state(this), type) !== 0;
    dispatch(this, new (use("event_types").CustomEvent)(type, { detail: argument }));
    return had;
  },
};
function listenNode(target, type, callback, once) {
  if (typeof callback !== "function") throw new TypeError('The "listener" argument must be of type function');
  add(state(target), type, { callback, once, node: true, removed: false, capture: false });
  if (type === "message" && native.isPort(target)) native.portStart(target);
  return target;
}
nodeTargetMethods.addListener = nodeTargetMethods.on;
nodeTargetMethods.removeListener = nodeTargetMethods.off;
define(MessagePort.prototype, nodeTargetMethods);
define(MessagePort.prototype, {
  postMessage(message, options) { native.portPost(this, message, options === undefined ? undefined : transferOf(options)); },
  start() { native.portStart(this); },
  close() {
    if (!native.portClose(this)) return;
    queueMicrotask(() => dispatch(this, new (use("event_types").Event)("close")));
  },
  ref() { native.portRef(this, true); },
  unref() { native.portRef(this, false); },
  hasRef() { return native.portHasRef(this); },
});
defineHandler(MessagePort.prototype, "message", (port) => native.portStart(port));
defineHandler(MessagePort.prototype, "messageerror");
defineHandler(MessagePort.prototype, "close");

const kinds = ["message", "messageerror", "close"];
native.setDispatcher((port, kind, value, ports) => {
  const s = state(port), { forward } = s;
  if (forward !== undefined) forward(kinds[kind], value, ports);
  else deliverTo(s, port, kinds[kind], value, ports);
});

class MessageChannel {
  #port1; #port2;
  constructor() { [this.#port1, this.#port2] = native.createChannel(); }
  get port1() { return this.#port1; }
  get port2() { return this.#port2; }
}

for (const constructor of [MessagePort, MessageChannel]) tag(constructor, constructor.name);

return { MessagePort, MessageChannel, transferOf };
});
