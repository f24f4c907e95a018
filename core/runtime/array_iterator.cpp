#include "core/runtime/array_iterator.h"

#include "core/runtime/array_buffer.h"

namespace skein {

ArrayIterator* create_array_iterator(Agent& agent, Object* array_like, PropertyKind kind) {
  Object* prototype = agent.realm()->intrinsic(Intrinsic::kArrayIteratorPrototype);
  Shape* shape = shape_for_prototype(agent, prototype, ArrayIterator::kKind, sizeof(ArrayIterator), 0);
  return agent.heap().make<ArrayIterator>(shape, array_like, kind);
}

namespace {

Completion<double> typed_array_length(Agent& agent, Object* object) {
  auto* array = static_cast<TypedArray*>(object);
  if (array->is_out_of_bounds()) return throw_type_error(agent, "Cannot perform %ArrayIteratorPrototype%.next on a detached ArrayBuffer");
  return static_cast<double>(array->length());
}

// Steps 1.b. of the closure in CreateArrayIterator, beyond arrays' plain elements.
Completion<bool> array_iterator_step_slow(Agent& agent, ArrayIterator* iterator, Root<Value>& value) {
  Object* array_like = iterator->iterated().as_object();
  double index = iterator->next_index();
  // i. - iii.
  double length = array_like->kind() == CellKind::kTypedArray ? TRY(typed_array_length(agent, array_like))
                                                              : TRY(length_of_array_like(agent, array_like));
  // iv.
  if (index >= length) {
    iterator->finish();
    return false;
  }
  // v. - ix.
  iterator->set_next_index(index + 1);
  if (iterator->iteration_kind() == PropertyKind::kKeys) {
    value = Value::number(index);
    return true;
  }
  value = TRY(get(agent, array_like, to_property_key(agent, static_cast<uint64_t>(index))));
  if (iterator->iteration_kind() == PropertyKind::kEntries) {
    const Value entry[] = {Value::number(index), value};
    value = Value(make_array(agent, entry));
  }
  return true;
}

}  // namespace

Completion<bool> array_iterator_step(Agent& agent, ArrayIterator* iterator, Root<Value>& value) {
  if (iterator->iterated().is_undefined()) return false;
  // OPTIMIZATION: plain elements of an array.
  Object* object = iterator->iterated().as_object();
  if (object->kind() == CellKind::kArray && iterator->iteration_kind() == PropertyKind::kValues) [[likely]] {
    uint32_t length = static_cast<Array*>(object)->length();
    if (iterator->next_index() < length) {
      Value element = object->dense_element_or_empty(static_cast<uint32_t>(iterator->next_index()));
      if (!element.is_empty()) [[likely]] {
        iterator->set_next_index(iterator->next_index() + 1);
        value = element;
        return true;
      }
    }
  }
  Root<ArrayIterator*> rooted(agent, iterator);
  Root<Object*> rooted_array_like(agent, object);
  Completion<bool> stepped = array_iterator_step_slow(agent, iterator, value);
  // The closure is a generator's: what it throws completes it.
  if (stepped.is_thrown()) rooted->finish();
  return stepped;
}

Completion<Value> array_iterator_next(Agent& agent, const CallInfo& info) {
  ArrayIterator* iterator = info.this_value().as_if<ArrayIterator>();
  if (iterator == nullptr)
    return throw_type_error(agent, {"Method Array Iterator.prototype.next called on incompatible receiver ", to_display_string(agent, info.this_value())});
  Root<Value> value(agent);
  bool has_value = TRY(array_iterator_step(agent, iterator, value));
  return create_iter_result_object(agent, has_value ? value.get() : Value::undefined(), !has_value);
}

}  // namespace skein
