// https://html.spec.whatwg.org/multipage/workers.html#the-workernavigator-object, as far as engines know it
(function (native, use) {
"use strict";
class Navigator {
  get hardwareConcurrency() { return native.hardwareConcurrency; }
  get userAgent() { return "Skein"; }
  get locks() { return use("locks").locks; }
}
use("events").tag(Navigator, "Navigator");
return { navigator: new Navigator() };
});
