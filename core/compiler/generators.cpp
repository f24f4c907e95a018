// yield, yield* and await.
// https://tc39.es/ecma262/#sec-generator-function-definitions-runtime-semantics-evaluation
#include "core/compiler/function_compiler.h"

namespace skein::compiler {

void FunctionCompiler::await(Register dst, Register value) {
  code_.await_(dst, value);
}

void FunctionCompiler::await_if_async(Register reg) {
  if (is_async()) await(reg, reg);
}

void FunctionCompiler::into(const Await& node, Register dst) {
  Register value = evaluate(*node.argument);
  mark(node);
  await(dst, value);
}

void FunctionCompiler::into(const Yield& node, Register dst) {
  if (node.is_delegate) return yield_delegate(node, dst);
  Register value;
  if (node.argument == nullptr) {
    code_.load_undefined_(value = code_.take());
  } else if (is_async()) {
    value = evaluate_to_temporary(*node.argument);
    mark(node);
    await(value, value);
  } else {
    value = evaluate(*node.argument);
  }
  if (node.argument == nullptr) await_if_async(value);
  mark(node);
  yield_value(dst, value);
}

// Yields, and returns from the function if resumed so.
void FunctionCompiler::yield_value(Register dst, Register value) {
  Register received = code_.is_local(dst) ? code_.take() : dst;
  Label on_return, next;
  code_.yield_(received, value, on_return);
  code_.jump_(next);
  code_.bind(on_return);
  await_if_async(received);
  return_value(received);
  code_.bind(next);
  if (received != dst) code_.move_(dst, received);
}

// ---- yield* --------------------------------------------------------------------------------------

struct FunctionCompiler::Delegation {
  Register iterator;  // the pair
  Register received, mode, result, done;
  Label got_result, on_throw, on_return, yield, no_throw, finished;
};

namespace {
constexpr int kThrowMode = 1;
constexpr int kReturnMode = 2;
}  // namespace

// One round: hand what was received to the inner iterator by next, throw or return; stop when it is done,
// else yield its result.
void FunctionCompiler::yield_delegate(const Yield& node, Register dst) {
  Delegation state;
  state.iterator = code_.take(2);
  state.received = code_.take();
  state.mode = code_.take();
  state.result = code_.take();
  state.done = code_.take();
  Register iterable = evaluate(*node.argument);
  mark(node.start, *node.argument);
  if (is_async()) {
    code_.get_async_iterator_(state.iterator, iterable);
  } else {
    code_.get_iterator_record_(state.iterator, iterable);
  }
  // What follows is about the iterator, not the expression.
  code_.set_position({node.start, node.start, node.start});
  code_.load_undefined_(state.received);
  Label top, on_await_error;
  code_.load_int_(state.mode, 0);
  code_.bind(top);
  code_.jump_if_strict_equal_int_(state.mode, kThrowMode, state.on_throw);
  code_.jump_if_strict_equal_int_(state.mode, kReturnMode, state.on_return);
  delegate_next(state);
  delegate_throw(state);
  delegate_return(state);
  code_.bind(state.yield);
  if (is_async()) {
    code_.get_property_(state.result, state.result, code_.ascii("value"),
                        feedback(FeedbackKind::kGetProperty));
    code_.yield_delegate_(state.received, state.mode, state.result);
    // A return resumption is awaited; when that fails it has become a throw.
    Label resumed;
    code_.jump_if_strict_not_equal_int_(state.mode, kReturnMode, resumed);
    uint32_t start = code_.position();
    await(state.received, state.received);
    code_.add_handler(start, on_await_error, state.received);
    code_.jump_loop_(top);
    code_.bind(on_await_error);
    code_.load_int_(state.mode, kThrowMode);
    code_.bind(resumed);
  } else {
    code_.yield_delegate_(state.received, state.mode, state.result);
  }
  code_.jump_loop_(top);
  code_.bind(state.no_throw);
  Control iteration{ControlKind::kIterator};
  iteration.iterator = state.iterator;
  iteration.is_async = is_async();
  close_iterator(iteration);
  code_.throw_error_(bytecode::ErrorKind::kTypeError,
                     code_.ascii("The iterator does not provide a 'throw' method"));
  code_.bind(state.finished);
  code_.get_property_(dst, state.result, code_.ascii("value"), feedback(FeedbackKind::kGetProperty));
}

namespace {
constexpr const char* kDone = "done";
}  // namespace

void FunctionCompiler::delegate_next(Delegation& state) {
  Temporaries temporaries(*this);
  Register window = code_.take(3);
  code_.move_(window, state.iterator + 1);
  code_.move_(window + 1, state.iterator);
  code_.move_(window + 2, state.received);
  code_.call_(state.result, window, 1);
  code_.jump_(state.got_result);
}

void FunctionCompiler::delegate_throw(Delegation& state) {
  Temporaries temporaries(*this);
  Register window = code_.take(3);
  code_.bind(state.on_throw);
  code_.get_method_or_undefined_(window, state.iterator, code_.ascii("throw"));
  code_.jump_if_undefined_(window, state.no_throw);
  code_.move_(window + 1, state.iterator);
  code_.move_(window + 2, state.received);
  code_.call_(state.result, window, 1);
  code_.bind(state.got_result);
  await_if_async(state.result);
  code_.require_object_(state.result);
  code_.get_property_(state.done, state.result, code_.ascii(kDone), feedback(FeedbackKind::kGetProperty));
  code_.jump_if_true_(state.done, state.finished);
  code_.jump_(state.yield);
}

void FunctionCompiler::delegate_return(Delegation& state) {
  Temporaries temporaries(*this);
  Register window = code_.take(3);
  Label no_return;
  code_.bind(state.on_return);
  code_.get_method_or_undefined_(window, state.iterator, code_.ascii("return"));
  code_.jump_if_undefined_(window, no_return);
  code_.move_(window + 1, state.iterator);
  code_.move_(window + 2, state.received);
  code_.call_(state.result, window, 1);
  await_if_async(state.result);
  code_.require_object_(state.result);
  code_.get_property_(state.done, state.result, code_.ascii(kDone), feedback(FeedbackKind::kGetProperty));
  code_.jump_if_false_(state.done, state.yield);
  code_.get_property_(state.received, state.result, code_.ascii("value"),
                      feedback(FeedbackKind::kGetProperty));
  return_value(state.received);
  code_.bind(no_return);
  await_if_async(state.received);
  return_value(state.received);
}

}  // namespace skein::compiler
