import { log } from "./defer_log_module.mjs";
import "./defer_dependency_module.mjs";
log.push("sync");
export let value = 1;
export function then() {}
