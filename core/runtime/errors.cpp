#include "core/runtime/errors.h"

#include <algorithm>

#include "core/runtime/operations.h"

namespace skein {

namespace {

Intrinsic prototype_of(ErrorType type) {
  switch (type) {
    case ErrorType::kError: return Intrinsic::kErrorPrototype;
    case ErrorType::kEvalError: return Intrinsic::kEvalErrorPrototype;
    case ErrorType::kRangeError: return Intrinsic::kRangeErrorPrototype;
    case ErrorType::kReferenceError: return Intrinsic::kReferenceErrorPrototype;
    case ErrorType::kSyntaxError: return Intrinsic::kSyntaxErrorPrototype;
    case ErrorType::kTypeError: return Intrinsic::kTypeErrorPrototype;
    case ErrorType::kURIError: return Intrinsic::kURIErrorPrototype;
  }
  SKEIN_UNREACHABLE();
}

constexpr size_t kDefaultStackTraceLimit = 10;

// Error.stackTraceLimit, read without running script.
size_t stack_trace_limit(Agent& agent) {
  Object* constructor = agent.realm()->intrinsic(Intrinsic::kError);
  if (constructor == nullptr) return kDefaultStackTraceLimit;
  PropertyLocation location = constructor->lookup(agent.names().stackTraceLimit);
  if (!location || (location.attributes & kAccessorProperty)) return 0;
  Value limit = constructor->slot(location.slot);
  if (!limit.is_number() || !(limit.as_number() > 0)) return 0;
  return static_cast<size_t>(std::min(limit.as_number(), 200.0));
}

// A string data property found along the prototype chain of ordinary objects, else empty.
std::string find_text(Object* object, PropertyKey key) {
  for (int depth = 0; object != nullptr && depth < 100; object = object->prototype(), ++depth) {
    PropertyLocation location = object->lookup(key);
    if (!location) continue;
    if (location.attributes & kAccessorProperty) return {};
    Value value = object->slot(location.slot);
    return value.is_string() ? value.as_string()->to_utf8() : std::string();
  }
  return {};
}

// The constructor's name, when it can be read without running script.
std::string constructor_name(Agent& agent, Object* object) {
  for (; object != nullptr; object = object->prototype()) {
    PropertyLocation location = object->lookup(agent.names().constructor);
    if (!location) continue;
    if (location.attributes & kAccessorProperty) break;
    Value constructor = object->slot(location.slot);
    if (!constructor.is_object() || constructor.as_object()->kind() == CellKind::kProxy) break;
    return find_text(constructor.as_object(), agent.names().name);
  }
  return {};
}

// "function f", or the source text of a short function without a name.
std::string function_display(Agent& agent, Object* function) {
  std::string name = find_text(function, agent.names().name);
  constexpr const char* kAnonymous = "function (anonymous)";
  if (function->kind() != CellKind::kClosure) return name.empty() ? kAnonymous : "function " + name;
  constexpr size_t kMostShown = 60;
  std::string text;
  if (auto source = agent.script->function_source_text(agent, function); !source.is_thrown()) {
    String* string = source.value().as_string();
    text = string->view().substring(0, std::min<uint32_t>(string->length(), kMostShown + 1)).to_utf8();
  } else {
    agent.take_exception();
  }
  if (text.starts_with("class")) return "class " + (name.empty() ? "(anonymous)" : name);
  if (!name.empty()) return "function " + name;
  return text.size() <= kMostShown && text.find('\n') == std::string::npos ? text : kAnonymous;
}

}  // namespace

std::string type_name(Agent& agent, Value value) {
  if (value.is_string()) return "String";
  if (value.is_number()) return "Number";
  if (value.is_boolean()) return "Boolean";
  if (value.is_symbol()) return "Symbol";
  if (value.is_bigint()) return "BigInt";
  if (!value.is_object() || value.is_kind(CellKind::kProxy)) return "Object";
  Object* object = value.as_object();
  std::string name = is_constructor(value) ? find_text(object, agent.names().name)
                                           : find_text(object, PropertyKey(agent.well_known(WellKnownSymbol::kToStringTag)));
  if (name.empty()) name = constructor_name(agent, object);
  return name.empty() ? "Object" : name;
}

std::string format_stack_frames(const std::vector<StackFrame>& frames) {
  std::string text;
  for (const StackFrame& frame : frames) {
    std::string place = frame.source;
    if (frame.line != 0) place += ":" + std::to_string(frame.line) + ":" + std::to_string(frame.column);
    text += "\n    at ";
    text += frame.function.empty() ? place : frame.function + " (" + place + ")";
  }
  return text;
}

std::string error_header(Agent& agent, Object* error) {
  std::string name = find_text(error, agent.names().name);
  std::string message = find_text(error, agent.names().message);
  if (name.empty()) name = "Error";
  return message.empty() ? name : name + ": " + message;
}

void ErrorObject::set_frames(gc::Heap& heap, std::vector<StackFrame>* captured) {
  delete frames;
  heap.discharge_external(frames_bytes);
  frames = captured;
  frames_bytes = 0;
  if (captured == nullptr) return;
  for (const StackFrame& frame : *captured) frames_bytes += sizeof frame + frame.function.capacity() + frame.source.capacity();
  heap.charge_external_regardless(frames_bytes);
}

void capture_stack_property(Agent& agent, Object* object, Object* skip_until) {
  std::vector<StackFrame> frames;
  size_t limit = stack_trace_limit(agent);
  if (limit != 0 && agent.script != nullptr && agent.script->capture_stack != nullptr)
    agent.script->capture_stack(agent, limit, skip_until, frames);
  std::string text = error_header(agent, object);
  auto make_text = [&]() -> String* {
    String* string = new_string_from_utf8(agent.heap(), text);
    return string == nullptr ? agent.names().empty_string : string;
  };
  if (auto* error = object->as_if<ErrorObject>()) {
    error->set_frames(agent.heap(), new std::vector<StackFrame>(std::move(frames)));
    error->stack_header.set(error, make_text());
    return;
  }
  text += format_stack_frames(frames);
  PropertyLocation location = object->lookup(agent.names().stack);
  if (!location) object->add_property(agent, agent.names().stack, make_text(), kBuiltinAttributes);
  else if (!(location.attributes & kAccessorProperty)) object->set_slot(location.slot, make_text());
}

String* error_stack(Agent& agent, ErrorObject* error) {
  if (!error->stack_header.get().is_string()) return agent.names().empty_string;
  String* header = error->stack_header.get().as_string();
  if (error->frames == nullptr || error->frames->empty()) return header;
  String* frames = new_string_from_utf8(agent.heap(), format_stack_frames(*error->frames));
  String* text = frames == nullptr ? nullptr : concatenate(agent.heap(), header, frames);
  return text == nullptr ? header : text;
}

ErrorObject* make_error_object(Agent& agent, Object* prototype) {
  Shape* shape = shape_for_prototype(agent, prototype, CellKind::kError, sizeof(ErrorObject), 2);
  return agent.heap().make_with_extra<ErrorObject>(shape->inline_capacity() * sizeof(Value), shape);
}

ErrorObject* make_error(Agent& agent, ErrorType type, std::string_view message) {
  ErrorObject* error = make_error_object(agent, agent.realm()->intrinsic(prototype_of(type)));
  String* text = new_string_from_utf8(agent.heap(), message);
  error->add_property(agent, agent.names().message, text == nullptr ? agent.names().empty_string : text, kBuiltinAttributes);
  capture_stack_property(agent, error, nullptr);
  return error;
}

Thrown throw_error(Agent& agent, ErrorType type, std::initializer_list<std::string_view> pieces) {
  std::string message;
  for (std::string_view piece : pieces) message += piece;
  return agent.throw_value(make_error(agent, type, message));
}

Thrown mark_exhausted(Agent& agent, Exhausted what) {
  if (auto* error = agent.pending_exception().as_if<ErrorObject>()) error->exhausted = what;
  return Thrown{};
}

Thrown throw_out_of_memory(Agent& agent) {
  throw_range_error(agent, "Allocation failed: out of memory");
  return mark_exhausted(agent, Exhausted::kMemory);
}
Thrown throw_buffer_allocation_failed(Agent& agent) {
  throw_range_error(agent, "Array buffer allocation failed");
  return mark_exhausted(agent, Exhausted::kMemory);
}
Thrown throw_stack_exhausted(Agent& agent) {
  throw_range_error(agent, "Maximum call stack size exceeded");
  return mark_exhausted(agent, Exhausted::kStack);
}
Thrown throw_invalid_string_length(Agent& agent) { return throw_range_error(agent, "Invalid string length"); }

std::string to_display_string(Agent& agent, Value value) {
  if (value.is_string()) {
    constexpr uint32_t kMaxShown = 64;
    String* string = value.as_string();
    if (string->length() <= kMaxShown) return "\"" + string->to_utf8() + "\"";
    return "\"" + string->view().substring(0, kMaxShown).to_utf8() + "...\"";
  }
  if (value.is_undefined()) return "undefined";
  if (value.is_null()) return "null";
  if (value.is_boolean()) return value.as_boolean() ? "true" : "false";
  if (value.is_number()) return number_to_string(agent, value.as_number())->to_utf8();
  if (value.is_symbol()) return PropertyKey(value.as_symbol()).to_display();
  if (value.is_bigint()) {
    if (value.as_bigint()->digits().size() > 16) return "a BigInt";
    return MUST(bigint_to_string(agent, value.as_bigint(), 10))->to_utf8();
  }
  if (!value.is_object()) return "an internal value";
  Object* object = value.as_object();
  if (object->kind() == CellKind::kProxy) return "#<Object>";
  if (object->is_callable()) return function_display(agent, object);
  if (object->kind() == CellKind::kArray) return "[object Array]";
  if (object->kind() == CellKind::kModuleNamespace) return "[object Module]";
  if (object->kind() == CellKind::kError) return error_header(agent, object);
  std::string name = constructor_name(agent, object);
  if (name.empty() || name == "Object") {
    std::string tag = find_text(object, PropertyKey(agent.well_known(WellKnownSymbol::kToStringTag)));
    if (!tag.empty()) name = std::move(tag);
  }
  return "#<" + (name.empty() ? "Object" : name) + ">";
}

}  // namespace skein
