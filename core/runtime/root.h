// Roots: how C++ locals keep cells alive across calls that may collect (see agent.h for the rule).
#pragma once

#include <vector>

#include "core/runtime/agent.h"

namespace skein {

// Root<Value>, Root<Object*>, Root<PropertyKey>, …: a local variable that the collector sees.
// Strictly last in, first out, which C++ scopes guarantee; never on the heap, never a member.
template <typename T>
class Root;

template <>
class Root<Value> {
 public:
  explicit Root(Agent& agent, Value value = Value::undefined()) : agent_(agent), slot_(agent.push_root(value)) {}
  ~Root() { agent_.pop_root(slot_); }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;
  Root& operator=(Value value) {
    *slot_ = value;
    return *this;
  }
  Value get() const { return *slot_; }
  operator Value() const { return *slot_; }
  const Value* operator->() const { return slot_; }

 private:
  Agent& agent_;
  Value* slot_;
};

template <typename T>
class Root<T*> {
 public:
  explicit Root(Agent& agent, T* cell = nullptr) : agent_(agent), slot_(agent.push_root(encode(cell))), cell_(cell) {}
  ~Root() { agent_.pop_root(slot_); }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;
  Root& operator=(T* cell) {
    *slot_ = encode(cell);
    cell_ = cell;
    return *this;
  }
  T* get() const { return cell_; }
  operator T*() const { return cell_; }
  T* operator->() const { return cell_; }

 private:
  static Value encode(T* cell) { return cell == nullptr ? Value::null() : Value::cell(cell); }
  Agent& agent_;
  Value* slot_;
  T* cell_;
};

template <>
class Root<PropertyKey> {
 public:
  explicit Root(Agent& agent, PropertyKey key = PropertyKey()) : agent_(agent), slot_(agent.push_root(encode(key))), key_(key) {}
  ~Root() { agent_.pop_root(slot_); }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;
  Root& operator=(PropertyKey key) {
    *slot_ = encode(key);
    key_ = key;
    return *this;
  }
  PropertyKey get() const { return key_; }
  operator PropertyKey() const { return key_; }
  const PropertyKey* operator->() const { return &key_; }

 private:
  static Value encode(PropertyKey key) { return key.is_cell() ? Value::cell(key.as_cell()) : Value::null(); }
  Agent& agent_;
  Value* slot_;
  PropertyKey key_;
};

// Base of stack objects that hold any number of references.
class CustomRoot {
 public:
  explicit CustomRoot(Agent& agent) : agent_(agent), previous_(agent.custom_roots_) { agent.custom_roots_ = this; }
  CustomRoot(const CustomRoot&) = delete;
  CustomRoot& operator=(const CustomRoot&) = delete;
  virtual void trace(gc::Visitor& visitor) = 0;
  CustomRoot* previous() const { return previous_; }

 protected:
  ~CustomRoot() { agent_.custom_roots_ = previous_; }

 private:
  Agent& agent_;
  CustomRoot* previous_;
};

// A growing list of rooted values. Script may choose how long it grows, so its memory counts against the
// heap's limit: past that the agent is stopped at its next poll.
class RootVector final : public CustomRoot {
 public:
  explicit RootVector(Agent& agent) : CustomRoot(agent), agent_(agent) {}
  ~RootVector() {
    if (charged_ != 0) agent_.heap().discharge_external(charged_);
  }
  void push_back(Value value) {
    if (values_.size() == values_.capacity()) [[unlikely]] grow(values_.size() * 2 + 8);
    values_.push_back(value);
  }
  Value operator[](size_t index) const { return values_[index]; }
  Value& operator[](size_t index) { return values_[index]; }
  size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }
  void clear() { values_.clear(); }
  void resize(size_t size) {
    reserve(size);
    values_.resize(size);
  }
  void reserve(size_t size) {
    if (size > values_.capacity()) grow(size);
  }
  Value back() const { return values_.back(); }
  void pop_back() { values_.pop_back(); }
  Value* data() { return values_.data(); }
  const Value* data() const { return values_.data(); }
  auto begin() { return values_.begin(); }
  auto end() { return values_.end(); }
  std::vector<Value>& values() { return values_; }
  void trace(gc::Visitor& visitor) override {
    for (Value value : values_) visit_value(visitor, value);
  }

 private:
  // Short lists are not counted.
  static constexpr size_t kCountedFrom = 4096;
  void grow(size_t capacity) {
    if (capacity >= kCountedFrom) {
      size_t more = capacity * sizeof(Value) - charged_;
      agent_.heap().charge_external_regardless(more);
      charged_ += more;
    }
    values_.reserve(capacity);
  }

  Agent& agent_;
  std::vector<Value> values_;
  size_t charged_ = 0;
};

// Before an allocation of a size that script chooses: where the limit stands in its way, collects what is
// garbage.
inline Completion<void> make_room(Agent& agent, size_t bytes) {
  gc::Heap& heap = agent.heap();
  // Small cells are never refused.
  if (bytes <= gc::kMaxSmallCell || bytes <= heap.room()) [[likely]] return {};
  heap.want_full_collection();
  return agent.poll();
}

// Counts memory outside the heap against its limit for as long as a scope lasts. It is not refused: past the limit
// the agent is stopped at its next poll.
class ExternalCharge {
 public:
  explicit ExternalCharge(Agent& agent) : heap_(agent.heap()) {}
  ~ExternalCharge() { heap_.discharge_external(bytes_); }
  ExternalCharge(const ExternalCharge&) = delete;
  ExternalCharge& operator=(const ExternalCharge&) = delete;
  void add(size_t bytes) {
    heap_.charge_external_regardless(bytes);
    bytes_ += bytes;
  }
  // For what only grows.
  void raise_to(size_t bytes) {
    if (bytes > bytes_) add(bytes - bytes_);
  }

 private:
  gc::Heap& heap_;
  size_t bytes_ = 0;
};

// Base of objects outside the heap that hold references for as long as they live, in no particular
// order: waiters, ports. Destroyed before their agent, on its thread.
class PersistentRoot {
 public:
  explicit PersistentRoot(Agent& agent) : list_(&agent.persistent_roots_), next_(agent.persistent_roots_) {
    if (next_ != nullptr) next_->previous_ = this;
    *list_ = this;
  }
  PersistentRoot(const PersistentRoot&) = delete;
  PersistentRoot& operator=(const PersistentRoot&) = delete;
  virtual void trace(gc::Visitor& visitor) = 0;
  PersistentRoot* next() const { return next_; }

 protected:
  ~PersistentRoot() {
    if (next_ != nullptr) next_->previous_ = previous_;
    if (previous_ != nullptr) previous_->next_ = next_;
    else *list_ = next_;
  }

 private:
  PersistentRoot** list_;
  PersistentRoot* next_;
  PersistentRoot* previous_ = nullptr;
};

}  // namespace skein
