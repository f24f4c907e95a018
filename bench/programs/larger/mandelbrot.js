// The Mandelbrot set, a bit per point, folded into one number.
function run() {
  const size = 72, limit = 50;
  let sum = 0, bits = 0, count = 0;
  for (let y = 0; y < size; y++) {
    const ci = (2 * y) / size - 1;
    for (let x = 0; x < size; x++) {
      const cr = (2 * x) / size - 1.5;
      let zr = 0, zi = 0, i = 0;
      while (i < limit && zr * zr + zi * zi <= 4) {
        const next = zr * zr - zi * zi + cr;
        zi = 2 * zr * zi + ci;
        zr = next;
        i++;
      }
      bits = (bits << 1) | (i === limit ? 1 : 0);
      if (++count === 8) { sum ^= bits * (x + 1); sum = (sum << 1) | (sum >>> 31); bits = count = 0; }
    }
  }
  return sum;
}
