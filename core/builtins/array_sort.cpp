// Array.prototype.sort and toSorted: a stable merge sort over a rooted copy of the values, bottom up
// from runs that insertion has put in order.
#include <algorithm>
#include <optional>

#include "core/builtins/array_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

constexpr size_t kRunLength = 12;

// Puts values[from, to) in order.
Completion<void> insertion_sort(Agent& agent, RootVector& values, size_t from, size_t to, Value compare, SortPredicate is_less) {
  for (size_t i = from + 1; i < to; ++i) {
    Root<Value> value(agent, values[i]);
    size_t j = i;
    for (; j > from && TRY(is_less(agent, compare, value, values[j - 1])); --j) values[j] = values[j - 1];
    values[j] = value;
  }
  return {};
}

// Merges source[from, middle) and source[middle, to) into target[from, to).
Completion<void> merge_runs(Agent& agent, RootVector& source, RootVector& target, size_t from, size_t middle, size_t to, Value compare,
                            SortPredicate is_less) {
  size_t left = from;
  size_t right = middle;
  size_t out = from;
  // OPTIMIZATION: already in order.
  bool ordered = middle >= to || !TRY(is_less(agent, compare, source[middle], source[middle - 1]));
  while (!ordered && left < middle && right < to) {
    bool take_right = TRY(is_less(agent, compare, source[right], source[left]));
    target[out++] = take_right ? source[right++] : source[left++];
  }
  while (left < middle) target[out++] = source[left++];
  while (right < to) target[out++] = source[right++];
  return {};
}

}  // namespace

Completion<void> merge_sort(Agent& agent, RootVector& values, size_t count, Value compare, SortPredicate is_less) {
  for (size_t from = 0; from < count; from += kRunLength) {
    TRY(insertion_sort(agent, values, from, std::min(from + kRunLength, count), compare, is_less));
    TRY(agent.poll());
  }
  if (count <= kRunLength) return {};
  RootVector scratch(agent);
  scratch.resize(values.size());
  RootVector* source = &values;
  RootVector* target = &scratch;
  for (size_t width = kRunLength; width < count; width *= 2) {
    for (size_t from = 0; from < count; from += width * 2) {
      TRY(merge_runs(agent, *source, *target, from, std::min(from + width, count), std::min(from + width * 2, count), compare, is_less));
      TRY(agent.poll());
    }
    std::swap(source, target);
  }
  if (source != &values) std::copy_n(source->begin(), count, values.begin());
  return {};
}

Completion<double> call_comparator(Agent& agent, Value compare, Value x, Value y) {
  Value verdict = TRY(call(agent, compare, Value::undefined(), {x, y}));
  if (verdict.is_int32()) [[likely]] return static_cast<double>(verdict.as_int32());
  double number = TRY(to_number(agent, verdict));
  return number != number ? 0.0 : number;
}

namespace {

Completion<bool> is_less_by_comparator(Agent& agent, Value compare, Value x, Value y) {
  return TRY(call_comparator(agent, compare, x, y)) < 0;
}

// Steps 5. to 10. of CompareArrayElements.
Completion<bool> is_less_by_text(Agent& agent, Value, Value x, Value y) {
  Root<Value> kept_y(agent, y);
  Root<String*> x_text(agent, TRY(to_string(agent, x)));
  String* y_text = TRY(to_string(agent, kept_y));
  return compare(x_text->view(), y_text->view()) < 0;
}

struct TextItem {
  String* text;
  Value value;
};

// A stable merge sort by text that looks now and then whether the script is to end: then it gives up.
class TextSort {
 public:
  TextSort(Agent& agent, std::vector<TextItem>& items) : agent_(agent), items_(items) {}

  void run() {
    const size_t count = items_.size();
    for (size_t from = 0; from < count && !stopped_; from += kTextRun)
      std::stable_sort(at(from), at(std::min(from + kTextRun, count)), [this](const TextItem& a, const TextItem& b) { return is_less(a, b); });
    if (count <= kTextRun) return;
    std::vector<TextItem> target(count);
    for (size_t width = kTextRun; width < count && !stopped_; width *= 2) {
      for (size_t from = 0; from < count && !stopped_; from += width * 2)
        merge(target, from, std::min(from + width, count), std::min(from + width * 2, count));
      items_.swap(target);
    }
  }

 private:
  static constexpr size_t kTextRun = 4096;

  std::vector<TextItem>::iterator at(size_t index) { return items_.begin() + static_cast<ptrdiff_t>(index); }

  void merge(std::vector<TextItem>& target, size_t from, size_t middle, size_t to) {
    size_t left = from, right = middle, out = from;
    while (left < middle && right < to && !stopped_) {
      const bool take_right = is_less(items_[right], items_[left]);
      target[out++] = items_[take_right ? right++ : left++];
    }
    out = static_cast<size_t>(std::copy(at(left), at(middle), target.begin() + static_cast<ptrdiff_t>(out)) - target.begin());
    std::copy(at(right), at(to), target.begin() + static_cast<ptrdiff_t>(out));
  }

  bool is_less(const TextItem& a, const TextItem& b) {
    constexpr size_t kWorkBetweenLooks = 4096, kUnitsOfWork = 256;
    if (a.text == b.text) return false;
    work_ += 1 + std::min(a.text->length(), b.text->length()) / kUnitsOfWork;
    if (work_ >= kWorkBetweenLooks) {
      work_ = 0;
      stopped_ |= agent_.stop_requested();
    }
    return !stopped_ && compare(a.text->view(), b.text->view()) < 0;
  }

  Agent& agent_;
  std::vector<TextItem>& items_;
  size_t work_ = 0;
  bool stopped_ = false;
};

// OPTIMIZATION: primitives have their texts made once.
Completion<void> sort_by_precomputed_text(Agent& agent, RootVector& values, size_t count) {
  RootVector texts(agent);
  texts.reserve(count);
  std::vector<TextItem> items;
  ExternalCharge charge(agent);
  charge.add(2 * count * sizeof(TextItem));
  TRY(agent.poll());
  items.reserve(count);
  LoopPoll poll(agent);
  for (size_t i = 0; i < count; ++i) {
    String* text = TRY(to_string(agent, values[i]));
    (void)text->view();  // flat from here on, so that comparing takes no memory
    texts.push_back(text);
    items.push_back({text, values[i]});
    TRY(poll.tick());
  }
  // No script, no collection: `values` still holds all that `items` does.
  TextSort(agent, items).run();
  for (size_t i = 0; i < count; ++i) values[i] = items[i].value;
  return agent.poll();
}

Completion<void> sort_values(Agent& agent, RootVector& values, size_t count, Value compare) {
  if (!compare.is_undefined()) return merge_sort(agent, values, count, compare, is_less_by_comparator);
  bool all_plain = std::all_of(values.begin(), values.begin() + static_cast<ptrdiff_t>(count),
                               [](Value value) { return !value.is_object() && !value.is_symbol(); });
  if (all_plain) return sort_by_precomputed_text(agent, values, count);
  return merge_sort(agent, values, count, compare, is_less_by_text);
}

}  // namespace

Completion<void> sort_indexed_properties(Agent& agent, Object* object, double length, Value compare, Holes holes, RootVector& sorted) {
  Root<Object*> source(agent, object);
  // 1. - 3. Undefined values sort last and are never compared (CompareArrayElements 1. - 3.).
  size_t undefined_count = 0;
  LoopPoll poll(agent);
  for (double k = 0; k < length; ++k) {
    TRY(poll.tick());
    Value value = holes == Holes::kSkip ? TRY(get_element_if_present(agent, source, k)) : TRY(get_element(agent, source, k));
    if (value.is_empty()) continue;
    if (value.is_undefined()) ++undefined_count;
    else sorted.push_back(value);
  }
  // 4.
  TRY(sort_values(agent, sorted, sorted.size(), compare));
  // 5.
  sorted.resize(sorted.size() + undefined_count);
  return {};
}

// https://tc39.es/ecma262/#sec-array.prototype.sort
Completion<Value> array_prototype_sort(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info[0].is_undefined() && !is_callable(info[0]))
    return throw_type_error(agent, "The comparison function must be either a function or undefined");
  // 2. - 3.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 4. - 5.
  RootVector sorted(agent);
  TRY(sort_indexed_properties(agent, object, length, info[0], Holes::kSkip, sorted));
  // 6. - 8.
  double count = static_cast<double>(sorted.size());
  double j = 0;
  // OPTIMIZATION: into the store of an array that is still as long.
  Array* array = plain_array(agent, object);
  if (array != nullptr && array->length() == length && array->dense_elements() != nullptr && array->dense_elements()->capacity() >= count) {
    ValueArray* elements = array->dense_elements();
    std::copy(sorted.begin(), sorted.end(), elements->data());
    std::fill(elements->data() + sorted.size(), elements->data() + std::min(elements->capacity(), array->length()), Value::empty());
    elements->write_barrier();
    return object.get();
  }
  LoopPoll poll(agent);
  for (; j < count; ++j) {
    TRY(set(agent, object, index_key(agent, j), sorted[static_cast<size_t>(j)]));
    TRY(poll.tick());
  }
  // 9. - 10.
  for (; j < length; ++j) {
    TRY(poll.tick());
    TRY(delete_property_or_throw(agent, object, index_key(agent, j)));
  }
  // 11.
  return object.get();
}

// https://tc39.es/ecma262/#sec-array.prototype.tosorted
Completion<Value> array_prototype_to_sorted(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info[0].is_undefined() && !is_callable(info[0]))
    return throw_type_error(agent, "The comparison function must be either a function or undefined");
  // 2. - 3.
  Root<Object*> object(agent, TRY(this_to_object(agent, info, "Array.prototype")));
  double length = TRY(length_of_array_like(agent, object));
  // 4.
  Root<Object*> result(agent, TRY(array_create(agent, length)));
  // 5. - 6.
  RootVector sorted(agent);
  TRY(sort_indexed_properties(agent, object, length, info[0], Holes::kReadThrough, sorted));
  // 7. - 9.
  LoopPoll poll(agent);
  for (double j = 0; j < length; ++j) {
    TRY(create_element(agent, result, j, sorted[static_cast<size_t>(j)]));
    TRY(poll.tick());
  }
  return result.get();
}

}  // namespace skein
