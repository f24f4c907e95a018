// https://url.spec.whatwg.org/, with punycode for hosts but without UTS 46's mapping tables: names are
// lower-cased and normalized (NFC) instead.
(function (native, use) {
"use strict";
const { tag } = use("events");
const { TextEncoder, TextDecoder } = use("encoding");

const specialPorts = { __proto__: null, "http:": 80, "https:": 443, "ws:": 80, "wss:": 443, "ftp:": 21, "file:": null };
const isSpecial = (protocol) => protocol in specialPorts;

// --- Percent-encoding: https://url.spec.whatwg.org/#percent-encoded-bytes ---
const encoder = new TextEncoder(), decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const escapes = Array.from({ length: 256 }, (_, i) => "%" + i.toString(16).toUpperCase().padStart(2, "0"));
const setOf = (characters, parent) => new Set([...(parent ?? []), ...characters]);
const fragmentSet = setOf(' "<>`'), querySet = setOf(' "#<>'), specialQuerySet = setOf("'", querySet);
const pathSet = setOf("?^`{}", querySet), userinfoSet = setOf("/:;=@[\\]|", pathSet), componentSet = setOf("$%&+,", userinfoSet);
const formSet = setOf("!'()~", componentSet), controlSet = setOf("");
function encode(text, set) {
  let result = "";
  for (const c of text) {
    const code = c.codePointAt(0);
    if (code >= 0x20 && code < 0x7F && !set.has(c)) result += c;
    else for (const byte of encoder.encode(c)) result += escapes[byte];
  }
  return result;
}
function decodeBytes(text) {
  const bytes = encoder.encode(text), result = [];
  for (let i = 0; i < bytes.length; i++) {
    const hex = bytes[i] === 0x25 && i + 2 < bytes.length ? String.fromCharCode(bytes[i + 1], bytes[i + 2]) : "";
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) { result.push(parseInt(hex, 16)); i += 2; }
    else result.push(bytes[i]);
  }
  return new Uint8Array(result);
}
const decode = (text) => text.includes("%") ? decoder.decode(decodeBytes(text)) : text;

// --- Hosts: https://url.spec.whatwg.org/#host-parsing ---
function punycode(label) {
  const input = [...label].map((c) => c.codePointAt(0));
  const basic = input.filter((c) => c < 128);
  let output = String.fromCharCode(...basic) + (basic.length ? "-" : "");
  let n = 128, delta = 0, bias = 72, handled = basic.length;
  while (handled < input.length) {
    const next = Math.min(...input.filter((c) => c >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const c of input) {
      if (c < n) delta++;
      if (c !== n) continue;
      let q = delta;
      for (let k = 36; ; k += 36) {
        const t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
        if (q < t) break;
        output += digit(t + (q - t) % (36 - t));
        q = Math.floor((q - t) / (36 - t));
      }
      output += digit(q);
      delta = handled === basic.length ? Math.floor(delta / 700) : delta >> 1;
      delta += Math.floor(delta / (handled + 1));
      bias = 0;
      for (; delta > 455; bias += 36) delta = Math.floor(delta / 35);
      bias += Math.floor(36 * delta / (delta + 38));
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return output;
}
const digit = (d) => String.fromCharCode(d < 26 ? 97 + d : 22 + d);
function domainToAscii(domain) {
  if (/^[\x00-\x7F]*$/.test(domain)) return domain.toLowerCase();
  return domain.normalize("NFKC").toLowerCase().replace(/[\u3002\uFF0E\uFF61]/g, ".").replace(/[\u00AD\u200B\u2060\uFEFF]/g, "").split(".")
    .map((label) => /^[\x00-\x7F]*$/.test(label) ? label : "xn--" + punycode(label)).join(".");
}
function parseIPv4Number(part) {
  if (part === "") return NaN;
  if (/^0[xX][0-9A-Fa-f]*$/.test(part)) return part.length === 2 ? 0 : parseInt(part.slice(2), 16);
  if (/^0[0-7]*$/.test(part)) return parseInt(part, 8);
  return /^[1-9][0-9]*$/.test(part) ? parseInt(part, 10) : NaN;
}
function parseIPv4(host) {
  const parts = host.split(".");
  if (parts.at(-1) === "" && parts.length > 1) parts.pop();
  if (parts.length > 4) return null;
  const numbers = parts.map(parseIPv4Number);
  if (numbers.some(Number.isNaN) || numbers.slice(0, -1).some((n) => n > 255)) return null;
  const last = numbers.at(-1);
  if (last >= 256 ** (5 - numbers.length)) return null;
  let address = last;
  numbers.slice(0, -1).forEach((n, i) => { address += n * 256 ** (3 - i); });
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
function parseIPv6(text) {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const read = (half) => {
    if (half === "") return [];
    const pieces = half.split(":");
    const result = [];
    for (const [i, piece] of pieces.entries()) {
      if (piece.includes(".")) {
        const bytes = piece.split(".");
        if (i !== pieces.length - 1 || bytes.length !== 4 || !bytes.every((b) => /^(0|[1-9][0-9]{0,2})$/.test(b) && b < 256)) return null;
        result.push(bytes[0] * 256 + +bytes[1], bytes[2] * 256 + +bytes[3]);
      } else if (/^[0-9A-Fa-f]{1,4}$/.test(piece)) {
        result.push(parseInt(piece, 16));
      } else {
        return null;
      }
    }
    return result;
  };
  const first = read(halves[0]), second = halves.length === 2 ? read(halves[1]) : [];
  if (first === null || second === null) return null;
  if (halves.length === 2 && halves[0].includes(".")) return null;
  const missing = 8 - first.length - second.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const pieces = [...first, ...Array(missing).fill(0), ...second];
  // The longest run of at least two zeros is left out.
  let best = -1, bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && pieces[i + length] === 0) length++;
    if (length > bestLength) { best = i; bestLength = length; }
    if (length) i += length - 1;
  }
  let result = "";
  for (let i = 0; i < 8; i++) {
    if (i === best) { result += i === 0 ? "::" : ":"; i += bestLength - 1; continue; }
    result += pieces[i].toString(16) + (i < 7 ? ":" : "");
  }
  return "[" + result + "]";
}
function parseHost(text, special) {
  if (text.startsWith("[")) return text.endsWith("]") ? parseIPv6(text.slice(1, -1)) : null;
  if (!special) return /[\0\t\n\r #/:<>?@[\\\]^|]/.test(text) ? null : encode(text, controlSet);
  const domain = domainToAscii(decode(text));
  if (domain === "" || /[\0-\x20"#%/:<>?@[\\\]^`{|}\x7F]/.test(domain)) return null;
  const parts = domain.split(".");
  const last = parts.at(-1) === "" && parts.length > 1 ? parts.at(-2) : parts.at(-1);
  if (/^[0-9]+$/.test(last) || /^0[xX][0-9A-Fa-f]*$/.test(last)) return parseIPv4(domain);
  return domain;
}

// --- Paths ---
const isSingleDot = (s) => s === "." || s.toLowerCase() === "%2e";
const isDoubleDot = (s) => ["..", ".%2e", "%2e.", "%2e%2e"].includes(s.toLowerCase());
const isDriveLetter = (s) => /^[A-Za-z][:|]$/.test(s);
function shorten(path, protocol) {
  if (protocol === "file:" && path.length === 1 && /^[A-Za-z]:$/.test(path[0])) return;
  path.pop();
}
function appendPath(path, text, protocol) {
  const segments = isSpecial(protocol) ? text.split(/[/\\]/) : text.split("/");
  segments.forEach((segment, i) => {
    const isLast = i === segments.length - 1;
    if (isDoubleDot(segment)) {
      shorten(path, protocol);
      if (isLast) path.push("");
    } else if (isSingleDot(segment)) {
      if (isLast) path.push("");
    } else {
      if (protocol === "file:" && path.length === 0 && isDriveLetter(segment)) segment = segment[0] + ":";
      path.push(encode(segment, pathSet));
    }
  });
}

// --- The parser: https://url.spec.whatwg.org/#concept-basic-url-parser, by pieces instead of states ---
// A record: protocol, username, password, host (null: none), port (null: none), path (list, or string when
// opaque), query (null: none), fragment. Null: not a URL.
function parse(input, base) {
  input = input.toWellFormed().replace(/^[\0-\x20]+|[\0-\x20]+$/g, "").replace(/[\t\n\r]/g, "");
  const url = { protocol: "", username: "", password: "", host: null, port: null, path: [], query: null, fragment: null };
  const hash = input.indexOf("#");
  if (hash >= 0) {
    url.fragment = encode(input.slice(hash + 1), fragmentSet);
    input = input.slice(0, hash);
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(input);
  let rest = input;
  if (scheme) {
    url.protocol = scheme[1].toLowerCase() + ":";
    rest = input.slice(scheme[0].length);
    // "http:x" with an http base is relative to it.
    if (!(isSpecial(url.protocol) && base && base.protocol === url.protocol && !/^[/\\]{2}/.test(rest) && url.protocol !== "file:"))
      return url.protocol === "file:" ? parseFile(url, rest, base?.protocol === "file:" ? base : null) : parseAbsolute(url, rest);
    return parseRelative(url, rest, base);
  }
  if (!base) return null;
  if (typeof base.path === "string") {
    if (hash < 0 || input !== "") return null;
    return { ...base, fragment: url.fragment };
  }
  url.protocol = base.protocol;
  return base.protocol === "file:" ? parseFile(url, rest, base) : parseRelative(url, rest, base);
}
function takeQuery(url, rest) {
  const at = rest.indexOf("?");
  if (at < 0) return rest;
  url.query = encode(rest.slice(at + 1), isSpecial(url.protocol) ? specialQuerySet : querySet);
  return rest.slice(0, at);
}
function parseAbsolute(url, rest) {
  const special = isSpecial(url.protocol);
  if (special) return parseAuthority(url, rest.replace(/^[/\\]*/, ""));
  if (rest.startsWith("//")) return parseAuthority(url, rest.slice(2));
  rest = takeQuery(url, rest);
  if (rest.startsWith("/")) {
    appendPath(url.path, rest.slice(1), url.protocol);
  } else {
    url.path = encode(rest, controlSet);
    if (url.path.endsWith(" ") && (url.query !== null || url.fragment !== null)) url.path = url.path.slice(0, -1) + "%20";
  }
  return url;
}
function parseAuthority(url, rest) {
  const special = isSpecial(url.protocol);
  const end = rest.search(special ? /[/\\?]/ : /[/?]/);
  let authority = end < 0 ? rest : rest.slice(0, end);
  rest = end < 0 ? "" : rest.slice(end);
  const at = authority.lastIndexOf("@");
  if (at >= 0) {
    const [, username, , password] = /^([^:]*)(:(.*))?$/s.exec(authority.slice(0, at));
    url.username = encode(username, userinfoSet);
    url.password = encode(password ?? "", userinfoSet);
    authority = authority.slice(at + 1);
    if (authority === "") return null;
  }
  const port = /^((?:\[[^\]]*\]|[^:])*)(?::(.*))?$/s.exec(authority);
  if (!port || (special && port[1] === "")) return null;
  if (port[1] === "" && (port[2] !== undefined || at >= 0)) return null;
  url.host = port[1] === "" ? "" : parseHost(port[1], special);
  if (url.host === null || !setPort(url, port[2] ?? "")) return null;
  return finishPath(url, rest);
}
function setPort(url, text) {
  if (text === "") return true;
  if (!/^[0-9]+$/.test(text) || Number(text) > 65535) return false;
  url.port = Number(text) === specialPorts[url.protocol] ? null : Number(text);
  return true;
}
function finishPath(url, rest) {
  rest = takeQuery(url, rest);
  if (rest !== "" && (rest[0] === "/" || (isSpecial(url.protocol) && rest[0] === "\\"))) rest = rest.slice(1);
  else if (rest === "" && !isSpecial(url.protocol)) return url;
  appendPath(url.path, rest, url.protocol);
  return url;
}
function parseRelative(url, rest, base) {
  const slash = isSpecial(url.protocol) ? /^[/\\]/ : /^\//;
  if (slash.test(rest) && slash.test(rest.slice(1))) return parseAuthority(url, isSpecial(url.protocol) ? rest.replace(/^[/\\]*/, "") : rest.slice(2));
  Object.assign(url, { username: base.username, password: base.password, host: base.host, port: base.port });
  if (slash.test(rest)) return finishPath(url, rest);
  const hasQuery = rest.includes("?");
  rest = takeQuery(url, rest);
  url.path = [...base.path];
  if (rest === "") {
    if (!hasQuery) url.query = base.query;
  } else {
    shorten(url.path, url.protocol);
    appendPath(url.path, rest, url.protocol);
  }
  return url;
}
function parseFile(url, rest, base) {
  url.host = "";
  if (/^[/\\]{2}/.test(rest)) {
    rest = rest.slice(2);
    const end = rest.search(/[/\\?]/);
    const host = end < 0 ? rest : rest.slice(0, end);
    if (!isDriveLetter(host)) {
      if (host !== "") {
        url.host = parseHost(host, true);
        if (url.host === null) return null;
        if (url.host === "localhost") url.host = "";
      }
      rest = end < 0 ? "" : rest.slice(end);
    }
    return finishPath(url, rest);
  }
  if (/^[/\\]/.test(rest)) {
    if (base) url.host = base.host;
    if (base && /^[A-Za-z]:$/.test(base.path[0] ?? "") && !/^[/\\][A-Za-z][:|]([/\\?]|$)/.test(rest)) url.path.push(base.path[0]);
    return finishPath(url, rest);
  }
  if (!base) return finishPath(url, rest);
  url.host = base.host;
  const hasQuery = rest.includes("?");
  rest = takeQuery(url, rest);
  url.path = [...base.path];
  if (rest === "") {
    if (!hasQuery) url.query = base.query;
    return url;
  }
  if (/^[A-Za-z][:|]([/\\]|$)/.test(rest)) url.path = [];
  else shorten(url.path, "file:");
  appendPath(url.path, rest, "file:");
  return url;
}

// https://url.spec.whatwg.org/#url-serializing
const serializePath = (url) => typeof url.path === "string" ? url.path : url.path.map((segment) => "/" + segment).join("");
function serialize(url) {
  let text = url.protocol;
  if (url.host !== null) {
    text += "//";
    if (url.username !== "" || url.password !== "") text += url.username + (url.password !== "" ? ":" + url.password : "") + "@";
    text += url.host + (url.port !== null ? ":" + url.port : "");
  } else if (typeof url.path !== "string" && url.path.length > 1 && url.path[0] === "") {
    text += "/.";
  }
  text += serializePath(url);
  if (url.query !== null) text += "?" + url.query;
  if (url.fragment !== null) text += "#" + url.fragment;
  return text;
}

// --- URLSearchParams: https://url.spec.whatwg.org/#interface-urlsearchparams ---
const parseForm = (text) => text.split("&").filter((piece) => piece !== "").map((piece) => {
  const at = piece.indexOf("=");
  return (at < 0 ? [piece, ""] : [piece.slice(0, at), piece.slice(at + 1)]).map((part) => decode(part.replaceAll("+", " ")));
});
const encodeForm = (text) => encode(text, formSet).replaceAll("%20", "+");
const serializeForm = (list) => list.map(([name, value]) => encodeForm(name) + "=" + encodeForm(value)).join("&");

let bind, refill;
class URLSearchParams {
  #list = []; #changed = null;
  constructor(init = "") {
    if (typeof init === "object" && init !== null || typeof init === "function") {
      const method = init[Symbol.iterator];
      if (method !== undefined && method !== null) {
        for (const pair of init) {
          const items = [...pair];
          if (items.length !== 2) throw Object.assign(new TypeError("Each query pair must be an iterable [name, value] tuple"), { code: "ERR_INVALID_TUPLE" });
          this.#list.push([String(items[0]).toWellFormed(), String(items[1]).toWellFormed()]);
        }
      } else {
        for (const key of Object.keys(init)) this.#list.push([key.toWellFormed(), String(init[key]).toWellFormed()]);
      }
    } else {
      this.#list = parseForm(String(init).toWellFormed().replace(/^\?/, ""));
    }
  }
  static {
    bind = (params, changed) => { params.#changed = changed; };
    refill = (params, query) => { params.#list = parseForm(query); };
  }
  #update() { this.#changed?.(this.#list.length ? serializeForm(this.#list) : null); }
  get size() { return this.#list.length; }
  append(name, value) { this.#list.push([String(name).toWellFormed(), String(value).toWellFormed()]); this.#update(); }
  delete(name, value) {
    name = String(name);
    this.#list = this.#list.filter(([n, v]) => n !== name || (value !== undefined && v !== String(value)));
    this.#update();
  }
  get(name) { name = String(name); return this.#list.find(([n]) => n === name)?.[1] ?? null; }
  getAll(name) { name = String(name); return this.#list.filter(([n]) => n === name).map(([, v]) => v); }
  has(name, value) { name = String(name); return this.#list.some(([n, v]) => n === name && (value === undefined || v === String(value))); }
  set(name, value) {
    name = String(name).toWellFormed();
    value = String(value).toWellFormed();
    const at = this.#list.findIndex(([n]) => n === name);
    if (at < 0) this.#list.push([name, value]);
    else {
      this.#list[at][1] = value;
      this.#list = this.#list.filter(([n], i) => i <= at || n !== name);
    }
    this.#update();
  }
  sort() {
    this.#list.sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    this.#update();
  }
  forEach(callback, thisArg) { for (const [name, value] of this) callback.call(thisArg, value, name, this); }
  *entries() { for (let i = 0; i < this.#list.length; i++) yield [...this.#list[i]]; }
  *keys() { for (let i = 0; i < this.#list.length; i++) yield this.#list[i][0]; }
  *values() { for (let i = 0; i < this.#list.length; i++) yield this.#list[i][1]; }
  toString() { return serializeForm(this.#list); }
}
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, { value: URLSearchParams.prototype.entries, writable: true, configurable: true });

// --- URL: https://url.spec.whatwg.org/#url-class ---
class URL {
  #url; #params = null;
  constructor(input, base) {
    if (arguments.length === 0) throw new TypeError("URL: 1 argument required, but only 0 present");
    input = String(input);
    let parsedBase = null;
    if (base !== undefined) parsedBase = parse(String(base), null);
    this.#url = base !== undefined && parsedBase === null ? null : parse(input, parsedBase);
    if (this.#url === null) throw Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input, ...base !== undefined && { base: String(base) } });
  }
  static canParse(input, base) { return URL.parse(input, base) !== null; }
  static parse(input, base) {
    try { return new URL(input, base); } catch { return null; }
  }
  static createObjectURL(blob) { return use("blob").createObjectURL(blob); }
  static revokeObjectURL(url) { use("blob").revokeObjectURL(url); }
  get href() { return serialize(this.#url); }
  set href(value) {
    const url = parse(String(value), null);
    if (url === null) throw Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input: String(value) });
    this.#url = url;
    if (this.#params) refill(this.#params, url.query ?? "");
  }
  get origin() {
    const { protocol, path } = this.#url;
    if (protocol === "blob:") {
      const inner = URL.parse(serializePath(this.#url));
      return inner && /^https?:$/.test(inner.protocol) ? inner.origin : "null";
    }
    return isSpecial(protocol) && protocol !== "file:" ? protocol + "//" + this.host : "null";
  }
  get protocol() { return this.#url.protocol; }
  set protocol(value) {
    const match = /^([A-Za-z][A-Za-z0-9+\-.]*):?/.exec(String(value));
    if (!match) return;
    const protocol = match[1].toLowerCase() + ":", url = this.#url;
    if (isSpecial(protocol) !== isSpecial(url.protocol)) return;
    if (protocol === "file:" && (url.username !== "" || url.password !== "" || url.port !== null)) return;
    if (url.protocol === "file:" && url.host === "") return;
    url.protocol = protocol;
    if (url.port === specialPorts[protocol]) url.port = null;
  }
  #cannotHaveCredentials() { return this.#url.host === null || this.#url.host === "" || this.#url.protocol === "file:"; }
  get username() { return this.#url.username; }
  set username(value) { if (!this.#cannotHaveCredentials()) this.#url.username = encode(String(value).toWellFormed(), userinfoSet); }
  get password() { return this.#url.password; }
  set password(value) { if (!this.#cannotHaveCredentials()) this.#url.password = encode(String(value).toWellFormed(), userinfoSet); }
  get host() {
    const { host, port } = this.#url;
    return host === null ? "" : host + (port !== null ? ":" + port : "");
  }
  set host(value) { this.#setHost(String(value), true); }
  get hostname() { return this.#url.host ?? ""; }
  set hostname(value) { this.#setHost(String(value), false); }
  #setHost(text, withPort) {
    const url = this.#url;
    if (typeof url.path === "string") return;
    const special = isSpecial(url.protocol);
    const end = text.search(special ? /[/\\?#]/ : /[/?#]/);
    if (end >= 0) text = text.slice(0, end);
    const match = /^((?:\[[^\]]*\]|[^:])*)(?::([0-9]*).*)?$/s.exec(text);
    if (!match || (match[2] !== undefined && !withPort)) return;
    if (match[1] === "" && (special && url.protocol !== "file:" || url.username !== "" || url.password !== "" || url.port !== null)) return;
    const host = match[1] === "" ? "" : parseHost(match[1], special);
    if (host === null) return;
    url.host = host;
    if (match[2]) setPort(url, match[2]);
  }
  get port() { return this.#url.port === null ? "" : String(this.#url.port); }
  set port(value) {
    if (this.#cannotHaveCredentials()) return;
    value = String(value);
    if (value === "") this.#url.port = null;
    else setPort(this.#url, /^[0-9]*/.exec(value)[0]);
  }
  get pathname() { return serializePath(this.#url); }
  set pathname(value) {
    const url = this.#url;
    if (typeof url.path === "string") return;
    url.path = [];
    value = String(value).toWellFormed().replace(/[\t\n\r]/g, "");
    if (value === "" && !isSpecial(url.protocol)) return;
    appendPath(url.path, (isSpecial(url.protocol) ? /^[/\\]/ : /^\//).test(value) ? value.slice(1) : value, url.protocol);
    url.path = url.path.map((segment) => segment.replaceAll("?", "%3F").replaceAll("#", "%23"));
  }
  get search() { return this.#url.query ? "?" + this.#url.query : ""; }
  set search(value) {
    value = String(value).toWellFormed().replace(/[\t\n\r]/g, "");
    this.#url.query = value === "" ? null : encode(value.replace(/^\?/, ""), isSpecial(this.#url.protocol) ? specialQuerySet : querySet);
    if (this.#params) refill(this.#params, this.#url.query ?? "");
  }
  get searchParams() {
    if (this.#params === null) {
      this.#params = new URLSearchParams(this.#url.query ?? "");
      bind(this.#params, (query) => { this.#url.query = query; });
    }
    return this.#params;
  }
  get hash() { return this.#url.fragment ? "#" + this.#url.fragment : ""; }
  set hash(value) {
    value = String(value).toWellFormed().replace(/[\t\n\r]/g, "");
    this.#url.fragment = value === "" ? null : encode(value.replace(/^#/, ""), fragmentSet);
  }
  toString() { return this.href; }
  toJSON() { return this.href; }
}
for (const name of ["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "searchParams", "hash", "toString", "toJSON"])
  Object.defineProperty(URL.prototype, name, { enumerable: true });
for (const constructor of [URL, URLSearchParams]) tag(constructor, constructor.name);

// --- https://nodejs.org/api/url.html ---
const pathToFileURL = (path) => {
  const url = new URL("file:///");
  url.pathname = encode(native.absolutePath(String(path)), setOf("%\\\n\r\t"));
  return url;
};
const fileURLToPath = (value) => {
  const url = typeof value === "string" ? new URL(value) : value;
  if (url?.protocol !== "file:") throw Object.assign(new TypeError("The URL must be of scheme file"), { code: "ERR_INVALID_URL_SCHEME" });
  if (url.host !== "") throw Object.assign(new TypeError("File URL host must be \"localhost\" or empty"), { code: "ERR_INVALID_FILE_URL_HOST" });
  if (/%2f/i.test(url.pathname)) throw Object.assign(new TypeError("File URL path must not include encoded / characters"), { code: "ERR_INVALID_FILE_URL_PATH" });
  return decode(url.pathname);
};
const urlModule = {
  URL, URLSearchParams, pathToFileURL, fileURLToPath,
  domainToASCII: (domain) => parseHost(String(domain), true) ?? "",
  urlToHttpOptions: (url) => ({ protocol: url.protocol, hostname: url.hostname, hash: url.hash, search: url.search, pathname: url.pathname,
    path: url.pathname + url.search, href: url.href, ...url.port !== "" && { port: Number(url.port) },
    ...(url.username || url.password) && { auth: decode(url.username) + ":" + decode(url.password) } }),
  format: (url) => String(url.href ?? url),
};

return { URL, URLSearchParams, pathToFileURL, urlModule };
});
