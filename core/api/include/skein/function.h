// Bound functions and classes.
//
//   context.bind("add", [](int a, int b) { return a + b; });
//
// A bound callable may take
//   const Context&           the context that calls
//   Call&                    the whole call: receiver, arguments, new.target
//   T& of a bound class      the object itself, which lives as long as the call at least
//   std::string_view, std::span<uint8_t>    valid during the call (bytes: until it runs script)
//   Rest                     all arguments from there on
// and whatever Converter knows; missing arguments are undefined, so trailing std::optional parameters may
// be left out. It returns void, a value that Converter knows, or a Result of one; a failed Result throws:
// Error::type_error("..."), Error::range_error(...), or the Error of an operation of this API, which
// passes script's own exceptions and terminations on.
//
// THREADS   A callable runs in the thread that is in the context. One that is bound in several contexts
// is called from several threads at once, and so are the C++ objects that they share: their safety is the
// embedder's.
// Do not let C++ exceptions out of it: the engine is built without them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "skein/convert.h"

namespace skein::api {

// A call of a bound function under way. Not kept beyond it.
class Call {
 public:
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  SKEIN_API size_t size() const;                   // arguments given
  SKEIN_API Value operator[](size_t index) const;  // undefined beyond
  SKEIN_API Value receiver() const;                // `this`
  SKEIN_API Value new_target() const;              // undefined unless called by `new`
  SKEIN_API Context context() const;

  // The outcome; the last one counts. undefined without any.
  void returns(Value value) { result_ = std::move(value); }
  void fails(Error error) { error_ = std::move(error); }

  // For the templates below.
  SKEIN_API void return_text(std::string_view utf8);
  SKEIN_API void return_object(std::shared_ptr<void> object);  // of the class whose constructor is called
  SKEIN_API bool read_text(size_t index, std::string& text);   // false: has failed
  SKEIN_API void* read_receiver(const void* tag);              // null: has failed
  SKEIN_API void* read_object(size_t index, const void* tag);  // null: has failed
  SKEIN_API void fail_argument(size_t index, const Error& error);

 private:
  friend class detail::ContextState;
  Call(detail::ContextState* state, const void* info) : state_(state), info_(info) {}
  detail::ContextState* state_;
  const void* info_;
  Value result_;
  uint64_t raw_result_ = 0;  // a string, not looked at by script before it is returned
  bool has_raw_result_ = false;
  std::shared_ptr<void> object_;
  std::optional<Error> error_;
};

// Parameter that takes all arguments from there on.
struct Rest : std::vector<Value> {};

namespace detail {

// A callable without its type.
struct Function {
  std::shared_ptr<void> target;
  void (*invoke)(void* target, Call& call) = nullptr;
  int length = 0;  // the function's `length`
};

struct ClassDefinition {
  struct Member {
    enum class Kind : uint8_t { kMethod, kAccessor, kStaticMethod };
    Kind kind;
    std::string name;
    Function function;
    Function setter;
  };
  std::string name;
  const void* tag = nullptr;
  Function constructor;
  std::vector<Member> members;
  // Clones: see Class.
  std::function<Result<std::vector<uint8_t>>(const void*)> write;
  std::function<Result<std::shared_ptr<void>>(std::span<const uint8_t>)> read;
  bool is_shared = false;
  bool is_transferable = false;
};

// --- Parameters ---

// A parameter of another kind of type: a reference to an object of a bound class.
template <typename T>
struct Argument {
  static constexpr size_t kConsumed = 1;
  using Plain = std::remove_cvref_t<T>;
  static constexpr bool kIsObject = std::is_lvalue_reference_v<T> && std::is_class_v<Plain> && !requires(const Value& value) { Converter<Plain>::from(value); };
  using Storage = std::conditional_t<kIsObject, Plain*, std::optional<Plain>>;
  Storage storage{};
  bool read(Call& call, size_t index) {
    if constexpr (kIsObject) {
      storage = static_cast<Plain*>(call.read_object(index, tag_of<Plain>()));
      return storage != nullptr;
    } else if constexpr (std::is_same_v<Plain, std::string>) {
      return call.read_text(index, storage.emplace());
    } else {
      auto converted = Converter<Plain>::from(call[index]);
      if (!converted) {
        call.fail_argument(index, converted.error());
        return false;
      }
      storage.emplace(std::move(*converted));
      return true;
    }
  }
  decltype(auto) get() {
    if constexpr (kIsObject || std::is_lvalue_reference_v<T>) return static_cast<Plain&>(*storage);
    else return static_cast<Plain&&>(*storage);
  }
};
template <typename T>
  requires std::is_same_v<std::remove_cvref_t<T>, std::string_view>
struct Argument<T> {
  static constexpr size_t kConsumed = 1;
  std::string storage;
  bool read(Call& call, size_t index) { return call.read_text(index, storage); }
  std::string_view get() { return storage; }
};
template <typename T>
  requires(std::is_same_v<std::remove_cvref_t<T>, std::span<uint8_t>> || std::is_same_v<std::remove_cvref_t<T>, std::span<const uint8_t>>)
struct Argument<T> {
  static constexpr size_t kConsumed = 1;
  std::span<uint8_t> storage;
  bool read(Call& call, size_t index) {
    auto bytes = call[index].bytes();
    if (bytes) storage = *bytes;
    else call.fail_argument(index, bytes.error());
    return bytes.ok();
  }
  std::remove_cvref_t<T> get() { return storage; }
};
template <typename T>
  requires std::is_same_v<std::remove_cvref_t<T>, Call>
struct Argument<T> {
  static constexpr size_t kConsumed = 0;
  Call* storage = nullptr;
  bool read(Call& call, size_t) {
    storage = &call;
    return true;
  }
  Call& get() { return *storage; }
};
template <typename T>
  requires std::is_same_v<std::remove_cvref_t<T>, Rest>
struct Argument<T> {
  static constexpr size_t kConsumed = 0;
  Rest storage;
  bool read(Call& call, size_t index) {
    for (; index < call.size(); ++index) storage.push_back(call[index]);
    return true;
  }
  Rest& get() { return storage; }
};

// --- Results ---

template <typename T>
struct IsResult : std::false_type {};
template <typename T>
struct IsResult<Result<T>> : std::true_type {};

template <typename T>
void return_result(Call& call, T&& value);

// --- Signatures ---

template <typename R, typename... A>
struct Signature {
  static constexpr size_t kCount = (size_t{0} + ... + Argument<A>::kConsumed);

  template <typename F>
  static void apply(F&& function, Call& call) {
    apply_each(std::forward<F>(function), call, std::index_sequence_for<A...>());
  }

 private:
  template <size_t Index>
  static constexpr size_t position() {
    constexpr size_t kConsumed[] = {Argument<A>::kConsumed..., 0};
    size_t sum = 0;
    for (size_t i = 0; i < Index; ++i) sum += kConsumed[i];
    return sum;
  }
  template <typename F, size_t... I>
  static void apply_each(F&& function, Call& call, std::index_sequence<I...>) {
    std::tuple<Argument<A>...> arguments;
    if (!(std::get<I>(arguments).read(call, position<I>()) && ...)) return;
    if constexpr (std::is_void_v<R>) function(std::get<I>(arguments).get()...);
    else return_result(call, function(std::get<I>(arguments).get()...));
  }
};

// The signature of a callable; of one whose first parameter is the object for methods.
template <typename F>
struct SignatureOf : SignatureOf<decltype(&F::operator())> {};
template <typename R, typename... A>
struct SignatureOf<R (*)(A...)> {
  using Type = Signature<R, A...>;
};
template <typename C, typename R, typename... A>
struct SignatureOf<R (C::*)(A...)> : SignatureOf<R (*)(A...)> {
  using Class = C;
};
template <typename C, typename R, typename... A>
struct SignatureOf<R (C::*)(A...) const> : SignatureOf<R (*)(A...)> {
  using Class = C;
};
template <typename C, typename R, typename... A>
struct SignatureOf<R (C::*)(A...) noexcept> : SignatureOf<R (C::*)(A...)> {};
template <typename C, typename R, typename... A>
struct SignatureOf<R (C::*)(A...) const noexcept> : SignatureOf<R (C::*)(A...) const> {};
template <typename R, typename... A>
struct SignatureOf<R (*)(A...) noexcept> : SignatureOf<R (*)(A...)> {};

// The same parameters, without a result.
template <typename S>
struct Constructed;
template <typename R, typename... A>
struct Constructed<Signature<R, A...>> : Signature<void, A...> {};

// Drops the first parameter.
template <typename S>
struct MethodSignature;
template <typename R, typename Self, typename... A>
struct MethodSignature<Signature<R, Self, A...>> {
  using Type = Signature<R, A...>;
};

template <typename F>
Function make_function(F&& callable) {
  using Stored = std::decay_t<F>;
  using S = typename SignatureOf<Stored>::Type;
  Function function;
  function.target = std::make_shared<Stored>(std::forward<F>(callable));
  function.invoke = [](void* target, Call& call) { S::apply(*static_cast<Stored*>(target), call); };
  function.length = static_cast<int>(S::kCount);
  return function;
}

// A member function of T, or a callable whose first parameter is T&.
template <typename T, typename F>
Function make_method(F&& callable) {
  using Stored = std::decay_t<F>;
  Function function;
  function.target = std::make_shared<Stored>(std::forward<F>(callable));
  if constexpr (std::is_member_function_pointer_v<Stored>) {
    using S = typename SignatureOf<Stored>::Type;
    function.length = static_cast<int>(S::kCount);
    function.invoke = [](void* target, Call& call) {
      auto* self = static_cast<T*>(call.read_receiver(tag_of<T>()));
      if (self == nullptr) return;
      auto member = *static_cast<Stored*>(target);
      S::apply([&](auto&&... arguments) -> decltype(auto) { return (self->*member)(std::forward<decltype(arguments)>(arguments)...); }, call);
    };
  } else {
    using S = typename MethodSignature<typename SignatureOf<Stored>::Type>::Type;
    function.length = static_cast<int>(S::kCount);
    function.invoke = [](void* target, Call& call) {
      auto* self = static_cast<T*>(call.read_receiver(tag_of<T>()));
      if (self == nullptr) return;
      S::apply([&](auto&&... arguments) -> decltype(auto) { return (*static_cast<Stored*>(target))(*self, std::forward<decltype(arguments)>(arguments)...); }, call);
    };
  }
  return function;
}

}  // namespace detail

// What a class looks like to script. Bound in any number of contexts (Context::bind), on any threads,
// once it is complete; the objects are std::shared_ptr<T>, which contexts may share.
//
//   skein::Class<Counter> counter("Counter");
//   counter.constructor<int>().method("add", &Counter::add).property("value", &Counter::value);
//   context.bind(counter);
//
// A method called on anything but an object of the class throws a TypeError. Script may extend the class.
template <typename T>
class Class {
 public:
  explicit Class(std::string name) : definition_(std::make_shared<detail::ClassDefinition>()) {
    definition_->name = std::move(name);
    definition_->tag = detail::tag_of<T>();
  }

  // new Name(...) makes a T from those arguments. Without a constructor, `new` throws a TypeError.
  template <typename... A>
  Class& constructor() {
    return constructor([](A... arguments) { return std::make_shared<T>(std::forward<A>(arguments)...); });
  }
  // The callable returns std::shared_ptr<T> or a Result of it.
  template <typename F>
  Class& constructor(F&& callable);
  // A member function, or a callable with T& as its first parameter.
  template <typename F>
  Class& method(std::string name, F&& callable) {
    return add(Kind::kMethod, std::move(name), detail::make_method<T>(std::forward<F>(callable)));
  }
  template <typename F>
  Class& static_method(std::string name, F&& callable) {
    return add(Kind::kStaticMethod, std::move(name), detail::make_function(std::forward<F>(callable)));
  }
  // An accessor; without a setter, assignment in strict code is a TypeError.
  template <typename G>
  Class& property(std::string name, G&& getter) {
    return add(Kind::kAccessor, std::move(name), detail::make_method<T>(std::forward<G>(getter)));
  }
  template <typename G, typename S>
  Class& property(std::string name, G&& getter, S&& setter) {
    return add(Kind::kAccessor, std::move(name), detail::make_method<T>(std::forward<G>(getter)), detail::make_method<T>(std::forward<S>(setter)));
  }
  // A data member, read and written.
  template <typename M>
  Class& field(std::string name, M T::* member) {
    return property(std::move(name), [member](T& self) { return self.*member; }, [member](T& self, M value) { self.*member = std::move(value); });
  }

  // --- Structured clone: see clone.h ---
  // Objects are written to bytes and read back, as new ones, under the name of the class; there it must be
  // bound, too. `write` takes a const T& and gives std::vector<uint8_t> or a Result of it; `read` takes a
  // std::span<const uint8_t>, which it must not trust, and gives std::shared_ptr<T> or a Result of it. Called
  // in the context that is entered.
  template <typename W, typename R>
  Class& clone_as_bytes(W&& write, R&& read) {
    definition_->write = [write = std::forward<W>(write)](const void* object) -> Result<std::vector<uint8_t>> {
      return write(*static_cast<const T*>(object));
    };
    definition_->read = [read = std::forward<R>(read)](std::span<const uint8_t> bytes) -> Result<std::shared_ptr<void>> {
      Result<std::shared_ptr<T>> made = read(bytes);
      if (!made) return made.error();
      return std::static_pointer_cast<void>(*made);
    };
    return *this;
  }
  // Clones within the process are the same C++ object, in both contexts.
  Class& clone_shared() {
    definition_->is_shared = true;
    return *this;
  }
  // Objects can be named in transfer lists: the C++ object moves to the other context, and what is left
  // here throws TypeErrors.
  Class& transferable() {
    definition_->is_transferable = true;
    return *this;
  }

 private:
  friend class Context;
  using Kind = detail::ClassDefinition::Member::Kind;
  Class& add(Kind kind, std::string name, detail::Function function, detail::Function setter = {}) {
    definition_->members.push_back({kind, std::move(name), std::move(function), std::move(setter)});
    return *this;
  }
  std::shared_ptr<detail::ClassDefinition> definition_;
};

}  // namespace skein::api
