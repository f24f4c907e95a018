// Draws the Mandelbrot set with all cores: the workers take rows from a shared counter and write pixels
// into shared memory; the main thread writes the picture as a PPM file.
//   skein examples/mandelbrot.js [width] [workers] [file]
const { Worker, isMainThread, workerData } = require("worker_threads");
const kMaxIterations = 300;

if (isMainThread) {
  const width = Number(process.argv[2] ?? 600), height = Math.round(width * 2 / 3);
  const workers = Number(process.argv[3] ?? navigator.hardwareConcurrency);
  const file = process.argv[4] ?? "mandelbrot.ppm";
  const pixels = new Uint8Array(new SharedArrayBuffer(width * height * 3));
  const nextRow = new Int32Array(new SharedArrayBuffer(4));

  const start = performance.now();
  let running = workers;
  for (let i = 0; i < workers; i++) {
    const worker = new Worker(__filename, { workerData: { pixels, nextRow, width, height } });
    worker.on("exit", () => {
      if (--running !== 0) return;
      const header = `P6\n${width} ${height}\n255\n`;
      const picture = new Uint8Array(header.length + pixels.length);
      for (let at = 0; at < header.length; at++) picture[at] = header.charCodeAt(at);
      picture.set(pixels, header.length);
      require("fs").writeFileSync(file, picture);
      console.log(`${file}: ${width}×${height} by ${workers} workers in ${Math.round(performance.now() - start)} ms`);
    });
  }
} else {
  const { pixels, nextRow, width, height } = workerData;
  for (let y; (y = Atomics.add(nextRow, 0, 1)) < height;) {
    for (let x = 0; x < width; x++) {
      const a = (x / width) * 3 - 2.1, b = (y / height) * 2 - 1;
      let re = 0, im = 0, i = 0;
      for (; i < kMaxIterations; i++) {
        const re2 = re * re, im2 = im * im;
        if (re2 + im2 > 4) break;
        im = 2 * re * im + b;
        re = re2 - im2 + a;
      }
      const at = (y * width + x) * 3, glow = i === kMaxIterations ? 0 : Math.sqrt(i / kMaxIterations);
      pixels[at] = 255 * Math.min(1, glow * 2.2);
      pixels[at + 1] = 255 * glow;
      pixels[at + 2] = 255 * Math.min(1, 0.15 + glow * 0.8) * (glow !== 0);
    }
  }
}
