// What the handlers of the dispatch loop call when there is more to do than a few instructions. Each
// is a function of its own, out of line, so that the loop stays small.
//
// ROOTING: Values that come from registers are rooted by the frame for the whole call, because a
// destination is written only after it. A result of Value::empty() means, where a function says so,
// that the innermost frame has changed and that the loop must reload it.
#pragma once

#include "core/bytecode/instruction.h"
#include "core/interpreter/closure.h"
#include "core/interpreter/interpreter_state.h"
#include "core/runtime/operations.h"

namespace skein {

// --- Named and computed properties: property_access.cpp ---
Completion<Value> get_property_slow(Interpreter& vm, Value object, PropertyKey key, InlineCache& cache);
Completion<void> put_property_slow(Interpreter& vm, Value object, PropertyKey key, Value value, bool strict, InlineCache& cache);
Completion<Value> get_element_slow(Interpreter& vm, Value object, Value key);
Completion<void> put_element_slow(Interpreter& vm, Value object, Value key, Value value, bool strict);
// The value at a cache entry that matched. `receiver` is for getters.
Completion<Value> read_cached(Interpreter& vm, const CacheEntry& entry, Object* start, Value receiver);
Completion<Value> delete_property_slow(Interpreter& vm, Value object, Value key, bool strict);
Completion<Value> has_property_slow(Interpreter& vm, Value key, Value object);
Completion<Value> get_method_or_undefined_slow(Interpreter& vm, Value object, PropertyKey key);
Completion<bool> instance_of_cached(Interpreter& vm, Value value, Value target);
Completion<Value> get_super_base(Interpreter& vm, Value home);
Completion<Value> get_super(Interpreter& vm, Value base, Value key, Value receiver);
Completion<void> put_super(Interpreter& vm, Value base, Value key, Value value, Value receiver, bool strict);
Completion<Value> prepare_element(Interpreter& vm, Value object, Value key);
// ToPropertyKey of a key register, undefined and null objects having been refused already.
Completion<Value> to_property_key_value(Interpreter& vm, Value key);
Completion<void> define_field(Interpreter& vm, Value object, PropertyKey key, Value value, InlineCache& cache);

// --- Private names: private_names.cpp ---
Completion<Value> get_private_slow(Interpreter& vm, Value object, Value key, InlineCache& cache);
Completion<void> put_private_slow(Interpreter& vm, Value object, Value key, Value value, InlineCache& cache);
Completion<Value> has_private(Interpreter& vm, Value object, Value key);
// Without a cache, for any frame.
Completion<Value> get_private(Interpreter& vm, Value object, Value key);
Completion<void> put_private(Interpreter& vm, Value object, Value key, Value value);
Completion<void> define_private_field(Interpreter& vm, Value object, Value key, Value value);
Completion<void> define_private_method(Interpreter& vm, Value object, Value key);
Value create_private_name(Interpreter& vm, int kind, FlatString* description);
void set_private_method(Interpreter& vm, Value key, Value function, int role);

// --- Decorators: decorators.cpp ---
Completion<Value> create_metadata(Interpreter& vm, Value heritage);
Completion<void> define_metadata(Interpreter& vm, Value constructor, Value metadata);
Completion<void> decorate(Interpreter& vm, Value record, uint32_t flags);
Completion<Value> run_field_initializers(Interpreter& vm, Value object, Value value, Value record);
Completion<void> run_extra_initializers(Interpreter& vm, Value object, Value list);
Completion<void> create_auto_accessor(Interpreter& vm, Value* pair, Value storage, Value key);

// --- Literals and classes: literals.cpp ---
Value create_object_literal(Interpreter& vm, const Value* values, uint32_t count, uint32_t shape);
Completion<void> define_element(Interpreter& vm, Value object, Value key, Value value);
Completion<void> define_method(Interpreter& vm, Value object, Value key, Value function, uint32_t flags);
Completion<void> set_literal_prototype(Interpreter& vm, Value object, Value value);
void set_closure_name(Interpreter& vm, Value function, Value key, uint32_t prefix);
Completion<void> copy_data_properties_excluding(Interpreter& vm, Value target, Value source, const Value* excluded, uint32_t count);
Completion<Value> create_array(Interpreter& vm, const Value* values, uint32_t count);
Completion<void> array_append(Interpreter& vm, Value array, Value value_or_empty);
Completion<void> array_spread(Interpreter& vm, Value array, Value iterable);
Completion<Value> spread_arguments(Interpreter& vm, Value iterable);
Completion<Value> create_regexp(Interpreter& vm, uint32_t index);
Completion<void> create_class(Interpreter& vm, Value* result, Value environment, Value heritage, Value name, uint32_t function);
Completion<void> initialize_instance(Interpreter& vm, Value object, Value constructor);
Value create_arguments(Interpreter& vm);
Value create_mapped_arguments(Interpreter& vm, Value environment, uint32_t map);
// An arguments object of sloppy code that is tied to no parameter.
Value create_arguments_of(Interpreter& vm, Passed<std::span<const Value>> arguments, Value callee);
Completion<Value> create_rest(Interpreter& vm, uint32_t first);

// --- `caller` and `arguments` of functions: legacy_functions.cpp ---
bool has_legacy_properties(const Closure* function);
Value legacy_function_property(Agent& agent, Closure* function, bool is_caller);

// --- Calls: calls.cpp ---
// Empty: a frame has been pushed.
Completion<Value> call_slow(Interpreter& vm, Value* window, uint32_t argument_count, uint32_t result);
// window[1] is new.target. Empty: a frame has been pushed.
Completion<Value> construct_slow(Interpreter& vm, Value* window, uint32_t argument_count, uint32_t result);
// The same with the arguments in the array at window[2].
Completion<Value> call_spread(Interpreter& vm, Value* window, uint32_t result);
Completion<Value> call_spread_last(Interpreter& vm, Value* window, uint32_t argument_count, uint32_t result);
Completion<Value> construct_spread(Interpreter& vm, Value* window, uint32_t result);
Completion<Value> construct_forward(Interpreter& vm, uint32_t result);
Completion<Value> get_super_constructor(Interpreter& vm, Value function);
// Also polls. REQUIRES: window .. window + 2 + argument_count lie below the stack's limit.
Completion<void> push_frame(Interpreter& vm, Code* code, Environment* environment, Value* window, uint32_t argument_count,
                            Value new_target, uint32_t result, uint32_t flags);
Completion<Value> run_program(Agent& agent, Code* code, Environment* environment, Value this_value);
// --- Tail calls: tail_calls.cpp ---
// Whether the frame is done when the running call, whose result goes to the register `result`, is.
bool is_tail_call(const Frame& frame, uint32_t result);
inline bool replaces_frame(const Interpreter& vm, uint32_t result) {
  if (vm.frame < vm.kept_frames && vm.agent.stack_top <= vm.kept_stack) return false;
  const auto next = static_cast<bytecode::Opcode>(*vm.frame->pc & 0xff);
  if (next != bytecode::Opcode::return_ && next != bytecode::Opcode::jump_ && next != bytecode::Opcode::wide_) return false;
  return is_tail_call(*vm.frame, result);
}
// The callee in the window, a Closure that may be called, takes over the innermost frame. Also polls.
Completion<void> replace_frame(Interpreter& vm, Value* window, uint32_t argument_count);
// Frame popping, for all that leave one.
void pop_frame(Interpreter& vm);
// The entries of the call table: C++ calling a function.
Completion<Value> call_closure_from_native(Agent& agent, Object* callee, Value this_value, Passed<std::span<const Value>> arguments);
Completion<Object*> construct_closure_from_native(Agent& agent, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target);
Completion<Value> call_native_from_native(Agent& agent, Object* callee, Value this_value, Passed<std::span<const Value>> arguments);
Completion<Object*> construct_native_from_native(Agent& agent, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target);
Shape* instance_shape(Agent& agent, Closure* new_target);
void learn_instance_size(Value instance, Value new_target);
Completion<Value> check_derived_return(Interpreter& vm, Value value, Value this_value);
// The exception under way leaves the innermost frame, or is caught. Thrown: run() is left; empty: the
// loop goes on in the innermost frame; else an async function has turned it into its result, and
// run() is left with that.
Completion<Value> unwind(Interpreter& vm);
// Leaves the innermost frame with a value, which becomes the caller's register; the same results.
Value leave_frame(Interpreter& vm, Value value);

// --- Operators ---
Completion<Value> concat(Interpreter& vm, const Value* strings, uint32_t count);
Completion<Value> coerce_this(Interpreter& vm, Value value);

// --- Names: global_names.cpp, dynamic_names.cpp ---
enum class Unresolvable : uint8_t { kThrow, kUndefined };
Completion<Value> get_global_slow(Interpreter& vm, FlatString* name, InlineCache* cache, Unresolvable unresolvable);
Completion<void> put_global_slow(Interpreter& vm, FlatString* name, Value value, bool strict, InlineCache* cache);
Completion<Value> has_global(Interpreter& vm, FlatString* name);
Completion<Value> delete_global(Interpreter& vm, FlatString* name);
void initialize_global(Interpreter& vm, FlatString* name, Value value);
Completion<void> declare_globals(Interpreter& vm, uint32_t declarations);
Completion<void> declare_global_function(Interpreter& vm, FlatString* name, Value function, bool deletable);
Completion<void> declare_global_var(Interpreter& vm, FlatString* name, bool deletable);
Completion<bool> declare_global_annex_b(Interpreter& vm, FlatString* name, bool deletable);
Completion<bool> can_declare_global_var(Agent& agent, Object* global, PropertyKey key);
Completion<bool> can_declare_global_function(Agent& agent, Object* global, PropertyKey key);
bool has_lexical_declaration(Realm* realm, FlatString* name);

Completion<Value> get_name(Interpreter& vm, Value environment, FlatString* name, Unresolvable unresolvable);
// result[1] becomes the this value.
Completion<void> get_name_callee(Interpreter& vm, Value* result, Value environment, FlatString* name);
Completion<Value> resolve_name(Interpreter& vm, Value environment, FlatString* name);
Completion<Value> get_resolved(Interpreter& vm, Value reference, FlatString* name);
Completion<void> put_resolved(Interpreter& vm, Value reference, FlatString* name, Value value, bool strict);
Completion<Value> delete_name(Interpreter& vm, Value environment, FlatString* name);
Completion<void> declare_eval(Interpreter& vm, Value environment, uint32_t declarations);
Completion<void> declare_eval_function(Interpreter& vm, Value environment, FlatString* name, Value function);
Completion<void> declare_eval_var(Interpreter& vm, Value environment, FlatString* name);
Completion<bool> declare_eval_annex_b(Interpreter& vm, Value environment, FlatString* name);
Completion<void> put_eval_var(Interpreter& vm, Value environment, FlatString* name, Value value);
Value create_environment(Interpreter& vm, Value parent, uint32_t scope);
Value copy_environment(Interpreter& vm, Value source);

// --- Iteration: iteration.cpp ---
Completion<void> get_iterator_pair(Interpreter& vm, Value* pair, Value iterable);
// Whether the array is iterated by the original methods, so that no script can see how.
bool is_iterated_natively(Agent& agent, Array* array);
// Never the interpreter's own kind of iterator.
Completion<void> get_iterator_record(Interpreter& vm, Value* pair, Value iterable);
Completion<void> get_async_iterator_pair(Interpreter& vm, Value* pair, Value iterable);
// Empty: done.
Completion<Value> iterator_step(Interpreter& vm, Value* pair);
Completion<Value> iterator_next_call(Interpreter& vm, Value* pair);
// Empty: done.
Completion<Value> iterator_unwrap(Interpreter& vm, Value result);
Completion<Value> iterator_rest(Interpreter& vm, Value* pair);
Completion<void> iterator_close_pair(Interpreter& vm, Value* pair);
Completion<void> iterator_close_silent(Interpreter& vm, Value* pair);
Completion<Value> for_in_enumerate(Interpreter& vm, Value object);
// Empty: done.
Completion<Value> for_in_next(Interpreter& vm, Value enumerator);

// --- Generators and async functions: suspension.cpp, async_generator.cpp ---
// These leave the frame: results as leave_frame's.
Completion<Value> initial_yield(Interpreter& vm, const uint32_t* instruction);
Completion<Value> yield_value(Interpreter& vm, const uint32_t* instruction, Value value, bool is_delegate);
Completion<Value> await_value(Interpreter& vm, const uint32_t* instruction, Value value);
Completion<Value> async_return(Interpreter& vm, Value value);
Value generator_return(Interpreter& vm, Value value);
void async_start(Interpreter& vm);
// An exception leaves the frame of a generator or async function. Results as unwind's.
Completion<Value> leave_suspendable_by_throw(Interpreter& vm);

// --- Disposal: disposal.cpp ---
Value create_disposable_stack(Interpreter& vm);
Completion<void> add_disposable_resource(Interpreter& vm, Value stack, Value value, bool is_async);
Completion<void> dispose_step(Interpreter& vm, Value stack, Value* result, Value* action);
Value create_suppressed_error(Interpreter& vm, Value error, Value suppressed);

// --- Eval and modules: eval.cpp, module_loading.cpp ---
// The site of the call in registers; empty: a frame has been pushed (an ordinary call).
Completion<Value> call_eval(Interpreter& vm, Value* window, uint32_t argument_count, uint32_t result, Value environment, uint32_t site);
Completion<Value> call_eval_spread(Interpreter& vm, Value* window, uint32_t result, Value environment, uint32_t site);
Completion<Value> import_call(Interpreter& vm, Value specifier, Value options, int phase);
Completion<Value> import_meta(Interpreter& vm);
void register_module_kinds();

// --- Errors, with the text of the running instruction's expression: messages.cpp ---
// Errors know where they were made; of other values that are thrown the last place is kept for the report of an
// uncaught one.
void note_thrown(Interpreter& vm, Value value);
Thrown throw_not_a_function(Interpreter& vm, Value callee);
Thrown throw_not_a_constructor(Interpreter& vm, Value callee);
Thrown throw_not_a_super_constructor(Interpreter& vm, Value callee);
Thrown throw_not_iterable(Interpreter& vm, Value value, IteratorKind kind = IteratorKind::kSync);
Thrown throw_cannot_read(Interpreter& vm, Value object, Value key);
Thrown throw_cannot_set(Interpreter& vm, Value object, Value key);
Thrown throw_cannot_read(Interpreter& vm, Value object, PropertyKey key);
Thrown throw_cannot_set(Interpreter& vm, Value object, PropertyKey key);
Thrown throw_not_coercible(Interpreter& vm, Value value, FlatString* property);
Thrown throw_not_an_object(Interpreter& vm, Value value);
Thrown throw_not_defined(Interpreter& vm, FlatString* name);
Thrown throw_uninitialized(Interpreter& vm, FlatString* name);
Thrown throw_const_assignment(Interpreter& vm);
Thrown throw_this_uninitialized(Interpreter& vm);
// Strings as they are, the rest as messages show it.
std::string plain_text(Agent& agent, Value value);
Thrown throw_kind(Interpreter& vm, uint32_t kind, FlatString* message);

// The environment in a register: undefined stands for the global environment.
inline Environment* as_environment(Value value) {
  return value.is_cell() ? static_cast<Environment*>(value.as_cell()) : nullptr;
}
inline Value environment_value(Environment* environment) {
  return environment == nullptr ? Value::undefined() : Value::cell(environment);
}

// Restores the realm and the stack around a nested run.
class NestedRun {
 public:
  explicit NestedRun(Agent& agent) : agent_(agent), realm_(agent.realm()), top_(agent.stack_top) {}
  ~NestedRun() {
    agent_.set_realm(realm_);
    agent_.stack_top = top_;
  }
  NestedRun(const NestedRun&) = delete;
  NestedRun& operator=(const NestedRun&) = delete;

 private:
  Agent& agent_;
  Realm* realm_;
  Value* top_;
};

}  // namespace skein
