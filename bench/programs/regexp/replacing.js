// replace with patterns, templates and callbacks; split by a pattern.
const TEXT = "The total of 3 apples & 12 pears < 40 \"euros\", said O'Neil on 2026-11-22.\n".repeat(80);
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function run() {
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    sum += TEXT.replace(/[&<>"']/g, (c) => ENTITIES[c]).length;
    sum += TEXT.replace(/(\d{4})-(\d\d)-(\d\d)/g, "$3.$2.$1").indexOf("22.11.2026");
    sum += TEXT.replace(/\d+/g, (digits) => String(Number(digits) + 1)).length;
    sum += TEXT.replace(/\s+/g, " ").length + TEXT.replace(/^\s+|\s+$/g, "").length;
    sum += TEXT.split(/[\s,.]+/).length + TEXT.split(/\n/).length;
  }
  return sum;
}
