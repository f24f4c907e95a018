// stdin, stdout and stderr of workers
// expect: out: HEL
// expect: out: LO
// expect: err: problem
// expect: end of out
// expect: iterated ab
// expect: all 20 begin at the start
// expect: exec --x argv one
// expect: not captured
// expect: copied not captured
const { Worker } = require("worker_threads");
(async () => {
  const upper = new Worker("process.stdin.setEncoding('utf8'); process.stdin.on('data', (text) => console.log(text.toUpperCase())); process.stdin.on('end', () => console.error('problem'));",
                           { eval: true, stdin: true, stdout: true, stderr: true });
  upper.stdout.setEncoding("utf8");
  upper.stderr.setEncoding("utf8");
  upper.stdout.on("data", (text) => console.log("out:", text.trim()));
  upper.stderr.on("data", (text) => console.log("err:", text.trim()));
  const ended = new Promise((resolve) => upper.stdout.on("end", resolve));
  upper.stdin.write("hel");
  upper.stdin.end("lo");
  await ended;
  console.log("end of out");
  const two = new Worker("process.stdout.write('a'); setTimeout(() => process.stdout.write('b'), 5)", { eval: true, stdout: true });
  const texts = [];
  for await (const chunk of two.stdout) texts.push(new TextDecoder().decode(chunk));
  console.log("iterated", texts.join(""));
  let whole = 0;
  await Promise.all(Array.from({ length: 20 }, async () => {
    let said = "";
    for await (const chunk of new Worker("process.stdout.write('a')", { eval: true, stdout: true }).stdout) said += new TextDecoder().decode(chunk);
    if (said === "a") whole++;
  }));
  console.log("all", whole, "begin at the start");
  const options = new Worker("console.log('exec', process.execArgv[0], 'argv', process.argv[2])", { eval: true, execArgv: ["--x"], argv: ["one"], stdout: true });
  options.stdout.pipe(process.stdout);
  await new Promise((resolve) => options.stdout.on("end", resolve));
  const copied = new Worker("setTimeout(() => console.log('not captured'), 20)", { eval: true });
  let text = "";
  copied.stdout.on("data", (chunk) => text += new TextDecoder().decode(chunk));
  await new Promise((resolve) => copied.stdout.on("end", resolve));
  console.log("copied", text.trim());
})();
