// Literals and properties: arrays, objects, templates, regular expressions, property access.
#include <set>

#include "core/compiler/function_compiler.h"
#include "core/compiler/inspect.h"

namespace skein::compiler {

// ---- Keys and property access --------------------------------------------------------------------

// The key that a literal name spells. Array indexes become numbers, for the element forms.
FunctionCompiler::Key FunctionCompiler::literal_key(const Expression& key) {
  if (key.is<StringLiteral>()) {
    const Name* name = key.as<StringLiteral>()->value;
    if (!name->is_array_index()) return {name};
    Register reg = code_.take();
    load_number(name->array_index(), reg);
    return {nullptr, reg};
  }
  return {nullptr, evaluate_to_temporary(key)};
}

// A property name: when computed, evaluated and converted (ToPropertyKey) here.
FunctionCompiler::Key FunctionCompiler::property_key(const Expression& key, bool is_computed) {
  if (!is_computed || key.is<StringLiteral>()) return literal_key(key);
  Register reg = code_.take();
  evaluate_into(key, reg);
  if (!is_numeric_key(key)) {
    mark(key);
    code_.to_property_key_(reg, reg);
  }
  return {nullptr, reg};
}

Register FunctionCompiler::key_register(const Key& key) {
  if (key.name == nullptr) return key.reg;
  Register reg = code_.take();
  code_.load_string_(reg, string(key.name));
  return reg;
}

void FunctionCompiler::get(Register dst, Register object, const Key& key) {
  if (key.name == nullptr)
    return code_.get_element_(dst, object, key.reg, feedback(FeedbackKind::kGetElement));
  if (key.name->is(WellKnownName::length)) {
    return code_.get_length_(dst, object, feedback(FeedbackKind::kGetProperty));
  }
  code_.get_property_(dst, object, string(key.name), feedback(FeedbackKind::kGetProperty));
}

void FunctionCompiler::put(Register object, const Key& key, Register value) {
  if (key.name == nullptr) {
    return code_.put_element_(object, key.reg, value, is_strict(), feedback(FeedbackKind::kPutElement));
  }
  code_.put_property_(object, value, is_strict(), string(key.name), feedback(FeedbackKind::kPutProperty));
}

// CreateDataPropertyOrThrow.
void FunctionCompiler::define(Register object, const Key& key, Register value) {
  if (key.name == nullptr) return code_.define_element_(object, key.reg, value);
  code_.define_field_(object, value, string(key.name), feedback(FeedbackKind::kDefineField));
}

void FunctionCompiler::into(const Member& node, Register dst) {
  // Perhaps this function's own legacy property, which can only show what the frame keeps.
  if (!is_strict() && node.name->is(WellKnownName::arguments)) code_.executable().needs_argument_list = true;
  Register object = evaluate(*node.object);
  jump_if_optional(node.is_optional, object);
  mark(node.name_start, *node.object);
  get(dst, object, {node.name});
}

void FunctionCompiler::into(const Index& node, Register dst) {
  Register object = evaluate_before(*node.object, {node.index});
  jump_if_optional(node.is_optional, object);
  Key key;
  if (node.index->is<StringLiteral>()) {
    key = literal_key(*node.index);
  } else {
    key.reg = evaluate(*node.index);
  }
  mark(node.index->start, *node.object);
  get(dst, object, key);
}

void FunctionCompiler::into(const PrivateMember& node, Register dst) {
  Register object = evaluate(*node.object);
  jump_if_optional(node.is_optional, object);
  Register key = load(node.reference, node.name);
  mark(node.name_start, *node.object);
  code_.get_private_(dst, object, key, feedback(FeedbackKind::kGetPrivate));
}

Register FunctionCompiler::super_base(const Reference& home_object) {
  Register base = code_.take();
  load(home_object, nullptr, base);
  code_.get_super_base_(base, base);
  return base;
}

// https://tc39.es/ecma262/#sec-super-keyword-runtime-semantics-evaluation
void FunctionCompiler::into(const SuperMember& node, Register dst) {
  mark(node);
  Register receiver = load_this(node.this_reference);
  Register base = super_base(node.home_object);
  Register key = key_register({node.name});
  code_.get_super_(dst, base, key, receiver);
}

void FunctionCompiler::into(const SuperIndex& node, Register dst) {
  mark(node);
  Register receiver = load_this(node.this_reference);
  Register key = evaluate_to_temporary(*node.index);
  mark(node);
  Register base = super_base(node.home_object);
  code_.get_super_(dst, base, key, receiver);
}

// ---- Arrays --------------------------------------------------------------------------------------

namespace {
// Elements that go into registers before the array is made; the rest is appended.
constexpr size_t kMaximumArrayValues = 64;
}  // namespace

void FunctionCompiler::into(const ArrayLiteral& node, Register dst) {
  ExpressionList elements = node.elements;
  size_t count = 0;
  while (count < elements.size() && count < kMaximumArrayValues &&
         (elements[count] == nullptr || !elements[count]->is<Spread>())) {
    ++count;
  }
  Register array = code_.is_local(dst) ? code_.take() : dst;
  Register values = code_.mark();
  for (const Expression* element : elements.first(count)) {
    Register value = code_.take();
    element != nullptr ? evaluate_into(*element, value) : code_.load_empty_(value);
  }
  code_.create_array_(array, values, static_cast<uint32_t>(count));
  code_.release(values);
  append_elements(elements.subspan(count), array);
  if (array != dst) code_.move_(dst, array);
}

void FunctionCompiler::append_elements(ExpressionList elements, Register array) {
  for (const Expression* element : elements) {
    Temporaries temporaries(*this);
    if (element == nullptr) {
      code_.array_append_hole_(array);
    } else if (element->is<Spread>()) {
      const Expression& argument = *element->as<Spread>()->argument;
      Register iterable = evaluate(argument);
      mark(argument);
      code_.array_spread_(array, iterable);
    } else {
      Register value = evaluate(*element);
      code_.array_append_(array, value);
    }
  }
}

// ---- Objects -------------------------------------------------------------------------------------

namespace {

constexpr size_t kMaximumLiteralValues = 48;

// Plain `name: value` properties, so that the object can be made from all values at once: nothing can
// tell that from adding them one by one.
bool has_literal_shape(const ObjectLiteral& node) {
  if (node.properties.empty() || node.properties.size() > kMaximumLiteralValues) return false;
  std::set<const Name*> names;
  for (const Property& property : node.properties) {
    bool is_plain =
        property.kind == PropertyKind::kValue && !property.is_computed && property.key->is<StringLiteral>();
    if (!is_plain) return false;
    const Name* name = property.key->as<StringLiteral>()->value;
    bool is_special = name->is_array_index() || name->is(WellKnownName::proto);
    if (is_special || !names.insert(name).second) return false;
  }
  return true;
}

}  // namespace

bool FunctionCompiler::into_shaped_literal(const ObjectLiteral& node, Register dst) {
  if (!has_literal_shape(node)) return false;
  bytecode::LiteralShape shape;
  auto count = static_cast<uint32_t>(node.properties.size());
  Register values = code_.take(count);
  for (uint32_t i = 0; i < count; ++i) {
    const Name* name = node.properties[i].key->as<StringLiteral>()->value;
    shape.keys.push_back(string(name));
    evaluate_named_into(*node.properties[i].value, name, values + i);
  }
  auto& shapes = code_.executable().shapes;
  shapes.push_back(std::move(shape));
  code_.create_object_literal_(dst, values, count, static_cast<uint32_t>(shapes.size() - 1));
  return true;
}

void FunctionCompiler::into(const ObjectLiteral& node, Register dst) {
  if (into_shaped_literal(node, dst)) return;
  Register object = code_.is_local(dst) ? code_.take() : dst;
  code_.create_object_(object);
  for (const Property& property : node.properties) {
    Temporaries temporaries(*this);
    define_property(object, property);
  }
  if (object != dst) code_.move_(dst, object);
}

namespace {
constexpr unsigned kEnumerable = 1;
constexpr unsigned kGetter = 1 << 1;
constexpr unsigned kSetter = 2 << 1;
}  // namespace

// https://tc39.es/ecma262/#sec-runtime-semantics-propertydefinitionevaluation
void FunctionCompiler::define_property(Register object, const Property& property) {
  switch (property.kind) {
    case PropertyKind::kSpread: {
      Register source = evaluate(*property.value);
      mark(*property.value);
      return code_.copy_data_properties_(object, source, source, 0);
    }
    case PropertyKind::kPrototype: {
      Register value = evaluate(*property.value);
      return code_.set_prototype_(object, value);
    }
    case PropertyKind::kValue: {
      Key key = property_key(*property.key, property.is_computed);
      Register value = code_.take();
      evaluate_keyed_into(*property.value, key, value);
      mark(*property.key);
      return define(object, key, value);
    }
    case PropertyKind::kMethod:
    case PropertyKind::kGetter:
    case PropertyKind::kSetter: {
      Key key = property_key(*property.key, property.is_computed);
      unsigned flags = kEnumerable;
      if (property.kind == PropertyKind::kGetter) flags |= kGetter;
      if (property.kind == PropertyKind::kSetter) flags |= kSetter;
      mark(*property.key);
      return define_method(object, object, key, *property.value->as<FunctionExpression>()->function, flags);
    }
  }
}

// A method or accessor of an object literal or a class.
void FunctionCompiler::define_method(Register object, Register home, const Key& key,
                                     const FunctionNode& function, unsigned flags) {
  Register value = code_.take();
  const char* prefix = flags & kGetter ? "get" : flags & kSetter ? "set" : nullptr;
  method(function, {key.name, prefix}, home, value);
  if (key.name != nullptr) return code_.define_method_(object, value, flags, string(key.name));
  code_.set_function_name_(value, key.reg, flags >> 1);
  code_.define_method_computed_(object, key.reg, value, flags);
}

// ---- Templates and regular expressions -----------------------------------------------------------

void FunctionCompiler::into(const TemplateLiteral& node, Register dst) {
  Register first = code_.mark();
  uint32_t count = 0;
  auto add_text = [&](const TemplateElement& element) {
    if (element.cooked->length() == 0) return;
    code_.load_string_(code_.take(), string(element.cooked));
    ++count;
  };
  add_text(node.strings[0]);
  for (size_t i = 0; i < node.expressions.size(); ++i) {
    Register value = code_.take();
    ++count;
    evaluate_into(*node.expressions[i], value);
    mark(*node.expressions[i]);
    code_.to_string_(value, value);
    add_text(node.strings[i + 1]);
  }
  mark(node);
  if (count == 0) return code_.load_string_(dst, string(program_.names.get(WellKnownName::empty)));
  if (count == 1) return code_.move_(dst, first);
  code_.concat_(dst, first, count);
}

void FunctionCompiler::into(const RegExpLiteral& node, Register dst) {
  auto& regexps = code_.executable().regexps;
  regexps.push_back({string(node.pattern), string(node.flags)});
  mark(node);
  code_.create_regexp_(dst, static_cast<uint32_t>(regexps.size() - 1));
}

}  // namespace skein::compiler
