// Destructuring, of assignments and of bindings alike: an Identifier's Reference knows whether it
// initialises or assigns. https://tc39.es/ecma262/#sec-destructuring-assignment
#include "core/compiler/function_compiler.h"
#include "core/compiler/inspect.h"

namespace skein::compiler {

void FunctionCompiler::assign_target(const Expression& target, Register value) {
  Temporaries temporaries(*this);
  if (target.is<ArrayPattern>() || target.is<ObjectPattern>()) return destructure(target, value);
  if (target.is<Identifier>()) {
    mark(target);
    return store(target.as<Identifier>()->reference, target.as<Identifier>()->name, value);
  }
  write(prepare(target, &target), value);
}

// `source`, where there is one, is the expression that gave the value: messages quote it.
// REQUIRES: nobody writes to `value` meanwhile, so not a local that the pattern may assign.
void FunctionCompiler::destructure(const Expression& pattern, Register value, const Expression* source) {
  Temporaries temporaries(*this);
  if (code_.is_local(value)) {
    Register copy = code_.take();
    code_.move_(copy, value);
    value = copy;
  }
  if (pattern.is<ArrayPattern>()) {
    destructure_array(*pattern.as<ArrayPattern>(), value, source);
  } else {
    destructure_object(*pattern.as<ObjectPattern>(), value, source);
  }
}

void FunctionCompiler::apply_default(const PatternElement& element, Register value) {
  if (element.initializer == nullptr) return;
  Label present;
  code_.jump_if_not_undefined_(value, present);
  bool is_named = element.target->is<Identifier>() && !element.target->is_parenthesized;
  if (is_named && is_anonymous_function(*element.initializer)) {
    evaluate_named_into(*element.initializer, element.target->as<Identifier>()->name, value);
  } else {
    evaluate_into(*element.initializer, value);
  }
  code_.bind(present);
}

// The target's Reference is evaluated before the value is produced, except that of a pattern.
template <typename Produce>
void FunctionCompiler::assign_element(const PatternElement& element, Produce produce, const Expression* source) {
  Temporaries temporaries(*this);
  Register value = code_.take();
  Place place = prepare(*element.target, nullptr);
  place.source = source;
  produce(value);
  apply_default(element, value);
  write(place, value);
}

// ---- Objects -------------------------------------------------------------------------------------

// At the first property, or at the value that should have been iterable.
void FunctionCompiler::mark_source(const Expression& pattern, const Expression* source) {
  uint32_t position = pattern.start;
  if (pattern.is<ObjectPattern>() && !pattern.as<ObjectPattern>()->properties.empty())
    position = pattern.as<ObjectPattern>()->properties[0].key->start;
  if (source == nullptr) return code_.set_position({position, pattern.start, pattern.start});
  if (pattern.is<ArrayPattern>() && source->start > position) position = source->start;
  mark(position, *source);
}

void FunctionCompiler::destructure_object(const ObjectPattern& pattern, Register value, const Expression* source) {
  mark_source(pattern, source);
  bool is_named = !pattern.properties.empty() && pattern.properties[0].key->is<StringLiteral>();
  code_.require_object_coercible_(
      value, is_named ? string(pattern.properties[0].key->as<StringLiteral>()->value) : code_.ascii(""));
  bool has_rest = pattern.rest != nullptr;
  auto count = static_cast<uint32_t>(pattern.properties.size());
  Register excluded = has_rest ? code_.take(count) : 0;
  for (uint32_t i = 0; i < count; ++i) {
    const PatternProperty& property = pattern.properties[i];
    Temporaries temporaries(*this);
    Key key = property_key(*property.key, property.is_computed);
    if (has_rest) {
      Register reg = key_register(key);
      code_.move_(excluded + i, reg);
      if (key.name == nullptr) key.reg = excluded + i;
    }
    auto produce = [&](Register dst) {
      mark(property.key->start, pattern);
      get(dst, value, key);
    };
    assign_element(property.value, produce, property.is_computed ? nullptr : property.key);
  }
  if (!has_rest) return;
  assign_element({pattern.rest, nullptr}, [&](Register dst) {
    mark(*pattern.rest);
    code_.create_object_(dst);
    code_.copy_data_properties_(dst, value, excluded, count);
  });
}

// ---- Arrays --------------------------------------------------------------------------------------

// dst = the next value, or undefined once the iterator is done. What the iterator itself throws does not
// close it, so the step lies outside the handler's range.
void FunctionCompiler::step(Control& iteration, Register dst, bool is_first) {
  Label exhausted, absent, end;
  if (!is_first) code_.jump_if_true_(iteration.done, absent);
  outside(iteration, [&] { code_.iterator_step_(dst, iteration.iterator, exhausted); });
  code_.jump_(end);
  code_.bind(exhausted);
  code_.load_true_(iteration.done);
  code_.bind(absent);
  code_.load_undefined_(dst);
  code_.bind(end);
}

void FunctionCompiler::array_element(const PatternElement& element, Control& iteration, bool is_first) {
  Temporaries temporaries(*this);
  if (element.target == nullptr) return step(iteration, code_.take(), is_first);
  assign_element(element, [&](Register dst) { step(iteration, dst, is_first); });
}

void FunctionCompiler::destructure_array(const ArrayPattern& pattern, Register value, const Expression* source) {
  Control iteration{ControlKind::kIterator};
  iteration.iterator = code_.take(2);
  iteration.done = code_.take();
  Register exception = code_.take();
  mark_source(pattern, source);
  code_.get_iterator_(iteration.iterator, value);
  bytecode::SourcePosition position = code_.current_position();
  code_.load_false_(iteration.done);
  Label handler, end;
  push(iteration);
  open_range(iteration, handler, exception);
  bool is_first = true;
  for (const PatternElement& element : pattern.elements) {
    code_.set_position(position);
    array_element(element, iteration, is_first);
    is_first = false;
  }
  if (pattern.rest != nullptr) {
    assign_element({pattern.rest, nullptr}, [&](Register dst) {
      Label absent, done;
      code_.jump_if_true_(iteration.done, absent);
      code_.load_true_(iteration.done);
      code_.set_position(position);
      code_.iterator_rest_(dst, iteration.iterator);
      code_.jump_(done);
      code_.bind(absent);
      code_.create_array_(dst, dst, 0);
      code_.bind(done);
    });
  }
  pop(iteration);
  code_.set_position(position);
  close_iterator(iteration);
  code_.jump_(end);
  code_.bind(handler);
  close_iterator_silently(iteration);
  code_.rethrow_(exception);
  code_.bind(end);
}

}  // namespace skein::compiler
