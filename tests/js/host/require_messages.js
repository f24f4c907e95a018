// Modules of CommonJS: columns of the first line, names of JSON files, what is not there.
const tries = [() => require("./bad_fixture.json"), () => require("./throws_fixture.js"), () => require("./syntax_fixture.js"), () => require("./not_there"), () => require(5)];
for (const f of tries) {
  try { f(); } catch (e) {
    const first = e.stack.split("\n").find((line) => /fixture\.js:/.test(line)) ?? "";
    console.log(e.name, e.message.replace(/[^" ]*[/\\](?=\w+(_fixture|_messages))/g, "").replaceAll("\n", "|"), first.replace(/.*fixture\.js:(\d+:\d+).*/, "$1"));
  }
}
// expect: SyntaxError bad_fixture.json: Unexpected token '}', "{"a": }|" is not valid JSON 
// expect: TypeError Cannot read properties of null (reading 'property') 1:23
// expect: SyntaxError Unexpected token ';' 1:9
// expect: Error Cannot find module './not_there' 
// expect: TypeError The "id" argument must be of type string. Received 5 
