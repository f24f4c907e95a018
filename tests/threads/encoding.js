// https://encoding.spec.whatwg.org/
// expect: 226,130,172,240,159,152,128,239,191,189
// expect: {"read":1,"written":3} 226,130,172,0
// expect: shared 2 2 104,105
// expect: €😀
// expect: TypeError ERR_ENCODING_INVALID_ENCODED_DATA
// expect: bom x
// expect: ab€ ab
// expect: hi€Ÿ
// expect: windows-1252 utf-16le
// expect: aGk= hi
// expect: InvalidCharacterError InvalidCharacterError
// expect: abc
console.log(String(new TextEncoder().encode("€😀\uD800")));
const four = new Uint8Array(4);
console.log(JSON.stringify(new TextEncoder().encodeInto("€€", four)), String(four));
const shared = new Uint8Array(new SharedArrayBuffer(2));
const { read, written } = new TextEncoder().encodeInto("hi!", shared);
console.log("shared", read, written, String(shared));
const decoder = new TextDecoder();
let text = "";
for (const byte of new TextEncoder().encode("€😀")) text += decoder.decode(new Uint8Array([byte]), { stream: true });
console.log(text + decoder.decode());
try { new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([0xFF])); } catch (e) { console.log(e.name, e.code); }
console.log("bom", new TextDecoder().decode(new Uint8Array([0xEF, 0xBB, 0xBF, 0x78])));
const wide = new TextDecoder("utf-16");
console.log(wide.decode(new Uint8Array([0x61, 0, 0x62, 0, 0xAC, 0x20])), wide.decode(new Uint8Array([0x61, 0, 0x62]), { stream: true }) + wide.decode(new Uint8Array([0])));
console.log(new TextDecoder("latin1").decode(new Uint8Array([0x68, 0x69, 0x80, 0x9F])));
console.log(new TextDecoder("ascii").encoding, new TextDecoder("ucs-2").encoding);
console.log(btoa("hi"), atob(" aGk "));
const name = (f) => { try { f(); } catch (e) { return e.name; } };
console.log(name(() => btoa("€")), name(() => atob("a")));
console.log(atob("YWJj"));
