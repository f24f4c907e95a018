// The part of https://nodejs.org/api/stream.html that workers' standard streams need: byte streams that
// flow, pause, end and pipe.
(function (native, use) {
"use strict";
const { EventEmitter } = use("emitter");
const { TextDecoder, TextEncoder } = use("encoding");

class Readable extends EventEmitter {
  #buffer = []; #flowing = null; #ended = false; #endEmitted = false; #decoder = null; #scheduled = false; #encoding = null; #tail = null; #readSize = 0;
  #onRead;
  destroyed = false;
  readable = true;
  constructor(options = {}) {
    super();
    this.#onRead = options.read;
    if (options.encoding) this.setEncoding(options.encoding);
  }
  get readableEnded() { return this.#endEmitted; }
  get readableFlowing() { return this.#flowing; }
  get readableEncoding() { return this.#encoding; }
  // The source side: a chunk, or null at the end. False: the reader is slower.
  push(chunk) {
    if (this.#ended || this.destroyed) return false;
    if (chunk === null) {
      this.#ended = true;
      const rest = this.#decoder?.decode();
      if (rest) this.#buffer.push(rest);
    } else {
      if (typeof chunk === "string" && !this.#decoder) chunk = new TextEncoder().encode(chunk);
      if (this.#decoder && typeof chunk !== "string") chunk = this.#decoder.decode(chunk, { stream: true });
      if (chunk.length !== 0) this.#buffer.push(chunk);
    }
    if (this.#flowing) this.#schedule();
    else this.emit("readable");
    return this.#buffer.length < 16;
  }
  setEncoding(encoding) {
    this.#encoding = String(encoding);
    this.#decoder = new TextDecoder(encoding);
    this.#buffer = this.#buffer.map((chunk) => typeof chunk === "string" ? chunk : this.#decoder.decode(chunk, { stream: true }));
    return this;
  }
  on(name, listener) {
    super.on(name, listener);
    if (name === "data" && this.#flowing !== false) this.resume();
    if (name === "readable" && this.#flowing === null) {
      this.#flowing = false;
      if (this.#buffer.length || this.#ended) queueMicrotask(() => this.emit("readable"));
    }
    return this;
  }
  addListener(name, listener) { return this.on(name, listener); }
  resume() {
    this.#flowing = true;
    this.#onRead?.call(this);
    this.#schedule();
    return this;
  }
  pause() { this.#flowing = false; return this; }
  isPaused() { return this.#flowing === false; }
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => { this.#scheduled = false; this.#flow(); });
  }
  #flow() {
    while (this.#flowing && this.#buffer.length) this.emit("data", this.#buffer.shift());
    if (this.#flowing && this.#ended) this.#finish();
  }
  #finish() {
    if (this.#endEmitted || this.destroyed) return;
    this.#endEmitted = true;
    this.readable = false;
    this.emit("end");
    this.destroy();
  }
  read() {
    const chunk = this.#buffer.shift() ?? null;
    if (chunk === null && this.#ended) queueMicrotask(() => this.#finish());
    return chunk;
  }
  pipe(target, options) {
    this.on("data", (chunk) => { if (target.write(chunk) === false && typeof target.once === "function") { this.pause(); target.once("drain", () => this.resume()); } });
    if (options?.end !== false && target !== process.stdout && target !== process.stderr) this.on("end", () => target.end());
    target.emit?.("pipe", this);
    return target;
  }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.readable = false;
    queueMicrotask(() => { if (error) this.emit("error", error); this.emit("close"); });
    return this;
  }
  async *[Symbol.asyncIterator]() {
    const waiting = [];
    let failure;
    const wake = () => { for (const resolve of waiting.splice(0)) resolve(); };
    if (this.#flowing !== true) this.#flowing = false;
    this.#onRead?.call(this);
    super.on("readable", wake).on("close", wake).on("error", (error) => { failure = error; wake(); });
    try {
      for (;;) {
        if (failure) throw failure;
        if (this.#buffer.length) yield this.#buffer.shift();
        else if (this.#ended || this.destroyed) break;
        else await new Promise((resolve) => waiting.push(resolve));
      }
    } finally {
      this.#finish();
      this.off("readable", wake).off("close", wake);
    }
  }
  static from(iterable, options) {
    const stream = new Readable(options);
    (async () => { for await (const chunk of iterable) stream.push(chunk); stream.push(null); })().catch((error) => stream.destroy(error));
    return stream;
  }
}

class Writable extends EventEmitter {
  #write; #final; #ended = false; #pending = 0; #finished = false;
  destroyed = false;
  writable = true;
  // write(bytes, encoding, callback), final(callback), as subclasses of Node's Writable have them
  constructor(options = {}) {
    super();
    this.#write = options.write;
    this.#final = options.final;
  }
  get writableEnded() { return this.#ended; }
  get writableFinished() { return this.#finished; }
  write(chunk, encoding, callback) {
    if (typeof encoding === "function") [encoding, callback] = [undefined, encoding];
    if (this.#ended) {
      const error = Object.assign(new Error("write after end"), { code: "ERR_STREAM_WRITE_AFTER_END" });
      queueMicrotask(() => { callback?.(error); this.emit("error", error); });
      return false;
    }
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    ++this.#pending;
    const done = (error) => {
      --this.#pending;
      if (error) this.emit("error", error);
      queueMicrotask(() => { callback?.(error); this.#maybeFinish(); });
    };
    this.#write.call(this, bytes, encoding ?? "utf8", done);
    return true;
  }
  end(chunk, encoding, callback) {
    if (typeof chunk === "function") [chunk, callback] = [undefined, chunk];
    else if (typeof encoding === "function") [encoding, callback] = [undefined, encoding];
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    if (callback) this.once("finish", callback);
    if (!this.#ended) {
      this.#ended = true;
      this.writable = false;
      queueMicrotask(() => this.#maybeFinish());
    }
    return this;
  }
  #maybeFinish() {
    if (!this.#ended || this.#pending !== 0 || this.#finished) return;
    this.#finished = true;
    const done = () => { this.emit("finish"); this.destroy(); };
    if (this.#final) this.#final.call(this, done);
    else done();
  }
  cork() {}
  uncork() {}
  setDefaultEncoding() { return this; }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.writable = false;
    queueMicrotask(() => { if (error) this.emit("error", error); this.emit("close"); });
    return this;
  }
}

// A Readable that a port feeds: Uint8Array chunks, null at the end.
function readableFromPort(port) {
  const stream = new Readable({ read() { if (!this.started) { this.started = true; port.ref(); } } });
  const { state } = use("events");
  state(port).forward = (kind, value) => {
    if (kind === "message") {
      stream.push(value);
      if (value === null) port.close();
    } else if (kind === "close") {
      stream.push(null);
      stream.resume();
    }
  };
  native.portStart(port);
  return stream;
}
function writableToPort(port) {
  return new Writable({
    write(bytes, encoding, callback) { port.postMessage(bytes); callback(); },
    final(callback) { port.postMessage(null); callback(); },
  });
}

return { Readable, Writable, readableFromPort, writableToPort };
});
