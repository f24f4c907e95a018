// https://tc39.es/ecma262/#sec-%iteratorhelperprototype%-object – iterator helpers as state machines.
//
// The specification writes each helper as a generator over an abstract closure. Here a helper is an
// object with the closure's variables in its slots, and a step function per kind that runs from one
// yield to the next.
#pragma once

#include "core/runtime/operations.h"

namespace skein {

enum class HelperKind : uint8_t { kMap, kFilter, kTake, kDrop, kFlatMap, kConcat, kChunks, kWindows, kZip, kZipKeyed };
enum class HelperState : uint8_t { kSuspendedStart, kSuspendedYield, kExecuting, kCompleted };
enum class ZipMode : uint8_t { kShortest, kLongest, kStrict };

class IteratorHelper final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kIteratorHelper;
  static constexpr const char* kKindName = "IteratorHelper";
  IteratorHelper(Shape* shape, HelperKind helper_kind) : Object(shape, kKind), helper_kind(helper_kind) {}

  const HelperKind helper_kind;
  HelperState state = HelperState::kSuspendedStart;
  ZipMode mode = ZipMode::kShortest;
  bool allow_partial = false;    // windows
  double counter = 0;            // calls of `function`; position in `list` (concat)
  double limit = 0;              // take, drop: what remains; chunks, windows: the size
  ValueSlot iterator;            // [[UnderlyingIterator]], and its next method
  ValueSlot next_method;
  ValueSlot function;            // the mapper or predicate; the buffer of windows, an Array
  ValueSlot inner_iterator;      // flatMap, concat: the one being drained, or undefined
  ValueSlot inner_next_method;
  gc::Member<ValueArray> list;   // concat: pairs of iterable and method; zip: see iterator_zip.cpp
  gc::Member<ValueArray> keys;   // zipKeyed

  size_t cell_size() const { return sizeof(IteratorHelper); }
  void trace(gc::Visitor& visitor);
};

IteratorHelper* make_iterator_helper(Agent& agent, HelperKind kind);

// GetIteratorDirect of `value` after `argument_is_valid`; closes the iterator when it is not. All of
// Iterator.prototype's methods begin so.
Completion<Object*> iterator_receiver(Agent& agent, const CallInfo& info, std::string_view method);
// IteratorClose({ [[Iterator]]: iterator }, ThrowCompletion) for the exception under way.
Thrown close_unstarted(Agent& agent, Object* iterator);

// Iterator.prototype's methods that make helpers.
Completion<Value> iterator_prototype_map(Agent& agent, const CallInfo& info);
Completion<Value> iterator_prototype_filter(Agent& agent, const CallInfo& info);
Completion<Value> iterator_prototype_flat_map(Agent& agent, const CallInfo& info);
Completion<Value> iterator_prototype_take(Agent& agent, const CallInfo& info);
Completion<Value> iterator_prototype_drop(Agent& agent, const CallInfo& info);
Completion<Value> iterator_prototype_chunks(Agent& agent, const CallInfo& info);
Completion<Value> iterator_prototype_windows(Agent& agent, const CallInfo& info);
Completion<Value> iterator_concat(Agent& agent, const CallInfo& info);
Completion<Value> iterator_helper_next(Agent& agent, const CallInfo& info);
Completion<Value> iterator_helper_return(Agent& agent, const CallInfo& info);

// iterator_zip.cpp
Completion<Value> iterator_zip(Agent& agent, const CallInfo& info);
Completion<Value> iterator_zip_keyed(Agent& agent, const CallInfo& info);
// One result into `value`; false when done.
Completion<bool> zip_step(Agent& agent, IteratorHelper* helper, Root<Value>& value);
// IteratorCloseAll over the iterators still open, with a return completion.
Completion<void> zip_close(Agent& agent, IteratorHelper* helper);

}  // namespace skein
