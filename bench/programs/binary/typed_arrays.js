// Typed arrays of several kinds: reads, writes, set, subarray, fill.
function run() {
  const n = 4096, bytes = new Uint8Array(n), words = new Int32Array(n), doubles = new Float64Array(n);
  let sum = 0;
  for (let round = 0; round < 6; round++) {
    for (let i = 0; i < n; i++) {
      bytes[i] = i * 7 + round;
      words[i] = (bytes[i] << 8) ^ (words[i] + i);
      doubles[i] = words[i] * 0.5 + bytes[n - 1 - i];
    }
    for (let i = 1; i < n; i++) sum = (sum + words[i] - words[i - 1] + (doubles[i] | 0)) | 0;
    bytes.set(bytes.subarray(0, n / 2), n / 2);
    words.fill(round, 0, 16);
  }
  return sum;
}
