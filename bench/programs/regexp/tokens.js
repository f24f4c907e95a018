// A lexer with one sticky pattern, as real ones are written.
const SOURCE = "function area(r, n) { let x = 3.14 * r ** 2; if (x >= 10 && n !== 'a b') return \"text \\\" end\"; /* note */ return [x, 0xff]; } // end\n".repeat(30);

function run() {
  const token = /(\s+|\/\/.*|\/\*[^]*?\*\/)|([A-Za-z_$][\w$]*)|(0x[\da-f]+|\d+(?:\.\d+)?)|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(\*\*|[=!]==|[<>]=|&&|\|\||[-+*\/%=<>!(){}\[\];,.])/y;
  const counts = [0, 0, 0, 0, 0];
  while (token.lastIndex < SOURCE.length) {
    const match = token.exec(SOURCE);
    if (!match) throw new Error("no token");
    for (let kind = 1; kind <= 5; kind++) if (match[kind] !== undefined) counts[kind - 1] += match[kind].length;
  }
  return counts.join("/");
}
