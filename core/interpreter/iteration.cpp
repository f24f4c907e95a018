// https://tc39.es/ecma262/#sec-operations-on-iterator-objects for the pairs of registers that hold an
// iterator and its next method, and for-in.
#include "core/interpreter/generator.h"
#include "core/interpreter/iterators.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/array_iterator.h"
#include "core/runtime/errors.h"
#include "core/runtime/native_iteration.h"
#include "core/runtime/plain_objects.h"

namespace skein {

namespace {

// The slot of a data property, or -1.
int64_t data_slot(Object* object, PropertyKey key) {
  PropertyLocation location = object->lookup(key);
  return location && !(location.attributes & kAccessorProperty) ? int64_t{location.slot} : -1;
}

bool learn_array_iteration(Agent& agent) {
  Realm* realm = agent.realm();
  auto& known = agent.interpreter->array_iteration;
  known.realm = nullptr;
  known.array_prototype = realm->intrinsic(Intrinsic::kArrayPrototype);
  known.iterator_prototype = realm->intrinsic(Intrinsic::kArrayIteratorPrototype);
  if (known.iterator_prototype == nullptr || realm->intrinsic(Intrinsic::kArrayPrototypeValues) == nullptr) return false;
  const int64_t iterator_slot = data_slot(known.array_prototype, agent.well_known(WellKnownSymbol::kIterator));
  const int64_t next_slot = data_slot(known.iterator_prototype, agent.names().next);
  if (iterator_slot < 0 || next_slot < 0) return false;
  known.iterator_slot = static_cast<uint32_t>(iterator_slot);
  known.next_slot = static_cast<uint32_t>(next_slot);
  // What has been looked up may have changed the shapes.
  known.array_prototype_shape = known.array_prototype->shape();
  known.iterator_prototype_shape = known.iterator_prototype->shape();
  known.realm = realm;
  return true;
}

}  // namespace

bool is_iterated_natively(Agent& agent, Array* array) {
  Realm* realm = agent.realm();
  // Frozen arrays have another shape, and as little of their own.
  Shape* shape = array->shape();
  if (shape != realm->shape(RealmShape::kArray) &&
      (shape->property_count() != 0 || shape->prototype() != realm->intrinsic(Intrinsic::kArrayPrototype)))
    return false;
  const auto& known = agent.interpreter->array_iteration;
  const bool is_known = known.realm == realm && known.array_prototype->shape() == known.array_prototype_shape &&
                        known.iterator_prototype->shape() == known.iterator_prototype_shape;
  if (!is_known && !learn_array_iteration(agent)) return false;
  if (!(known.array_prototype->slot(known.iterator_slot) == Value(realm->intrinsic(Intrinsic::kArrayPrototypeValues)))) return false;
  Value method = known.iterator_prototype->slot(known.next_slot);
  return method.is_kind(CellKind::kNativeFunction) && method.as<NativeFunction>()->function() == array_iterator_next;
}

namespace {

// Nobody has given the prototypes of array iterators a `return` method.
bool closes_silently(Agent& agent) {
  for (Object* object = agent.realm()->intrinsic(Intrinsic::kArrayIteratorPrototype); object != nullptr; object = object->prototype()) {
    if (object->kind() == CellKind::kProxy || object->lookup(agent.names().return_)) return false;
  }
  return true;
}

Completion<void> fill_pair(Interpreter& vm, Value* pair, Value iterable, Value method) {
  IteratorRecord record(vm.agent);
  TRY(get_iterator_from_method(vm.agent, iterable, method, record));
  pair[0] = record.iterator;
  pair[1] = record.next_method;
  return {};
}

}  // namespace

Completion<void> get_iterator_pair(Interpreter& vm, Value* pair, Value iterable) {
  Agent& agent = vm.agent;
  if (auto* array = iterable.as_if<Array>(); array != nullptr && is_iterated_natively(agent, array)) {
    pair[0] = Value::cell(agent.heap().make<FastIterator>(array));
    pair[1] = Value::undefined();
    return {};
  }
  return get_iterator_record(vm, pair, iterable);
}

Completion<void> get_iterator_record(Interpreter& vm, Value* pair, Value iterable) {
  Agent& agent = vm.agent;
  if (iterable.is_nullish()) return throw_not_iterable(vm, iterable);
  Value method = TRY(get_v(agent, iterable, agent.well_known(WellKnownSymbol::kIterator)));
  if (!is_callable(method)) return throw_not_iterable(vm, iterable);
  return fill_pair(vm, pair, iterable, method);
}

// https://tc39.es/ecma262/#sec-getiterator with async, whose TypeError quotes the expression.
Completion<void> get_async_iterator_pair(Interpreter& vm, Value* pair, Value iterable) {
  Agent& agent = vm.agent;
  IteratorRecord record(agent), sync_record(agent);
  if (iterable.is_nullish()) return throw_not_iterable(vm, iterable, IteratorKind::kAsync);
  Value method = TRY(get_method(agent, iterable, agent.well_known(WellKnownSymbol::kAsyncIterator)));
  if (!method.is_undefined()) {
    TRY(get_iterator_from_method(agent, iterable, method, record, IteratorKind::kAsync));
  } else {
    method = TRY(get_method(agent, iterable, agent.well_known(WellKnownSymbol::kIterator)));
    if (method.is_undefined()) return throw_not_iterable(vm, iterable, IteratorKind::kAsync);
    TRY(get_iterator_from_method(agent, iterable, method, sync_record));
    TRY(g_create_async_from_sync_iterator(agent, sync_record, record));
  }
  pair[0] = record.iterator;
  pair[1] = record.next_method;
  return {};
}

namespace {

Completion<Value> fast_step(Interpreter& vm, FastIterator* iterator) {
  Array* array = iterator->array();
  if (array == nullptr) return Value::empty();
  const uint32_t index = iterator->next_index();
  if (index >= array->length()) {
    iterator->finish();
    return Value::empty();
  }
  iterator->advance();
  Value value = array->dense_element_or_empty(index);
  if (!value.is_empty()) [[likely]] return value;
  return get(vm.agent, array, PropertyKey::index(index));
}

}  // namespace

// https://tc39.es/ecma262/#sec-iteratorstepvalue
Completion<Value> iterator_step(Interpreter& vm, Value* pair) {
  Agent& agent = vm.agent;
  if (auto* fast = pair[0].as_if<FastIterator>()) return fast_step(vm, fast);
  if (is_array_iterator_step(pair[0], pair[1])) {
    Root<Value> value(agent);
    if (!TRY(array_iterator_step(agent, pair[0].as<ArrayIterator>(), value))) return Value::empty();
    return value.get();
  }
  if (const NativeIteration* native = find_native_iteration(pair[0], pair[1])) {
    Root<Value> value(agent);
    if (!TRY(native->step(agent, pair[0].as_object(), value))) return Value::empty();
    return value.get();
  }
  if (pair[0].is_kind(CellKind::kGenerator) && pair[1] == Value(agent.realm()->intrinsic(Intrinsic::kGeneratorPrototypeNext)))
    return generator_step(vm, pair[0].as<Generator>());
  Value result = TRY(iterator_next_call(vm, pair));
  return iterator_unwrap(vm, result);
}

Completion<Value> iterator_next_call(Interpreter& vm, Value* pair) {
  if (!is_callable(pair[1])) [[unlikely]] return throw_not_a_method(vm.agent, pair[1], pair[0], vm.agent.names().next);
  return call(vm.agent, pair[1], pair[0]);
}

Completion<Value> iterator_unwrap(Interpreter& vm, Value value) {
  Agent& agent = vm.agent;
  if (!value.is_object()) return throw_not_an_object(vm, value);
  Object* object = value.as_object();
  // OPTIMIZATION: results of create_iter_result_object.
  Shape* plain = agent.realm()->shape(RealmShape::kIteratorResult);
  if (object->shape() == plain) {
    Value* slots = object->inline_slots(plain);
    return to_boolean(slots[1]) ? Value::empty() : slots[0];
  }
  Root<Object*> kept(agent, object);
  if (TRY(iterator_complete(agent, value))) return Value::empty();
  return iterator_value(agent, kept.get());
}

Completion<Value> iterator_rest(Interpreter& vm, Value* pair) {
  Agent& agent = vm.agent;
  Root<Value> array(agent, TRY(create_array(vm, nullptr, 0)));
  for (;;) {
    Value value = TRY(iterator_step(vm, pair));
    if (value.is_empty()) return array.get();
    TRY(array_append(vm, array, value));
    TRY(agent.poll());
  }
}

namespace {

// The iterator object that a FastIterator has been standing for.
Value visible_iterator(Agent& agent, FastIterator* fast) {
  ArrayIterator* iterator = create_array_iterator(agent, fast->array() == nullptr ? make_array(agent) : fast->array(), PropertyKind::kValues);
  iterator->set_next_index(fast->next_index());
  if (fast->array() == nullptr) iterator->finish();
  return iterator;
}

}  // namespace

// https://tc39.es/ecma262/#sec-iteratorclose
Completion<void> iterator_close_pair(Interpreter& vm, Value* pair) {
  Agent& agent = vm.agent;
  Root<Value> iterator(agent, pair[0]);
  if (auto* fast = pair[0].as_if<FastIterator>()) {
    if (closes_silently(agent)) return {};
    iterator = visible_iterator(agent, fast);
  }
  Value method = TRY(get_method(agent, iterator, agent.names().return_));
  if (method.is_undefined()) return {};
  Value result = TRY(call(agent, method, iterator));
  if (!result.is_object()) return throw_type_error(agent, {to_display_string(agent, result), " is not an object"});
  return {};
}

Completion<void> iterator_close_silent(Interpreter& vm, Value* pair) {
  Agent& agent = vm.agent;
  Root<Value> iterator(agent, pair[0]);
  if (auto* fast = pair[0].as_if<FastIterator>()) {
    if (closes_silently(agent)) return {};
    iterator = visible_iterator(agent, fast);
  }
  Completion<Value> method = get_method(agent, iterator, agent.names().return_);
  if (!method.is_thrown() && !method.value().is_undefined()) (void)call(agent, method.value(), iterator);
  if (agent.is_terminating()) return Thrown{};
  agent.take_exception();
  return {};
}

// --- for-in ------------------------------------------------------------------------------------------------

namespace {

// Lists the own keys of enumerator->object.
Completion<void> list_keys(Agent& agent, Enumerator* enumerator) {
  // What is not enumerable would have to be known to hide what a prototype has.
  if (ShapeKeys* plain = plain_keys(agent, enumerator->object); plain != nullptr && !plain->has_hidden_names) {
    enumerator->keys.set(enumerator, plain->names);
    enumerator->listed_shape.set(enumerator, plain->shape);
    enumerator->key_count = plain->names->capacity();
    enumerator->next = 0;
    return {};
  }
  enumerator->listed_shape.set(enumerator, nullptr);
  RootVector all(agent);
  TRY(own_property_keys(agent, enumerator->object, all));
  uint32_t count = 0;
  for (Value key : all) count += key.is_string();
  ValueArray* keys = ValueArray::make(agent.heap(), count);
  uint32_t next = 0;
  for (Value key : all)
    if (key.is_string()) keys->set(next++, key);
  enumerator->keys.set(enumerator, keys);
  enumerator->key_count = count;
  enumerator->next = 0;
  return {};
}

void strike_out(Agent& agent, Enumerator* enumerator, uint32_t index) {
  if (enumerator->listed_shape.get() != nullptr) {
    // The list is everybody's.
    ValueArray* copy = ValueArray::make(agent.heap(), enumerator->key_count);
    std::copy_n(enumerator->keys->data(), enumerator->key_count, copy->data());
    enumerator->keys.set(enumerator, copy);
    enumerator->listed_shape.set(enumerator, nullptr);
  }
  enumerator->keys->set(index, Value::undefined());
}

// 0 absent, 1 not enumerable, 2 enumerable
enum class Presence : uint8_t { kAbsent, kHidden, kEnumerable };
Completion<Presence> presence(Agent& agent, Object* object, PropertyKey key) {
  if (object->is_ordinary() && !key.is_index()) {
    PropertyLocation location = object->lookup(key);
    if (!location) return Presence::kAbsent;
    return location.attributes & kEnumerable ? Presence::kEnumerable : Presence::kHidden;
  }
  if (!object->has_flag(Object::kExoticIndices) && key.is_index() && !object->dense_element_or_empty(key.as_index()).is_empty())
    return Presence::kEnumerable;
  RootedDescriptor descriptor(agent);
  if (!TRY(get_own_property(agent, object, key, descriptor))) return Presence::kAbsent;
  return descriptor.enumerable ? Presence::kEnumerable : Presence::kHidden;
}

void add_visited(Agent& agent, Enumerator* enumerator, ValueArray* keys) {
  if (enumerator->visited.get() == nullptr) enumerator->visited.set(enumerator, make_object_with_prototype(agent, nullptr));
  Object* visited = enumerator->visited;
  for (uint32_t i = 0; i < keys->capacity(); ++i) {
    if (!keys->get(i).is_string()) continue;
    PropertyKey key = to_property_key(agent, keys->get(i).as_string());
    MUST(create_data_property(agent, visited, key, Value::boolean(true)));
  }
}

bool was_visited(Agent& agent, Enumerator* enumerator, PropertyKey key) {
  Object* visited = enumerator->visited;
  if (visited == nullptr) return false;
  if (!key.is_index()) return static_cast<bool>(visited->lookup(key));
  return MUST(has_own_property(agent, visited, key));
}

// Goes on to the prototype; its keys are listed, and hidden by those visited before.
Completion<void> next_object(Agent& agent, Enumerator* enumerator) {
  Root<ValueArray*> keys(agent, enumerator->keys);
  bool is_null = false;
  Object* prototype = TRY(get_prototype_of(agent, enumerator->object, &is_null));
  const bool is_end = is_null || is_barren(agent, prototype);
  enumerator->object.set(enumerator, is_end ? nullptr : prototype);
  if (is_end) return {};
  TRY(list_keys(agent, enumerator));
  if (enumerator->key_count != 0) add_visited(agent, enumerator, keys);
  return {};
}

}  // namespace

Completion<Value> for_in_enumerate(Interpreter& vm, Value value) {
  Agent& agent = vm.agent;
  Root<Object*> object(agent, TRY(to_object(agent, value)));
  auto* enumerator = agent.heap().make<Enumerator>(object.get());
  Root<Enumerator*> kept(agent, enumerator);
  TRY(list_keys(agent, enumerator));
  return Value::cell(enumerator);
}

Completion<Value> for_in_next(Interpreter& vm, Value value) {
  Agent& agent = vm.agent;
  auto* enumerator = value.as<Enumerator>();
  while (enumerator->object.get() != nullptr) {
    // A key that is gone when its turn comes is struck out: it hides none of a prototype.
    while (enumerator->next < enumerator->key_count) {
      const uint32_t index = enumerator->next++;
      // OPTIMIZATION: the object is as it was when the keys were listed, all of them enumerable.
      if (enumerator->listed_shape.get() == enumerator->object->shape() && enumerator->visited.get() == nullptr)
        return enumerator->keys->get(index);
      Root<Value> key_value(agent, enumerator->keys->get(index));
      PropertyKey key = to_property_key(agent, key_value->as_string());
      const Presence found = TRY(presence(agent, enumerator->object, key));
      if (found == Presence::kAbsent) strike_out(agent, enumerator, index);
      if (found == Presence::kEnumerable && !was_visited(agent, enumerator, key)) return key_value.get();
    }
    TRY(next_object(agent, enumerator));
  }
  return Value::empty();
}

}  // namespace skein
