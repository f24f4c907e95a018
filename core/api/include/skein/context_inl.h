// The templates that need the whole of Context. Included by context.h.
#pragma once

#include <array>

#include "skein/context.h"

namespace skein::api {

namespace detail {

template <typename T>
  requires std::is_same_v<std::remove_cvref_t<T>, Context>
struct Argument<T> {
  static constexpr size_t kConsumed = 0;
  Context storage;
  bool read(Call& call, size_t) {
    storage = call.context();
    return true;
  }
  Context& get() { return storage; }
};

template <typename T>
void return_result(Call& call, T&& value) {
  using Plain = std::remove_cvref_t<T>;
  if constexpr (IsResult<Plain>::value) {
    if (!value) call.fails(value.error());
    else if constexpr (!std::is_void_v<typename Plain::value_type>) return_result(call, *std::forward<T>(value));
  } else if constexpr (std::is_same_v<Plain, Value>) {
    call.returns(std::forward<T>(value));
  } else if constexpr (std::is_same_v<Plain, bool> || std::is_floating_point_v<Plain>) {
    call.returns(Value(value));
  } else if constexpr (Integer<Plain> && sizeof(Plain) < 8) {
    call.returns(Value(static_cast<double>(value)));
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    call.return_text(value);
  } else {
    auto converted = Converter<Plain>::to(call.context(), value);
    if (converted) call.returns(*std::move(converted));
    else call.fails(converted.error());
  }
}

// The arguments as Values, or the first conversion's error.
template <typename... A>
Result<std::array<Value, sizeof...(A)>> convert_all(const Context& context, const A&... arguments) {
  std::array<Value, sizeof...(A)> values;
  std::optional<Error> failed;
  [[maybe_unused]] size_t index = 0;
  [[maybe_unused]] auto convert = [&](const auto& argument) {
    auto converted = Converter<std::remove_cvref_t<decltype(argument)>>::to(context, argument);
    if (converted) values[index++] = *std::move(converted);
    else failed = converted.error();
    return !failed;
  };
  (void)(convert(arguments) && ...);
  if (failed) return *failed;
  return values;
}

}  // namespace detail

template <typename T>
Result<T> Value::to() const {
  return Converter<T>::from(*this);
}

template <typename T>
Result<void> Value::set(std::string_view key, const T& value) const {
  auto converted = Converter<T>::to(context(), value);
  return converted ? set_value(key, *converted) : Result<void>(converted.error());
}
template <typename T>
Result<void> Value::set(uint32_t index, const T& value) const {
  auto converted = Converter<T>::to(context(), value);
  return converted ? set_value(index, *converted) : Result<void>(converted.error());
}

template <typename... A>
Result<Value> Value::call(const A&... arguments) const {
  return call_on(Value(), arguments...);
}
template <typename... A>
Result<Value> Value::call_on(const Value& receiver, const A&... arguments) const {
  auto values = detail::convert_all(context(), arguments...);
  return values ? call_with(receiver, *values) : Result<Value>(values.error());
}
template <typename... A>
Result<Value> Value::invoke(std::string_view method, const A&... arguments) const {
  auto function = get(method);
  return function ? function->call_on(*this, arguments...) : function;
}
template <typename... A>
Result<Value> Value::construct(const A&... arguments) const {
  auto values = detail::convert_all(context(), arguments...);
  return values ? construct_with(*values) : Result<Value>(values.error());
}

template <typename T>
Result<Value> Context::value(const T& value) const {
  return Converter<T>::to(*this, value);
}
template <typename F>
Result<Value> Context::function(std::string_view name, F&& function) const {
  return make_function(name, detail::make_function(std::forward<F>(function)));
}
template <typename F>
Result<void> Context::bind(std::string_view name, F&& function) const {
  auto made = this->function(name, std::forward<F>(function));
  return made ? set_global(name, *made) : Result<void>(made.error());
}
template <typename T>
Result<Value> Context::bind(const Class<T>& definition) const {
  return bind_class(definition.definition_);
}
template <typename T>
Result<Value> Context::wrap(std::shared_ptr<T> object) const {
  return Converter<std::shared_ptr<T>>::to(*this, object);
}

template <typename T>
Result<void> Resolver::resolve(T value) const {
  return settle([value = std::move(value)](const Context& context) { return Converter<T>::to(context, value); }, true);
}

template <typename T>
template <typename F>
Class<T>& Class<T>::constructor(F&& callable) {
  using Stored = std::decay_t<F>;
  using S = typename detail::SignatureOf<Stored>::Type;
  detail::Function& function = definition_->constructor;
  function.target = std::make_shared<Stored>(std::forward<F>(callable));
  function.length = static_cast<int>(S::kCount);
  function.invoke = [](void* target, Call& call) {
    // The signature's result is taken here, not converted: the wrapper is made by the constructor.
    detail::Constructed<S>::apply([&](auto&&... arguments) {
      auto made = (*static_cast<Stored*>(target))(std::forward<decltype(arguments)>(arguments)...);
      if constexpr (detail::IsResult<decltype(made)>::value) {
        if (!made) call.fails(made.error());
        else call.return_object(*std::move(made));
      } else {
        call.return_object(std::move(made));
      }
    }, call);
  };
  return *this;
}

}  // namespace skein::api
