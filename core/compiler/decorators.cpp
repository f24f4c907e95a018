// Decorators and auto-accessors. https://tc39.es/proposal-decorators/
//
// With decorated elements a class is made in two passes: the first evaluates decorators, keys and
// functions in source order; the second applies the decorators – of static methods and accessors, of
// those of instances, of static fields, of fields – and defines what comes out.
#include "core/compiler/decorator_record.h"
#include "core/compiler/function_compiler.h"

namespace skein::compiler {

namespace {

DecoratorKind decorator_kind(const ClassElement& element) {
  switch (element.kind) {
    case ClassElementKind::kMethod: return kMethodKind;
    case ClassElementKind::kGetter: return kGetterKind;
    case ClassElementKind::kSetter: return kSetterKind;
    case ClassElementKind::kAccessor: return kAccessorKind;
    default: return kFieldKind;
  }
}

// As the flags of define_method have it, and the roles of private methods.
unsigned function_role(const ClassElement& element) {
  return element.kind == ClassElementKind::kGetter ? 1 : element.kind == ClassElementKind::kSetter ? 2 : 0;
}

const char* function_prefix(const ClassElement& element) {
  static constexpr const char* kPrefixes[] = {nullptr, "get", "set"};
  return kPrefixes[function_role(element)];
}

}  // namespace

// The functions and their receivers in turn, as an Array.
// https://tc39.es/proposal-decorators/#sec-decoratorevaluation
void FunctionCompiler::decorators_into(std::span<Expression* const> decorators, Register dst) {
  Temporaries temporaries(*this);
  Register first = code_.mark();
  for (const Expression* decorator : decorators) {
    Register window = code_.take(2);
    if (decorator->is_parenthesized) {
      evaluate_into(*decorator, window);
      code_.load_undefined_(window + 1);
      continue;
    }
    callee_into(*decorator, window);
    bool may_have_object = decorator->is<Identifier>() && decorator->as<Identifier>()->reference.kind == ReferenceKind::kDynamic;
    if (decorator->is<Identifier>() && !may_have_object) code_.load_undefined_(window + 1);
  }
  code_.create_array_(dst, first, static_cast<uint32_t>(decorators.size() * 2));
}

void FunctionCompiler::read_record(Register record, int slot, Register dst) {
  Temporaries temporaries(*this);
  Register index = code_.take();
  code_.load_int_(index, slot);
  code_.get_element_(dst, record, index, feedback(FeedbackKind::kGetElement));
}

// Everything about an element that is evaluated in source order, into registers that stay. `extras` is
// the list of the methods on its side, for decorated elements.
FunctionCompiler::ElementParts FunctionCompiler::element_parts(const ClassElement& element, Register pair, Register extras) {
  ElementParts parts;
  parts.slots = code_.take(kRecordSize);
  parts.record = code_.take();
  Temporaries temporaries(*this);
  Register slots = parts.slots;
  for (int slot = 0; slot < kRecordSize; ++slot) code_.load_undefined_(slots + slot);
  if (!element.decorators.empty()) decorators_into(element.decorators, slots + kDecorators);
  const Name* name = element_key(element, slots + kKey);
  mark_element(element);
  if (element.function != nullptr) {
    Register home = element.is_static ? pair : pair + 1;
    method(*element.function, {name, function_prefix(element)}, home, slots + kValue);
    if (name == nullptr) code_.set_function_name_(slots + kValue, slots + kKey, function_role(element));
  } else if (element.kind == ClassElementKind::kAccessor) {
    Register storage = code_.take();
    code_.create_private_name_(storage, 0, code_.ascii("accessor storage"));
    store_variable(*element.storage_variable, storage);
    code_.create_auto_accessor_(slots + kValue, storage, slots + kKey);
  }
  if (element.decorators.empty()) return parts;
  code_.create_array_(slots + kInitializers, slots, 0);
  if (element.function != nullptr) {
    code_.move_(slots + kExtraInitializers, extras);
  } else {
    code_.create_array_(slots + kExtraInitializers, slots, 0);
  }
  code_.move_(slots + kMetadata, metadata_);
  code_.create_array_(parts.record, slots, kRecordSize);
  if (element.record_variable != nullptr) store_variable(*element.record_variable, parts.record);
  return parts;
}

// The key or Private Name into a register. Returns the name that the element's function takes from it, null
// when only the register knows.
const Name* FunctionCompiler::element_key(const ClassElement& element, Register dst) {
  if (element.is_private) {
    load_private_name(element, element.private_variable->scope, dst);
    return element.private_name;
  }
  Temporaries temporaries(*this);
  Key key = property_key(*element.key, element.is_computed);
  if (key.name != nullptr) {
    code_.load_string_(dst, string(key.name));
  } else {
    code_.move_(dst, key.reg);
  }
  if (element.key_variable != nullptr) store_variable(*element.key_variable, dst);
  return key.name;
}

void FunctionCompiler::mark_element(const ClassElement& element) {
  uint32_t start = element.key != nullptr ? element.key->start : element.start;
  code_.set_position({start, start, start});
}

// https://tc39.es/proposal-decorators/#sec-applydecoratorstoelementdefinition
void FunctionCompiler::apply_decorators(const ClassElement& element, const ElementParts& parts) {
  mark_element(element);
  unsigned flags = decorator_kind(element);
  if (element.is_static) flags |= kStaticFlag;
  code_.decorate_(parts.record, flags);
  if (element.kind == ClassElementKind::kField) return;
  read_record(parts.record, kValue, parts.slots + kValue);
  if (element.kind == ClassElementKind::kAccessor) read_record(parts.record, kSetter, parts.slots + kSetter);
}

// Methods, getters, setters and auto-accessors become properties or private elements.
void FunctionCompiler::define_element_parts(const ClassElement& element, Register pair, const ElementParts& parts) {
  mark_element(element);
  Register home = element.is_static ? pair : pair + 1;
  auto define_function = [&](Register function, unsigned role) {
    if (element.is_private) return code_.set_private_method_(parts.slots + kKey, function, role);
    code_.define_method_computed_(home, parts.slots + kKey, function, role << 1);
  };
  if (element.kind == ClassElementKind::kAccessor) {
    define_function(parts.slots + kValue, 1);
    define_function(parts.slots + kSetter, 2);
  } else {
    define_function(parts.slots + kValue, function_role(element));
  }
}

void FunctionCompiler::decorated_elements(const ClassNode& node, Register pair, Register static_extras) {
  Temporaries temporaries(*this);
  Register instance_extras = 0;
  if (node.extras_variable != nullptr) {
    code_.create_array_(instance_extras = code_.take(), pair, 0);
    store_variable(*node.extras_variable, instance_extras);
  }
  std::vector<ElementParts> parts(node.elements.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    const ClassElement& element = node.elements[i];
    if (element.kind != ClassElementKind::kStaticBlock)
      parts[i] = element_parts(element, pair, element.is_static ? static_extras : instance_extras);
  }
  for (bool is_field : {false, true}) {
    for (bool is_static : {true, false}) {
      for (size_t i = 0; i < parts.size(); ++i) {
        const ClassElement& element = node.elements[i];
        if (element.kind == ClassElementKind::kStaticBlock) continue;
        if (element.is_static != is_static || (element.kind == ClassElementKind::kField) != is_field) continue;
        if (!element.decorators.empty()) apply_decorators(element, parts[i]);
        if (!is_field) define_element_parts(element, pair, parts[i]);
      }
    }
  }
}

// Replaces the class in `dst`; the register with what its decorators want to be run at the end.
// https://tc39.es/proposal-decorators/#sec-applydecoratorstoclassdefinition
Register FunctionCompiler::decorate_class(const ClassNode& node, const Name* name, const Key* key, Register decorators, Register dst) {
  Register extras = code_.take();
  code_.create_array_(extras, dst, 0);
  Temporaries temporaries(*this);
  Register slots = code_.take(kRecordSize);
  for (int slot = 0; slot < kRecordSize; ++slot) code_.load_undefined_(slots + slot);
  code_.move_(slots + kDecorators, decorators);
  if (key != nullptr) {
    code_.move_(slots + kKey, key->reg);
  } else if (name != nullptr) {
    code_.load_string_(slots + kKey, string(name));
  }
  code_.move_(slots + kValue, dst);
  code_.move_(slots + kExtraInitializers, extras);
  code_.move_(slots + kMetadata, metadata_);
  Register record = code_.take();
  code_.create_array_(record, slots, kRecordSize);
  code_.set_position({node.start, node.start, node.start});
  code_.decorate_(record, kClassKind);
  read_record(record, kValue, dst);
  return extras;
}

}  // namespace skein::compiler
