#include <iostream>
#include <skein/skein.h>
#include <stdexcept>
#include <thread>
#include <typeinfo>

struct Greeter {
  std::string greet(const std::string& name) { return "hello " + name; }
};

int main() {
  skein::Engine engine;
  auto context = engine.create_context().value();
  skein::Class<Greeter> greeter("Greeter");
  greeter.constructor<>().method("greet", &Greeter::greet);
  context.bind(greeter).value();
  context.bind("add", [](int a, int b) { return a + b; }).value();
  std::string text;
  std::thread([&] { text = context.evaluate("new Greeter().greet(add(40, 2) + ' times')").value().to<std::string>().value(); }).join();
  auto failed = context.evaluate("missing()");
  skein::PoolOptions options;
  options.threads = 2;
  skein::ContextPool pool(engine, options);
  int square = pool.evaluate<int>("7 * 7").get().value();
  std::cout << text << ", " << failed.error().message() << ", " << square << ", " << (typeid(Greeter) == typeid(Greeter)) << "\n";
  try {
    throw std::runtime_error("exceptions work");
  } catch (const std::exception& error) {
    std::cout << error.what() << "\n";
  }
  return text == "hello 42 times" && failed.error().message() == "ReferenceError: missing is not defined" && square == 49 ? 0 : 1;
}
