// Calls: functions, methods, constructors, super(…), direct eval, tagged templates, optional chains.
#include <algorithm>

#include "core/compiler/function_compiler.h"
#include "core/compiler/inspect.h"

namespace skein::compiler {

namespace {

// Calls by a plain name: call_undefined fills in `this`.
bool has_implicit_this(const Expression& callee) {
  if (!callee.is<Identifier>()) return false;
  ReferenceKind kind = callee.as<Identifier>()->reference.kind;
  return kind != ReferenceKind::kDynamic && kind != ReferenceKind::kDynamicVar;
}

}  // namespace

// ---- Windows -------------------------------------------------------------------------------------

// callee and this into window and window + 1, which have been taken.
// https://tc39.es/ecma262/#sec-evaluatecall
void FunctionCompiler::callee_into(const Expression& callee, Register window) {
  Temporaries temporaries(*this);
  Register receiver = window + 1;
  switch (callee.kind) {
    case NodeKind::kMember: {
      const auto& node = *callee.as<Member>();
      evaluate_into(*node.object, receiver);
      jump_if_optional(node.is_optional, receiver);
      mark(node.name_start, *node.object);
      return code_.get_method_(window, receiver, string(node.name), feedback(FeedbackKind::kGetMethod));
    }
    case NodeKind::kIndex: {
      const auto& node = *callee.as<Index>();
      evaluate_into(*node.object, receiver);
      jump_if_optional(node.is_optional, receiver);
      Key key =
          node.index->is<StringLiteral>() ? literal_key(*node.index) : Key{nullptr, evaluate(*node.index)};
      mark(node.index->start, *node.object);
      return get(window, receiver, key);
    }
    case NodeKind::kPrivateMember: {
      const auto& node = *callee.as<PrivateMember>();
      evaluate_into(*node.object, receiver);
      jump_if_optional(node.is_optional, receiver);
      Register key = load(node.reference, node.name);
      mark(node.name_start, *node.object);
      return code_.get_private_(window, receiver, key, feedback(FeedbackKind::kGetPrivate));
    }
    case NodeKind::kSuperMember:
      into(*callee.as<SuperMember>(), window);
      return load_this(callee.as<SuperMember>()->this_reference, receiver);
    case NodeKind::kSuperIndex:
      into(*callee.as<SuperIndex>(), window);
      return load_this(callee.as<SuperIndex>()->this_reference, receiver);
    case NodeKind::kIdentifier: {
      const auto& node = *callee.as<Identifier>();
      if (node.reference.kind != ReferenceKind::kDynamic && node.reference.kind != ReferenceKind::kDynamicVar)
        break;
      mark(node);
      return code_.get_name_callee_(window, environment_register(), string(node.name));
    }
    case NodeKind::kOptionalChain: {
      Label nullish, end;
      Label* saved = std::exchange(optional_exit_, &nullish);
      callee_into(*callee.as<OptionalChain>()->expression, window);
      optional_exit_ = saved;
      code_.jump_(end);
      code_.bind(nullish);
      code_.load_undefined_(window);
      code_.load_undefined_(receiver);
      return code_.bind(end);
    }
    default:
      break;
  }
  evaluate_into(callee, window);
  if (!has_implicit_this(callee)) code_.load_undefined_(receiver);
}

// Into the registers that follow.
void FunctionCompiler::arguments_into(ExpressionList arguments) {
  for (const Expression* argument : arguments) evaluate_into(*argument, code_.take());
}

// The elements of what is spread, as an array that nothing may change before the call.
void FunctionCompiler::spread_into(const Spread& spread, Register array) {
  Temporaries temporaries(*this);
  Register iterable = evaluate(*spread.argument);
  mark(*spread.argument);
  code_.spread_arguments_(array, iterable);
}

void FunctionCompiler::spread_arguments_into(ExpressionList arguments, Register array) {
  if (arguments.size() == 1) return spread_into(*arguments[0]->as<Spread>(), array);
  size_t count = 0;
  while (!arguments[count]->is<Spread>()) ++count;
  Register values = code_.mark();
  arguments_into(arguments.first(count));
  code_.create_array_(array, values, static_cast<uint32_t>(count));
  code_.release(values);
  append_elements(arguments.subspan(count), array);
}

// At the name that is called, or else at the arguments.
void FunctionCompiler::mark_call(const Expression& callee, uint32_t arguments_start) {
  uint32_t position = callee.is<Identifier>() ? callee.start : arguments_start;
  if (callee.is<Member>()) position = callee.as<Member>()->name_start;
  if (callee.is<PrivateMember>()) position = callee.as<PrivateMember>()->name_start;
  mark(position, callee);
}

uint32_t FunctionCompiler::eval_site(const Scope& scope) {
  auto& sites = code_.executable().eval_sites;
  sites.push_back({make_scope_info(scope, program_.outer_scope), is_strict()});
  return static_cast<uint32_t>(sites.size() - 1);
}

// ---- Calls ---------------------------------------------------------------------------------------

// object.name(arguments) in one instruction, where looking up the method after the arguments makes no
// difference.
bool FunctionCompiler::call_method(const Call& node, Register dst) {
  if (!node.callee->is<Member>() || node.has_spread || node.is_optional) return false;
  const auto& callee = *node.callee->as<Member>();
  if (!std::all_of(node.arguments.begin(), node.arguments.end(),
                   [](const Expression* e) { return is_pure(*e); })) {
    return false;
  }
  Register window = code_.take(2);
  evaluate_into(*callee.object, window + 1);
  jump_if_optional(callee.is_optional, window + 1);
  arguments_into(node.arguments);
  mark_call(callee, node.arguments_start);
  code_.call_method_(dst, window, static_cast<uint32_t>(node.arguments.size()), string(callee.name),
                     feedback(FeedbackKind::kGetMethod));
  return true;
}

namespace {
// f(a, b, ...c); f(...c) has an instruction of its own.
bool spreads_last_only(ExpressionList arguments) {
  return arguments.size() > 1 && arguments.back()->is<Spread>() &&
         std::none_of(arguments.begin(), arguments.end() - 1, [](const Expression* argument) { return argument->is<Spread>(); });
}
}  // namespace

void FunctionCompiler::into(const Call& node, Register dst) {
  if (call_method(node, dst)) return;
  Register window = code_.take(2);
  callee_into(*node.callee, window);
  jump_if_optional(node.is_optional, window);
  if (node.has_spread || node.eval_scope != nullptr) return call_specially(node, dst, window);
  arguments_into(node.arguments);
  mark_call(*node.callee, node.arguments_start);
  const auto count = static_cast<uint32_t>(node.arguments.size());
  if (has_implicit_this(*node.callee)) return code_.call_undefined_(dst, window, count);
  code_.call_(dst, window, count);
}

// With spread arguments, or of what may be eval. Apart, since the frames of a long chain of calls should be short.
[[gnu::noinline]] void FunctionCompiler::call_specially(const Call& node, Register dst, Register window) {
  const auto count = static_cast<uint32_t>(node.arguments.size());
  if (has_implicit_this(*node.callee)) code_.load_undefined_(window + 1);
  if (node.eval_scope == nullptr && spreads_last_only(node.arguments)) {
    arguments_into(node.arguments.first(count - 1));
    spread_into(*node.arguments[count - 1]->as<Spread>(), code_.take());
    mark_call(*node.callee, node.arguments_start);
    return code_.call_spread_last_(dst, window, count);
  }
  if (node.has_spread) {
    spread_arguments_into(node.arguments, code_.take());
  } else {
    arguments_into(node.arguments);
  }
  mark_call(*node.callee, node.arguments_start);
  if (node.eval_scope == nullptr) return code_.call_spread_(dst, window);
  const Register environment = environment_register();
  const uint32_t site = eval_site(*node.eval_scope);
  if (node.has_spread) return code_.call_eval_spread_(dst, window, environment, site);
  code_.call_eval_(dst, window, count, environment, site);
}

// https://tc39.es/ecma262/#sec-evaluatenew
void FunctionCompiler::into(const New& node, Register dst) {
  Register window = code_.take(2);
  evaluate_into(*node.callee, window);
  if (node.has_spread) {
    spread_arguments_into(node.arguments, code_.take());
  } else {
    arguments_into(node.arguments);
  }
  mark(node.start, *node.callee);
  if (!node.has_spread) return code_.new_(dst, window, static_cast<uint32_t>(node.arguments.size()));
  code_.move_(window + 1, window);
  code_.construct_spread_(dst, window);
}

// https://tc39.es/ecma262/#sec-super-keyword-runtime-semantics-evaluation (SuperCall)
void FunctionCompiler::into(const SuperCall& node, Register dst) {
  Register result = code_.take();
  {
    Temporaries temporaries(*this);
    Register window = code_.take(2);
    load(node.new_target, nullptr, window + 1);
    {
      Temporaries inner(*this);
      Register function = load(node.active_function, nullptr);
      mark(node);
      code_.get_super_constructor_(window, function);
    }
    if (node.has_spread) {
      spread_arguments_into(node.arguments, code_.take());
      mark(node);
      code_.construct_spread_(result, window);
    } else {
      arguments_into(node.arguments);
      mark(node);
      code_.construct_(result, window, static_cast<uint32_t>(node.arguments.size()));
    }
  }
  Reference unchecked = node.this_reference;
  unchecked.needs_tdz_check = false;
  code_.check_this_unbound_(load(unchecked, nullptr));
  unchecked.is_initialization = true;
  store(unchecked, nullptr, result);
  code_.initialize_instance_(result, load(node.active_function, nullptr));
  code_.move_(dst, result);
}

void FunctionCompiler::into(const ImportCall& node, Register dst) {
  Register specifier =
      node.options != nullptr ? evaluate_before(*node.specifier, {node.options}) : evaluate(*node.specifier);
  Register options;
  if (node.options != nullptr) {
    options = evaluate(*node.options);
  } else {
    code_.load_undefined_(options = code_.take());
  }
  unsigned phase = node.phase == ImportPhase::kEvaluation ? 0 : node.phase == ImportPhase::kSource ? 1 : 2;
  mark(node);
  code_.import_call_(dst, specifier, options, phase);
}

// https://tc39.es/ecma262/#sec-tagged-templates
void FunctionCompiler::into(const TaggedTemplate& node, Register dst) {
  bytecode::TemplateObject site;
  for (const TemplateElement& element : node.quasi->strings) {
    site.elements.push_back(
        {element.cooked != nullptr ? string(element.cooked) : bytecode::kNoIndex, string(element.raw)});
  }
  auto& templates = code_.executable().templates;
  templates.push_back(std::move(site));
  auto index = static_cast<uint32_t>(templates.size() - 1);
  Register window = code_.take(2);
  callee_into(*node.tag, window);
  code_.get_template_object_(code_.take(), index);
  arguments_into(node.quasi->expressions);
  mark_call(*node.tag, node.quasi->start);
  if (has_implicit_this(*node.tag)) code_.load_undefined_(window + 1);
  code_.call_(dst, window, static_cast<uint32_t>(node.quasi->expressions.size() + 1));
}

// ---- Optional chains -----------------------------------------------------------------------------

void FunctionCompiler::jump_if_optional(bool is_optional, Register value) {
  if (is_optional) code_.jump_if_nullish_(value, *optional_exit_);
}

void FunctionCompiler::into(const OptionalChain& node, Register dst) {
  Label nullish, end;
  Label* saved = std::exchange(optional_exit_, &nullish);
  evaluate_into(*node.expression, dst);
  optional_exit_ = saved;
  code_.jump_(end);
  code_.bind(nullish);
  code_.load_undefined_(dst);
  code_.bind(end);
}

}  // namespace skein::compiler
