// Clocks. All may be read from any thread.
#pragma once

#include <cstdint>

namespace skein::platform {

// Nanoseconds since an arbitrary start; never goes back, the same for all threads.
int64_t monotonic_ns();

// Milliseconds since 1970-01-01T00:00:00Z, with the fraction that the system knows.
double wall_clock_ms();
// Nanoseconds since 1970-01-01T00:00:00Z.
int64_t wall_clock_ns();

// CPU time that the calling thread (the process) has used. On wasm, where nobody knows it, the time
// since the thread first asked.
int64_t thread_cpu_ns();
int64_t process_cpu_ns();

// A thread's CPU clock that another thread may read.
class ThreadCpuClock {
 public:
  ThreadCpuClock() = default;
  static ThreadCpuClock of_current_thread();
  // CPU nanoseconds of that thread; -1 when it has ended. Where counts_work_only() is false (wasm), the
  // time that has passed since the thread first asked, whatever it did and whether or not it has ended.
  int64_t read() const;
  static bool counts_work_only();

 private:
  [[maybe_unused]] int64_t id_ = 0;
  [[maybe_unused]] bool valid_ = false;
};

// A point on the monotonic clock up to which somebody is willing to wait.
class Deadline {
 public:
  static constexpr Deadline never() { return Deadline(INT64_MAX); }
  static constexpr Deadline at_ns(int64_t monotonic) { return Deadline(monotonic); }
  static Deadline after_ns(int64_t ns);
  // NaN and +Infinity never come; zero and below have already passed.
  static Deadline after_ms(double ms);

  constexpr bool is_never() const { return ns_ == INT64_MAX; }
  constexpr int64_t ns() const { return ns_; }
  bool has_passed() const { return !is_never() && monotonic_ns() >= ns_; }
  // 0 when passed, INT64_MAX when never.
  int64_t remaining_ns() const;

  friend constexpr bool operator==(Deadline a, Deadline b) { return a.ns_ == b.ns_; }
  friend constexpr bool operator<(Deadline a, Deadline b) { return a.ns_ < b.ns_; }

 private:
  explicit constexpr Deadline(int64_t ns) : ns_(ns) {}
  int64_t ns_;
};

}  // namespace skein::platform
