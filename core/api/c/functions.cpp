// Bound functions, and classes whose type is known at run time alone.
#include <atomic>

#include "core/api/c/handles.h"

using namespace skein::api::c;
using skein::api::Call;
using skein::api::Context;
using skein::api::Error;
using skein::api::Result;
using skein::api::Value;
using skein::api::detail::ClassDefinition;
using skein::api::detail::Function;

namespace skein::api::detail {

// What Class<T> has templates for.
struct Untyped {
  static Result<Value> function(const Context& context, std::string_view name, Function function) { return context.make_function(name, std::move(function)); }
  static Result<void> bind(const Context& context, std::string_view name, const Value& value) { return context.set_global(name, value); }
  static Result<Value> bind_class(const Context& context, std::shared_ptr<const ClassDefinition> definition) { return context.bind_class(std::move(definition)); }
  static Result<Value> wrap(const Context& context, const void* tag, std::shared_ptr<void> object) { return context.wrap_object(tag, std::move(object)); }
};

}  // namespace skein::api::detail

using skein::api::detail::Untyped;

struct skein_call {
  Call& call;
  void* data;
};

struct skein_class {
  std::shared_ptr<ClassDefinition> definition = std::make_shared<ClassDefinition>();
  std::atomic<bool> is_bound{false};  // release when it is set, acquire where it is seen: the definition is complete
};

namespace {

// What a bound C function owns.
struct Callback {
  skein_callback function;
  SharedUser user;
  const void* tag;  // of the class whose objects it is called on; null: any receiver

  void call(Call& call, void* data) const {
    skein_call handle{call, data};
    function(user->get(), &handle);
  }
};

enum class Receiver : uint8_t { kAny, kObjectOfClass };

Function make_function(const skein_class* definition, Receiver receiver, int length, skein_callback callback, SharedUser user) {
  Function function;
  function.length = length;
  const void* tag = receiver == Receiver::kObjectOfClass ? definition->definition->tag : nullptr;
  function.target = std::make_shared<Callback>(callback, std::move(user), tag);
  function.invoke = [](void* target, Call& call) {
    auto* callback = static_cast<Callback*>(target);
    if (callback->tag == nullptr) return callback->call(call, nullptr);
    auto* object = static_cast<HostData*>(call.read_receiver(callback->tag));
    if (object != nullptr) callback->call(call, object->data);
  };
  return function;
}

bool is_complete(const skein_class* definition) { return definition->is_bound.load(std::memory_order_acquire); }

skein_status add_member(skein_class* definition, ClassDefinition::Member::Kind kind, const char* name, Function function, Function setter = {}) {
  if (is_complete(definition)) return SKEIN_INVALID;
  definition->definition->members.push_back({kind, std::string(text_of(name)), std::move(function), std::move(setter)});
  return SKEIN_OK;
}

}  // namespace

// --- Functions ----------------------------------------------------------------------------------------------------

skein_status skein_bind(skein_context* context, const char* name, skein_callback callback, void* user, void (*free_user)(void* user), skein_error** error) {
  auto function = Untyped::function(in(context), text_of(name), make_function(nullptr, Receiver::kAny, 0, callback, share(user, free_user)));
  if (!function) return fail(function.error(), error);
  return give(Untyped::bind(in(context), text_of(name), *function), error);
}
skein_status skein_function(skein_context* context, const char* name, int length, skein_callback callback, void* user, void (*free_user)(void* user), skein_value** out, skein_error** error) {
  return give(Untyped::function(in(context), text_of(name), make_function(nullptr, Receiver::kAny, length, callback, share(user, free_user))), out, error);
}

size_t skein_call_count(const skein_call* call) { return call->call.size(); }
skein_value* skein_call_argument(const skein_call* call, size_t index) { return new skein_value{call->call[index]}; }
skein_value* skein_call_receiver(const skein_call* call) { return new skein_value{call->call.receiver()}; }
skein_value* skein_call_new_target(const skein_call* call) { return new skein_value{call->call.new_target()}; }
skein_context* skein_call_context(const skein_call* call) { return new skein_context{call->call.context()}; }
void* skein_call_data(const skein_call* call) { return call->data; }
void skein_call_return(skein_call* call, const skein_value* value) { call->call.returns(value_of(value)); }
void skein_call_return_text(skein_call* call, const char* text, size_t length) { call->call.return_text({text, length}); }
void skein_call_throw(skein_call* call, const char* message) { call->call.fails(Error::type_error(std::string(text_of(message)))); }
void skein_call_throw_error(skein_call* call, const skein_error* error) { call->call.fails(error->error); }
void skein_call_construct(skein_call* call, void* data, void (*free_data)(void* data)) {
  call->call.return_object(std::make_shared<HostData>(data, free_data));
}

// --- Classes ------------------------------------------------------------------------------------------------------

skein_class* skein_class_new(const char* name) {
  auto* made = new skein_class;
  made->definition->name = text_of(name);
  made->definition->tag = made->definition.get();  // contexts that know the tag keep the definition
  return made;
}
void skein_class_free(skein_class* definition) { delete definition; }

skein_status skein_class_constructor(skein_class* definition, int length, skein_callback callback, void* user, void (*free_user)(void* user)) {
  Function function = make_function(definition, Receiver::kAny, length, callback, share(user, free_user));
  if (is_complete(definition)) return SKEIN_INVALID;
  definition->definition->constructor = std::move(function);
  return SKEIN_OK;
}
skein_status skein_class_method(skein_class* definition, const char* name, int length, skein_callback callback, void* user, void (*free_user)(void* user)) {
  return add_member(definition, ClassDefinition::Member::Kind::kMethod, name,
                    make_function(definition, Receiver::kObjectOfClass, length, callback, share(user, free_user)));
}
skein_status skein_class_static_method(skein_class* definition, const char* name, int length, skein_callback callback, void* user, void (*free_user)(void* user)) {
  return add_member(definition, ClassDefinition::Member::Kind::kStaticMethod, name,
                    make_function(definition, Receiver::kAny, length, callback, share(user, free_user)));
}
skein_status skein_class_property(skein_class* definition, const char* name, skein_callback getter, skein_callback setter, void* user, void (*free_user)(void* user)) {
  SharedUser shared = share(user, free_user);
  Function set;
  if (setter != nullptr) set = make_function(definition, Receiver::kObjectOfClass, 1, setter, shared);
  return add_member(definition, ClassDefinition::Member::Kind::kAccessor, name,
                    make_function(definition, Receiver::kObjectOfClass, 0, getter, shared), std::move(set));
}

skein_status skein_class_clone_as_bytes(skein_class* definition, void (*write)(void* user, void* data, skein_reply* reply), void (*read)(void* user, const uint8_t* bytes, size_t length, skein_reply* reply), void* user, void (*free_user)(void* user)) {
  SharedUser shared = share(user, free_user);
  if (is_complete(definition)) return SKEIN_INVALID;
  definition->definition->write = [write, shared](const void* object) -> Result<std::vector<uint8_t>> {
    skein_reply reply;
    write(shared->get(), static_cast<const HostData*>(object)->data, &reply);
    if (!reply.text) return reply.text.error();
    return std::vector<uint8_t>(reply.text->begin(), reply.text->end());
  };
  definition->definition->read = [read, shared](std::span<const uint8_t> bytes) -> Result<std::shared_ptr<void>> {
    skein_reply reply;
    read(shared->get(), bytes.data(), bytes.size(), &reply);
    if (reply.data == nullptr) return reply.text ? Error("A class has read no object from its bytes") : reply.text.error();
    return std::static_pointer_cast<void>(reply.data);
  };
  return SKEIN_OK;
}
skein_status skein_class_clone_shared(skein_class* definition) {
  if (is_complete(definition)) return SKEIN_INVALID;
  definition->definition->is_shared = true;
  return SKEIN_OK;
}
skein_status skein_class_transferable(skein_class* definition) {
  if (is_complete(definition)) return SKEIN_INVALID;
  definition->definition->is_transferable = true;
  return SKEIN_OK;
}

skein_status skein_bind_class(skein_context* context, skein_class* definition, skein_value** out, skein_error** error) {
  definition->is_bound.store(true, std::memory_order_release);
  auto constructor = Untyped::bind_class(in(context), definition->definition);
  if (!constructor) return fail(constructor.error(), error);
  if (out != nullptr) *out = new skein_value{*std::move(constructor)};
  return SKEIN_OK;
}
skein_status skein_wrap(skein_context* context, const skein_class* definition, void* data, void (*free_data)(void* data), skein_value** out, skein_error** error) {
  return give(Untyped::wrap(in(context), definition->definition->tag, std::make_shared<HostData>(data, free_data)), out, error);
}
skein_status skein_unwrap(const skein_value* value, const skein_class* definition, void** out, skein_error** error) {
  auto object = skein::api::detail::unwrap(value_of(value), definition->definition->tag);
  if (!object) return fail(object.error(), error);
  *out = static_cast<HostData*>(object->get())->data;
  return SKEIN_OK;
}

// --- Replies ------------------------------------------------------------------------------------------------------

void skein_reply_text(skein_reply* reply, const char* text, size_t length) { reply->text = std::string(text, length); }
void skein_reply_data(skein_reply* reply, void* data, void (*free_data)(void* data)) { reply->data = std::make_shared<HostData>(data, free_data); }
void skein_reply_throw(skein_reply* reply, const char* message) {
  reply->text = Error::type_error(std::string(text_of(message)));
  reply->data = nullptr;
}
void skein_reply_throw_error(skein_reply* reply, const skein_error* error) {
  reply->text = error->error;
  reply->data = nullptr;
}
