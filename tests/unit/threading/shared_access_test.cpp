#include "core/threading/shared_access.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "core/threading/shared_block.h"
#include "platform/thread.h"

namespace skein::threading {
namespace {

TEST(SharedAccess, ReadsWhatItWrites) {
  alignas(8) uint8_t bytes[16] = {};
  SharedAccess::write<int8_t>(bytes, -1);
  SharedAccess::write<uint16_t>(bytes + 2, 0xABCD);
  SharedAccess::write<float>(bytes + 4, 1.5f);
  SharedAccess::write<double>(bytes + 8, -0.0);
  EXPECT_EQ(SharedAccess::read<int8_t>(bytes), -1);
  EXPECT_EQ(SharedAccess::read<uint16_t>(bytes + 2), 0xABCD);
  EXPECT_EQ(SharedAccess::read<float>(bytes + 4), 1.5f);
  EXPECT_EQ(SharedAccess::read<uint64_t>(bytes + 8), uint64_t{1} << 63);
}

TEST(SharedAccess, ReadsAndWritesUnaligned) {
  alignas(8) uint8_t bytes[24] = {};
  for (size_t offset = 0; offset < 8; ++offset) {
    SharedAccess::write_unaligned<uint64_t>(bytes + offset, 0x0102030405060708u + offset);
    EXPECT_EQ(SharedAccess::read_unaligned<uint64_t>(bytes + offset), 0x0102030405060708u + offset);
    SharedAccess::write_unaligned<double>(bytes + offset, 3.25);
    EXPECT_EQ(SharedAccess::read_unaligned<double>(bytes + offset), 3.25);
    SharedAccess::write_unaligned<int16_t>(bytes + offset, -7);
    EXPECT_EQ(SharedAccess::read_unaligned<int16_t>(bytes + offset), -7);
  }
}

template <typename T>
class SharedAtomics : public ::testing::Test {};
using IntegerTypes =
    ::testing::Types<int8_t, uint8_t, int16_t, uint16_t, int32_t, uint32_t, int64_t, uint64_t>;
TYPED_TEST_SUITE(SharedAtomics, IntegerTypes);

TYPED_TEST(SharedAtomics, Operations) {
  using T = TypeParam;
  alignas(8) uint8_t word[8] = {};
  SharedAccess::store<T>(word, 100);
  EXPECT_EQ(SharedAccess::add<T>(word, 100), T(100));
  EXPECT_EQ(SharedAccess::load<T>(word), static_cast<T>(200));
  EXPECT_EQ(SharedAccess::sub<T>(word, 1), static_cast<T>(200));
  EXPECT_EQ(SharedAccess::and_<T>(word, 0x0F), static_cast<T>(199));
  EXPECT_EQ(SharedAccess::or_<T>(word, 0x70), T(7));
  EXPECT_EQ(SharedAccess::xor_<T>(word, 0x01), T(0x77));
  EXPECT_EQ(SharedAccess::exchange<T>(word, 5), T(0x76));
  EXPECT_EQ(SharedAccess::compare_exchange<T>(word, 4, 9), T(5));
  EXPECT_EQ(SharedAccess::compare_exchange<T>(word, 5, 9), T(5));
  EXPECT_EQ(SharedAccess::load<T>(word), T(9));
  EXPECT_TRUE(SharedAccess::is_lock_free(sizeof(T)));
}

TYPED_TEST(SharedAtomics, NoIncrementIsLost) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  using T = TypeParam;
  alignas(8) uint8_t word[8] = {};
  constexpr int kThreads = 4;
  constexpr int kTurns = 10'000;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&word] {
      for (int i = 0; i < kTurns; ++i) SharedAccess::add<T>(word, 1);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(SharedAccess::load<T>(word), static_cast<T>(kThreads * kTurns));
}

uint8_t pattern(size_t i) {
  return static_cast<uint8_t>(i * 37 + (i >> 8) + 1);
}

TEST(SharedAccess, RangesAgreeWithMemmove) {
  constexpr size_t kSize = 2200;
  alignas(8) static uint8_t shared[kSize];
  alignas(8) static uint8_t expected[kSize];
  alignas(8) static uint8_t other[kSize];
  auto reset = [&] {
    for (size_t i = 0; i < kSize; ++i) shared[i] = expected[i] = pattern(i);
  };
  const size_t lengths[] = {0,  1,  2,  3,  4,   5,   7,   8,   9,    15,  16,
                            31, 33, 63, 64, 100, 511, 512, 513, 1025, 1500};
  for (size_t length : lengths) {
    for (size_t from = 0; from < 9; ++from) {
      for (size_t to :
           {size_t{0}, size_t{1}, size_t{3}, size_t{4}, size_t{6}, size_t{8}, size_t{13}, size_t{600}}) {
        reset();
        SharedAccess::move(shared + to, shared + from, length);
        std::memmove(expected + to, expected + from, length);
        ASSERT_EQ(std::memcmp(shared, expected, kSize), 0) << length << " from " << from << " to " << to;

        std::memset(other, 0, kSize);
        std::memset(expected, 0, kSize);
        SharedAccess::copy_from(other + to, shared + from, length);
        std::memcpy(expected + to, shared + from, length);
        ASSERT_EQ(std::memcmp(other, expected, kSize), 0) << length << " out from " << from << " to " << to;

        reset();
        SharedAccess::copy_to(shared + to, other + from, length);
        std::memcpy(expected + to, other + from, length);
        ASSERT_EQ(std::memcmp(shared, expected, kSize), 0) << length << " in from " << from << " to " << to;
      }
      reset();
      SharedAccess::fill(shared + from, 0xEE, length);
      std::memset(expected + from, 0xEE, length);
      ASSERT_EQ(std::memcmp(shared, expected, kSize), 0) << length << " fill at " << from;
    }
  }
}

// Two writers move whole words to and fro while a reader looks: every aligned element is from one of
// them. Under the thread sanitizer this also shows that no access is plain.
TEST(SharedAccess, AlignedElementsDoNotTear) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  Ref<SharedBlock> block = SharedBlock::create(4096);
  uint8_t* data = block->data();
  std::atomic<bool> stop{false};
  auto writer = [&](uint8_t byte) {
    std::vector<uint8_t> source(1021, byte);
    while (!stop.load(std::memory_order_relaxed)) {
      SharedAccess::copy_to(data + 4, source.data(), 1020);
      SharedAccess::move(data + 2048 + 4, data + 4, 1020);
      SharedAccess::move(data + 4, data + 8, 1000);
      SharedAccess::fill(data + 2048, byte, 1024);
    }
  };
  std::thread first(writer, uint8_t{0x11});
  std::thread second(writer, uint8_t{0x22});
  uint8_t copy[2048];
  for (int i = 0; i < 2000; ++i) {
    SharedAccess::copy_from(copy, data + 4, 1020);
    for (size_t at = 0; at < 1020; at += 4) {
      uint32_t element;
      std::memcpy(&element, copy + at, 4);
      ASSERT_TRUE(element == 0 || element == 0x11111111 || element == 0x22222222) << std::hex << element;
      element = SharedAccess::read<uint32_t>(data + 2048 + at);
      ASSERT_TRUE(element == 0 || element == 0x11111111 || element == 0x22222222) << std::hex << element;
    }
  }
  stop.store(true, std::memory_order_relaxed);
  first.join();
  second.join();
}

struct Recorder {
  struct Event {
    const void* address;
    size_t length;
    AccessKind kind;
    AccessOrder order;
  };
  static inline std::vector<Event> events;
  static void observe(const void* address, size_t length, AccessKind kind, AccessOrder order) {
    events.push_back({address, length, kind, order});
  }
};

TEST(SharedAccess, AnObserverSeesEveryAccess) {
  using Checked = BasicSharedAccess<Recorder>;
  Recorder::events.clear();
  alignas(8) uint8_t bytes[16] = {};
  uint8_t copy[16];
  Checked::write<uint32_t>(bytes + 4, 1);
  (void)Checked::load<int64_t>(bytes);
  Checked::add<int16_t>(bytes + 2, 1);
  Checked::copy_from(copy, bytes, 16);
  ASSERT_EQ(Recorder::events.size(), 4u);
  EXPECT_EQ(Recorder::events[0].address, bytes + 4);
  EXPECT_EQ(Recorder::events[0].kind, AccessKind::kWrite);
  EXPECT_EQ(Recorder::events[1].order, AccessOrder::kSeqCst);
  EXPECT_EQ(Recorder::events[1].length, 8u);
  EXPECT_EQ(Recorder::events[2].kind, AccessKind::kReadModifyWrite);
  EXPECT_EQ(Recorder::events[3].length, 16u);
}

}  // namespace
}  // namespace skein::threading
