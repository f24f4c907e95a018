// Equality and order of strings that were made at run time; switch over them; localeCompare left out.
function run() {
  const words = [];
  for (let i = 0; i < 300; i++) words.push("prefix-" + (i % 100) + "-suffix");
  let sum = 0;
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 300; i++) {
      for (let j = 0; j < 150; j++) {
        if (words[i] === words[j]) sum++;
        if (words[i] < words[j]) sum += 2;
      }
    }
    for (let i = 0; i < 5000; i++) {
      switch (words[i % 300].slice(7, 9)) {
        case "1-": sum += 1; break;
        case "22": sum += 2; break;
        case "57": sum += 3; break;
        case "99": sum += 4; break;
        default: sum += 5;
      }
    }
  }
  return sum;
}
