export * from "node:worker_threads";
