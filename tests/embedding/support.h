// What the embedding tests share.
#pragma once

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "skein/skein.h"

inline skein::Engine& engine() {
  static skein::Engine instance;
  return instance;
}

inline skein::Context make_context(skein::ContextOptions options = {}) { return engine().create_context(std::move(options)).value(); }

// The script's value as T.
template <typename T>
T eval(const skein::Context& context, std::string_view source) {
  auto value = context.evaluate(source);
  EXPECT_TRUE(value.ok()) << value.error().stack();
  if (!value) return T{};
  auto converted = value->template to<T>();
  EXPECT_TRUE(converted.ok()) << converted.error().message();
  return converted ? *converted : T{};
}

// The message of a script's failure, "" if it does not fail.
inline std::string failure(const skein::Result<skein::Value>& result) { return result ? "" : result.error().message(); }
inline std::string failure(const skein::Context& context, std::string_view source) { return failure(context.evaluate(source)); }

inline std::string busy(uint64_t requester, const skein::Context& context, uint64_t owner) {
  return "Multi threaded access requested by thread " + std::to_string(requester) + " but context " + context.name() +
         " is in use by thread " + std::to_string(owner);
}

template <typename F>
void on_thread(F&& function) {
  std::thread(std::forward<F>(function)).join();
}
