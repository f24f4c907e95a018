// JSON.stringify of strings and members without preparation, against a replacer that changes nothing.
const texts = ["", "plain", "\"", "\\", "\b\f\n\r\t", "\u0000\u001f\u007f\u0080\u00ff", "\u4e2d\n\u6587", "\ud83d\ude00", "\ud83d", "\ude00x", "a\ud83dz",
  "\u2028\u2029", "long ".repeat(40) + "\n", "x".repeat(63) + "\"", "\n".repeat(200)];
const values = [0, -0, 1.5, NaN, Infinity, 1e21, -1e-7, 2 ** 31, true, false, null, undefined, Symbol("s"), () => 1, [], {}, [undefined, () => 1, Symbol("s")]];
let compared = 0;
for (const text of texts) {
  for (const value of values) {
    for (const whole of [text, [text, value], { [text]: value, then: text }, { a: { [text]: [value, text] } }, [value]]) {
      for (const space of [undefined, 2]) {
        const fast = JSON.stringify(whole, undefined, space), slow = JSON.stringify(whole, (key, value) => value, space);
        if (fast !== slow) console.log("differs", fast, slow);
        compared++;
      }
    }
  }
  if (JSON.parse(JSON.stringify(text)) !== text) console.log("does not come back", text);
}
console.log(compared);                                     // expect: 2550
console.log(JSON.stringify("\u0007\u001b"));               // expect: "\u0007\u001b"
console.log(JSON.stringify("\ud800"));                     // expect: "\ud800"
String.prototype.toJSON = function () { return "unseen"; };
console.log(JSON.stringify(["text"]));                     // expect: ["text"]
BigInt.prototype.toJSON = function () { return "big" + this; };
console.log(JSON.stringify([1n]));                         // expect: ["big1"]
