// Long needles, windows of long texts, all four mixtures of one- and two-byte strings: found where a naive search finds them.
const assert = (condition, message) => { if (!condition) throw new Error(message); };
const same = (actual, expected, what) => assert(actual === expected, `${what}: ${actual}, expected ${expected}`);

// Texts of a, b and now and then a c; wide ones have a letter beyond latin1 at a place of its own.
function text(length, seed, wide) {
  let result = '', state = seed;
  for (let i = 0; i < length; i++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    result += 'aaabbc'[(state >> 16) % 6];
  }
  return wide ? result + '\u0142' : result;
}
function naive(haystack, needle, from) {
  for (let i = from; i + needle.length <= haystack.length; i++) if (haystack.slice(i, i + needle.length) === needle) return i;
  return -1;
}
function naiveLast(haystack, needle, from) {
  for (let i = Math.min(from, haystack.length - needle.length); i >= 0; i--) if (haystack.slice(i, i + needle.length) === needle) return i;
  return -1;
}
for (const wideText of [false, true]) {
  const haystack = text(700, 1, wideText);
  for (const wideNeedle of [false, true]) {
    for (const length of [1, 2, 3, 63, 64, 65, 66, 100, 300]) {
      for (const at of [0, 1, 77, 350, haystack.length - length]) {
        const needles = [haystack.slice(at, at + length), text(length, at + 5, false)];
        for (let needle of needles) {
          if (wideNeedle) needle = needle.slice(1) + '\u0142';
          for (const from of [0, 1, at, at + 1, 699]) {
            const what = JSON.stringify([wideText, wideNeedle, length, at, from]);
            same(haystack.indexOf(needle, from), naive(haystack, needle, from), 'indexOf ' + what);
            same(haystack.lastIndexOf(needle, from), naiveLast(haystack, needle, from), 'lastIndexOf ' + what);
          }
          same(haystack.includes(needle), naive(haystack, needle, 0) >= 0, 'includes');
        }
      }
    }
  }
}

// Across the windows in which long texts are searched.
const window_ = 1 << 20;
for (const filler of ['x', '\u2500']) {
  const long = filler.repeat(window_ - 3) + 'needle' + filler.repeat(window_);
  same(long.indexOf('needle'), window_ - 3, 'over the first border');
  same(long.indexOf('needle', window_ - 2), -1, 'behind it');
  same(long.lastIndexOf('needle'), window_ - 3, 'from the end');
  same((filler + long).lastIndexOf('needle'), window_ - 2, 'from the end, one later');
  same(long.indexOf(filler.repeat(100) + 'n'), window_ - 103, 'a longer one');
  same(long.lastIndexOf('e' + filler.repeat(100)), window_ + 2, 'a longer one from the end');
  same(long.indexOf('needles'), -1, 'absent');
  same(long.split('needle').length, 2, 'split');
  same(long.replace('needle', '').length, 2 * window_ - 3, 'replace');
}
same('abc'.indexOf('', 2), 2, 'empty');
same('abc'.lastIndexOf(''), 3, 'empty, last');
same('abc'.indexOf('abcd'), -1, 'longer than the text');
same('\u0142'.repeat(200).lastIndexOf('\u0142'.repeat(100), 50), 50, 'from the middle');

// Trimming and numbers of many digits.
same((' '.repeat(100000) + 'x' + '\u3000'.repeat(100000)).trim(), 'x', 'trim');
same(Number('1' + '0'.repeat(400)), Infinity, 'large');
same(Number('0.' + '0'.repeat(2000) + '1e2001'), 1, 'leading zeros');
same(Number('1' + '0'.repeat(2000) + 'e-2000'), 1, 'trailing zeros');
same(Number('0'.repeat(5000)), 0, 'zeros');
same(Object.is(Number('-0.' + '0'.repeat(5000)), -0), true, 'minus zero');
same(Number('00' + '9'.repeat(1200) + 'e-1199'), 10, 'nines');
same(parseFloat('1.5' + '0'.repeat(5000) + 'x'), 1.5, 'parseFloat');
// Half way between 1 and the next double: ties go to even, anything behind them up.
const half = '1.00000000000000011102230246251565404236316680908203125';
same(Number(half + '0'.repeat(3000)), 1, 'a tie');
same(Number(half + '0'.repeat(3000) + '1'), 1 + Number.EPSILON, 'a little more than a tie');
same(Number('0'.repeat(3000) + half.replace('.', '') + 'e-53'), 1, 'a tie behind zeros');
console.log('ok'); // expect: ok
