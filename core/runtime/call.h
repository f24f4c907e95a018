// How functions are called: what native functions receive, and the two interfaces through which the
// runtime reaches the interpreter (call) and the compiler (evaluate).
#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>

#include "core/base/passed.h"
#include "core/runtime/object.h"

namespace skein {

class NativeFunction;
class Module;

// The arguments of a call, viewed in place on the VM stack (they are rooted while the call lasts).
class CallInfo {
 public:
  CallInfo(NativeFunction* callee, Value this_value, const Value* arguments, uint32_t count, Value new_target)
      : arguments_(arguments), count_(count), this_value_(this_value), new_target_(new_target), callee_(callee) {}

  Value this_value() const { return this_value_; }
  uint32_t count() const { return count_; }
  // Undefined when missing.
  Value operator[](uint32_t index) const { return index < count_ ? arguments_[index] : Value::undefined(); }
  std::span<const Value> arguments() const { return {arguments_, count_}; }
  std::span<const Value> arguments_from(uint32_t index) const {
    return index < count_ ? std::span<const Value>(arguments_ + index, count_ - index) : std::span<const Value>();
  }
  // Undefined in a [[Call]], an object in a [[Construct]]. Rooted.
  Value new_target() const { return new_target_; }
  bool is_construct() const { return !new_target_.is_undefined(); }
  NativeFunction* callee() const { return callee_; }

 private:
  const Value* arguments_;
  uint32_t count_;
  Value this_value_;
  Value new_target_;
  NativeFunction* callee_;
};

// A [[Call]] has new_target undefined; a [[Construct]] of a native constructor has this undefined
// and must return an object.
using NativeFunctionPointer = Completion<Value> (*)(Agent&, const CallInfo&);

// https://tc39.es/ecma262/#sec-call; throws a TypeError when `function` is not callable.
Completion<Value> call(Agent& agent, Value function, Value this_value, Passed<std::span<const Value>> arguments = {});
inline Completion<Value> call(Agent& agent, Value function, Value this_value, std::initializer_list<Value> arguments) {
  return call(agent, function, this_value, std::span<const Value>(arguments.begin(), arguments.size()));
}
// https://tc39.es/ecma262/#sec-construct. REQUIRES: constructor and new_target are constructors.
Completion<Object*> construct(Agent& agent, Object* constructor, Passed<std::span<const Value>> arguments, Object* new_target);
inline Completion<Object*> construct(Agent& agent, Object* constructor, Passed<std::span<const Value>> arguments = {}) {
  return construct(agent, constructor, arguments, constructor);
}
inline Completion<Object*> construct(Agent& agent, Object* constructor, std::initializer_list<Value> arguments) {
  return construct(agent, constructor, std::span<const Value>(arguments.begin(), arguments.size()), constructor);
}
// https://tc39.es/ecma262/#sec-invoke
Completion<Value> invoke(Agent& agent, Value value, PropertyKey key, Passed<std::span<const Value>> arguments = {});
inline Completion<Value> invoke(Agent& agent, Value value, PropertyKey key, std::initializer_list<Value> arguments) {
  return invoke(agent, value, key, std::span<const Value>(arguments.begin(), arguments.size()));
}

// [[Call]] and [[Construct]] by kind of callable object. Natives, bound functions and closures are the
// runtime's; builtins/ adds proxies. Filled before the first agent.
struct CallMethods {
  Completion<Value> (*call)(Agent&, Object* callee, Value this_value, Passed<std::span<const Value>> arguments) = nullptr;
  Completion<Object*> (*construct)(Agent&, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target) = nullptr;
  Completion<Object*> (*proxy_target)(Agent&, Object* proxy) = nullptr;  // throws when revoked; GetFunctionRealm
};
extern CallMethods g_call_methods[256];
void register_call_methods();

// Calls one function many times: the callbacks of map, sort, replace. What is the same for every call is
// found out once. The function must stay rooted by the caller.
class CallbackInvoker {
 public:
  // REQUIRES: is_callable(function)
  CallbackInvoker(Agent& agent, Value function)
      : agent_(agent), function_(function.as_object()), call_(g_call_methods[function_->kind_byte()].call) {}
  Completion<Value> operator()(Value this_value, Passed<std::span<const Value>> arguments) {
    return call_(agent_, function_, this_value, arguments);
  }
  Completion<Value> operator()(Value this_value, std::initializer_list<Value> arguments) {
    return call_(agent_, function_, this_value, std::span<const Value>(arguments.begin(), arguments.size()));
  }

 private:
  Agent& agent_;
  Object* function_;
  decltype(CallMethods::call) call_;
};

enum class DynamicFunctionKind : uint8_t { kNormal, kGenerator, kAsync, kAsyncGenerator };

// One frame of the stack, for Error objects and messages.
struct StackFrame {
  std::string function;   // empty: anonymous or top level
  std::string source;     // file name or URL; "native" for natives
  uint32_t line = 0;      // 1-based; 0: unknown
  uint32_t column = 0;    // 1-based, in code units
};

// Set once by the interpreter library.
struct ScriptHooks {
  // `callee` is a Closure (interpreter/), the arguments are rooted.
  Completion<Value> (*call_closure)(Agent&, Object* callee, Value this_value, Passed<std::span<const Value>> arguments);
  Completion<Object*> (*construct_closure)(Agent&, Object* callee, Passed<std::span<const Value>> arguments, Object* new_target);
  // https://tc39.es/ecma262/#sec-performeval with indirect eval; `source` is a String.
  Completion<Value> (*indirect_eval)(Agent&, Realm*, String* source);
  // https://tc39.es/ecma262/#sec-createdynamicfunction, after its arguments have been made strings; with
  // the intrinsic prototype of its kind.
  Completion<Object*> (*create_dynamic_function)(Agent&, Realm*, DynamicFunctionKind, String* parameters, String* body);
  // Function.prototype.toString of a closure.
  Completion<Value> (*function_source_text)(Agent&, Object* closure);
  // Generator.prototype.next, throw and return (mode 0, 1, 2) after the kind of receiver has been checked.
  Completion<Value> (*generator_resume)(Agent&, Object* generator, int mode, Value value);
  Completion<Value> (*async_generator_resume)(Agent&, Object* generator, int mode, Value value);
  // The frames from the innermost outwards, at most `limit`; natives included. Frames above and
  // including the innermost call of `skip_until` are left out (when that is not null; when it is not on the
  // stack, the native function that asks). Behind them, "async f", those that wait for the outermost.
  void (*capture_stack)(Agent&, size_t limit, Object* skip_until, std::vector<StackFrame>& frames);
  // Where `value`, which is no Error, was thrown, if nothing of the kind was since.
  bool (*thrown_place)(Agent&, Value value, StackFrame& place);
  Realm* (*realm_of_closure)(Object* closure);
  // https://tc39.es/proposal-shadowrealm/#sec-performshadowrealmeval without the wrapping. *has_begun says whether
  // an exception is the script's own.
  Completion<Value> (*shadow_realm_eval)(Agent&, Realm* eval_realm, String* source, bool* has_begun);
  // The promise of the namespace of a module in `realm`, as import() there would make it.
  Completion<Object*> (*import_into_realm)(Agent&, Realm* realm, String* specifier);
  // https://tc39.es/ecma262/#sec-getactivescriptormodule as a referrer of imports (see interpreter/module.h); undefined: none.
  Value (*active_referrer)(Agent&);
  // A function declaration or expression of sloppy code, of the plain kind.
  bool (*is_sloppy_function)(Object* closure);
};

}  // namespace skein
