// https://html.spec.whatwg.org/multipage/workers.html#worker-locations
(function (native, use) {
"use strict";
const { URL, pathToFileURL } = use("url");

class WorkerLocation {
  #url;
  constructor(path) {
    this.#url = path.startsWith("/") ? pathToFileURL(path) : URL.canParse(path) ? new URL(path) : new URL("about:blank");
  }
  get href() { return this.#url.href; }
  get origin() { return this.#url.origin; }
  get protocol() { return this.#url.protocol; }
  get host() { return this.#url.host; }
  get hostname() { return this.#url.hostname; }
  get port() { return this.#url.port; }
  get pathname() { return this.#url.pathname; }
  get search() { return this.#url.search; }
  get hash() { return this.#url.hash; }
  toString() { return this.#url.href; }
}
use("events").tag(WorkerLocation, "WorkerLocation");

return { WorkerLocation };
});
