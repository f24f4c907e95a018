// https://html.spec.whatwg.org/multipage/web-messaging.html#broadcasting-to-other-browsing-contexts
(function (native, use) {
"use strict";
const { EventTarget, state, deliver, tag, defineHandler } = use("events");

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
    if (this.#closed) throw new (use("dom_exception").DOMException)("The channel is closed", "InvalidStateError");
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
tag(BroadcastChannel, "BroadcastChannel");

return { BroadcastChannel };
});
