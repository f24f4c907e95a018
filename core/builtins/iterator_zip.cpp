// https://tc39.es/proposal-joint-iteration/ – Iterator.zip and Iterator.zipKeyed.
//
// A zip helper's `list` holds three values per iterator: the iterator (undefined once it is done or
// closed), its next method, and its padding.
#include "core/builtins/iterator_helper.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

constexpr uint32_t kStride = 3;

uint32_t iterator_count(IteratorHelper* helper) { return helper->list == nullptr ? 0 : helper->list->capacity() / kStride; }
bool is_open(IteratorHelper* helper, uint32_t i) { return !helper->list->get(i * kStride).is_undefined(); }
void mark_closed(IteratorHelper* helper, uint32_t i) { helper->list->set(i * kStride, Value::undefined()); }
Value padding_of(IteratorHelper* helper, uint32_t i) { return helper->list->get(i * kStride + 2); }

struct ZipRecord : IteratorRecord {
  ZipRecord(Agent& agent, IteratorHelper* helper, uint32_t i) : IteratorRecord(agent) {
    iterator = helper->list->get(i * kStride);
    next_method = helper->list->get(i * kStride + 1);
  }
};

// https://tc39.es/proposal-joint-iteration/#sec-iteratorcloseall with a throw completion under way
Thrown close_all_throwing(Agent& agent, IteratorHelper* helper) {
  for (uint32_t i = iterator_count(helper); i-- > 0;) {
    if (!is_open(helper, i)) continue;
    ZipRecord record(agent, helper, i);
    mark_closed(helper, i);
    (void)iterator_close_throwing(agent, record);
  }
  return Thrown{};
}

// Step 3.b.iii.3.e: in strict mode all the others must be done when the first is.
Completion<bool> expect_all_done(Agent& agent, IteratorHelper* helper) {
  for (uint32_t k = 1; k < iterator_count(helper); ++k) {
    ZipRecord record(agent, helper, k);
    Completion<bool> done = [&]() -> Completion<bool> {
      Value result = TRY(iterator_next(agent, record));
      return iterator_complete(agent, result);
    }();
    if (done.is_thrown()) {
      mark_closed(helper, k);
      return close_all_throwing(agent, helper);
    }
    if (!done.value()) {
      (void)throw_type_error(agent, "Iterator.zip: iterators of different lengths in strict mode");
      return close_all_throwing(agent, helper);
    }
    mark_closed(helper, k);
  }
  return false;
}

bool any_open(IteratorHelper* helper) {
  for (uint32_t i = 0; i < iterator_count(helper); ++i)
    if (is_open(helper, i)) return true;
  return false;
}

Value finish_results(Agent& agent, IteratorHelper* helper, RootVector& results) {
  if (helper->helper_kind == HelperKind::kZip) return make_array(agent, results.values());
  Root<Object*> object(agent, make_object_with_prototype(agent, nullptr));
  for (uint32_t i = 0; i < results.size(); ++i)
    MUST(create_data_property_or_throw(agent, object, key_of_value(agent, helper->keys->get(i)), results[i]));
  return object.get();
}

}  // namespace

// https://tc39.es/proposal-joint-iteration/#sec-iteratorzip, step 3.b.
Completion<bool> zip_step(Agent& agent, IteratorHelper* helper, Root<Value>& value) {
  uint32_t count = iterator_count(helper);
  if (count == 0) return false;
  RootVector results(agent);
  // iii.
  for (uint32_t i = 0; i < count; ++i) {
    if (!is_open(helper, i)) {
      results.push_back(padding_of(helper, i));
      continue;
    }
    ZipRecord record(agent, helper, i);
    Completion<bool> stepped = iterator_step_value(agent, record, value);
    if (stepped.is_thrown()) {
      mark_closed(helper, i);
      return close_all_throwing(agent, helper);
    }
    if (stepped.value()) {
      results.push_back(value);
      continue;
    }
    // 3.d. - f.
    mark_closed(helper, i);
    if (helper->mode == ZipMode::kShortest) {
      TRY(zip_close(agent, helper));
      return false;
    }
    if (helper->mode == ZipMode::kStrict) {
      if (i == 0) return expect_all_done(agent, helper);
      (void)throw_type_error(agent, "Iterator.zip: iterators of different lengths in strict mode");
      return close_all_throwing(agent, helper);
    }
    if (!any_open(helper)) return false;
    results.push_back(padding_of(helper, i));
  }
  // iv.
  value = finish_results(agent, helper, results);
  return true;
}

Completion<void> zip_close(Agent& agent, IteratorHelper* helper) {
  for (uint32_t i = iterator_count(helper); i-- > 0;) {
    if (!is_open(helper, i)) continue;
    ZipRecord record(agent, helper, i);
    mark_closed(helper, i);
    if (iterator_close(agent, record).is_thrown()) return close_all_throwing(agent, helper);
  }
  return {};
}

namespace {

// The lists that zip and zipKeyed collect before the helper exists: iterators, next methods, padding.
class ZipBuilder {
 public:
  explicit ZipBuilder(Agent& agent) : agent_(agent), iterators_(agent), padding_(agent), keys(agent) {}

  uint32_t count() const { return static_cast<uint32_t>(iterators_.size() / 2); }
  void add(const IteratorRecord& record) {
    iterators_.push_back(record.iterator);
    iterators_.push_back(record.next_method);
  }
  void add_padding(Value value) { padding_.push_back(value); }

  // IfAbruptCloseIterators(…, iters)
  Thrown close_throwing() {
    for (uint32_t i = count(); i-- > 0;) {
      IteratorRecord record(agent_);
      record.iterator = iterators_[i * 2];
      (void)iterator_close_throwing(agent_, record);
    }
    return Thrown{};
  }

  IteratorHelper* finish(HelperKind kind, ZipMode mode) {
    IteratorHelper* helper = make_iterator_helper(agent_, kind);
    helper->mode = mode;
    if (count() == 0) return helper;
    ValueArray* list = ValueArray::make(agent_.heap(), count() * kStride);
    helper->list.set(helper, list);
    for (uint32_t i = 0; i < count(); ++i) {
      list->set(i * kStride, iterators_[i * 2]);
      list->set(i * kStride + 1, iterators_[i * 2 + 1]);
      if (i < padding_.size()) list->set(i * kStride + 2, padding_[i]);
    }
    if (kind == HelperKind::kZipKeyed) {
      ValueArray* names = ValueArray::make(agent_.heap(), count());
      helper->keys.set(helper, names);
      for (uint32_t i = 0; i < count(); ++i) names->set(i, keys[i]);
    }
    return helper;
  }

 private:
  Agent& agent_;
  RootVector iterators_;
  RootVector padding_;

 public:
  RootVector keys;
};

// Steps 1. to 7. of both: the mode, and the padding option (undefined if there is none).
Completion<ZipMode> read_options(Agent& agent, const CallInfo& info, Root<Value>& padding) {
  // 1. - 2.
  if (!info[0].is_object()) return throw_not_object(agent, info[0]);
  Value options = info[1];
  if (options.is_undefined()) return ZipMode::kShortest;
  if (!options.is_object()) return throw_not_object(agent, options);
  // 3. - 5.
  Value mode = TRY(get(agent, options.as_object(), PropertyKey(agent.names().mode)));
  if (mode.is_undefined()) return ZipMode::kShortest;
  std::string name = mode.is_string() ? mode.as_string()->to_utf8() : std::string();
  if (name == "shortest") return ZipMode::kShortest;
  if (name == "strict") return ZipMode::kStrict;
  if (name != "longest") return throw_type_error(agent, {to_display_string(agent, mode), " is not a mode of Iterator.zip"});
  // 6. - 7.
  padding = TRY(get(agent, options.as_object(), PropertyKey(agent.atoms().atomize(std::string_view("padding")))));
  if (!padding->is_undefined() && !padding->is_object()) return throw_not_object(agent, padding);
  return ZipMode::kLongest;
}

// Step 14.b. of zip: padding comes from an iterable.
Completion<void> read_padding(Agent& agent, ZipBuilder& builder, Value padding) {
  IteratorRecord record(agent);
  if (get_iterator(agent, padding, IteratorKind::kSync, record).is_thrown()) return builder.close_throwing();
  Root<Value> value(agent);
  bool using_iterator = true;
  for (uint32_t i = 0; i < builder.count() && using_iterator; ++i) {
    Completion<bool> stepped = iterator_step_value(agent, record, value);
    if (stepped.is_thrown()) return builder.close_throwing();
    using_iterator = stepped.value();
    if (using_iterator) builder.add_padding(value);
  }
  if (using_iterator && iterator_close(agent, record).is_thrown()) return builder.close_throwing();
  return {};
}

}  // namespace

// https://tc39.es/proposal-joint-iteration/#sec-iterator.zip
Completion<Value> iterator_zip(Agent& agent, const CallInfo& info) {
  // 1. - 9.
  Root<Value> padding(agent);
  ZipMode mode = TRY(read_options(agent, info, padding));
  ZipBuilder builder(agent);
  // 10.
  IteratorRecord input(agent);
  TRY(get_iterator(agent, info[0], IteratorKind::kSync, input));
  // 11. - 12.
  Root<Value> next(agent);
  for (;;) {
    Completion<bool> stepped = iterator_step_value(agent, input, next);
    if (stepped.is_thrown()) return builder.close_throwing();
    if (!stepped.value()) break;
    IteratorRecord record(agent);
    if (get_iterator_flattenable(agent, next, PrimitiveHandling::kRejectPrimitives, record).is_thrown()) {
      (void)builder.close_throwing();
      return iterator_close_throwing(agent, input);
    }
    builder.add(record);
  }
  // 13. - 14.
  if (!padding->is_undefined()) TRY(read_padding(agent, builder, padding));
  // 15. - 16.
  return builder.finish(HelperKind::kZip, mode);
}

// https://tc39.es/proposal-joint-iteration/#sec-iterator.zipkeyed
Completion<Value> iterator_zip_keyed(Agent& agent, const CallInfo& info) {
  // 1. - 9.
  Root<Value> padding(agent);
  ZipMode mode = TRY(read_options(agent, info, padding));
  ZipBuilder builder(agent);
  Object* iterables = info[0].as_object();
  // 10. - 12.
  RootVector all_keys(agent);
  TRY(own_property_keys(agent, iterables, all_keys));
  for (size_t i = 0; i < all_keys.size(); ++i) {
    Root<PropertyKey> key(agent, key_of_value(agent, all_keys[i]));
    PropertyDescriptor descriptor;
    Completion<bool> found = get_own_property(agent, iterables, key, descriptor);
    if (found.is_thrown()) return builder.close_throwing();
    if (!found.value() || !descriptor.enumerable) continue;
    Completion<Value> value = get(agent, iterables, key);
    if (value.is_thrown()) return builder.close_throwing();
    if (value.value().is_undefined()) continue;
    IteratorRecord record(agent);
    if (get_iterator_flattenable(agent, value.value(), PrimitiveHandling::kRejectPrimitives, record).is_thrown())
      return builder.close_throwing();
    builder.add(record);
    builder.keys.push_back(all_keys[i]);
  }
  // 13. - 14.
  for (size_t i = 0; !padding->is_undefined() && i < builder.keys.size(); ++i) {
    Root<PropertyKey> key(agent, key_of_value(agent, builder.keys[i]));
    Completion<Value> value = get(agent, padding->as_object(), key);
    if (value.is_thrown()) return builder.close_throwing();
    builder.add_padding(value.value());
  }
  // 15. - 16.
  return builder.finish(HelperKind::kZipKeyed, mode);
}

}  // namespace skein
