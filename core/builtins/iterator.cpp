// https://tc39.es/ecma262/#sec-iterator-objects: Iterator, its prototype's methods that consume, and
// the prototypes of iterator helpers and wrappers.
#include <cmath>

#include "core/builtins/builtins.h"
#include "core/builtins/iterator_helper.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// https://tc39.es/ecma262/#sec-iterator
Completion<Value> iterator_constructor(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info.is_construct()) return throw_requires_new(agent, "Iterator");
  if (info.new_target() == Value(info.callee())) return throw_type_error(agent, "Abstract class Iterator not directly constructable");
  // 2.
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kIteratorPrototype));
  return make_object_with_prototype(agent, prototype);
}

// [[Iterated]] of https://tc39.es/ecma262/#sec-%wrapforvaliditeratorprototype%-object
class WrapForValidIterator final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kWrapForValidIterator;
  static constexpr const char* kKindName = "WrapForValidIterator";
  WrapForValidIterator(Shape* shape, Value iterator, Value next_method)
      : Object(shape, kKind), iterator_(iterator), next_method_(next_method) {}
  Value iterator() const { return iterator_; }
  Value next_method() const { return next_method_; }
  size_t cell_size() const { return sizeof(WrapForValidIterator); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visit_value(visitor, iterator_);
    visit_value(visitor, next_method_);
  }

 private:
  ValueSlot iterator_;
  ValueSlot next_method_;
};

// https://tc39.es/ecma262/#sec-iterator.from
Completion<Value> iterator_from(Agent& agent, const CallInfo& info) {
  // 1.
  IteratorRecord record(agent);
  TRY(get_iterator_flattenable(agent, info[0], PrimitiveHandling::kIterateStringPrimitives, record));
  // 2. - 3.
  if (TRY(ordinary_has_instance(agent, intrinsic(agent, Intrinsic::kIterator), record.iterator))) return record.iterator.get();
  // 4. - 6.
  return make_builtin<WrapForValidIterator>(agent, intrinsic(agent, Intrinsic::kWrapForValidIteratorPrototype), record.iterator.get(),
                                            record.next_method.get());
}

Completion<WrapForValidIterator*> this_wrapper(Agent& agent, const CallInfo& info, std::string_view method) {
  WrapForValidIterator* wrapper = info.this_value().as_if<WrapForValidIterator>();
  if (wrapper == nullptr) return throw_incompatible_receiver(agent, method, info.this_value());
  return wrapper;
}

// https://tc39.es/ecma262/#sec-%wrapforvaliditeratorprototype%.next
Completion<Value> wrap_for_valid_iterator_next(Agent& agent, const CallInfo& info) {
  WrapForValidIterator* wrapper = TRY(this_wrapper(agent, info, "%WrapForValidIteratorPrototype%.next"));
  return call(agent, wrapper->next_method(), wrapper->iterator());
}

// https://tc39.es/ecma262/#sec-%wrapforvaliditeratorprototype%.return
Completion<Value> wrap_for_valid_iterator_return(Agent& agent, const CallInfo& info) {
  WrapForValidIterator* wrapper = TRY(this_wrapper(agent, info, "%WrapForValidIteratorPrototype%.return"));
  Value method = TRY(get_method(agent, wrapper->iterator(), PropertyKey(agent.names().return_)));
  if (method.is_undefined()) return create_iter_result_object(agent, Value::undefined(), true);
  return call(agent, method, wrapper->iterator());
}

// The start of the methods that call a function for each value until they are done.
Completion<void> start_consuming(Agent& agent, const CallInfo& info, std::string_view method, IteratorRecord& record) {
  Object* iterator = TRY(iterator_receiver(agent, info, method));
  if (!is_callable(info[0])) {
    (void)throw_not_callable(agent, info[0]);
    return close_unstarted(agent, iterator);
  }
  return get_iterator_direct(agent, iterator, record);
}

// Calls info[0] with each value and its number, until the verdict is `stop_at`: then closes the
// iterator, leaves the value in `value` and returns true.
Completion<bool> consume_until(Agent& agent, const CallInfo& info, std::string_view method, bool stop_at, Root<Value>& value) {
  IteratorRecord record(agent);
  TRY(start_consuming(agent, info, method, record));
  LoopPoll poll(agent);
  for (double counter = 0; TRY(iterator_step_value(agent, record, value)); ++counter) {
    Completion<Value> verdict = call(agent, info[0], Value::undefined(), {value, Value::number(counter)});
    if (verdict.is_thrown()) return iterator_close_throwing(agent, record);
    if (to_boolean(verdict.value()) == stop_at) {
      TRY(iterator_close(agent, record));
      return true;
    }
    TRY(poll.tick());
  }
  return false;
}

// https://tc39.es/ecma262/#sec-iterator.prototype.every
Completion<Value> iterator_prototype_every(Agent& agent, const CallInfo& info) {
  Root<Value> value(agent);
  return Value::boolean(!TRY(consume_until(agent, info, "every", false, value)));
}

// https://tc39.es/ecma262/#sec-iterator.prototype.find
Completion<Value> iterator_prototype_find(Agent& agent, const CallInfo& info) {
  Root<Value> value(agent);
  bool found = TRY(consume_until(agent, info, "find", true, value));
  return found ? value.get() : Value::undefined();
}

// https://tc39.es/ecma262/#sec-iterator.prototype.some
Completion<Value> iterator_prototype_some(Agent& agent, const CallInfo& info) {
  Root<Value> value(agent);
  return Value::boolean(TRY(consume_until(agent, info, "some", true, value)));
}

// https://tc39.es/ecma262/#sec-iterator.prototype.foreach
Completion<Value> iterator_prototype_for_each(Agent& agent, const CallInfo& info) {
  IteratorRecord record(agent);
  TRY(start_consuming(agent, info, "forEach", record));
  Root<Value> value(agent);
  LoopPoll poll(agent);
  for (double counter = 0; TRY(iterator_step_value(agent, record, value)); ++counter) {
    if (call(agent, info[0], Value::undefined(), {value, Value::number(counter)}).is_thrown())
      return iterator_close_throwing(agent, record);
    TRY(poll.tick());
  }
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-iterator.prototype.reduce
Completion<Value> iterator_prototype_reduce(Agent& agent, const CallInfo& info) {
  // 1. - 5.
  IteratorRecord record(agent);
  TRY(start_consuming(agent, info, "reduce", record));
  // 6. - 7.
  Root<Value> accumulator(agent, info[1]);
  double counter = 0;
  if (info.count() < 2) {
    if (!TRY(iterator_step_value(agent, record, accumulator)))
      return throw_type_error(agent, "Reduce of a done iterator with no initial value");
    counter = 1;
  }
  // 8.
  Root<Value> value(agent);
  LoopPoll poll(agent);
  for (; TRY(iterator_step_value(agent, record, value)); ++counter) {
    Completion<Value> result = call(agent, info[0], Value::undefined(), {accumulator, value, Value::number(counter)});
    if (result.is_thrown()) return iterator_close_throwing(agent, record);
    accumulator = result.value();
    TRY(poll.tick());
  }
  return accumulator.get();
}

// https://tc39.es/ecma262/#sec-iterator.prototype.toarray
Completion<Value> iterator_prototype_to_array(Agent& agent, const CallInfo& info) {
  Object* iterator = TRY(iterator_receiver(agent, info, "toArray"));
  IteratorRecord record(agent);
  TRY(get_iterator_direct(agent, iterator, record));
  Root<Object*> array(agent, make_array(agent));
  Root<Value> value(agent);
  LoopPoll poll(agent);
  for (double k = 0; TRY(iterator_step_value(agent, record, value)); ++k) {
    TRY(create_element(agent, array, k, value));
    TRY(poll.tick());
  }
  return array.get();
}

// https://tc39.es/proposal-iterator-includes/#sec-iterator.prototype.includes, steps 4. to 8.
Completion<double> validate_skipped(Agent& agent, Value skipped) {
  if (skipped.is_undefined()) return 0.0;
  bool is_infinite = skipped.is_number() && std::isinf(skipped.as_number());
  if (!is_infinite && !is_integral_number(skipped))
    return throw_type_error(agent, {to_display_string(agent, skipped), " is not an integral number"});
  double number = skipped.as_number();
  if (number < 0 || (!is_infinite && number > kMaxArrayLikeLength))
    return throw_range_error(agent, {to_display_string(agent, skipped), " is out of range"});
  return number;
}

// https://tc39.es/proposal-iterator-includes/#sec-iterator.prototype.includes
Completion<Value> iterator_prototype_includes(Agent& agent, const CallInfo& info) {
  Object* iterator = TRY(iterator_receiver(agent, info, "includes"));
  Completion<double> to_skip = validate_skipped(agent, info[1]);
  if (to_skip.is_thrown()) return close_unstarted(agent, iterator);
  IteratorRecord record(agent);
  TRY(get_iterator_direct(agent, iterator, record));
  Root<Value> value(agent);
  LoopPoll poll(agent);
  for (double skipped = 0; TRY(iterator_step_value(agent, record, value)); ++skipped) {
    TRY(poll.tick());
    if (skipped < to_skip.value() || !same_value_zero(value, info[0])) continue;
    TRY(iterator_close(agent, record));
    return Value::boolean(true);
  }
  return Value::boolean(false);
}

// https://tc39.es/proposal-iterator-join/#sec-iterator.prototype.join
Completion<Value> iterator_prototype_join(Agent& agent, const CallInfo& info) {
  Object* iterator = TRY(iterator_receiver(agent, info, "join"));
  Root<String*> separator(agent, agent.atoms().single(','));
  if (!info[0].is_undefined()) {
    Completion<String*> text = to_string(agent, info[0]);
    if (text.is_thrown()) return close_unstarted(agent, iterator);
    separator = text.value();
  }
  IteratorRecord record(agent);
  TRY(get_iterator_direct(agent, iterator, record));
  Root<Value> value(agent);
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  for (bool first = true; TRY(iterator_step_value(agent, record, value)); first = false) {
    if (!first) builder.append(separator);
    if (!value->is_nullish()) {
      Completion<String*> text = to_string(agent, value);
      if (text.is_thrown()) return iterator_close_throwing(agent, record);
      builder.append(text.value());
    }
    if (builder.overflowed()) {
      (void)throw_invalid_string_length(agent);
      return iterator_close_throwing(agent, record);
    }
    TRY(poll.tick());
  }
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-iterator.prototype-%symbol.dispose%
Completion<Value> iterator_prototype_dispose(Agent& agent, const CallInfo& info) {
  Value method = TRY(get_method(agent, info.this_value(), PropertyKey(agent.names().return_)));
  if (!method.is_undefined()) TRY(call(agent, method, info.this_value()));
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-get-iterator.prototype-%symbol.tostringtag%
Completion<Value> iterator_prototype_get_tag(Agent& agent, const CallInfo&) {
  return Value(agent.atoms().atomize(std::string_view("Iterator")));
}
Completion<Value> iterator_prototype_set_tag(Agent& agent, const CallInfo& info) {
  return set_ignoring_prototype(agent, info, intrinsic(agent, Intrinsic::kIteratorPrototype), PropertyKey(agent.well_known(WellKnownSymbol::kToStringTag)));
}
// https://tc39.es/ecma262/#sec-get-iterator.prototype.constructor
Completion<Value> iterator_prototype_get_constructor(Agent& agent, const CallInfo&) { return intrinsic(agent, Intrinsic::kIterator); }
Completion<Value> iterator_prototype_set_constructor(Agent& agent, const CallInfo& info) {
  return set_ignoring_prototype(agent, info, intrinsic(agent, Intrinsic::kIteratorPrototype), PropertyKey(agent.names().constructor));
}

constexpr PropertySpec kIteratorStatics[] = {
    PropertySpec::function("concat", iterator_concat, 0),
    PropertySpec::function("from", iterator_from, 1),
    PropertySpec::function("zip", iterator_zip, 1),
    PropertySpec::function("zipKeyed", iterator_zip_keyed, 1),
};

constexpr PropertySpec kIteratorPrototype[] = {
    PropertySpec::accessor("constructor", iterator_prototype_get_constructor, iterator_prototype_set_constructor),
    PropertySpec::function("chunks", iterator_prototype_chunks, 1),
    PropertySpec::function("drop", iterator_prototype_drop, 1),
    PropertySpec::function("every", iterator_prototype_every, 1),
    PropertySpec::function("filter", iterator_prototype_filter, 1),
    PropertySpec::function("find", iterator_prototype_find, 1),
    PropertySpec::function("flatMap", iterator_prototype_flat_map, 1),
    PropertySpec::function("forEach", iterator_prototype_for_each, 1),
    PropertySpec::function("includes", iterator_prototype_includes, 1),
    PropertySpec::function("join", iterator_prototype_join, 1),
    PropertySpec::function("map", iterator_prototype_map, 1),
    PropertySpec::function("reduce", iterator_prototype_reduce, 1),
    PropertySpec::function("some", iterator_prototype_some, 1),
    PropertySpec::function("take", iterator_prototype_take, 1),
    PropertySpec::function("toArray", iterator_prototype_to_array, 0),
    PropertySpec::function("windows", iterator_prototype_windows, 1),
    PropertySpec::function(WellKnownSymbol::kIterator, return_this, 0),
    PropertySpec::function(WellKnownSymbol::kDispose, iterator_prototype_dispose, 0),
    PropertySpec::accessor(WellKnownSymbol::kToStringTag, iterator_prototype_get_tag, iterator_prototype_set_tag),
};

constexpr PropertySpec kIteratorHelperPrototype[] = {
    PropertySpec::function("next", iterator_helper_next, 0),
    PropertySpec::function("return", iterator_helper_return, 0),
    PropertySpec::tag("Iterator Helper"),
};

constexpr PropertySpec kWrapForValidIteratorPrototype[] = {
    PropertySpec::function("next", wrap_for_valid_iterator_next, 0),
    PropertySpec::function("return", wrap_for_valid_iterator_return, 0),
};

void define_prototype(Agent& agent, Realm& realm, Intrinsic which, std::span<const PropertySpec> properties) {
  Object* prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kIteratorPrototype));
  realm.set_intrinsic(which, prototype);
  define_properties(agent, realm, prototype, properties);
}

}  // namespace

void initialize_iterator(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "Iterator",
                                       .length = 0,
                                       .function = iterator_constructor,
                                       .constructor = Intrinsic::kIterator,
                                       .prototype = Intrinsic::kIteratorPrototype,
                                       .statics = kIteratorStatics,
                                       .prototype_properties = kIteratorPrototype,
                                   });
  define_prototype(agent, realm, Intrinsic::kIteratorHelperPrototype, kIteratorHelperPrototype);
  define_prototype(agent, realm, Intrinsic::kWrapForValidIteratorPrototype, kWrapForValidIteratorPrototype);
}

void register_iterator_kinds() {
  gc::register_kind<IteratorHelper>();
  gc::register_kind<WrapForValidIterator>();
}

}  // namespace skein
