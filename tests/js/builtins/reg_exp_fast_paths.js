// The methods of well-known symbols do the same with a pristine RegExp, which takes shortcuts, and with
// one that has a property of its own, which goes the specification's way.
const patterns = ["b", "(b)(x)?", "", "a*", "(?<name>b)|c", "$", "(?=b)", "\\u{1F600}|.", "[^]", "b(c)?\\1"];
const flags = ["", "g", "y", "gy", "i", "gi", "gu", "u", "gv", "d", "gs"];
const texts = ["", "b", "abcabc", "aBcb", "\u{1F600}b\u{1F600}", "bbbb", "\ud83d", "a\nb"];
const replacements = ["", "x", "[$&]", "$1-$2-$10-$01", "$`|$'", "$$", "$<name>", "$<name", (...all) => JSON.stringify(all)];

function plain(pattern, flag) { try { return new RegExp(pattern, flag); } catch { return null; } }
function seen(pattern, flag) {
  const r = plain(pattern, flag);
  r.exec = function (s) { return RegExp.prototype.exec.call(this, s); };
  return r;
}
const operations = {
  match: (r, s) => s.match(r),
  matchAll: (r, s) => r.global ? [...s.matchAll(r)] : null,
  search: (r, s) => s.search(r),
  split: (r, s) => s.split(r),
  splitLimited: (r, s) => s.split(r, 2),
  test: (r, s) => r.test(s),
};
for (const [i, replacement] of replacements.entries()) operations["replace" + i] = (r, s) => s.replace(r, replacement);

let compared = 0;
for (const pattern of patterns)
  for (const flag of flags)
    for (const text of texts)
      for (const [name, operate] of Object.entries(operations))
        for (const lastIndex of [0, 1, 7]) {
          const fast = plain(pattern, flag);
          if (fast === null) continue;
          const slow = seen(pattern, flag);
          fast.lastIndex = slow.lastIndex = lastIndex;
          const a = JSON.stringify([operate(fast, text), fast.lastIndex]);
          const b = JSON.stringify([operate(slow, text), slow.lastIndex]);
          ++compared;
          if (a !== b) console.log(`/${pattern}/${flag} ${name} ${JSON.stringify(text)} at ${lastIndex}: ${a} but ${b}`);
        }
console.log(compared > 10000);
// expect: true
