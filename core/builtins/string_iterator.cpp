// https://tc39.es/ecma262/#sec-string-iterator-objects
#include "core/builtins/builtins.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {

String* StringIterator::step(Agent& agent) {
  if (string_.get() == nullptr) return nullptr;
  StringView text = string_->view();
  if (position_ >= text.length()) {
    string_.set(this, nullptr);
    return nullptr;
  }
  uint32_t start = position_;
  uint32_t units = 1;
  (void)text.code_point_at(start, &units);
  position_ += units;
  return make_substring(agent, string_, start, position_);
}

// https://tc39.es/ecma262/#sec-string.prototype-%symbol.iterator%
Completion<Value> string_prototype_iterator(Agent& agent, const CallInfo& info) {
  String* string = TRY(this_string(agent, info, "String.prototype[Symbol.iterator]"));
  return make_builtin<StringIterator>(agent, intrinsic(agent, Intrinsic::kStringIteratorPrototype), string);
}

// https://tc39.es/ecma262/#sec-%stringiteratorprototype%.next
Completion<Value> string_iterator_next(Agent& agent, const CallInfo& info) {
  StringIterator* iterator = info.this_value().as_if<StringIterator>();
  if (iterator == nullptr) return throw_incompatible_receiver(agent, "String Iterator.prototype.next", info.this_value());
  String* value = iterator->step(agent);
  return create_iter_result_object(agent, value == nullptr ? Value::undefined() : Value(value), value == nullptr);
}

Completion<bool> string_iterator_step(Agent& agent, Object* iterator, Root<Value>& value) {
  String* next = static_cast<StringIterator*>(iterator)->step(agent);
  if (next != nullptr) value = Value(next);
  return next != nullptr;
}

namespace {
constexpr PropertySpec kStringIteratorPrototype[] = {
    PropertySpec::function("next", string_iterator_next, 0),
    PropertySpec::tag("String Iterator"),
};
}  // namespace

void initialize_string_iterator(Agent& agent, Realm& realm) {
  Object* prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kIteratorPrototype));
  realm.set_intrinsic(Intrinsic::kStringIteratorPrototype, prototype);
  define_properties(agent, realm, prototype, kStringIteratorPrototype);
}

}  // namespace skein
