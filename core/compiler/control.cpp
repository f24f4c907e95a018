// Leaving: break, continue and return through iterators and finally blocks; disposal of `using`.
#include "core/compiler/control.h"

#include <algorithm>

#include "core/compiler/function_compiler.h"

namespace skein::compiler {

void FunctionCompiler::push(Control& control) {
  control.outer = control_;
  control_ = &control;
}

void FunctionCompiler::pop(Control& control) {
  close_range(control);
  control_ = control.outer;
}

void FunctionCompiler::open_range(Control& control, Label& handler, Register exception) {
  control.has_handler = true;
  control.range_start = code_.position();
  control.handler = &handler;
  control.exception = exception;
}

void FunctionCompiler::close_range(Control& control) {
  if (control.has_handler) code_.add_handler(control.range_start, *control.handler, control.exception);
}

// Goes from here to where `exit` leads. `value` is that of a return.
void FunctionCompiler::leave(const Exit& exit, Register value) {
  if (!code_.is_reachable()) return;
  Control* innermost = control_;
  Control* control = innermost;
  bool arrived = false;
  for (; control != nullptr && !arrived; control = control->outer) {
    leave_through(*control, exit, value, arrived);
  }
  if (!arrived) return_from_function(value);
  for (Control* passed = innermost; passed != control; passed = passed->outer) {
    passed->range_start = code_.position();
  }
  control_ = innermost;
}

void FunctionCompiler::leave_through(Control& control, const Exit& exit, Register value, bool& arrived) {
  if (control.kind == ControlKind::kTarget) {
    if (!(control.exit == exit)) return;
    code_.jump_(*control.label);
    arrived = true;
    return;
  }
  close_range(control);
  control_ = control.outer;
  if (control.kind == ControlKind::kIterator) {
    close_iterator(control);
  } else if (control.kind == ControlKind::kFinally) {
    auto found = std::find(control.exits.begin(), control.exits.end(), exit);
    auto index = static_cast<int>(found - control.exits.begin());
    if (found == control.exits.end()) control.exits.push_back(exit);
    code_.load_int_(control.completion_kind, Control::kFirstExit + index);
    if (exit.kind == ExitKind::kReturn) code_.move_(control.completion_value, value);
    code_.jump_(*control.finalizer);
    arrived = true;
  }
}

void FunctionCompiler::return_value(Register value) {
  leave({ExitKind::kReturn, nullptr}, value);
}

// The last step of a return, outside of everything.
void FunctionCompiler::return_from_function(Register value) {
  if (is_generator()) return code_.generator_return_(value);
  if (is_async()) return code_.async_return_(value);
  if (function_.kind != FunctionKind::kDerivedConstructor) return code_.return_(value);
  Temporaries temporaries(*this);
  Register self = bytecode::kThisRegister;
  const Variable* variable = function_.this_variable;
  if (variable != nullptr && variable->storage == VariableStorage::kEnvironment) {
    self = code_.take();
    load_variable(*variable, self);
  }
  Register result = code_.take();
  code_.check_derived_return_(result, value, self);
  code_.return_(result);
}

// After a finalizer that completed normally: go on with what was under way.
void FunctionCompiler::dispatch_completion(Control& control) {
  if (!code_.is_reachable()) return;
  Label rethrow, end;
  std::vector<Label> exits(control.exits.size());
  std::vector<Label*> targets{&rethrow};
  for (Label& exit : exits) targets.push_back(&exit);
  code_.switch_on(control.completion_kind, targets);
  code_.jump_(end);
  code_.bind(rethrow);
  code_.rethrow_(control.completion_value);
  for (size_t i = 0; i < exits.size(); ++i) {
    code_.bind(exits[i]);
    leave(control.exits[i], control.completion_value);
  }
  code_.bind(end);
}

// ---- Iterators -----------------------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-iteratorclose, with a completion that is not a throw.
void FunctionCompiler::close_iterator(const Control& control) {
  Label closed;
  if (control.done != 0) code_.jump_if_true_(control.done, closed);
  if (control.is_async) {
    async_close(control);
  } else {
    code_.iterator_close_(control.iterator);
  }
  code_.bind(closed);
}

// The same with a throw completion: what goes wrong here is dropped.
void FunctionCompiler::close_iterator_silently(const Control& control) {
  Label closed;
  if (control.done != 0) code_.jump_if_true_(control.done, closed);
  if (!control.is_async) {
    code_.iterator_close_silent_(control.iterator);
    code_.bind(closed);
    return;
  }
  Temporaries temporaries(*this);
  Register window = code_.take(2);
  Register ignored = code_.take();
  Label handler;
  uint32_t start = code_.position();
  code_.get_method_or_undefined_(window, control.iterator, code_.ascii("return"));
  code_.jump_if_undefined_(window, closed);
  code_.move_(window + 1, control.iterator);
  Register result = window;
  code_.call_(result, window, 0);
  await(result, result);
  code_.add_handler(start, handler, ignored);
  code_.bind(handler);
  code_.bind(closed);
}

// https://tc39.es/ecma262/#sec-asynciteratorclose
void FunctionCompiler::async_close(const Control& control) {
  Temporaries temporaries(*this);
  Register window = code_.take(2);
  Label closed;
  code_.get_method_or_undefined_(window, control.iterator, code_.ascii("return"));
  code_.jump_if_undefined_(window, closed);
  code_.move_(window + 1, control.iterator);
  code_.call_(window, window, 0);
  await(window, window);
  code_.require_object_(window);
  code_.bind(closed);
}

// ---- using ---------------------------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-disposeresources. Errors join the completion in control's registers.
void FunctionCompiler::dispose(const Control& control, Register stack, bool is_async) {
  Temporaries temporaries(*this);
  Register result = code_.take();
  Register action = code_.take();
  Register error = code_.take();
  Label top, handler, again, suppress, end;
  code_.bind(top);
  uint32_t start = code_.position();
  code_.dispose_step_(result, action, stack);
  code_.jump_if_strict_equal_int_(action, 0, end);
  if (is_async) {
    code_.jump_if_strict_equal_int_(action, 1, again);
    await(result, result);
  }
  code_.bind(again);
  code_.add_handler(start, handler, error);
  code_.jump_loop_(top);
  code_.bind(handler);
  code_.jump_if_strict_equal_int_(control.completion_kind, Control::kThrow, suppress);
  code_.load_int_(control.completion_kind, Control::kThrow);
  code_.move_(control.completion_value, error);
  code_.jump_loop_(top);
  code_.bind(suppress);
  code_.create_suppressed_error_(control.completion_value, error, control.completion_value);
  code_.jump_loop_(top);
  code_.bind(end);
}

}  // namespace skein::compiler
