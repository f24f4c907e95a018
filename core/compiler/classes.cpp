// Classes. https://tc39.es/ecma262/#sec-runtime-semantics-classdefinitionevaluation
//
// Order: scope and private names; heritage; constructor and prototype; then per element, in source
// order, methods and the keys of fields; the inner name is initialised; static private methods; static
// fields and blocks, as one function that is called at once. Instance fields are the code of another
// function, which InitializeInstanceElements calls.
#include <algorithm>

#include "core/compiler/decorator_record.h"
#include "core/compiler/function_compiler.h"

namespace skein::compiler {

namespace {

constexpr unsigned kPrivateMethod = 0;
constexpr unsigned kPrivateGetter = 1;
constexpr unsigned kPrivateSetter = 2;

bool is_field_like(const ClassElement& element) {
  return element.kind == ClassElementKind::kField || element.kind == ClassElementKind::kAccessor;
}

bool is_method_like(const ClassElement& element) {
  return element.kind == ClassElementKind::kMethod || element.kind == ClassElementKind::kGetter ||
         element.kind == ClassElementKind::kSetter;
}

unsigned role(const ClassElement& element) {
  if (element.kind == ClassElementKind::kGetter) return kPrivateGetter;
  if (element.kind == ClassElementKind::kSetter) return kPrivateSetter;
  return kPrivateMethod;
}

const char* name_prefix(const ClassElement& element) {
  if (element.kind == ClassElementKind::kGetter) return "get";
  if (element.kind == ClassElementKind::kSetter) return "set";
  return nullptr;
}

}  // namespace

Ref<const Executable> FunctionCompiler::compile_default_constructor(const Program& program,
                                                                    const ClassNode& node, const Name* name) {
  FunctionNode function;
  function.is_strict = true;
  function.kind =
      node.heritage != nullptr ? FunctionKind::kDerivedConstructor : FunctionKind::kBaseConstructor;
  function.class_node = const_cast<ClassNode*>(&node);
  FunctionCompiler compiler(program, function);
  compiler.describe({name});
  Builder& code = compiler.code_;
  code.set_parameter_count(0);
  code.set_position({node.start, node.start, node.start});
  Register result = bytecode::kThisRegister;
  if (node.heritage != nullptr) {
    code.executable().needs_argument_list = true;
    code.construct_forward_(result);
  }
  if (node.instance_initializer != nullptr) code.initialize_instance_(result, bytecode::kCalleeRegister);
  code.return_(result);
  return code.finish();
}

void FunctionCompiler::class_into(const ClassNode& node, const Name* name, const Key* key, Register dst) {
  Temporaries temporaries(*this);
  bool was_strict = std::exchange(is_strict_, true);
  Register pair = code_.take(2);
  Register decorators = 0;
  if (!node.decorators.empty()) decorators_into(node.decorators, decorators = code_.take());
  enter_scope(node.scope);
  declare_private_names(*node.scope);
  // https://github.com/tc39/proposal-decorator-metadata
  const bool is_decorated = decorators != 0 || node.has_decorated_elements;
  const Register metadata = is_decorated ? code_.take() : 0;
  const Register outer_metadata = std::exchange(metadata_, metadata);
  {
    Temporaries inner(*this);
    Register heritage = code_.take();
    node.heritage != nullptr ? evaluate_into(*node.heritage, heritage) : code_.load_empty_(heritage);
    Register name_key = code_.take();
    key != nullptr ? code_.move_(name_key, key->reg) : code_.load_empty_(name_key);
    uint32_t constructor = code_.add_function(
        node.constructor != nullptr ? FunctionCompiler(program_, *node.constructor).compile_function({name})
                                    : compile_default_constructor(program_, node, name));
    const uint32_t blamed = node.heritage != nullptr ? node.heritage->start : node.start;
    code_.set_position({blamed, blamed,
                        node.heritage != nullptr ? node.heritage->end : node.start});
    code_.create_class_(pair, environment_register(), heritage, name_key, constructor);
    if (is_decorated) code_.create_metadata_(metadata, heritage);
  }
  // What static methods' decorators want to be run.
  Register static_extras = 0;
  if (node.has_decorated_elements) code_.create_array_(static_extras = code_.take(), pair, 0);
  node.has_decorated_elements ? decorated_elements(node, pair, static_extras) : class_elements(node, pair);
  if (node.instance_initializer != nullptr) {
    Temporaries inner(*this);
    Register initializer = code_.take();
    method(*node.instance_initializer, {}, pair + 1, initializer);
    code_.set_class_initializer_(pair, initializer);
  }
  // Decorators may replace the class; what is written in it keeps the one it was written in as home.
  Register home = pair;
  Register extras = 0;
  if (decorators != 0) {
    code_.move_(home = code_.take(), pair);
    extras = decorate_class(node, name, key, decorators, pair);
  }
  if (is_decorated) code_.define_metadata_(pair, metadata);
  metadata_ = outer_metadata;
  if (node.inner_name != nullptr) {
    Reference binding = node.inner_name_reference;
    binding.is_initialization = true;
    store(binding, node.name, pair);
  }
  add_private_methods(node, true, node.scope, pair);
  if (static_extras != 0) code_.run_extra_initializers_(pair, static_extras);
  if (node.static_initializer != nullptr) run_static_initializer(node, pair, home);
  if (extras != 0) code_.run_extra_initializers_(pair, extras);
  leave_scope(node.scope);
  is_strict_ = was_strict;
  code_.move_(dst, pair);
}

void FunctionCompiler::declare_private_names(const Scope& scope) {
  for (const Variable* variable : scope.variables()) {
    if (variable->kind != VariableKind::kPrivateName || variable->storage == VariableStorage::kUnused)
      continue;
    Temporaries temporaries(*this);
    bool in_register = variable->storage == VariableStorage::kRegister;
    Register name = in_register ? variable_register(variable) : code_.take();
    unsigned kind = variable->private_kind == PrivateNameKind::kField    ? 0
                    : variable->private_kind == PrivateNameKind::kMethod ? 1
                                                                         : 2;
    code_.create_private_name_(name, kind, string(variable->name));
    store_variable(*variable, name);
  }
}

void FunctionCompiler::class_elements(const ClassNode& node, Register pair) {
  for (const ClassElement& element : node.elements) {
    Temporaries temporaries(*this);
    if (is_method_like(element)) {
      class_method(element, pair);
    } else if (element.kind == ClassElementKind::kAccessor) {
      ElementParts parts = element_parts(element, pair, 0);
      define_element_parts(element, pair, parts);
    } else if (element.kind == ClassElementKind::kField && element.is_computed &&
               element.key_variable != nullptr) {
      Key key = property_key(*element.key, true);
      store_variable(*element.key_variable, key_register(key));
    }
  }
}

void FunctionCompiler::class_method(const ClassElement& element, Register pair) {
  Register home = element.is_static ? pair : pair + 1;
  if (!element.is_private) {
    Key key = property_key(*element.key, element.is_computed);
    mark(*element.key);
    return define_method(home, home, key, *element.function, role(element) << 1);
  }
  if (element.private_variable->storage == VariableStorage::kUnused) return;
  Register name = code_.take();
  load_private_name(element, element.private_variable->scope, name);
  Register function = code_.take();
  method(*element.function, {element.private_name, name_prefix(element)}, home, function);
  code_.set_private_method_(name, function, role(element));
}

// The Private Name of an element, from code that runs in `from`.
void FunctionCompiler::load_private_name(const ClassElement& element, const Scope* from, Register dst) {
  const Variable& variable = *element.private_variable;
  Reference reference;
  reference.variable = element.private_variable;
  reference.variable_kind = VariableKind::kPrivateName;
  reference.slot = variable.index;
  reference.hops = hops_to(from, variable.scope);
  reference.kind =
      variable.storage == VariableStorage::kRegister ? ReferenceKind::kRegister : ReferenceKind::kEnvironment;
  load(reference, element.private_name, dst);
}

// A getter and a setter of one name are added once.
void FunctionCompiler::add_private_methods(const ClassNode& node, bool is_static, const Scope* from,
                                           Register object) {
  std::vector<const Variable*> added;
  for (const ClassElement& element : node.elements) {
    bool has_function = is_method_like(element) || element.kind == ClassElementKind::kAccessor;
    if (!element.is_private || !has_function || element.is_static != is_static) continue;
    if (element.private_variable->storage == VariableStorage::kUnused) continue;
    if (std::find(added.begin(), added.end(), element.private_variable) != added.end()) continue;
    added.push_back(element.private_variable);
    Temporaries temporaries(*this);
    Register name = code_.take();
    load_private_name(element, from, name);
    code_.set_position({element.start, element.start, element.start});
    code_.define_private_method_(object, name);
  }
}

void FunctionCompiler::run_static_initializer(const ClassNode& node, Register self, Register home) {
  Temporaries temporaries(*this);
  Register window = code_.take(2);
  method(*node.static_initializer, {}, home, window);
  code_.move_(window + 1, self);
  code_.set_position({node.start, node.start, node.start});
  code_.call_(window, window, 0);
}

// ---- The code of initializers --------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-initializeinstanceelements
void FunctionCompiler::initialize_fields() {
  const ClassNode& node = *function_.class_node;
  add_private_methods(node, false, function_.body_scope, bytecode::kThisRegister);
  if (node.extras_variable != nullptr) {
    Temporaries temporaries(*this);
    code_.run_extra_initializers_(bytecode::kThisRegister, load(node.extras_reference, nullptr));
  }
  for (const ClassElement& element : node.elements) {
    if (is_field_like(element) && !element.is_static) field(element, bytecode::kThisRegister);
  }
}

void FunctionCompiler::static_elements() {
  for (const ClassElement& element : function_.class_node->elements) {
    if (!element.is_static) continue;
    if (is_field_like(element)) field(element, bytecode::kThisRegister);
    if (element.kind == ClassElementKind::kStaticBlock) statement(*element.block);
  }
}

// https://tc39.es/ecma262/#sec-definefield and, for decorated ones and auto-accessors,
// https://tc39.es/proposal-decorators/#sec-initializefieldoraccessor
void FunctionCompiler::field(const ClassElement& element, Register object) {
  Temporaries temporaries(*this);
  Key key;
  bool is_accessor = element.kind == ClassElementKind::kAccessor;
  if (element.is_private && !is_accessor) {
    key = {nullptr, load(element.private_reference, element.private_name)};
  } else if (element.is_private) {
    // Only its storage matters.
  } else if (element.is_computed) {
    key = {nullptr, load(element.key_reference, nullptr)};
  } else {
    key = literal_key(*element.key);
  }
  Register value = code_.take();
  if (element.initializer == nullptr) {
    code_.load_undefined_(value);
  } else if (element.is_private) {
    evaluate_named_into(*element.initializer, element.private_name, value);
  } else {
    evaluate_keyed_into(*element.initializer, key, value);
  }
  code_.set_position({element.start, element.start, element.start});
  Register record = 0;
  if (element.record_variable != nullptr) {
    record = load(element.record_reference, nullptr);
    code_.run_field_initializers_(value, object, value, record);
  }
  if (is_accessor) {
    code_.define_private_field_(object, load(element.storage_reference, nullptr), value);
  } else if (element.is_private) {
    code_.define_private_field_(object, key.reg, value);
  } else {
    define(object, key, value);
  }
  if (record == 0) return;
  read_record(record, kExtraInitializers, value);
  code_.run_extra_initializers_(object, value);
}

}  // namespace skein::compiler
