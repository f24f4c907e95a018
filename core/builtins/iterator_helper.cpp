#include "core/builtins/iterator_helper.h"

#include <algorithm>
#include <cmath>

#include "core/builtins/support.h"
#include "core/numeric/conversions.h"

namespace skein {

void IteratorHelper::trace(gc::Visitor& visitor) {
  trace_properties(visitor);
  for (Value value : {iterator.get(), next_method.get(), function.get(), inner_iterator.get(), inner_next_method.get()})
    visit_value(visitor, value);
  visitor.visit(list);
  visitor.visit(keys);
}

IteratorHelper* make_iterator_helper(Agent& agent, HelperKind kind) {
  return make_builtin<IteratorHelper>(agent, intrinsic(agent, Intrinsic::kIteratorHelperPrototype), kind);
}

Completion<Object*> iterator_receiver(Agent& agent, const CallInfo& info, std::string_view method) {
  if (!info.this_value().is_object())
    return throw_type_error(agent, {"Iterator.prototype.", method, " called on non-object"});
  return info.this_value().as_object();
}

Thrown close_unstarted(Agent& agent, Object* iterator) {
  IteratorRecord record(agent);
  record.iterator = Value(iterator);
  return iterator_close_throwing(agent, record);
}

namespace {

// The underlying iterator as a record.
struct Underlying : IteratorRecord {
  Underlying(Agent& agent, IteratorHelper* helper) : IteratorRecord(agent) {
    iterator = helper->iterator;
    next_method = helper->next_method;
  }
};
struct Inner : IteratorRecord {
  Inner(Agent& agent, IteratorHelper* helper) : IteratorRecord(agent) {
    iterator = helper->inner_iterator;
    next_method = helper->inner_next_method;
  }
};

void store_inner(IteratorHelper* helper, const IteratorRecord& record) {
  helper->inner_iterator.set(helper, record.iterator);
  helper->inner_next_method.set(helper, record.next_method);
}

// Call(function, undefined, « value, counter »); closes the underlying iterator when that throws.
Completion<Value> call_function(Agent& agent, IteratorHelper* helper, Underlying& iterated, Value value) {
  Root<IteratorHelper*> kept(agent, helper);
  Completion<Value> result = call(agent, helper->function, Value::undefined(), {value, Value::number(helper->counter)});
  if (result.is_thrown()) return iterator_close_throwing(agent, iterated);
  kept->counter += 1;
  return result;
}

// https://tc39.es/ecma262/#sec-iterator.prototype.map, step 6.b.
Completion<bool> map_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  Underlying iterated(agent, helper);
  if (!TRY(iterator_step_value(agent, iterated, value))) return false;
  value = TRY(call_function(agent, helper, iterated, value));
  return true;
}

// https://tc39.es/ecma262/#sec-iterator.prototype.filter, step 6.b.
Completion<bool> filter_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  Underlying iterated(agent, helper);
  LoopPoll poll(agent);
  for (;;) {
    if (!TRY(iterator_step_value(agent, iterated, value))) return false;
    Value selected = TRY(call_function(agent, helper, iterated, value));
    if (to_boolean(selected)) return true;
    TRY(poll.tick());
  }
}

// https://tc39.es/ecma262/#sec-iterator.prototype.take, step 10.b.
Completion<bool> take_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  Underlying iterated(agent, helper);
  if (helper->limit == 0) {
    TRY(iterator_close(agent, iterated));
    return false;
  }
  helper->limit -= 1;
  return iterator_step_value(agent, iterated, value);
}

// https://tc39.es/ecma262/#sec-iterator.prototype.drop, step 10.b.
Completion<bool> drop_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  Underlying iterated(agent, helper);
  LoopPoll poll(agent);
  while (helper->limit > 0) {
    helper->limit -= 1;
    // IteratorStep: the value is not asked for.
    Value result = TRY(iterator_next(agent, iterated));
    if (TRY(iterator_complete(agent, result))) return false;
    TRY(poll.tick());
  }
  return iterator_step_value(agent, iterated, value);
}

// https://tc39.es/ecma262/#sec-iterator.prototype.flatmap, step 6.b.
Completion<bool> flat_map_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  Underlying iterated(agent, helper);
  LoopPoll poll(agent);
  for (;;) {
    TRY(poll.tick());
    // i. - v.
    if (helper->inner_iterator.get().is_undefined()) {
      if (!TRY(iterator_step_value(agent, iterated, value))) return false;
      Value mapped = TRY(call_function(agent, helper, iterated, value));
      IteratorRecord inner(agent);
      if (get_iterator_flattenable(agent, mapped, PrimitiveHandling::kRejectPrimitives, inner).is_thrown())
        return iterator_close_throwing(agent, iterated);
      store_inner(helper, inner);
    }
    // viii.
    Inner inner(agent, helper);
    Completion<bool> stepped = iterator_step_value(agent, inner, value);
    if (stepped.is_thrown()) return iterator_close_throwing(agent, iterated);
    if (stepped.value()) return true;
    helper->inner_iterator.set(helper, Value::undefined());
  }
}

// https://tc39.es/ecma262/#sec-iterator.concat, step 3.a.
Completion<bool> concat_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  uint32_t count = helper->list == nullptr ? 0 : helper->list->capacity() / 2;
  for (;;) {
    if (helper->inner_iterator.get().is_undefined()) {
      if (helper->counter >= count) return false;
      uint32_t position = static_cast<uint32_t>(helper->counter++) * 2;
      IteratorRecord inner(agent);
      TRY(get_iterator_from_method(agent, helper->list->get(position), helper->list->get(position + 1), inner));
      store_inner(helper, inner);
    }
    Inner inner(agent, helper);
    if (TRY(iterator_step_value(agent, inner, value))) return true;
    helper->inner_iterator.set(helper, Value::undefined());
  }
}

// https://tc39.es/proposal-iterator-chunking/#sec-iterator.prototype.chunks
Completion<bool> chunks_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  Underlying iterated(agent, helper);
  RootVector buffer(agent);
  LoopPoll poll(agent);
  while (static_cast<double>(buffer.size()) < helper->limit) {
    if (!TRY(iterator_step_value(agent, iterated, value))) {
      if (buffer.empty()) return false;
      break;
    }
    buffer.push_back(value);
    TRY(poll.tick());
  }
  value = Value(make_array(agent, buffer.values()));
  return true;
}

// https://tc39.es/proposal-iterator-chunking/#sec-iterator.prototype.windows. `function` holds the
// values of the last window, which script never sees; `counter` is 1 once one has been yielded.
Completion<bool> windows_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  if (helper->limit == 0) return false;
  Underlying iterated(agent, helper);
  RootVector buffer(agent);
  if (helper->function.get().is_object()) {
    Array* last = helper->function.get().as<Array>();
    for (uint32_t i = helper->counter == 0 ? 0 : 1; i < last->length(); ++i) buffer.push_back(last->dense_element_or_empty(i));
  }
  LoopPoll poll(agent);
  while (static_cast<double>(buffer.size()) < helper->limit) {
    if (!TRY(iterator_step_value(agent, iterated, value))) {
      bool is_partial = helper->counter == 0 && helper->allow_partial && !buffer.empty();
      if (!is_partial) return false;
      helper->limit = 0;  // exhausted
      break;
    }
    buffer.push_back(value);
    TRY(poll.tick());
  }
  helper->counter = 1;
  helper->function.set(helper, Value(make_array(agent, buffer.values())));
  value = Value(make_array(agent, buffer.values()));
  return true;
}

// Runs the closure up to its next yield.
Completion<bool> helper_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  switch (helper->helper_kind) {
    case HelperKind::kMap: return map_step(agent, helper, value);
    case HelperKind::kFilter: return filter_step(agent, helper, value);
    case HelperKind::kTake: return take_step(agent, helper, value);
    case HelperKind::kDrop: return drop_step(agent, helper, value);
    case HelperKind::kFlatMap: return flat_map_step(agent, helper, value);
    case HelperKind::kConcat: return concat_step(agent, helper, value);
    case HelperKind::kChunks: return chunks_step(agent, helper, value);
    case HelperKind::kWindows: return windows_step(agent, helper, value);
    case HelperKind::kZip:
    case HelperKind::kZipKeyed: return zip_step(agent, helper, value);
  }
  SKEIN_UNREACHABLE();
}

// What the closure does when a yield, or its start, completes with a return completion.
Completion<void> helper_close(Agent& agent, IteratorHelper* helper) {
  switch (helper->helper_kind) {
    case HelperKind::kZip:
    case HelperKind::kZipKeyed: return zip_close(agent, helper);
    case HelperKind::kConcat: {
      if (helper->inner_iterator.get().is_undefined()) return {};
      Inner inner(agent, helper);
      return iterator_close(agent, inner);
    }
    case HelperKind::kFlatMap: {
      Underlying iterated(agent, helper);
      if (!helper->inner_iterator.get().is_undefined()) {
        Inner inner(agent, helper);
        if (iterator_close(agent, inner).is_thrown()) return iterator_close_throwing(agent, iterated);
      }
      return iterator_close(agent, iterated);
    }
    default: {
      Underlying iterated(agent, helper);
      return iterator_close(agent, iterated);
    }
  }
}

Completion<IteratorHelper*> this_helper(Agent& agent, const CallInfo& info, std::string_view method) {
  IteratorHelper* helper = info.this_value().as_if<IteratorHelper>();
  if (helper == nullptr) return throw_incompatible_receiver(agent, method, info.this_value());
  if (helper->state == HelperState::kExecuting) return throw_type_error(agent, "Generator is already running");
  return helper;
}

}  // namespace

// https://tc39.es/ecma262/#sec-%iteratorhelperprototype%.next
Completion<Value> iterator_helper_next(Agent& agent, const CallInfo& info) {
  IteratorHelper* helper = TRY(this_helper(agent, info, "Iterator Helper.prototype.next"));
  if (helper->state == HelperState::kCompleted) return create_iter_result_object(agent, Value::undefined(), true);
  helper->state = HelperState::kExecuting;
  Root<Value> value(agent);
  Completion<bool> stepped = helper_step(agent, helper, value);
  bool yielded = !stepped.is_thrown() && stepped.value();
  helper->state = yielded ? HelperState::kSuspendedYield : HelperState::kCompleted;
  if (stepped.is_thrown()) return Thrown{};
  return create_iter_result_object(agent, yielded ? value.get() : Value::undefined(), !yielded);
}

// https://tc39.es/ecma262/#sec-%iteratorhelperprototype%.return
Completion<Value> iterator_helper_return(Agent& agent, const CallInfo& info) {
  IteratorHelper* helper = TRY(this_helper(agent, info, "Iterator Helper.prototype.return"));
  HelperState before = helper->state;
  if (before != HelperState::kCompleted) {
    // 4. A helper that has not started is complete before its iterators are closed; one that has is
    // executing meanwhile.
    helper->state = before == HelperState::kSuspendedStart ? HelperState::kCompleted : HelperState::kExecuting;
    Completion<void> closed = helper_close(agent, helper);
    helper->state = HelperState::kCompleted;
    TRY(closed);
  }
  return create_iter_result_object(agent, Value::undefined(), true);
}

namespace {

// GetIteratorDirect(O), into a new helper.
Completion<IteratorHelper*> start_helper(Agent& agent, Object* iterator, HelperKind kind) {
  IteratorRecord record(agent);
  TRY(get_iterator_direct(agent, iterator, record));
  IteratorHelper* helper = make_iterator_helper(agent, kind);
  helper->iterator.set(helper, record.iterator);
  helper->next_method.set(helper, record.next_method);
  return helper;
}

Completion<Value> helper_with_function(Agent& agent, const CallInfo& info, HelperKind kind, std::string_view method) {
  Object* iterator = TRY(iterator_receiver(agent, info, method));
  if (!is_callable(info[0])) {
    (void)throw_not_callable(agent, info[0]);
    return close_unstarted(agent, iterator);
  }
  IteratorHelper* helper = TRY(start_helper(agent, iterator, kind));
  helper->function.set(helper, info[0]);
  return helper;
}

Completion<Value> helper_with_limit(Agent& agent, const CallInfo& info, HelperKind kind, std::string_view method) {
  // 1. - 3.
  Object* iterator = TRY(iterator_receiver(agent, info, method));
  // 4. - 5.
  Completion<double> number = to_number(agent, info[0]);
  if (number.is_thrown()) return close_unstarted(agent, iterator);
  // 6. - 9.
  double limit = numeric::to_integer_or_infinity(number.value());
  bool is_too_large = std::isfinite(number.value()) && number.value() > kMaxArrayLikeLength;
  if (std::isnan(number.value()) || is_too_large || limit < 0) {
    (void)throw_range_error(agent, {to_display_string(agent, info[0]), " must be positive"});
    return close_unstarted(agent, iterator);
  }
  // 10.
  IteratorHelper* helper = TRY(start_helper(agent, iterator, kind));
  helper->limit = limit;
  return helper;
}

// The argument of chunks and windows: an integral number from 1 to 2^32 - 1.
Completion<double> validate_size(Agent& agent, Value size) {
  if (!is_integral_number(size)) return throw_type_error(agent, {to_display_string(agent, size), " is not an integral number"});
  double number = size.as_number();
  if (number < 1 || number > 4294967295.0) return throw_range_error(agent, {to_display_string(agent, size), " is out of range"});
  return number;
}

}  // namespace

// https://tc39.es/ecma262/#sec-iterator.prototype.map
Completion<Value> iterator_prototype_map(Agent& agent, const CallInfo& info) { return helper_with_function(agent, info, HelperKind::kMap, "map"); }

// https://tc39.es/ecma262/#sec-iterator.prototype.filter
Completion<Value> iterator_prototype_filter(Agent& agent, const CallInfo& info) {
  return helper_with_function(agent, info, HelperKind::kFilter, "filter");
}

// https://tc39.es/ecma262/#sec-iterator.prototype.flatmap
Completion<Value> iterator_prototype_flat_map(Agent& agent, const CallInfo& info) {
  return helper_with_function(agent, info, HelperKind::kFlatMap, "flatMap");
}

// https://tc39.es/ecma262/#sec-iterator.prototype.take
Completion<Value> iterator_prototype_take(Agent& agent, const CallInfo& info) { return helper_with_limit(agent, info, HelperKind::kTake, "take"); }

// https://tc39.es/ecma262/#sec-iterator.prototype.drop
Completion<Value> iterator_prototype_drop(Agent& agent, const CallInfo& info) { return helper_with_limit(agent, info, HelperKind::kDrop, "drop"); }

// https://tc39.es/proposal-iterator-chunking/#sec-iterator.prototype.chunks
Completion<Value> iterator_prototype_chunks(Agent& agent, const CallInfo& info) {
  Object* iterator = TRY(iterator_receiver(agent, info, "chunks"));
  Completion<double> size = validate_size(agent, info[0]);
  if (size.is_thrown()) return close_unstarted(agent, iterator);
  IteratorHelper* helper = TRY(start_helper(agent, iterator, HelperKind::kChunks));
  helper->limit = size.value();
  return helper;
}

// https://tc39.es/proposal-iterator-chunking/#sec-iterator.prototype.windows
Completion<Value> iterator_prototype_windows(Agent& agent, const CallInfo& info) {
  Object* iterator = TRY(iterator_receiver(agent, info, "windows"));
  Completion<double> size = validate_size(agent, info[0]);
  if (size.is_thrown()) return close_unstarted(agent, iterator);
  std::string undersized = info[1].is_undefined() ? "only-full" : info[1].is_string() ? info[1].as_string()->to_utf8() : "";
  if (undersized != "only-full" && undersized != "allow-partial") {
    (void)throw_type_error(agent, "undersized must be \"only-full\" or \"allow-partial\"");
    return close_unstarted(agent, iterator);
  }
  IteratorHelper* helper = TRY(start_helper(agent, iterator, HelperKind::kWindows));
  helper->limit = size.value();
  helper->allow_partial = undersized == "allow-partial";
  return helper;
}

// https://tc39.es/ecma262/#sec-iterator.concat
Completion<Value> iterator_concat(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  RootVector pairs(agent);
  for (Value item : info.arguments()) {
    if (!item.is_object()) return throw_not_object(agent, item);
    Value method = TRY(get_method(agent, item, PropertyKey(agent.well_known(WellKnownSymbol::kIterator))));
    if (method.is_undefined()) return throw_type_error(agent, {to_display_string(agent, item), " is not iterable"});
    pairs.push_back(item);
    pairs.push_back(method);
  }
  // 3. - 6.
  IteratorHelper* helper = make_iterator_helper(agent, HelperKind::kConcat);
  if (!pairs.empty()) {
    ValueArray* list = ValueArray::make(agent.heap(), static_cast<uint32_t>(pairs.size()));
    std::copy(pairs.begin(), pairs.end(), list->data());
    helper->list.set(helper, list);
  }
  return helper;
}

}  // namespace skein
