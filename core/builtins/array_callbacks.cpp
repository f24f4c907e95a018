// The methods of Array.prototype that call a function for each element.
#include "core/builtins/array_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

// The head that they have in common, and the call.
class CallbackLoop {
 public:
  explicit CallbackLoop(Agent& agent, const CallInfo& info)
      : agent_(agent), poll_(agent), object_(agent), callback_(info[0]), this_arg_(info[1]) {}

  // Steps 1. to 3.
  Completion<void> start(Value this_value) {
    object_ = TRY(to_object(agent_, this_value));
    length_ = TRY(length_of_array_like(agent_, object_));
    if (!is_callable(callback_)) return throw_not_callable(agent_, callback_);
    return {};
  }
  Object* object() const { return object_; }
  double length() const { return length_; }
  // Call(callback, thisArg, « value, index, O »)
  Completion<Value> call_with(Value value, double index) {
    TRY(poll_.tick());
    return call(agent_, callback_, this_arg_, {value, Value::number(index), object_.get()});
  }
  // Call(callback, undefined, « accumulator, value, index, O »)
  Completion<Value> reduce_with(Value accumulator, Value value, double index) {
    TRY(poll_.tick());
    return call(agent_, callback_, Value::undefined(), {accumulator, value, Value::number(index), object_.get()});
  }
  // The element, or empty for a hole.
  Completion<Value> element_if_present(double index) {
    Value value = plain_element_or_empty(object_, index);
    if (!value.is_empty()) [[likely]] return value;
    TRY(poll_.tick());
    return get_element_if_present(agent_, object_, index);
  }

 private:
  Agent& agent_;
  LoopPoll poll_;
  Root<Object*> object_;
  Value callback_;  // an argument, so rooted, like this_arg_
  Value this_arg_;
  double length_ = 0;
};

// every and some: whether the loop ran to its end, or met a verdict of `stop_at`.
Completion<bool> meets_verdict(Agent& agent, const CallInfo& info, bool stop_at) {
  CallbackLoop loop(agent, info);
  TRY(loop.start(info.this_value()));
  for (double k = 0; k < loop.length(); ++k) {
    Value value = TRY(loop.element_if_present(k));
    if (value.is_empty()) continue;
    Value verdict = TRY(loop.call_with(value, k));
    if (to_boolean(verdict) == stop_at) return true;
  }
  return false;
}

}  // namespace

// https://tc39.es/ecma262/#sec-array.prototype.every
Completion<Value> array_prototype_every(Agent& agent, const CallInfo& info) {
  return Value::boolean(!TRY(meets_verdict(agent, info, false)));
}

// https://tc39.es/ecma262/#sec-array.prototype.some
Completion<Value> array_prototype_some(Agent& agent, const CallInfo& info) {
  return Value::boolean(TRY(meets_verdict(agent, info, true)));
}

// https://tc39.es/ecma262/#sec-array.prototype.filter
Completion<Value> array_prototype_filter(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  CallbackLoop loop(agent, info);
  TRY(loop.start(info.this_value()));
  // 4.
  Root<Object*> result(agent, TRY(array_species_create(agent, loop.object(), 0)));
  // 5. - 7.
  double to = 0;
  Root<Value> value(agent);
  for (double k = 0; k < loop.length(); ++k) {
    value = TRY(loop.element_if_present(k));
    if (value->is_empty()) continue;
    Value selected = TRY(loop.call_with(value, k));
    if (to_boolean(selected)) TRY(create_element(agent, result, to++, value));
  }
  // 8.
  return result.get();
}

namespace {

enum class Direction : uint8_t { kAscending, kDescending };

// https://tc39.es/ecma262/#sec-findviapredicate. The index, or -1.
Completion<double> find_via_predicate(Agent& agent, const CallInfo& info, Direction direction, Root<Value>& value) {
  CallbackLoop loop(agent, info);
  TRY(loop.start(info.this_value()));
  for (double i = 0; i < loop.length(); ++i) {
    double k = direction == Direction::kAscending ? i : loop.length() - 1 - i;
    value = TRY(get_element(agent, loop.object(), k));
    Value verdict = TRY(loop.call_with(value, k));
    if (to_boolean(verdict)) return k;
  }
  value = Value::undefined();
  return -1.0;
}

Completion<Value> find_value(Agent& agent, const CallInfo& info, Direction direction) {
  Root<Value> value(agent);
  TRY(find_via_predicate(agent, info, direction, value));
  return value.get();
}

Completion<Value> find_index(Agent& agent, const CallInfo& info, Direction direction) {
  Root<Value> value(agent);
  return Value::number(TRY(find_via_predicate(agent, info, direction, value)));
}

}  // namespace

// https://tc39.es/ecma262/#sec-array.prototype.find
Completion<Value> array_prototype_find(Agent& agent, const CallInfo& info) { return find_value(agent, info, Direction::kAscending); }

// https://tc39.es/ecma262/#sec-array.prototype.findindex
Completion<Value> array_prototype_find_index(Agent& agent, const CallInfo& info) { return find_index(agent, info, Direction::kAscending); }

// https://tc39.es/ecma262/#sec-array.prototype.findlast
Completion<Value> array_prototype_find_last(Agent& agent, const CallInfo& info) { return find_value(agent, info, Direction::kDescending); }

// https://tc39.es/ecma262/#sec-array.prototype.findlastindex
Completion<Value> array_prototype_find_last_index(Agent& agent, const CallInfo& info) { return find_index(agent, info, Direction::kDescending); }

// https://tc39.es/ecma262/#sec-array.prototype.foreach
Completion<Value> array_prototype_for_each(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  CallbackLoop loop(agent, info);
  TRY(loop.start(info.this_value()));
  // 4. - 5.
  for (double k = 0; k < loop.length(); ++k) {
    Value value = TRY(loop.element_if_present(k));
    if (!value.is_empty()) TRY(loop.call_with(value, k));
  }
  // 6.
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-array.prototype.map
Completion<Value> array_prototype_map(Agent& agent, const CallInfo& info) {
  // 1. - 3.
  CallbackLoop loop(agent, info);
  TRY(loop.start(info.this_value()));
  // 4.
  Root<Object*> result(agent, TRY(array_species_create(agent, loop.object(), loop.length())));
  // 5. - 6.
  for (double k = 0; k < loop.length(); ++k) {
    Value value = TRY(loop.element_if_present(k));
    if (value.is_empty()) continue;
    Value mapped = TRY(loop.call_with(value, k));
    TRY(create_element(agent, result, k, mapped));
  }
  // 7.
  return result.get();
}

namespace {

// https://tc39.es/ecma262/#sec-array.prototype.reduce and #sec-array.prototype.reduceright
Completion<Value> reduce(Agent& agent, const CallInfo& info, Direction direction) {
  // 1. - 3.
  CallbackLoop loop(agent, info);
  TRY(loop.start(info.this_value()));
  // 4. - 8.
  double i = 0;
  auto index = [&]() { return direction == Direction::kAscending ? i : loop.length() - 1 - i; };
  Root<Value> accumulator(agent, info.count() >= 2 ? info[1] : Value::empty());
  for (; accumulator->is_empty() && i < loop.length(); ++i) accumulator = TRY(loop.element_if_present(index()));
  if (accumulator->is_empty()) return throw_type_error(agent, "Reduce of empty array with no initial value");
  // 9.
  for (; i < loop.length(); ++i) {
    Value value = TRY(loop.element_if_present(index()));
    if (value.is_empty()) continue;
    accumulator = TRY(loop.reduce_with(accumulator, value, index()));
  }
  // 10.
  return accumulator.get();
}

}  // namespace

Completion<Value> array_prototype_reduce(Agent& agent, const CallInfo& info) { return reduce(agent, info, Direction::kAscending); }

Completion<Value> array_prototype_reduce_right(Agent& agent, const CallInfo& info) { return reduce(agent, info, Direction::kDescending); }

namespace {

struct FlatMapper {
  Value function;  // an argument of the native call: rooted
  Value this_arg;
};

// https://tc39.es/ecma262/#sec-flattenintoarray. The target's next index.
Completion<double> flatten_into_array(Agent& agent, Object* target_object, Object* source_object, double source_length, double start,
                                      double depth, const FlatMapper* mapper) {
  TRY(agent.check_stack());
  Root<Object*> target(agent, target_object);
  Root<Object*> source(agent, source_object);
  Root<Value> element(agent);
  LoopPoll poll(agent);
  // 1. - 3.
  double target_index = start;
  for (double k = 0; k < source_length; ++k) {
    TRY(poll.tick());
    // a. - c.i.
    element = TRY(get_element_if_present(agent, source, k));
    if (element->is_empty()) continue;
    // ii.
    if (mapper != nullptr)
      element = TRY(call(agent, mapper->function, mapper->this_arg, {element, Value::number(k), source.get()}));
    // iii. - v.
    if (depth > 0 && TRY(is_array(agent, element))) {
      double length = TRY(length_of_array_like(agent, element->as_object()));
      target_index = TRY(flatten_into_array(agent, target, element->as_object(), length, target_index, depth - 1, nullptr));
      continue;
    }
    // vi.
    if (target_index >= kMaxArrayLikeLength) return throw_type_error(agent, "Invalid array length");
    TRY(create_element(agent, target, target_index++, element));
  }
  // 4.
  return target_index;
}

}  // namespace

// https://tc39.es/ecma262/#sec-array.prototype.flat
Completion<Value> array_prototype_flat(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 3. - 4.
  double depth = 1;
  if (!info[0].is_undefined()) depth = TRY(to_integer_or_infinity(agent, info[0]));
  // 5. - 6.
  Root<Object*> result(agent, TRY(array_species_create(agent, object, 0)));
  TRY(flatten_into_array(agent, result, object, length, 0, depth, nullptr));
  // 7.
  return result.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.flatmap
Completion<Value> array_prototype_flat_map(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 3.
  if (!is_callable(info[0])) return throw_type_error(agent, "flatMap mapper function is not callable");
  // 4. - 5.
  Root<Object*> result(agent, TRY(array_species_create(agent, object, 0)));
  FlatMapper mapper{info[0], info[1]};
  TRY(flatten_into_array(agent, result, object, length, 0, 1, &mapper));
  // 6.
  return result.get();
}

}  // namespace skein
