// Text that grows: +=, templates, arrays joined, repeat and pad.
function run() {
  let length = 0;
  for (let round = 0; round < 4; round++) {
    let text = "";
    for (let i = 0; i < 6000; i++) text += "item " + i + ";";
    length += text.length + text.charCodeAt(text.length >> 1);
    const parts = [];
    for (let i = 0; i < 4000; i++) parts.push(`<li id="${i}" class="${i & 1 ? "odd" : "even"}">${round}</li>`);
    length += parts.join("\n").length;
    let wide = "";
    for (let i = 0; i < 2000; i++) wide += String.fromCharCode(0x3b1 + (i % 24)) + "ab".repeat(i & 3);
    length += wide.length + wide.charCodeAt(1000) + "7".padStart(8, "0").length;
  }
  return length;
}
