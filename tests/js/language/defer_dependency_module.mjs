import { log } from "./defer_log_module.mjs";
log.push("dependency");
