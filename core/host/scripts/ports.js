// Message ports, channels and broadcast channels: https://html.spec.whatwg.org/multipage/web-messaging.html,
// with Node's additions.
(function (native, use) {
"use strict";
const { DOMException, CustomEvent, Event, EventTarget, state, count, add, remove, dispatch, deliver, deliverTo, define, tag, defineHandler } = use("events");
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
    dispatch(this, new CustomEvent(type, { detail: argument }));
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
    queueMicrotask(() => dispatch(this, new Event("close")));
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

class BroadcastChannel extends EventTarget {
  #name; #port; #closed = false;
  constructor(name) {
    if (arguments.length === 0) throw new TypeError("BroadcastChannel: 1 argument required, but only 0 present");
    super();
    this.#name = String(name);
    this.#port = native.joinChannel(this.#name);
    state(this.#port).forward = (kind, value) => { if (!this.#closed) deliver(this, kind, value, []); };
    state(this).changed = (listeners) => { if (!this.#closed) native.portRef(this.#port, listeners !== 0); };
    native.portStart(this.#port);
  }
  get name() { return this.#name; }
  postMessage(message) {
    if (this.#closed) throw new DOMException("The channel is closed", "InvalidStateError");
    native.broadcast(this.#port, this.#name, message);
  }
  close() {
    if (this.#closed) return;
    this.#closed = true;
    native.leaveChannel(this.#port, this.#name);
  }
  ref() { native.portRef(this.#port, true); return this; }
  unref() { native.portRef(this.#port, false); return this; }
}
defineHandler(BroadcastChannel.prototype, "message");
defineHandler(BroadcastChannel.prototype, "messageerror");

for (const constructor of [MessagePort, MessageChannel, BroadcastChannel]) tag(constructor, constructor.name);

return { MessagePort, MessageChannel, BroadcastChannel, transferOf };
});
