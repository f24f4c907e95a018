// indexOf, lastIndexOf, includes and split of latin1 and wide texts, against a search unit by unit.
function find(text, needle, from) {
  for (let i = from; i + needle.length <= text.length; i++) {
    let k = 0;
    while (k < needle.length && text.charCodeAt(i + k) === needle.charCodeAt(k)) k++;
    if (k === needle.length) return i;
  }
  return -1;
}
function find_last(text, needle, from) {
  for (let i = Math.min(from, text.length - needle.length); i >= 0; i--) if (find(text.slice(i, i + needle.length), needle, 0) === 0) return i;
  return -1;
}
let seed = 7;
const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
const make = (length, letters) => { let text = ""; for (let i = 0; i < length; i++) text += letters[random(letters.length)]; return text; };
const alphabets = ["ab", "abcdefgh", "\u00e9\u00ff\u0000a", "a\u4e2d", "\ud83d\ude00x"];
let compared = 0;
for (const letters of alphabets)
  for (const length of [0, 1, 5, 15, 16, 17, 31, 33, 64, 300, 3000]) {
    const text = make(length, letters);
    const needles = [make(1, letters), make(2, letters), make(3, letters), make(7, letters), make(18, letters), make(40, letters), "", "absent"];
    for (let i = 0; i < 6; i++) { const at = random(length + 1); needles.push(text.slice(at, at + 1 + random(40))); }
    needles.push(text, text + "x", text.slice(0, 16) + "a");
    for (const needle of needles) {
      for (const from of [0, length >> 3, length >> 1, length]) {
        if (text.indexOf(needle, from) !== find(text, needle, from)) console.log("indexOf", length, needle.length, from);
        if (text.lastIndexOf(needle, from) !== find_last(text, needle, from)) console.log("lastIndexOf", length, needle.length, from);
        compared++;
      }
      if (text.includes(needle) !== (find(text, needle, 0) >= 0)) console.log("includes", length, needle.length);
      if (text.split(needle).join(needle) !== text) console.log("split", length, needle.length);
    }
    if (text.split("").length !== length || text.split("").join("") !== text) console.log("units", length);
  }
console.log(compared > 2000);                                                  // expect: true
// What the quick test of first and last unit lets through everywhere.
const same = "a".repeat(100000);
console.log(same.indexOf("a".repeat(50) + "b" + "a".repeat(50)), (same + "b" + same).indexOf("ab"));  // expect: -1 99999
console.log("abc".split("", 2).join("|"), "abc".split("", 0).length, "".split("").length);             // expect: a|b 0 0
console.log("\ud83d\ude00".split("").length, "a,b,,c".split(",").length, "a,b".split(",", 1).length);  // expect: 2 4 1
const parts = "ab".split("");
parts.push("c");
console.log(parts.length, parts.join(""));                                                              // expect: 3 abc
