// https://w3c.github.io/FileAPI/: Blob and File, in memory, and the URLs of blobs, which all agents of a
// program see.
(function (native, use) {
"use strict";
const { tag } = use("events");
const { TextEncoder, TextDecoder } = use("encoding");

let blobParts, makeBlob;
const normalizeType = (type) => /[^\x20-\x7E]/.test(type) ? "" : type.toLowerCase();
class Blob {
  #bytes; #type;
  constructor(parts = [], options = {}) {
    if (typeof parts !== "object" || parts === null || typeof parts[Symbol.iterator] !== "function")
      throw new TypeError("Blob: the first argument must be a sequence");
    const native_ = options?.endings === "native";
    const chunks = [];
    let length = 0;
    for (const part of parts) {
      let bytes;
      if (typeof part === "object" && part !== null && #bytes in part) bytes = part.#bytes;
      else if (ArrayBuffer.isView(part) || native.isBuffer(part)) bytes = native.bytesOf(part);
      else bytes = new TextEncoder().encode(native_ ? String(part).replace(/\r\n?|\n/g, "\n") : String(part));
      chunks.push(bytes);
      length += bytes.length;
    }
    this.#bytes = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      this.#bytes.set(chunk, at);
      at += chunk.length;
    }
    this.#type = normalizeType(String(options?.type ?? ""));
  }
  get size() { return this.#bytes.length; }
  get type() { return this.#type; }
  async arrayBuffer() { return this.#bytes.slice().buffer; }
  async bytes() { return this.#bytes.slice(); }
  async text() { return new TextDecoder().decode(this.#bytes); }
  slice(start = 0, end = this.#bytes.length, type = "") {
    const result = new Blob();
    result.#bytes = this.#bytes.subarray(start, Math.max(end, 0) === end ? end : Math.max(this.#bytes.length + Number(end), 0));
    result.#type = normalizeType(String(type));
    return result;
  }
  static {
    blobParts = (value) => #bytes in value ? [value.#type, value.#bytes] : undefined;
    makeBlob = (type, bytes) => {
      const result = new Blob();
      result.#bytes = bytes;
      result.#type = type;
      return result;
    };
  }
}

class File extends Blob {
  #name; #lastModified;
  constructor(parts, name, options = {}) {
    if (arguments.length < 2) throw new TypeError(`File: 2 arguments required, but only ${arguments.length} present`);
    super(parts, options);
    this.#name = String(name);
    this.#lastModified = options?.lastModified === undefined ? Date.now() : Math.trunc(Number(options.lastModified)) || 0;
  }
  get name() { return this.#name; }
  get lastModified() { return this.#lastModified; }
  get webkitRelativePath() { return ""; }
}
for (const constructor of [Blob, File]) tag(constructor, constructor.name);

function createObjectURL(blob) {
  const parts = typeof blob === "object" && blob !== null ? blobParts(blob) : undefined;
  if (parts === undefined) throw new TypeError("URL.createObjectURL: the argument must be a Blob");
  return native.storeBlob(...parts);
}
function revokeObjectURL(url) { native.dropBlob(String(url)); }

// What structured clones of blobs carry.
const cloneBlob = (value) => {
  const parts = blobParts(value);
  return parts && [parts[0], parts[1].slice().buffer];
};
const readBlob = (type, buffer) => {
  if (typeof type !== "string" || !native.isBuffer(buffer)) throw new TypeError("The serialized Blob is malformed");
  return makeBlob(type, new Uint8Array(buffer));
};
native.cloneable("Blob", Blob.prototype, cloneBlob, readBlob);

return { Blob, File, createObjectURL, revokeObjectURL };
});
