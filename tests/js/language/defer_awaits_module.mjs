import { log } from "./defer_log_module.mjs";
await null;
log.push("awaits");
