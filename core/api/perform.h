// See context_state.h, which includes this.
#pragma once

#include "core/api/context_state.h"

namespace skein::api::detail {

template <typename T, typename Operation>
Result<T> perform(ContextState* state, Operation&& operation) {
  Entered entered(state);
  if (!entered) return entered.error();
  Run run(*state);
  if (state->agent().is_terminating()) return state->take_error();  // a bound function goes on although its script has ended
  auto completion = operation(state->agent());
  if (completion.is_thrown()) return state->take_error();
  if constexpr (std::is_void_v<T>) {
    if (state->checkpoint().is_thrown()) return state->take_error();
    return {};
  } else if constexpr (std::is_same_v<T, Value>) {
    Value value = state->to_handle(completion.value());
    if (state->checkpoint().is_thrown()) return state->take_error();
    return value;
  } else {
    if (state->checkpoint().is_thrown()) return state->take_error();
    return T(std::move(completion).value());
  }
}

// For what runs no script: `operation(Agent&)` returns a plain T or a Result<T>.
template <typename T, typename Operation>
Result<T> inspect_in(ContextState* state, Operation&& operation) {
  Entered entered(state);
  if (!entered) return entered.error();
  return operation(state->agent());
}

}  // namespace skein::api::detail
