// https://webidl.spec.whatwg.org/#idl-DOMException
(function (native, use) {
"use strict";

const legacyNames = ["IndexSizeError", null, "HierarchyRequestError", "WrongDocumentError", "InvalidCharacterError", null,
  "NoModificationAllowedError", "NotFoundError", "NotSupportedError", "InUseAttributeError", "InvalidStateError", "SyntaxError",
  "InvalidModificationError", "NamespaceError", "InvalidAccessError", null, "TypeMismatchError", "SecurityError", "NetworkError",
  "AbortError", "URLMismatchError", "QuotaExceededError", "TimeoutError", "InvalidNodeTypeError", "DataCloneError"];
const constantNames = ["INDEX_SIZE_ERR", "DOMSTRING_SIZE_ERR", "HIERARCHY_REQUEST_ERR", "WRONG_DOCUMENT_ERR", "INVALID_CHARACTER_ERR",
  "NO_DATA_ALLOWED_ERR", "NO_MODIFICATION_ALLOWED_ERR", "NOT_FOUND_ERR", "NOT_SUPPORTED_ERR", "INUSE_ATTRIBUTE_ERR",
  "INVALID_STATE_ERR", "SYNTAX_ERR", "INVALID_MODIFICATION_ERR", "NAMESPACE_ERR", "INVALID_ACCESS_ERR", "VALIDATION_ERR",
  "TYPE_MISMATCH_ERR", "SECURITY_ERR", "NETWORK_ERR", "ABORT_ERR", "URL_MISMATCH_ERR", "QUOTA_EXCEEDED_ERR", "TIMEOUT_ERR",
  "INVALID_NODE_TYPE_ERR", "DATA_CLONE_ERR"];

let domExceptionParts;
class DOMException extends Error {
  #name; #message;
  constructor(message = "", options = "Error") {
    const isBag = typeof options === "object" && options !== null;
    super();
    this.#message = String(message);
    this.#name = String(isBag ? options.name ?? "Error" : options);
    if (isBag && "cause" in options) Object.defineProperty(this, "cause", { value: options.cause, writable: true, configurable: true });
    native.captureStack(this, this.#message === "" ? this.#name : `${this.#name}: ${this.#message}`, DOMException);
  }
  get name() { return this.#name; }
  get message() { return this.#message; }
  get code() { return legacyNames.indexOf(this.#name) + 1; }
  static {
    domExceptionParts = (value) => #name in value ? [value.#name, value.#message] : undefined;
  }
}
constantNames.forEach((name, i) => {
  for (const object of [DOMException, DOMException.prototype]) Object.defineProperty(object, name, { value: i + 1, enumerable: true });
});
const makeDOMException = (name, message) => new DOMException(message, name);
native.cloneable("DOMException", DOMException.prototype, domExceptionParts, makeDOMException);
use("events").tag(DOMException, "DOMException");

return { DOMException, makeDOMException };
});
