// Strings: building, slicing, searching, splitting.
function run() {
  let total = 0;
  for (let round = 0; round < 20; round++) {
    let text = "";
    for (let i = 0; i < 10000; i++) text += "item " + i + ";";
    const parts = text.split(";");
    total += parts.length + text.indexOf("item 9999") + text.lastIndexOf("item 1;");
    for (let i = 0; i < parts.length; i += 3) total += parts[i].slice(2, 6).charCodeAt(0) || 0;
    total += parts.join("-").toUpperCase().length;
  }
  return total;
}
