// LZ77 with a hash of three bytes: packs a text and unpacks it again.
const SOURCE = (() => {
  const phrases = ["the engine ", "runs the program ", "and collects ", "what nobody holds ", "any more; ", "threads ", "share nothing ", "but memory "];
  let text = "", seed = 3;
  while (text.length < 16000) { seed = (seed * 16807) % 2147483647; text += phrases[seed & 7] + (seed & 64 ? seed % 100 : ""); }
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
})();

function pack(input) {
  const out = [], heads = new Int32Array(4096).fill(-1), chain = new Int32Array(input.length).fill(-1);
  let at = 0;
  while (at < input.length) {
    let best = 0, from = 0;
    const hash = ((input[at] << 8) ^ (input[at + 1] << 4) ^ input[at + 2]) & 4095;
    for (let candidate = heads[hash], tries = 0; candidate >= 0 && tries < 8; candidate = chain[candidate], tries++) {
      let length = 0;
      while (length < 255 && at + length < input.length && input[candidate + length] === input[at + length]) length++;
      if (length > best && at - candidate < 65536) { best = length; from = at - candidate; }
    }
    chain[at] = heads[hash];
    heads[hash] = at;
    if (best > 3) { out.push(1, best, from >> 8, from & 255); at += best; } else { out.push(0, input[at]); at++; }
  }
  return Uint8Array.from(out);
}

function unpack(packed, size) {
  const out = new Uint8Array(size);
  let at = 0;
  for (let i = 0; i < packed.length;) {
    if (packed[i] === 0) { out[at++] = packed[i + 1]; i += 2; continue; }
    const length = packed[i + 1], from = (packed[i + 2] << 8) | packed[i + 3];
    for (let k = 0; k < length; k++, at++) out[at] = out[at - from];
    i += 4;
  }
  return out;
}

function run() {
  const packed = pack(SOURCE), back = unpack(packed, SOURCE.length);
  let checksum = 0;
  for (let i = 0; i < back.length; i++) {
    if (back[i] !== SOURCE[i]) throw new Error("differs at " + i);
    checksum = (checksum * 31 + back[i]) | 0;
  }
  return packed.length + "/" + checksum;
}
