// Floating point: arithmetic and the functions of Math.
function run() {
  let x = 0.5, y = 1.5, sum = 0;
  for (let i = 1; i < 60000; i++) {
    x = 3.9 * x * (1 - x);
    y = y * 0.999 + x / i;
    sum += Math.sqrt(x) + Math.abs(y - 1) - Math.floor(y * 10) * 0.1;
  }
  for (let i = 1; i < 10000; i++) {
    const angle = i * 0.001;
    sum += Math.sin(angle) * Math.cos(angle) + Math.atan2(angle, 2) + Math.pow(angle, 1.5) + Math.max(angle, y, 1);
    sum += Math.round(angle) + Math.hypot(3, angle) + angle ** 2 % 3;
  }
  return sum.toFixed(4);
}
