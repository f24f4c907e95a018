// https://tc39.es/ecma262/#sec-generatorfunction-objects, #sec-asyncgeneratorfunction-objects,
// #sec-generator-objects, #sec-asyncgenerator-objects and #sec-async-function-objects.
// Running them is the interpreter's.
#include "core/builtins/builtins.h"
#include "core/builtins/dynamic_function.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// --- The constructors, which no global names ---

Completion<Value> generator_function_constructor(Agent& agent, const CallInfo& info) {
  return Value(TRY(create_dynamic_function(agent, info, DynamicFunctionKind::kGenerator, Intrinsic::kGeneratorFunctionPrototype)));
}
Completion<Value> async_generator_function_constructor(Agent& agent, const CallInfo& info) {
  return Value(TRY(create_dynamic_function(agent, info, DynamicFunctionKind::kAsyncGenerator, Intrinsic::kAsyncGeneratorFunctionPrototype)));
}
Completion<Value> async_function_constructor(Agent& agent, const CallInfo& info) {
  return Value(TRY(create_dynamic_function(agent, info, DynamicFunctionKind::kAsync, Intrinsic::kAsyncFunctionPrototype)));
}

// --- %GeneratorPrototype% ---

constexpr int kNextMode = 0, kThrowMode = 1, kReturnMode = 2;

Completion<Value> resume_generator(Agent& agent, const CallInfo& info, int mode, std::string_view method) {
  if (!info.this_value().is_kind(CellKind::kGenerator)) return throw_incompatible_receiver(agent, method, info.this_value());
  return agent.script->generator_resume(agent, info.this_value().as_object(), mode, info[0]);
}
// https://tc39.es/ecma262/#sec-generator.prototype.next
Completion<Value> generator_next(Agent& agent, const CallInfo& info) { return resume_generator(agent, info, kNextMode, "[Generator].prototype.next"); }
// https://tc39.es/ecma262/#sec-generator.prototype.return
Completion<Value> generator_return(Agent& agent, const CallInfo& info) { return resume_generator(agent, info, kReturnMode, "[Generator].prototype.return"); }
// https://tc39.es/ecma262/#sec-generator.prototype.throw
Completion<Value> generator_throw(Agent& agent, const CallInfo& info) { return resume_generator(agent, info, kThrowMode, "[Generator].prototype.throw"); }

constexpr PropertySpec kGeneratorPrototype[] = {
    PropertySpec::function("next", generator_next, 1, Intrinsic::kGeneratorPrototypeNext),
    PropertySpec::function("return", generator_return, 1),
    PropertySpec::function("throw", generator_throw, 1),
    PropertySpec::tag("Generator"),
};

// --- %AsyncGeneratorPrototype%: a wrong receiver rejects ---

Completion<Value> resume_async_generator(Agent& agent, const CallInfo& info, int mode, std::string_view method) {
  if (info.this_value().is_kind(CellKind::kAsyncGenerator))
    return agent.script->async_generator_resume(agent, info.this_value().as_object(), mode, info[0]);
  Root<Object*> promise(agent, TRY(g_promise_hooks.new_promise(agent)));
  (void)throw_incompatible_receiver(agent, method, info.this_value());
  g_promise_hooks.reject(agent, promise, agent.take_exception());
  return Value(promise.get());
}
Completion<Value> async_generator_next(Agent& agent, const CallInfo& info) {
  return resume_async_generator(agent, info, kNextMode, "[AsyncGenerator].prototype.next");
}
Completion<Value> async_generator_return(Agent& agent, const CallInfo& info) {
  return resume_async_generator(agent, info, kReturnMode, "[AsyncGenerator].prototype.return");
}
Completion<Value> async_generator_throw(Agent& agent, const CallInfo& info) {
  return resume_async_generator(agent, info, kThrowMode, "[AsyncGenerator].prototype.throw");
}

constexpr PropertySpec kAsyncGeneratorPrototype[] = {
    PropertySpec::function("next", async_generator_next, 1),
    PropertySpec::function("return", async_generator_return, 1),
    PropertySpec::function("throw", async_generator_throw, 1),
    PropertySpec::tag("AsyncGenerator"),
};

constexpr PropertySpec kGeneratorFunctionPrototype[] = {PropertySpec::tag("GeneratorFunction")};
constexpr PropertySpec kAsyncGeneratorFunctionPrototype[] = {PropertySpec::tag("AsyncGeneratorFunction")};
constexpr PropertySpec kAsyncFunctionPrototype[] = {PropertySpec::tag("AsyncFunction")};

struct FunctionKind {
  const char* name;
  NativeFunctionPointer code;
  Intrinsic constructor;
  Intrinsic prototype;
  std::span<const PropertySpec> properties;
};

// A constructor and its prototype, linked without writable or global properties.
Object* define_function_kind(Agent& agent, Realm& realm, const FunctionKind& kind) {
  Object* prototype = make_object_with_prototype(agent, realm.intrinsic(Intrinsic::kFunctionPrototype));
  realm.set_intrinsic(kind.prototype, prototype);
  NativeFunction* constructor = make_native_function(agent, &realm, kind.code, 1, resolve_key(agent, kind.name), {},
                                                     realm.intrinsic(Intrinsic::kFunction), true);
  realm.set_intrinsic(kind.constructor, constructor);
  define_value(agent, constructor, "prototype", prototype, kNone);
  define_value(agent, prototype, "constructor", constructor, kConfigurable);
  define_properties(agent, realm, prototype, kind.properties);
  return prototype;
}

// %GeneratorFunction.prototype%.prototype and back.
void define_instances(Agent& agent, Realm& realm, Object* function_prototype, Intrinsic intrinsic, Intrinsic parent,
                      std::span<const PropertySpec> properties) {
  Object* prototype = make_object_with_prototype(agent, realm.intrinsic(parent));
  realm.set_intrinsic(intrinsic, prototype);
  define_value(agent, prototype, "constructor", function_prototype, kConfigurable);
  define_properties(agent, realm, prototype, properties);
  define_value(agent, function_prototype, "prototype", prototype, kConfigurable);
}

}  // namespace

void initialize_generator(Agent& agent, Realm& realm) {
  Object* generators = define_function_kind(agent, realm, {"GeneratorFunction", generator_function_constructor, Intrinsic::kGeneratorFunction,
                                                           Intrinsic::kGeneratorFunctionPrototype, kGeneratorFunctionPrototype});
  define_instances(agent, realm, generators, Intrinsic::kGeneratorPrototype, Intrinsic::kIteratorPrototype, kGeneratorPrototype);
  Object* async_generators =
      define_function_kind(agent, realm, {"AsyncGeneratorFunction", async_generator_function_constructor, Intrinsic::kAsyncGeneratorFunction,
                                          Intrinsic::kAsyncGeneratorFunctionPrototype, kAsyncGeneratorFunctionPrototype});
  define_instances(agent, realm, async_generators, Intrinsic::kAsyncGeneratorPrototype, Intrinsic::kAsyncIteratorPrototype, kAsyncGeneratorPrototype);
  define_function_kind(agent, realm, {"AsyncFunction", async_function_constructor, Intrinsic::kAsyncFunction,
                                      Intrinsic::kAsyncFunctionPrototype, kAsyncFunctionPrototype});
}

}  // namespace skein
