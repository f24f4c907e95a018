// Counts the words of a text, in an object and in a Map, and sorts them.
const STEMS = "time year people way day man thing woman life child world school state family student group country problem hand part".split(" ");
const TEXT = (() => {
  const words = [];
  let seed = 7;
  for (let i = 0; i < 5000; i++) {
    seed = (seed * 48271) % 2147483647;
    const stem = STEMS[seed % STEMS.length];
    words.push(seed & 8 ? stem + "s" : seed & 16 ? stem[0].toUpperCase() + stem.slice(1) : stem + (seed % 11), seed & 32 ? "," : "");
  }
  return words.join(" ");
})();

function run() {
  const counts = Object.create(null), positions = new Map();
  let word = "";
  for (let i = 0; i <= TEXT.length; i++) {
    const c = i < TEXT.length ? TEXT.charCodeAt(i) : 32;
    if ((c >= 97 && c <= 122) || (c >= 48 && c <= 57)) word += TEXT[i];
    else if (c >= 65 && c <= 90) word += TEXT[i].toLowerCase();
    else if (word !== "") {
      counts[word] = (counts[word] || 0) + 1;
      const list = positions.get(word);
      if (list) list.push(i);
      else positions.set(word, [i]);
      word = "";
    }
  }
  const names = Object.keys(counts).sort((a, b) => counts[b] - counts[a] || (a < b ? -1 : 1));
  return names.slice(0, 3).map((name) => name + ":" + counts[name] + ":" + positions.get(name)[1]).join(",");
}
