// Functions: closures, FunctionDeclarationInstantiation, bodies.
// https://tc39.es/ecma262/#sec-functiondeclarationinstantiation
#include "core/compiler/function_compiler.h"

namespace skein::compiler {

FunctionCompiler::FunctionCompiler(const Program& program, const FunctionNode& function)
    : program_(program), function_(function), is_strict_(function.is_strict) {}

// ---- Closures ------------------------------------------------------------------------------------

void FunctionCompiler::closure(const FunctionNode& function, ClosureName name, Register dst) {
  Temporaries temporaries(*this);
  uint32_t index = code_.add_function(FunctionCompiler(program_, function).compile_function(name));
  code_.create_closure_(dst, environment_register(), index);
}

void FunctionCompiler::method(const FunctionNode& function, ClosureName name, Register home, Register dst) {
  if (!function.needs_home_object) return closure(function, name, dst);
  Temporaries temporaries(*this);
  uint32_t index = code_.add_function(FunctionCompiler(program_, function).compile_function(name));
  code_.create_method_(dst, environment_register(), home, index);
}

namespace {

bytecode::FunctionKind function_kind(FunctionKind kind) {
  switch (kind) {
    case FunctionKind::kProgram:
    case FunctionKind::kNormal:
      return bytecode::FunctionKind::kNormal;
    case FunctionKind::kArrow:
      return bytecode::FunctionKind::kArrow;
    case FunctionKind::kGetter:
      return bytecode::FunctionKind::kGetter;
    case FunctionKind::kSetter:
      return bytecode::FunctionKind::kSetter;
    case FunctionKind::kBaseConstructor:
      return bytecode::FunctionKind::kBaseConstructor;
    case FunctionKind::kDerivedConstructor:
      return bytecode::FunctionKind::kDerivedConstructor;
    case FunctionKind::kMethod:
    case FunctionKind::kInstanceInitializer:
    case FunctionKind::kStaticInitializer:
      return bytecode::FunctionKind::kMethod;
  }
  SKEIN_UNREACHABLE();
}

}  // namespace

void FunctionCompiler::describe(ClosureName name) {
  Executable& executable = code_.executable();
  executable.function_kind = function_kind(function_.kind);
  executable.is_async = function_.is_async;
  executable.is_generator = function_.is_generator;
  executable.is_strict = function_.is_strict;
  executable.has_simple_parameters = function_.has_simple_parameters;
  executable.contains_direct_eval = function_.contains_direct_eval;
  executable.is_class_constructor = function_.is_constructor();
  executable.is_class_initializer = function_.is_initializer();
  executable.length = function_.expected_argument_count;
  executable.source = program_.source;
  bool is_class = function_.is_constructor() && function_.class_node != nullptr;
  executable.source_start = is_class ? function_.class_node->start : function_.start;
  executable.source_end = is_class ? function_.class_node->end : function_.end;
  // Seen in stack traces alone.
  if (function_.kind == FunctionKind::kInstanceInitializer) executable.name = code_.ascii("<instance_members_initializer>");
  if (function_.kind == FunctionKind::kStaticInitializer) executable.name = code_.ascii("<static_initializer>");
  if (name.name == nullptr) return;
  if (name.prefix == nullptr) {
    executable.name = string(name.name);
  } else {
    std::u16string text;
    for (const char* c = name.prefix; *c != '\0'; ++c) text += static_cast<char16_t>(*c);
    text += u' ';
    text += name.name->to_utf16();
    executable.name = code_.add_string(std::span<const char16_t>(text));
  }
}

Ref<const Executable> FunctionCompiler::compile_function(ClosureName name) {
  describe(name);
  assign_registers();
  prologue();
  body();
  return code_.finish();
}

// ---- Prologue ------------------------------------------------------------------------------------

void FunctionCompiler::prologue() {
  if (is_async() && !is_generator()) code_.async_start_();
  bool has_fields = function_.kind == FunctionKind::kBaseConstructor && function_.class_node != nullptr &&
                    function_.class_node->instance_initializer != nullptr;
  if (has_fields) code_.initialize_instance_(bytecode::kThisRegister, bytecode::kCalleeRegister);
  if (function_.uses_this && !function_.is_strict && !function_.is_arrow()) code_.coerce_this_();
  if (function_.name_scope != nullptr) enter_scope(function_.name_scope);
  enter_scope(function_.scope);
  if (function_.name_variable != nullptr) store_variable(*function_.name_variable, bytecode::kCalleeRegister);
  bind_pseudo_variables();
  if (function_.needs_mapped_arguments) {
    bind_parameters();
    bind_arguments_object();
  } else {
    bind_arguments_object();
    bind_parameters();
  }
  if (function_.body_scope != function_.scope) enter_scope(function_.body_scope);
  initialize_vars(*function_.body_scope);
  instantiate_functions(*function_.body_scope);
  if (is_generator()) code_.initial_yield_();
}

void FunctionCompiler::bind_pseudo_variables() {
  Temporaries temporaries(*this);
  auto fill = [&](const Variable* variable, auto load) {
    if (variable == nullptr || variable->storage == VariableStorage::kUnused) return;
    if (variable->storage == VariableStorage::kRegister) return load(variable_register(variable));
    Register value = code_.take();
    load(value);
    store_variable(*variable, value);
  };
  // Those that are r0 or r1 already need nothing.
  const Variable* self = function_.this_variable;
  if (self != nullptr && function_.kind != FunctionKind::kDerivedConstructor) {
    store_variable(*self, bytecode::kThisRegister);
  }
  if (function_.active_function_variable != nullptr) {
    store_variable(*function_.active_function_variable, bytecode::kCalleeRegister);
  }
  fill(function_.new_target_variable, [&](Register dst) { code_.load_new_target_(dst); });
  fill(function_.home_object_variable, [&](Register dst) { code_.load_home_object_(dst); });
}

void FunctionCompiler::bind_arguments_object() {
  const Variable* variable = function_.arguments_variable;
  if (variable == nullptr || variable->storage == VariableStorage::kUnused) return;
  Temporaries temporaries(*this);
  code_.executable().needs_argument_list = true;
  bool in_register = variable->storage == VariableStorage::kRegister;
  Register dst = in_register ? variable_register(variable) : code_.take();
  if (!function_.is_strict && function_.has_simple_parameters) {
    mapped_arguments(dst);
  } else {
    code_.create_arguments_(dst);
  }
  store_variable(*variable, dst);
}

namespace {

const Variable* simple_parameter(const Parameter& parameter) {
  const Expression& target = *parameter.element.target;
  return target.is<Identifier>() ? target.as<Identifier>()->reference.variable : nullptr;
}

}  // namespace

// Of several parameters of one name only the last is mapped. The map is empty when nobody can tell.
void FunctionCompiler::mapped_arguments(Register dst) {
  std::vector<int32_t> map;
  if (function_.needs_mapped_arguments) {
    map.assign(function_.parameters.size(), -1);
    std::vector<bool> taken(function_.scope->environment_size, false);
    for (size_t i = map.size(); i-- > 0;) {
      const Variable* variable = simple_parameter(function_.parameters[i]);
      if (variable == nullptr || variable->storage != VariableStorage::kEnvironment || taken[variable->index])
        continue;
      taken[variable->index] = true;
      map[i] = static_cast<int32_t>(variable->index);
    }
  }
  Register environment = map.empty() ? bytecode::kCalleeRegister : environment_register();
  auto& maps = code_.executable().argument_maps;
  maps.push_back(std::move(map));
  code_.create_mapped_arguments_(dst, environment, static_cast<uint32_t>(maps.size() - 1));
}

void FunctionCompiler::bind_parameters() {
  uint32_t index = 0;
  for (const Parameter& parameter : function_.parameters) bind_parameter(parameter, index++);
}

// https://tc39.es/ecma262/#sec-runtime-semantics-iteratorbindinginitialization
void FunctionCompiler::bind_parameter(const Parameter& parameter, uint32_t index) {
  Temporaries temporaries(*this);
  const PatternElement& element = parameter.element;
  Register value = bytecode::kFirstParameterRegister + index;
  if (parameter.is_rest) {
    code_.executable().needs_argument_list = true;
    value = code_.take();
    code_.create_rest_(value, index);
  }
  if (function_.has_duplicate_parameters) {
    const Variable* variable = simple_parameter(parameter);
    for (uint32_t later = index + 1; later < function_.parameters.size(); ++later) {
      if (simple_parameter(function_.parameters[later]) == variable) return;
    }
  }
  apply_default(element, value);
  if (!element.target->is<Identifier>()) return destructure(*element.target, value);
  const auto& identifier = *element.target->as<Identifier>();
  if (identifier.reference.variable != nullptr) store_variable(*identifier.reference.variable, value);
}

// ---- Bodies --------------------------------------------------------------------------------------

void FunctionCompiler::body() {
  with_disposal(function_.body_scope, [&] {
    switch (function_.kind) {
      case FunctionKind::kInstanceInitializer:
        initialize_fields();
        break;
      case FunctionKind::kStaticInitializer:
        static_elements();
        break;
      default:
        body_statements();
    }
  });
  return_undefined();
}

void FunctionCompiler::body_statements() {
  for (const Statement* node : function_.body) {
    statement(*node);
    is_this_bound_ |=
        node->is<ExpressionStatement>() && node->as<ExpressionStatement>()->expression->is<SuperCall>();
  }
}

void FunctionCompiler::return_undefined() {
  if (!code_.is_reachable()) return;
  bool is_plain = !is_generator() && !is_async() && function_.kind != FunctionKind::kDerivedConstructor;
  if (is_plain) return code_.return_undefined_();
  if (function_.end != 0) code_.set_position({function_.end - 1, function_.end, function_.end});
  Temporaries temporaries(*this);
  Register value = code_.take();
  code_.load_undefined_(value);
  return_from_function(value);
}

}  // namespace skein::compiler
