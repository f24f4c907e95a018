// Array.prototype.join, toString and toLocaleString.
#include "core/builtins/array_methods.h"
#include "core/builtins/object_prototype.h"
#include "core/builtins/support.h"
#include "core/numeric/number_to_text.h"

namespace skein {
namespace {

// The arrays whose text is being made, innermost first: an array inside itself yields no text, as in
// other engines. The nodes live on the native stack of the thread that runs the agent.
struct JoinFrame {
  explicit JoinFrame(Object* object) : object(object), outer(innermost) { innermost = this; }
  ~JoinFrame() { innermost = outer; }
  bool is_cyclic() const {
    for (JoinFrame* frame = outer; frame != nullptr; frame = frame->outer)
      if (frame->object == object) return true;
    return false;
  }
  Object* object;
  JoinFrame* outer;
  static thread_local JoinFrame* innermost;
};
thread_local JoinFrame* JoinFrame::innermost = nullptr;

Completion<void> append_element_text(Agent& agent, StringBuilder& builder, Value element) {
  if (element.is_nullish()) return {};
  if (element.is_int32()) {
    numeric::IntegerBuffer buffer;
    builder.append_ascii(numeric::int32_to_text(element.as_int32(), buffer));
    return {};
  }
  builder.append(TRY(to_string(agent, element)));
  return {};
}

}  // namespace

// https://tc39.es/ecma262/#sec-array.prototype.join
Completion<Value> array_prototype_join(Agent& agent, const CallInfo& info) {
  TRY(agent.check_stack());
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 3. - 4.
  Root<String*> separator(agent, agent.atoms().single(','));
  if (!info[0].is_undefined()) separator = TRY(to_string(agent, info[0]));
  JoinFrame frame(object);
  if (frame.is_cyclic()) return Value(agent.atoms().empty());
  // OPTIMIZATION: what cannot end well need not be begun.
  if ((length - 1) * separator->length() > String::kMaxLength) return throw_invalid_string_length(agent);
  // 5. - 7.
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  for (double k = 0; k < length; ++k) {
    if (k > 0) builder.append(separator);
    Value element = TRY(get_element(agent, object, k));
    TRY(append_element_text(agent, builder, element));
    if (builder.overflowed()) return throw_invalid_string_length(agent);
    TRY(poll.tick());
  }
  // 8.
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-array.prototype.tolocalestring, as
// https://tc39.es/ecma402/#sup-array.prototype.tolocalestring changes it
Completion<Value> array_prototype_to_locale_string(Agent& agent, const CallInfo& info) {
  TRY(agent.check_stack());
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  JoinFrame frame(object);
  if (frame.is_cyclic()) return Value(agent.atoms().empty());
  // 3. - 5. Locales and options are ECMA-402's.
  bool has_intl = intrinsic(agent, Intrinsic::kIntl) != nullptr;
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  PropertyKey to_locale_string(agent.atoms().atomize(std::string_view("toLocaleString")));
  Root<PropertyKey> key(agent, to_locale_string);
  for (double k = 0; k < length; ++k) {
    if (k > 0) builder.append(u',');
    Value element = TRY(get_element(agent, object, k));
    if (!element.is_nullish()) {
      const Value arguments[] = {info[0], info[1]};
      Value text = TRY(invoke(agent, element, key, std::span(arguments, has_intl ? 2 : 0)));
      builder.append(TRY(to_string(agent, text)));
    }
    if (builder.overflowed()) return throw_invalid_string_length(agent);
    TRY(poll.tick());
  }
  // 6.
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-array.prototype.tostring
Completion<Value> array_prototype_to_string(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> array(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  Value function = TRY(get(agent, array, PropertyKey(agent.names().join)));
  // 3. - 4.
  if (is_callable(function)) return call(agent, function, array.get());
  return object_prototype_to_string(agent, CallInfo(info.callee(), array.get(), nullptr, 0, Value::undefined()));
}

}  // namespace skein
