// indexOf, includes, startsWith, lastIndexOf, split, replaceAll with plain text.
const LINE = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau";
const TEXT = (LINE + "\n").repeat(60) + "omega";

function run() {
  let sum = 0;
  for (let i = 0; i < 60; i++) {
    sum += TEXT.indexOf("omega") + TEXT.lastIndexOf("alpha") + TEXT.indexOf("sigma tau\nbeta");
    if (TEXT.includes("upsilon")) sum++;
    for (let at = TEXT.indexOf("eta"); at >= 0; at = TEXT.indexOf("eta", at + 1)) sum += at & 3;
    if (TEXT.startsWith("alpha beta") && TEXT.endsWith("omega")) sum++;
  }
  for (let i = 0; i < 10; i++) {
    const lines = TEXT.split("\n");
    for (const line of lines) sum += line.split(" ").length;
    sum += TEXT.replace("beta", "b").length + TEXT.split("").length;
  }
  return sum;
}
