// https://tc39.es/ecma262/#sec-regexp-string-iterator-objects
#include "core/builtins/reg_exp_operations.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

class RegExpStringIterator final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kRegExpStringIterator;
  static constexpr const char* kKindName = "RegExpStringIterator";
  RegExpStringIterator(Shape* shape, Object* reg_exp, String* string, FlagsSeen flags)
      : Object(shape, kKind), reg_exp_(reg_exp), string_(string), flags_(flags) {}

  Object* reg_exp() const { return reg_exp_; }  // [[IteratingRegExp]]
  String* string() const { return string_; }    // [[IteratedString]]
  FlagsSeen flags() const { return flags_; }    // [[Global]], [[Unicode]]
  bool is_done() const { return done_; }        // [[Done]]
  void finish() { done_ = true; }

  size_t cell_size() const { return sizeof(RegExpStringIterator); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(reg_exp_);
    visitor.visit(string_);
  }

 private:
  gc::Member<Object> reg_exp_;
  gc::Member<String> string_;
  FlagsSeen flags_;
  bool done_ = false;
};

// Step 3.b of the closure in CreateRegExpStringIterator: null when there is no further match.
Completion<Value> next_match(Agent& agent, RegExpStringIterator* iterator) {
  Object* reg_exp = iterator->reg_exp();
  String* string = iterator->string();
  // i. - ii.
  Root<Value> match(agent, TRY(reg_exp_exec(agent, reg_exp, string)));
  if (match->is_null() || !iterator->flags().global) {
    iterator->finish();
    return match.get();
  }
  // iv. - v.
  Value text = TRY(get_element(agent, match->as_object(), 0));
  if (TRY(to_string(agent, text))->is_empty()) {
    PropertyKey last_index(agent.names().lastIndex);
    Value index_value = TRY(get(agent, reg_exp, last_index));
    double index = TRY(to_length(agent, index_value));
    bool unicode = iterator->flags().unicode;
    double next = index >= string->length() ? index + 1 : advance_string_index(string->view(), static_cast<uint32_t>(index), unicode);
    TRY(set(agent, reg_exp, last_index, Value::number(next)));
  }
  return match.get();
}

// https://tc39.es/ecma262/#sec-%regexpstringiteratorprototype%.next
Completion<Value> reg_exp_string_iterator_next(Agent& agent, const CallInfo& info) {
  auto* iterator = info.this_value().as_if<RegExpStringIterator>();
  if (iterator == nullptr) return throw_incompatible_receiver(agent, "%RegExpStringIterator.prototype%.next", info.this_value());
  if (iterator->is_done()) return create_iter_result_object(agent, Value::undefined(), true);
  Completion<Value> match = next_match(agent, iterator);
  if (match.is_thrown()) {
    iterator->finish();
    return Thrown{};
  }
  if (match.value().is_null()) return create_iter_result_object(agent, Value::undefined(), true);
  return create_iter_result_object(agent, match.value(), false);
}

constexpr PropertySpec kRegExpStringIteratorPrototype[] = {
    PropertySpec::function("next", reg_exp_string_iterator_next, 0),
    PropertySpec::tag("RegExp String Iterator"),
};

}  // namespace

Object* create_reg_exp_string_iterator(Agent& agent, Object* reg_exp, String* string, FlagsSeen flags) {
  return make_builtin<RegExpStringIterator>(agent, intrinsic(agent, Intrinsic::kRegExpStringIteratorPrototype), reg_exp, string, flags);
}

void register_reg_exp_string_iterator() { gc::register_kind<RegExpStringIterator>(); }

void initialize_reg_exp_string_iterator(Agent& agent, Realm& realm) {
  Object* prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kIteratorPrototype));
  realm.set_intrinsic(Intrinsic::kRegExpStringIteratorPrototype, prototype);
  define_properties(agent, realm, prototype, kRegExpStringIteratorPrototype);
}

}  // namespace skein
