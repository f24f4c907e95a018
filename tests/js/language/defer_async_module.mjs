import { log } from "./defer_log_module.mjs";
import "./defer_awaits_module.mjs";
log.push("async");
export const value = 2;
