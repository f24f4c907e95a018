// `using` and `await using`: the compiler owns the completion; the resources are runtime/disposal's.
#include "core/runtime/disposal.h"

#include "core/interpreter/slow_paths.h"

namespace skein {

Value create_disposable_stack(Interpreter& vm) { return Value::cell(vm.agent.heap().make<DisposeCapability>()); }

Completion<void> add_disposable_resource(Interpreter& vm, Value stack, Value value, bool is_async) {
  using Hint = DisposeCapability::Hint;
  return add_disposable_resource(vm.agent, stack.as<DisposeCapability>(), value, is_async ? Hint::kAsync : Hint::kSync);
}

Completion<void> dispose_step(Interpreter& vm, Value stack, Value* result, Value* action) {
  const DisposeStep step = TRY(dispose_step(vm.agent, stack.as<DisposeCapability>()));
  *result = step.result;
  *action = Value::int32(static_cast<int32_t>(step.action));
  return {};
}

Value create_suppressed_error(Interpreter& vm, Value error, Value suppressed) { return make_suppressed_error(vm.agent, error, suppressed); }

}  // namespace skein
