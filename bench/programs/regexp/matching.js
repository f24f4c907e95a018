// exec, test and matchAll over a log: literals, classes, alternatives, groups, lazy and greedy loops.
const LINES = [];
for (let i = 0; i < 300; i++) {
  const when = `2026-11-${String(1 + (i % 28)).padStart(2, "0")}T${String(i % 24).padStart(2, "0")}:15:${String(i % 60).padStart(2, "0")}Z`;
  LINES.push(`${when} [${i % 5 ? "info" : "error"}] user=u${i} path=/a/b${i % 7}/c?x=${i} took ${i * 3}ms "agent/${i}.0 (x; y)"`);
}
const TEXT = LINES.join("\n");

function run() {
  let sum = 0;
  const whole = /^(\d{4})-(\d\d)-(\d\d)T([\d:]+)Z \[(info|error)\] user=(\w+) path=(\S+) took (\d+)ms "(.*?)"$/;
  for (const line of LINES) {
    const match = whole.exec(line);
    sum += match[8].length + Number(match[8]);
    if (/error/i.test(line)) sum += 1;
    if (/(?:b3|b5)\/c\?x=(?<n>\d+)/.test(line)) sum += 2;
  }
  for (const match of TEXT.matchAll(/user=(u\d+).*?took (\d+)/g)) sum += match[1].length + Number(match[2]);
  sum += (TEXT.match(/\b[a-z]+\b/g) || []).length;
  sum += (TEXT.match(/[^\s"]+@[^\s"]+/g) || []).length;
  return sum;
}
