// Numbers to text and back: integers, doubles, radix, parseInt, parseFloat, toFixed.
function run() {
  let sum = 0;
  for (let i = 0; i < 6000; i++) {
    sum += String(i).length + (i * 0.1).toString().length + (i * 1.37e10 + 0.5).toFixed(2).length;
    sum += parseInt("12" + i, 10) + parseFloat(i + ".25") + Number("0." + i) + +("1e" + (i & 7));
    sum += i.toString(16).length + (i / 7).toPrecision(6).length;
    if (Number.isInteger(i / 4)) sum++;
  }
  return sum.toFixed(3);
}
