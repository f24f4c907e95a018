// Threads of the system, and what the calling thread may know about itself.
#pragma once

#include <cstddef>
#include <cstdint>

namespace skein::platform {

// False in a build without threads (wasm-st): Thread::start always fails there.
bool threads_are_supported();

// False where a thread is too dear to end and make again, and dangerous to end (wasm): keep it parked.
bool threads_may_end();

class Thread {
 public:
  using Entry = void (*)(void* argument);
  static constexpr size_t kDefaultStackSize = size_t{1} << 20;

  Thread() = default;
  Thread(Thread&& other) noexcept : handle_(other.handle_), joinable_(other.joinable_) {
    other.joinable_ = false;
  }
  Thread& operator=(Thread&& other) noexcept;
  Thread(const Thread&) = delete;
  // REQUIRES: joined, detached or never started.
  ~Thread();

  // Runs entry(argument) on a new thread. `name` shows in debuggers (cut to what the system holds).
  // False when the system has no thread to give; then nothing ran.
  // REQUIRES: !joinable()
  [[nodiscard]] bool start(const char* name, size_t stack_size, Entry entry, void* argument);
  bool joinable() const { return joinable_; }
  // Returns when the thread has ended. REQUIRES: joinable(), the caller may block.
  void join();
  // REQUIRES: joinable()
  void detach();

 private:
  uintptr_t handle_ = 0;
  bool joinable_ = false;
};

// A number for the calling thread that no other thread of the process has or had.
uint64_t current_thread_id();
// Names the calling thread.
void set_current_thread_name(const char* name);
// False where waiting is forbidden: a browser's main thread.
bool current_thread_may_block();

// Processors that this process may use; at least 1.
unsigned hardware_concurrency();

// Lets others run.
void yield_thread();
// REQUIRES: current_thread_may_block(); spins otherwise.
void sleep_ns(int64_t ns);

// The calling thread's stack: [low, high), growing downwards.
struct StackBounds {
  uintptr_t low = 0;
  uintptr_t high = 0;
  // How low it may get: `low`, or above it where frames need another stack that is smaller (wasm).
  uintptr_t usable_low = 0;
};
StackBounds current_stack_bounds();
// By how much current_stack_position() moves when frames take so many bytes in all: less where they are
// mostly on another stack (wasm).
size_t visible_stack(size_t bytes);
// Where the caller's stack is now: compare it with a limit above StackBounds::usable_low.
[[gnu::always_inline]] inline uintptr_t current_stack_position() {
  return reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
}

}  // namespace skein::platform
