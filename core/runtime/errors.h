// Throwing. Messages are UTF-8 pieces, joined.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/runtime/call.h"
#include "core/runtime/object.h"

namespace skein {

enum class ErrorType : uint8_t { kError, kEvalError, kRangeError, kReferenceError, kSyntaxError, kTypeError, kURIError };

// What was used up when an error was thrown: for hosts, which are to tell a limit from a mistake. Script
// sees an error like others, and clones do not keep it.
enum class Exhausted : uint8_t { kNothing, kStack, kMemory, kMessages, kWorkers };

// Error objects: [[ErrorData]], and the stack captured when they were made.
class ErrorObject final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kError;
  static constexpr const char* kKindName = "Error";
  explicit ErrorObject(Shape* shape) : Object(shape, kKind) {}
  // Owned outside the heap; the frames at construction. Null when none were captured.
  std::vector<StackFrame>* frames = nullptr;
  size_t frames_bytes = 0;
  Exhausted exhausted = Exhausted::kNothing;
  // "Name: message" as it was then, a String; undefined when nothing was captured.
  ValueSlot stack_header;
  size_t cell_size() const { return sizeof(ErrorObject) + shape()->inline_capacity() * sizeof(Value); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visit_value(visitor, stack_header);
  }
  void finalize(gc::Heap& heap) { set_frames(heap, nullptr); }
  // Takes them over; what they hold counts against the heap's limit.
  void set_frames(gc::Heap& heap, std::vector<StackFrame>* captured);
};

// A new error of the current realm with `message` and `stack`.
ErrorObject* make_error(Agent& agent, ErrorType type, std::string_view message);
// With [[Prototype]] `prototype`, without message or stack.
ErrorObject* make_error_object(Agent& agent, Object* prototype);
// (Re)captures the stack, leaving out frames above and including `skip_until` (may be null): inside an
// error object, whose text is made when Error.prototype.stack asks for it; as own property `stack` of
// any other object (Error.captureStackTrace).
void capture_stack_property(Agent& agent, Object* object, Object* skip_until);
// What Error.prototype.stack says.
String* error_stack(Agent& agent, ErrorObject* error);

// "\n    at f (file:1:2)" for each frame; "Name: message" by data properties alone.
std::string format_stack_frames(const std::vector<StackFrame>& frames);
std::string error_header(Agent& agent, Object* error);

Thrown throw_error(Agent& agent, ErrorType type, std::initializer_list<std::string_view> message);
inline Thrown throw_type_error(Agent& agent, std::initializer_list<std::string_view> message) {
  return throw_error(agent, ErrorType::kTypeError, message);
}
inline Thrown throw_range_error(Agent& agent, std::initializer_list<std::string_view> message) {
  return throw_error(agent, ErrorType::kRangeError, message);
}
inline Thrown throw_reference_error(Agent& agent, std::initializer_list<std::string_view> message) {
  return throw_error(agent, ErrorType::kReferenceError, message);
}
inline Thrown throw_syntax_error(Agent& agent, std::initializer_list<std::string_view> message) {
  return throw_error(agent, ErrorType::kSyntaxError, message);
}
inline Thrown throw_type_error(Agent& agent, std::string_view message) { return throw_type_error(agent, {message}); }
inline Thrown throw_range_error(Agent& agent, std::string_view message) { return throw_range_error(agent, {message}); }
// Allocation refused. "Invalid string length" is none: it says what the language allows.
Thrown throw_out_of_memory(Agent& agent);
Thrown throw_buffer_allocation_failed(Agent& agent);
// "Maximum call stack size exceeded".
Thrown throw_stack_exhausted(Agent& agent);
// Marks the error that has just been thrown, if it is one.
Thrown mark_exhausted(Agent& agent, Exhausted what);
Thrown throw_invalid_string_length(Agent& agent);

// The name of what made the object – String, Foo, of a class its own name – as far as it can be told without
// running script.
std::string type_name(Agent& agent, Value value);
// A short rendering for messages: strings quoted, objects as #<Foo>, functions by name. Runs no script.
std::string to_display_string(Agent& agent, Value value);

}  // namespace skein
