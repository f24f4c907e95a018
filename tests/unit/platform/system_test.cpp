// Clocks, memory, randomness, environment, console.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "platform/clock.h"
#include "platform/console.h"
#include "platform/process.h"
#include "platform/random.h"
#include "platform/thread.h"
#include "platform/time_zone.h"
#include "platform/virtual_memory.h"

namespace skein::platform {
namespace {

TEST(Clock, GoesForward) {
  int64_t start = monotonic_ns();
  double wall = wall_clock_ms();
  sleep_ns(5'000'000);
  EXPECT_GE(monotonic_ns() - start, 4'900'000);
  EXPECT_GT(wall, 1.6e12);
  EXPECT_NEAR(static_cast<double>(wall_clock_ns()) / 1e6, wall_clock_ms(), 1000);
}

TEST(Clock, Deadlines) {
  EXPECT_TRUE(Deadline::never().is_never());
  EXPECT_FALSE(Deadline::never().has_passed());
  EXPECT_TRUE(Deadline::after_ms(NAN).is_never());
  EXPECT_TRUE(Deadline::after_ms(INFINITY).is_never());
  EXPECT_TRUE(Deadline::after_ms(1e300).is_never());
  EXPECT_TRUE(Deadline::after_ms(0).has_passed());
  EXPECT_TRUE(Deadline::after_ms(-INFINITY).has_passed());
  EXPECT_FALSE(Deadline::after_ms(1e6).has_passed());
  EXPECT_TRUE(Deadline::after_ns(INT64_MAX).is_never());
  EXPECT_EQ(Deadline::after_ms(-1).remaining_ns(), 0);
  EXPECT_TRUE(Deadline::after_ms(10) < Deadline::never());
}

TEST(Clock, ThreadCpuTimeCountsWork) {
  int64_t start = thread_cpu_ns();
  int64_t until = monotonic_ns() + 20'000'000;
  while (monotonic_ns() < until) {
  }
  int64_t used = thread_cpu_ns() - start;
  EXPECT_GT(used, 0);
  int64_t from_outside = ThreadCpuClock::of_current_thread().read();
  EXPECT_TRUE(from_outside == -1 || from_outside >= used);
}

TEST(VirtualMemory, ReservationsAreCommittedPieceByPiece) {
  const size_t page = page_size();
  auto* memory = static_cast<char*>(reserve(64 * page, 16 * page));
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % (16 * page), 0u);
  ASSERT_TRUE(commit(memory + page, 2 * page));
  EXPECT_EQ(memory[page], 0);
  std::memset(memory + page, 1, 2 * page);
  decommit(memory + page, 2 * page);
  ASSERT_TRUE(commit(memory + page, 2 * page));
  EXPECT_EQ(memory[page], 0);
  EXPECT_EQ(memory[3 * page - 1], 0);
  release(memory, 64 * page);
}

TEST(VirtualMemory, ReservesFourGigabytesWhereItIsFree) {
  if (!reservations_are_free()) GTEST_SKIP();
  const auto size = static_cast<size_t>(uint64_t{4} << 30);
  void* cage = reserve(size, size);
  ASSERT_NE(cage, nullptr);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(cage) & (size - 1), 0u);
  release(cage, size);
  EXPECT_EQ(reserve(SIZE_MAX / page_size() * page_size()), nullptr);
}

TEST(VirtualMemory, ChunksAreAlignedAndZero) {
  constexpr size_t kSize = 256 * 1024;
  for (size_t alignment : {size_t{16}, size_t{16 * 1024}, kSize, 4 * kSize}) {
    auto* chunk = static_cast<char*>(allocate_chunk(kSize, alignment));
    ASSERT_NE(chunk, nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(chunk) % alignment, 0u);
    EXPECT_EQ(chunk[0], 0);
    EXPECT_EQ(chunk[kSize - 1], 0);
    std::memset(chunk, 7, kSize);
    discard(chunk, kSize);
    chunk[kSize - 1] = 1;
    free_chunk(chunk, kSize);
  }
}

TEST(Random, BytesDiffer) {
  char a[1000] = {};
  char b[1000] = {};
  random_bytes(a, sizeof(a));
  random_bytes(b, sizeof(b));
  EXPECT_NE(std::memcmp(a, b, sizeof(a)), 0);
  EXPECT_NE(std::memcmp(a + 900, b + 900, 100), 0);
}

TEST(Process, KnowsItself) {
  MemoryUsage usage = process_memory_usage();
  EXPECT_GT(usage.resident_bytes, 100'000u);
  EXPECT_GE(usage.peak_resident_bytes, usage.resident_bytes / 2);
  EXPECT_GT(total_memory_bytes(), usage.resident_bytes / 2);
  EXPECT_GE(hardware_concurrency(), 1u);
  EXPECT_NE(process_id(), 0);
  EXPECT_FALSE(environment_variable("SKEIN_NO_SUCH_VARIABLE").has_value());
  for (const auto& [name, value] : environment_variables()) {
    EXPECT_FALSE(name.empty());
  }
}

TEST(Process, KnowsTheLocalZone) {
  EXPECT_FALSE(local_time_zone().empty());
  EXPECT_LE(std::abs(local_utc_offset_seconds(0)), 26 * 3600);
}

TEST(Console, Writes) {
  EXPECT_FALSE(write_stream(Stream::kError, ""));
  EXPECT_GT(terminal_width(Stream::kOutput), 0u);
}

}  // namespace
}  // namespace skein::platform
