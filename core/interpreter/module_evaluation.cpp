// https://tc39.es/ecma262/#sec-moduleevaluation, with top-level await.
#include <algorithm>

#include "core/interpreter/module.h"
#include "core/interpreter/slow_paths.h"
#include "core/runtime/errors.h"

namespace skein {

using Phase = bytecode::ModuleMetadata::Phase;
using Status = Module::Status;

namespace {

void execute_async_module(Agent& agent, Module* module);

// Whether the module waits, itself or through dependencies: [[AsyncEvaluationOrder]] is an integer.
bool is_evaluating_async(Module* module) { return module->async_evaluation_order != 0 && !module->is_async_evaluation_done; }

// https://tc39.es/ecma262/#sec-source-text-module-record-execute-module without await.
Completion<void> execute_module(Agent& agent, Module* module) {
  TRY(run_program(agent, module->code, module->environment, Value::undefined()));
  return {};
}

// Visits one required module; its cycle root, for modules that have been evaluated.
Completion<uint32_t> inner_evaluate(Agent& agent, Module* module, std::vector<Module*>& stack, uint32_t index);

Completion<uint32_t> evaluate_required(Agent& agent, Module* module, Module* required, std::vector<Module*>& stack, uint32_t index) {
  index = TRY(inner_evaluate(agent, required, stack, index));
  if (required->is_synthetic()) return index;
  if (required->status == Status::kEvaluating) {
    module->dfs_ancestor_index = std::min(module->dfs_ancestor_index, required->dfs_ancestor_index);
  } else {
    required = required->cycle_root;
    if (required->has_evaluation_error()) return agent.throw_value(required->evaluation_error);
  }
  if (is_evaluating_async(required)) {
    ++module->pending_async_dependencies;
    required->add_async_parent(agent, module);
  }
  return index;
}

bool contains(const std::vector<Module*>& list, Module* module) { return std::find(list.begin(), list.end(), module) != list.end(); }

// https://tc39.es/proposal-defer-import-eval/#sec-IsModuleSCCEvaluated: the whole cycle that the module belongs to.
bool is_cycle_evaluated(const Module* module) {
  const Module* root = module->cycle_root.get() != nullptr ? module->cycle_root.get() : module;
  return root->status == Status::kEvaluated;
}

void add_asynchronous_dependencies(Module* module, std::vector<Module*>& seen, std::vector<Module*>& result) {
  if (contains(seen, module)) return;
  seen.push_back(module);
  if (module->is_synthetic() || module->status == Status::kEvaluating || is_cycle_evaluated(module)) return;
  if (module->has_top_level_await) {
    if (!contains(result, module)) result.push_back(module);
    return;
  }
  for (uint32_t i = 0; i < module->request_count(); ++i)
    if (module->request_phase(i) != Phase::kSource) add_asynchronous_dependencies(module->imported_module(i), seen, result);
}

// The modules that have to be evaluated before this one.
std::vector<Module*> evaluation_list(Module* module) {
  std::vector<Module*> list;
  for (uint32_t i = 0; i < module->request_count(); ++i) {
    Module* required = module->imported_module(i);
    const Phase phase = module->request_phase(i);
    if (phase == Phase::kEvaluation && !contains(list, required)) list.push_back(required);
    if (phase != Phase::kDefer) continue;
    for (Module* dependency : gather_asynchronous_dependencies(required))
      if (!contains(list, dependency)) list.push_back(dependency);
  }
  return list;
}

// https://tc39.es/ecma262/#sec-innermoduleevaluation
Completion<uint32_t> inner_evaluate(Agent& agent, Module* module, std::vector<Module*>& stack, uint32_t index) {
  if (module->is_synthetic()) {
    module->status = Status::kEvaluated;
    return index;
  }
  if (module->status >= Status::kEvaluatingAsync) {
    if (module->has_evaluation_error()) return agent.throw_value(module->evaluation_error);
    return index;
  }
  if (module->status == Status::kEvaluating) return index;
  TRY(agent.check_stack());
  module->status = Status::kEvaluating;
  module->dfs_index = module->dfs_ancestor_index = index++;
  module->pending_async_dependencies = 0;
  stack.push_back(module);
  for (Module* required : evaluation_list(module)) index = TRY(evaluate_required(agent, module, required, stack, index));
  if (module->pending_async_dependencies > 0 || module->has_top_level_await) {
    module->async_evaluation_order = agent.next_module_async_evaluation_order() + 1;
    if (module->pending_async_dependencies == 0) execute_async_module(agent, module);
  } else {
    TRY(execute_module(agent, module));
  }
  if (module->dfs_ancestor_index == module->dfs_index) {
    for (Module* popped = nullptr; popped != module;) {
      popped = stack.back();
      stack.pop_back();
      popped->status = popped->async_evaluation_order == 0 ? Status::kEvaluated : Status::kEvaluatingAsync;
      popped->cycle_root.set(popped, module);
    }
  }
  return index;
}

// https://tc39.es/ecma262/#sec-gather-available-ancestors
void gather_available_ancestors(Module* module, std::vector<Module*>& ancestors) {
  for (uint32_t i = 0; i < module->async_parent_count(); ++i) {
    Module* parent = module->async_parent(i);
    if (std::find(ancestors.begin(), ancestors.end(), parent) != ancestors.end()) continue;
    if (parent->cycle_root->has_evaluation_error()) continue;
    if (--parent->pending_async_dependencies != 0) continue;
    ancestors.push_back(parent);
    if (!parent->has_top_level_await) gather_available_ancestors(parent, ancestors);
  }
}

// https://tc39.es/ecma262/#sec-async-module-execution-rejected
void async_execution_rejected(Agent& agent, Module* module, Value error) {
  if (module->status == Status::kEvaluated) return;
  module->set_evaluation_error(error);
  module->status = Status::kEvaluated;
  module->is_async_evaluation_done = true;
  if (module->top_level_promise.get() != nullptr) g_promise_hooks.reject(agent, module->top_level_promise, error);
  for (uint32_t i = 0; i < module->async_parent_count(); ++i) async_execution_rejected(agent, module->async_parent(i), error);
}

void finish_async(Agent& agent, Module* module) {
  module->is_async_evaluation_done = true;
  module->status = Status::kEvaluated;
  if (module->top_level_promise.get() != nullptr) g_promise_hooks.resolve(agent, module->top_level_promise, Value::undefined());
}

// https://tc39.es/ecma262/#sec-async-module-execution-fulfilled
void async_execution_fulfilled(Agent& agent, Module* module) {
  if (module->status == Status::kEvaluated) return;
  finish_async(agent, module);
  std::vector<Module*> ancestors;
  gather_available_ancestors(module, ancestors);
  std::sort(ancestors.begin(), ancestors.end(),
            [](Module* a, Module* b) { return a->async_evaluation_order < b->async_evaluation_order; });
  RootVector kept(agent);
  for (Module* ancestor : ancestors) kept.push_back(Value::cell(ancestor));
  for (Module* ancestor : ancestors) {
    if (ancestor->status == Status::kEvaluated) continue;
    if (ancestor->has_top_level_await) {
      execute_async_module(agent, ancestor);
      continue;
    }
    if (execute_module(agent, ancestor).is_thrown()) {
      if (agent.is_terminating()) return;
      Root<Value> error(agent, agent.take_exception());
      async_execution_rejected(agent, ancestor, error);
    } else {
      finish_async(agent, ancestor);
    }
  }
}

Completion<Value> on_fulfilled(Agent& agent, const CallInfo& info) {
  async_execution_fulfilled(agent, info.this_value().as<Module>());
  return Value::undefined();
}

Completion<Value> on_rejected(Agent& agent, const CallInfo& info) {
  async_execution_rejected(agent, info.this_value().as<Module>(), info[0]);
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-execute-async-module
void execute_async_module(Agent& agent, Module* module) {
  Root<Module*> kept(agent, module);
  Completion<Value> promise = run_program(agent, module->code, module->environment, Value::undefined());
  if (promise.is_thrown()) {
    if (agent.is_terminating()) return;
    // Only before the code has made its promise, as on a stack overflow.
    Root<Value> error(agent, agent.take_exception());
    async_execution_rejected(agent, module, error);
    return;
  }
  g_promise_hooks.then(agent, promise.value().as_object(), on_fulfilled, on_rejected, Value::cell(module));
}

// https://tc39.es/proposal-defer-import-eval/#sec-ReadyForSyncExecution
bool is_ready_for_sync_execution(Module* module, std::vector<Module*>& seen) {
  if (module->is_synthetic() || contains(seen, module)) return true;
  seen.push_back(module);
  if (is_cycle_evaluated(module)) return true;
  if (module->status != Status::kLinked || module->has_top_level_await) return false;
  for (uint32_t i = 0; i < module->request_count(); ++i)
    if (module->request_phase(i) != Phase::kSource && !is_ready_for_sync_execution(module->imported_module(i), seen)) return false;
  return true;
}

}  // namespace

std::vector<Module*> gather_asynchronous_dependencies(Module* module) {
  std::vector<Module*> seen, result;
  add_asynchronous_dependencies(module, seen, result);
  return result;
}

Completion<void> evaluate_module_sync(Agent& agent, Module* module) {
  if (module->is_synthetic() || (is_cycle_evaluated(module) && !module->cycle_root->has_evaluation_error())) return {};
  Root<Module*> kept(agent, module);
  std::vector<Module*> seen;
  if (!is_ready_for_sync_execution(module, seen))
    return throw_type_error(agent, "The deferred module cannot be evaluated synchronously now: it is being evaluated, or waits for a top-level await");
  Object* promise = TRY(evaluate_module(agent, module));
  Module* root = kept->cycle_root;
  if (!root->has_evaluation_error()) return {};
  g_promise_hooks.mark_handled(agent, promise);
  return agent.throw_value(root->evaluation_error);
}

Completion<Object*> evaluate_module(Agent& agent, Module* module) {
  Root<Module*> root(agent, module);
  if (module->status >= Status::kEvaluatingAsync && module->cycle_root.get() != nullptr) root = module->cycle_root.get();
  if (root->top_level_promise.get() != nullptr) return root->top_level_promise.get();
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  root->top_level_promise.set(root.get(), promise);
  std::vector<Module*> stack;
  if (inner_evaluate(agent, root, stack, 0).is_thrown()) {
    if (agent.is_terminating()) return Thrown{};
    Root<Value> error(agent, agent.take_exception());
    for (Module* unfinished : stack) {
      unfinished->status = Status::kEvaluated;
      unfinished->set_evaluation_error(error);
      if (unfinished->cycle_root.get() == nullptr) unfinished->cycle_root.set(unfinished, unfinished);
    }
    g_promise_hooks.reject(agent, promise, error);
    return promise.get();
  }
  if (!is_evaluating_async(root)) g_promise_hooks.resolve(agent, promise, Value::undefined());
  return promise.get();
}

}  // namespace skein
