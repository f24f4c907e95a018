// Events: https://dom.spec.whatwg.org/#events, and the kinds of them that other standards have.
(function (native, use) {
"use strict";

let begin, isStopped, finish;

class Event {
  #type; #bubbles; #cancelable; #composed; #target = null; #current = null;
  #canceled = false; #stopped = false; #stoppedNow = false; #dispatching = false;
  #time = native.now();
  constructor(type, init = {}) {
    if (arguments.length === 0) throw new TypeError("Event: 1 argument required, but only 0 present");
    this.#type = String(type);
    this.#bubbles = Boolean(init?.bubbles);
    this.#cancelable = Boolean(init?.cancelable);
    this.#composed = Boolean(init?.composed);
  }
  get type() { return this.#type; }
  get target() { return this.#target; }
  get srcElement() { return this.#target; }
  get currentTarget() { return this.#current; }
  get bubbles() { return this.#bubbles; }
  get cancelable() { return this.#cancelable; }
  get composed() { return this.#composed; }
  get defaultPrevented() { return this.#canceled; }
  get returnValue() { return !this.#canceled; }
  get eventPhase() { return this.#dispatching ? 2 : 0; }
  get timeStamp() { return this.#time; }
  get isTrusted() { return false; }
  composedPath() { return this.#dispatching ? [this.#target] : []; }
  preventDefault() { if (this.#cancelable) this.#canceled = true; }
  stopPropagation() { this.#stopped = true; }
  stopImmediatePropagation() { this.#stopped = this.#stoppedNow = true; }
  static {
    begin = (event, target) => {
      if (event.#dispatching) throw new TypeError("The event is already being dispatched");
      event.#dispatching = true;
      event.#target = event.#current = target;
    };
    isStopped = (event) => event.#stoppedNow;
    finish = (event) => {
      event.#dispatching = event.#stopped = event.#stoppedNow = false;
      event.#current = null;
    };
  }
}
for (const [name, value] of [["NONE", 0], ["CAPTURING_PHASE", 1], ["AT_TARGET", 2], ["BUBBLING_PHASE", 3]])
  for (const object of [Event, Event.prototype]) Object.defineProperty(object, name, { value, enumerable: true });

class CustomEvent extends Event {
  #detail;
  constructor(type, init = {}) { super(type, init); this.#detail = init?.detail ?? null; }
  get detail() { return this.#detail; }
}

class MessageEvent extends Event {
  #data; #origin; #lastEventId; #source; #ports;
  constructor(type, init = {}) {
    super(type, init);
    this.#data = init?.data === undefined ? null : init.data;
    this.#origin = String(init?.origin ?? "");
    this.#lastEventId = String(init?.lastEventId ?? "");
    this.#source = init?.source ?? null;
    this.#ports = Object.freeze([...(init?.ports ?? [])]);
  }
  get data() { return this.#data; }
  get origin() { return this.#origin; }
  get lastEventId() { return this.#lastEventId; }
  get source() { return this.#source; }
  get ports() { return this.#ports; }
}
// What a listener is told: `undefined` stays undefined.
const messageEvent = (type, data, ports) => {
  const event = new MessageEvent(type, { data, ports });
  if (data === undefined) Object.defineProperty(event, "data", { value: undefined, configurable: true });
  return event;
};

class ErrorEvent extends Event {
  #message; #filename; #lineno; #colno; #error;
  constructor(type, init = {}) {
    super(type, init);
    this.#message = String(init?.message ?? "");
    this.#filename = String(init?.filename ?? "");
    this.#lineno = Number(init?.lineno ?? 0);
    this.#colno = Number(init?.colno ?? 0);
    this.#error = init?.error;
  }
  get message() { return this.#message; }
  get filename() { return this.#filename; }
  get lineno() { return this.#lineno; }
  get colno() { return this.#colno; }
  get error() { return this.#error; }
}

// https://html.spec.whatwg.org/multipage/webappapis.html#the-promiserejectionevent-interface
class PromiseRejectionEvent extends Event {
  #promise; #reason;
  constructor(type, init) {
    if (init?.promise === undefined) throw new TypeError("PromiseRejectionEvent: the member 'promise' is required");
    super(type, init);
    this.#promise = init.promise;
    this.#reason = init.reason;
  }
  get promise() { return this.#promise; }
  get reason() { return this.#reason; }
}

// What Node's listeners get instead of the event.
const payload = (event) => event instanceof MessageEvent ? event.data : event instanceof CustomEvent ? event.detail : event;

const { tag } = use("events");
for (const constructor of [Event, CustomEvent, MessageEvent, ErrorEvent, PromiseRejectionEvent]) tag(constructor, constructor.name);

return { Event, CustomEvent, MessageEvent, ErrorEvent, PromiseRejectionEvent, messageEvent, payload, begin, isStopped, finish };
});
