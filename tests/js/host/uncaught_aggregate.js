// Causes and the errors of an aggregate are shown with their stacks; a class's own name, and extra properties once.
class ConfigError extends Error { constructor(message, options) { super(message, options); this.name = "ConfigError"; this.path = "/etc/x"; } }
function load() { throw new AggregateError([new ConfigError("bad file", { cause: new TypeError("deep") }), 3], "several"); }
load();
// exit: 1
// expect-error: uncaught_aggregate.js:3:25
// expect-error: AggregateError: several
// expect-error:     at load (
// expect-error:   [errors]: [
// expect-error:     ConfigError: bad file
// expect-error:       path: '/etc/x',
// expect-error:       [cause]: TypeError: deep
// expect-error:     3
