// A module that is not there: the error says where it is imported, also when an import() asked for the importer.
import("./missing_fixture.mjs").catch((error) => {
  const [message, ...places] = error.stack.replaceAll(/(?<= )\/[^\s:]*\//g, "").split("\n    at ");
  console.log(error.code, message);
  console.log(places.join(" | "));
});
import("./missing_json_fixture.mjs").catch((error) => console.log(error.name, error.stack.match(/\w+\.mjs:\d+:\d+/)[0]));
// expect: ERR_MODULE_NOT_FOUND Error: Cannot find module './nowhere.js' imported from missing_fixture.mjs
// expect: missing_fixture.mjs:2:19 | missing_import.mjs:2:1
// expect: SyntaxError missing_json_fixture.mjs:1:20
