// https://encoding.spec.whatwg.org/ for UTF-8, UTF-16LE and windows-1252, and
// https://html.spec.whatwg.org/multipage/webappapis.html#atob
(function (native, use) {
"use strict";
const { tag } = use("events");

const labels = new Map();
for (const [name, list] of [
  ["utf-8", "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"],
  ["utf-16le", "utf-16le utf-16 ucs-2 csunicode iso-10646-ucs-2 unicode unicodefeff ucs2 utf16le"],
  ["windows-1252", "windows-1252 latin1 ascii us-ascii iso-8859-1 iso8859-1 iso88591 iso_8859-1 l1 cp1252 x-cp1252 ansi_x3.4-1968 cp819 csisolatin1 ibm819 iso-ir-100 iso_8859-1:1987"],
])
  for (const label of list.split(" ")) labels.set(label, name);
const kinds = ["utf-8", "utf-16le", "windows-1252"];

class TextEncoder {
  get encoding() { return "utf-8"; }
  encode(input = "") { return native.encodeUtf8(String(input)); }
  encodeInto(source, destination) {
    if (!(destination instanceof Uint8Array)) throw new TypeError("encodeInto: the destination must be a Uint8Array");
    const [read, written] = native.encodeInto(String(source), destination);
    return { read, written };
  }
}

class TextDecoder {
  #kind; #fatal; #ignoreBOM; #pending = null; #started = false;
  constructor(label = "utf-8", options = {}) {
    const name = labels.get(String(label).trim().toLowerCase());
    if (name === undefined) throw Object.assign(new RangeError(`The "${label}" encoding is not supported`), { code: "ERR_ENCODING_NOT_SUPPORTED" });
    this.#kind = kinds.indexOf(name);
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
  }
  get encoding() { return kinds[this.#kind]; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBOM; }
  decode(input, options) {
    const stream = Boolean(options?.stream);
    let bytes = input === undefined ? new Uint8Array() : ArrayBuffer.isView(input) || native.isBuffer(input) ? input : undefined;
    if (bytes === undefined) throw new TypeError("decode: the input must be an ArrayBuffer or a view of one");
    if (this.#pending) {
      const more = native.bytesOf(bytes);
      bytes = new Uint8Array(this.#pending.length + more.length);
      bytes.set(this.#pending);
      bytes.set(more, this.#pending.length);
      this.#pending = null;
    }
    // [text, bytes used]; undefined where a fatal decoder found an error
    const result = native.decode(this.#kind, bytes, this.#fatal, stream);
    if (result === undefined) {
      this.#started = false;
      throw Object.assign(new TypeError("The encoded data was not valid for encoding " + this.encoding), { code: "ERR_ENCODING_INVALID_ENCODED_DATA" });
    }
    let [text, used] = result;
    if (stream && used < bytes.byteLength) this.#pending = native.bytesOf(bytes).slice(used);
    if (!this.#started && text.length !== 0) {
      if (!this.#ignoreBOM && this.#kind !== 2 && text.charCodeAt(0) === 0xFEFF) text = text.slice(1);
      this.#started = true;
    }
    if (!stream) this.#started = false;
    return text;
  }
}
for (const constructor of [TextEncoder, TextDecoder]) tag(constructor, constructor.name);

function btoa(data) {
  if (arguments.length === 0) throw new TypeError("btoa: 1 argument required, but only 0 present");
  const text = native.toBase64(String(data));
  if (text === undefined) throw new (use("dom_exception").DOMException)("The string to be encoded contains characters outside of the Latin1 range.", "InvalidCharacterError");
  return text;
}
function atob(data) {
  if (arguments.length === 0) throw new TypeError("atob: 1 argument required, but only 0 present");
  const text = native.fromBase64(String(data));
  if (text === undefined) throw new (use("dom_exception").DOMException)("The string to be decoded is not correctly encoded.", "InvalidCharacterError");
  return text;
}

return { TextEncoder, TextDecoder, atob, btoa };
});
