// https://tc39.es/ecma262/#sec-json-object
#pragma once

#include "core/runtime/operations.h"
#include "core/strings/string.h"

namespace skein {

// https://tc39.es/ecma262/#sec-rawjson – an object that JSON.stringify writes as the text it holds.
class RawJson final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kRawJson;
  static constexpr const char* kKindName = "RawJSON";
  RawJson(Shape* shape, String* text) : Object(shape, kKind), text_(text) {}
  String* text() const { return text_; }  // what its property rawJSON holds
  size_t cell_size() const { return sizeof(RawJson); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(text_);
  }

 private:
  gc::Member<String> text_;
};

// https://tc39.es/ecma262/#sec-ParseJSON: the value of a JSON text, or the SyntaxError that says where
// it is none. Runs no script, but polls; nesting costs no native stack. Also for JSON modules.
Completion<Value> parse_json(Agent& agent, String* text);

// What a reviver is told beside the values: https://tc39.es/ecma262/#sec-json-parse-record as arrays of
//   value, start and end in the text, and the children: undefined for primitives; the records of
//   elements; keys (as values) and records of members, alternating
// so that the collector and the heap's limit know them.
struct JsonRecord {
  static constexpr uint32_t kValue = 0, kStart = 1, kEnd = 2, kChildren = 3, kSize = 4;
};
// The same with the record of the value in `record`.
Completion<Value> parse_json_with_records(Agent& agent, String* text, Root<Value>& record);

// json_stringify.cpp: https://tc39.es/ecma262/#sec-json.stringify; undefined or a string.
Completion<Value> json_stringify(Agent& agent, Value value, Value replacer, Value space);

}  // namespace skein
