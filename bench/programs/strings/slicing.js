// Pieces of a text: charAt, charCodeAt, indexing, slice, substring, at, trim, case.
const TEXT = "The quick brown fox jumps over the lazy dog; pack my box with five dozen liquor jugs. ".repeat(40);

function run() {
  let sum = 0, word = "";
  for (let i = 0; i < TEXT.length; i++) {
    const code = TEXT.charCodeAt(i), unit = TEXT[i];
    if (unit === " ") { sum += word.length; word = ""; } else word += unit;
    sum += code;
  }
  for (let i = 0; i < 10000; i++) {
    const from = (i * 13) % 3000, piece = TEXT.slice(from, from + 12);
    sum += piece.length + TEXT.substring(from + 3, from).charCodeAt(0);
    if (piece.charAt(2) === "o") sum++;
    if ((i & 7) === 0) sum += piece.trim().toUpperCase().toLowerCase().length;
  }
  return sum;
}
