// Values: their nodes, and how they become the engine's values and back.
#include "core/api/context_state.h"
#include "core/host/host_object.h"
#include "core/runtime/bigint.h"

namespace skein::api::detail {

void retain(Node* node) {
  // Relaxed: the caller has a reference.
  node->count.fetch_add(1, std::memory_order_relaxed);
}

void release(Node* node) {
  // Release and acquire: every use of the node comes before its end.
  if (node->count.fetch_sub(1, std::memory_order_acq_rel) == 1) delete node;
}

namespace {

Type type_of_object(Object* object) {
  if (object->is_callable()) return Type::kFunction;
  switch (object->kind()) {
    case CellKind::kArray: return Type::kArray;
    case CellKind::kError: return Type::kError;
    case CellKind::kPromise: return Type::kPromise;
    case CellKind::kArrayBuffer: return Type::kArrayBuffer;
    case CellKind::kSharedArrayBuffer: return Type::kSharedArrayBuffer;
    case CellKind::kTypedArray:
    case CellKind::kDataView: return Type::kArrayBufferView;
    case CellKind::kDate: return Type::kDate;
    case CellKind::kRegExp: return Type::kRegExp;
    case CellKind::kMap: return Type::kMap;
    case CellKind::kSet: return Type::kSet;
    case CellKind::kProxy: return Type::kProxy;
    case CellKind::kHostObject:
      return static_cast<HostObject*>(object)->type() == HostObjectType::kEmbedder ? Type::kHostObject : Type::kObject;
    default: return Type::kObject;
  }
}

Type type_of_cell(VmValue value) {
  if (value.is_string()) return Type::kString;
  if (value.is_symbol()) return Type::kSymbol;
  if (value.is_bigint()) return Type::kBigInt;
  return type_of_object(value.as_object());
}

constexpr size_t kFirstSweep = 1024;

}  // namespace

void ContextState::unlink(Node* node) {
  if (node->next != nullptr) node->next->previous = node->previous;
  if (node->previous != nullptr) node->previous->next = node->next;
  else nodes_ = node->next;
  node->next = node->previous = nullptr;
  --node_count_;
}

// Nodes that no Value holds. Acquire: pairs with release(); nobody can come to hold one again.
void ContextState::sweep_nodes() {
  for (Node* node = nodes_; node != nullptr;) {
    Node* next = node->next;
    if (node->count.load(std::memory_order_acquire) == 1) {
      unlink(node);
      delete node;
    }
    node = next;
  }
  sweep_at_ = std::max(kFirstSweep, node_count_ * 2);
}

void ContextState::trace(gc::Visitor& visitor) {
  sweep_nodes();
  for (Node* node = nodes_; node != nullptr; node = node->next) visit_value(visitor, node->value);
  for (auto& [tag, bound] : classes_) {
    visit_value(visitor, bound.constructor);
    visit_value(visitor, bound.prototype);
  }
  for (auto& [name, module] : modules_) visitor.visit(module);
}

Value ContextState::to_handle(VmValue value) {
  if (value.is_undefined()) return Value();
  if (value.is_null()) return Value::null();
  if (value.is_boolean()) return Value(value.as_boolean());
  if (value.is_number()) return Value(value.as_number());
  if (node_count_ >= sweep_at_) sweep_nodes();
  Node* node = new Node{.owner = Ref<ContextState>(this), .value = value, .next = nodes_};
  if (nodes_ != nullptr) nodes_->previous = node;
  nodes_ = node;
  ++node_count_;
  return Value(type_of_cell(value), node);
}

std::optional<Error> ContextState::refuse_foreign(const Value& value) const {
  Node* node = node_of(value);
  if (node == nullptr || node->owner.get() == this) return {};
  return Error(ErrorKind::kWrongContext, "A value of context " + node->owner->name() + " was used with context " + name());
}

std::optional<Error> ContextState::from_handle(const Value& value, VmValue& result) {
  switch (value.type()) {
    case Type::kUndefined: result = VmValue::undefined(); return {};
    case Type::kNull: result = VmValue::null(); return {};
    case Type::kBoolean: result = VmValue::boolean(value.as_boolean()); return {};
    case Type::kNumber: result = VmValue::number(value.as_number()); return {};
    default: break;
  }
  Node* node = value.payload_.node;
  if (node->owner.get() != this) [[unlikely]] return refuse_foreign(value);
  result = node->value;
  return {};
}

}  // namespace skein::api::detail
