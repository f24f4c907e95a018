// Imported by missing_import.mjs.
import { x } from "./nowhere.js";
