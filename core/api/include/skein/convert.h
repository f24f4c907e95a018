// Conversions between C++ and JavaScript, used by Value::to, Context::value, calls and bound functions.
//
//   bool                      boolean
//   integers, float, double   number. An integer that is not exact as a number (beyond 2^53) is a BigInt;
//                             64-bit integers are read from both. A fraction or a number out of range is
//                             no integer.
//   std::string, string_view  string, UTF-8
//   std::optional<T>          undefined (null is read as nothing, too), else T
//   std::vector<T>            array; read from typed arrays as well
//   std::map, unordered_map   plain object with string keys
//   std::vector<uint8_t>      ArrayBuffer, copied; read from views and arrays as well
//   std::shared_ptr<T>        object of the bound class T
//   Value                     itself
//
// Reading never coerces: a value of another type is an Error of kind kWrongType ("expected a number, not
// a string"). Other types: specialise Converter<T>.
// Thread rule: as Value: what looks into the heap enters the context.
#pragma once

#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "skein/result.h"

namespace skein::api {

// To be specialised:
//   static Result<Value> to(const Context& context, const T& value);
//   static Result<T> from(const Value& value);
template <typename T>
struct Converter;

namespace detail {

SKEIN_API Error wrong_type(std::string_view expected, const Value& value);
SKEIN_API Result<Value> make_string(const Context& context, std::string_view utf8);
SKEIN_API Result<Value> make_bigint(const Context& context, int64_t value);
SKEIN_API Result<Value> make_bigint(const Context& context, uint64_t value);
SKEIN_API Result<Value> make_array(const Context& context, std::span<const Value> elements);
SKEIN_API Result<Value> make_object(const Context& context);
SKEIN_API Result<Value> make_buffer(const Context& context, std::span<const uint8_t> bytes);
SKEIN_API Result<Value> wrap(const Context& context, const void* tag, std::shared_ptr<void> object);
SKEIN_API Result<std::string> read_string(const Value& value);
// Exactly; kWrongType when it does not fit.
SKEIN_API Result<int64_t> read_int64(const Value& value);
SKEIN_API Result<uint64_t> read_uint64(const Value& value);
// The C++ object behind an object of the bound class; kWrongType for anything else.
SKEIN_API Result<std::shared_ptr<void>> unwrap(const Value& value, const void* tag);

// Its address tells C++ types apart without RTTI.
template <typename T>
struct Tag {
  SKEIN_API inline static char anchor = 0;
};
template <typename T>
const void* tag_of() {
  return &Tag<std::remove_cv_t<T>>::anchor;
}

template <typename T>
concept Integer = std::is_integral_v<T> && !std::is_same_v<T, bool>;

template <Integer T>
constexpr bool kIsExact = sizeof(T) < 8;  // every value is a number

template <typename Map>
struct MapConverter {
  static Result<Value> to(const Context& context, const Map& map) {
    Result<Value> object = make_object(context);
    if (!object) return object;
    for (const auto& [key, value] : map) {
      Result<void> set = object->set(key, value);
      if (!set) return set.error();
    }
    return object;
  }
  static Result<Map> from(const Value& value) {
    if (!value.is_object()) return wrong_type("an object", value);
    auto keys = value.keys();
    if (!keys) return keys.error();
    Map map;
    for (std::string& key : *keys) {
      auto property = value.get(key);
      if (!property) return property.error();
      auto converted = property->template to<typename Map::mapped_type>();
      if (!converted) return Error(converted.error().kind(), "property \"" + key + "\": " + converted.error().message());
      map.emplace(std::move(key), std::move(*converted));
    }
    return map;
  }
};

}  // namespace detail

template <>
struct Converter<Value> {
  static Result<Value> to(const Context&, const Value& value) { return value; }
  static Result<Value> from(const Value& value) { return value; }
};

template <>
struct Converter<bool> {
  static Result<Value> to(const Context&, bool value) { return Value(value); }
  static Result<bool> from(const Value& value) {
    if (!value.is_boolean()) return detail::wrong_type("a boolean", value);
    return value.as_boolean();
  }
};

template <typename T>
  requires std::is_floating_point_v<T>
struct Converter<T> {
  static Result<Value> to(const Context&, T value) { return Value(static_cast<double>(value)); }
  static Result<T> from(const Value& value) {
    if (!value.is_number()) return detail::wrong_type("a number", value);
    return static_cast<T>(value.as_number());
  }
};

template <detail::Integer T>
struct Converter<T> {
  static Result<Value> to(const Context& context, T value) {
    constexpr double kSafe = 9007199254740992.0;
    if constexpr (!detail::kIsExact<T>) {
      double number = static_cast<double>(value);
      if (number > kSafe || number < -kSafe) {
        if constexpr (std::is_signed_v<T>) return detail::make_bigint(context, static_cast<int64_t>(value));
        else return detail::make_bigint(context, static_cast<uint64_t>(value));
      }
      return Value(number);
    } else {
      return Value(static_cast<double>(value));
    }
  }
  static Result<T> from(const Value& value) {
    if constexpr (detail::kIsExact<T>) {
      double number = value.as_number();
      if (!(number >= static_cast<double>(std::numeric_limits<T>::min()) && number <= static_cast<double>(std::numeric_limits<T>::max())) ||
          number != std::trunc(number))
        return detail::wrong_type(std::is_signed_v<T> ? (sizeof(T) == 4 ? "a 32-bit integer" : "a small integer")
                                                      : (sizeof(T) == 4 ? "a 32-bit unsigned integer" : "a small unsigned integer"), value);
      return static_cast<T>(number);
    } else if constexpr (std::is_signed_v<T>) {
      auto number = detail::read_int64(value);
      if (!number) return number.error();
      return static_cast<T>(*number);
    } else {
      auto number = detail::read_uint64(value);
      if (!number) return number.error();
      return static_cast<T>(*number);
    }
  }
};

template <>
struct Converter<std::string> {
  static Result<Value> to(const Context& context, std::string_view text) { return detail::make_string(context, text); }
  static Result<std::string> from(const Value& value) { return detail::read_string(value); }
};
template <>
struct Converter<std::string_view> {
  static Result<Value> to(const Context& context, std::string_view text) { return detail::make_string(context, text); }
};
template <>
struct Converter<const char*> : Converter<std::string_view> {};
template <>
struct Converter<char*> : Converter<std::string_view> {};
template <size_t N>
struct Converter<char[N]> : Converter<std::string_view> {};

template <typename T>
struct Converter<std::optional<T>> {
  static Result<Value> to(const Context& context, const std::optional<T>& value) {
    if (!value) return Value::undefined();
    return Converter<T>::to(context, *value);
  }
  static Result<std::optional<T>> from(const Value& value) {
    if (value.is_nullish()) return std::optional<T>();
    auto converted = Converter<T>::from(value);
    if (!converted) return converted.error();
    return std::optional<T>(std::move(*converted));
  }
};

template <typename T>
struct Converter<std::vector<T>> {
  static Result<Value> to(const Context& context, const std::vector<T>& list) {
    std::vector<Value> elements;
    elements.reserve(list.size());
    for (const T& element : list) {
      auto converted = Converter<T>::to(context, element);
      if (!converted) return converted;
      elements.push_back(std::move(*converted));
    }
    return detail::make_array(context, elements);
  }
  static Result<std::vector<T>> from(const Value& value) {
    if (!value.is_array() && value.type() != Type::kArrayBufferView) return detail::wrong_type("an array", value);
    auto length = value.length();
    if (!length) return length.error();
    std::vector<T> list;
    for (size_t i = 0; i < *length; ++i) {
      auto element = value.get(static_cast<uint32_t>(i));
      if (!element) return element.error();
      auto converted = Converter<T>::from(*element);
      if (!converted) return Error(converted.error().kind(), "element " + std::to_string(i) + ": " + converted.error().message());
      list.push_back(std::move(*converted));
    }
    return list;
  }
};

template <>
struct Converter<std::span<const uint8_t>> {
  static Result<Value> to(const Context& context, std::span<const uint8_t> bytes) { return detail::make_buffer(context, bytes); }
};
template <>
struct Converter<std::span<uint8_t>> : Converter<std::span<const uint8_t>> {};
template <>
struct Converter<std::vector<uint8_t>> {
  static Result<Value> to(const Context& context, const std::vector<uint8_t>& bytes) { return detail::make_buffer(context, bytes); }
  static Result<std::vector<uint8_t>> from(const Value& value) {
    auto bytes = value.bytes();
    if (!bytes) return bytes.error();
    return std::vector<uint8_t>(bytes->begin(), bytes->end());
  }
};

template <typename T>
struct Converter<std::map<std::string, T>> : detail::MapConverter<std::map<std::string, T>> {};
template <typename T>
struct Converter<std::unordered_map<std::string, T>> : detail::MapConverter<std::unordered_map<std::string, T>> {};

template <typename T>
struct Converter<std::shared_ptr<T>> {
  static Result<Value> to(const Context& context, const std::shared_ptr<T>& object) {
    if (object == nullptr) return Value::null();
    return detail::wrap(context, detail::tag_of<T>(), object);
  }
  static Result<std::shared_ptr<T>> from(const Value& value) {
    auto object = detail::unwrap(value, detail::tag_of<T>());
    if (!object) return object.error();
    return std::static_pointer_cast<T>(std::move(*object));
  }
};

}  // namespace skein::api
