#include "core/threading/shared_block.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "platform/thread.h"

namespace skein::threading {
namespace {

struct Counted : RefCounted<Counted> {
  explicit Counted(bool* dead) : dead(dead) {}
  ~Counted() { *dead = true; }
  using RefCounted::reference_count;
  using RefCounted::set_reference_count;
  bool* dead;
};

TEST(RefCounted, DiesWithItsLastReference) {
  bool dead = false;
  auto a = Ref<Counted>::adopt(new Counted(&dead));
  Ref<Counted> b = a;
  Ref<Counted> c = std::move(a);
  EXPECT_EQ(a, nullptr);
  c = nullptr;
  EXPECT_FALSE(dead);
  EXPECT_TRUE(b->has_one_reference());
  Ref<Counted>& same = b;
  b = same;
  EXPECT_FALSE(dead);
  b = nullptr;
  EXPECT_TRUE(dead);
}

TEST(RefCounted, Saturates) {
  bool dead = false;
  auto* object = new Counted(&dead);
  object->set_reference_count(0x7FFF'FFFF);
  object->add_reference();
  object->add_reference();
  EXPECT_EQ(object->reference_count(), 0xC000'0000u);
  for (int i = 0; i < 10; ++i) object->drop_reference();
  EXPECT_EQ(object->reference_count(), 0xC000'0000u);
  object->set_reference_count(1);
  object->drop_reference();
  EXPECT_TRUE(dead);
}

TEST(MemoryAccount, ChargesTheWholeChainOrNothing) {
  auto parent = MemoryAccount::create(100);
  auto a = MemoryAccount::create(80, parent);
  auto b = MemoryAccount::create(80, parent);
  EXPECT_TRUE(a->charge(60));
  EXPECT_FALSE(a->charge(30));
  EXPECT_FALSE(b->charge(50));
  EXPECT_EQ(b->used(), 0u);
  EXPECT_TRUE(b->charge(40));
  EXPECT_EQ(parent->used(), 100u);
  a->release(60);
  EXPECT_EQ(parent->used(), 40u);
  EXPECT_EQ(parent->peak(), 100u);
  EXPECT_FALSE(a->charge(SIZE_MAX));
  parent->set_limit(10);
  EXPECT_FALSE(a->charge(1));
  EXPECT_EQ(a->used(), 0u);
}

TEST(SharedBlock, IsZeroAndAligned) {
  for (size_t length : {size_t{0}, size_t{1}, size_t{17}, size_t{4096}, size_t{1'000'000}}) {
    Ref<SharedBlock> block = SharedBlock::create(length);
    ASSERT_TRUE(block);
    EXPECT_EQ(block->byte_length(), length);
    EXPECT_EQ(block->max_byte_length(), length);
    EXPECT_FALSE(block->is_growable());
    ASSERT_NE(block->data(), nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block->data()) % 8, 0u);
    for (size_t i = 0; i < length; i += 101) EXPECT_EQ(block->data()[i], 0);
  }
}

TEST(SharedBlock, ChargesItsOwner) {
  auto account = MemoryAccount::create(100'000);
  Ref<SharedBlock> block = SharedBlock::create(60'000, account);
  EXPECT_EQ(account->used(), 60'000u);
  EXPECT_FALSE(SharedBlock::create(60'000, account));
  EXPECT_FALSE(SharedBlock::create(1'000'000, account));
  EXPECT_FALSE(SharedBlock::create(SIZE_MAX - 5, account));
  EXPECT_FALSE(SharedBlock::create(SIZE_MAX));
  EXPECT_EQ(account->used(), 60'000u);
  block = nullptr;
  EXPECT_EQ(account->used(), 0u);
}

TEST(SharedBlock, Grows) {
  auto account = MemoryAccount::create(200'000);
  Ref<SharedBlock> block = SharedBlock::create_growable(10, 150'000, account);
  ASSERT_TRUE(block);
  EXPECT_TRUE(block->is_growable());
  uint8_t* data = block->data();
  data[9] = 1;
  EXPECT_EQ(block->grow(5), SharedBlock::GrowResult::kShrinks);
  EXPECT_EQ(block->grow(150'001), SharedBlock::GrowResult::kTooLarge);
  EXPECT_EQ(block->grow(10), SharedBlock::GrowResult::kGrown);
  EXPECT_EQ(block->grow(150'000), SharedBlock::GrowResult::kGrown);
  EXPECT_EQ(block->byte_length(), 150'000u);
  EXPECT_EQ(block->data(), data);
  EXPECT_EQ(data[9], 1);
  for (size_t i = 10; i < 150'000; i += 97) ASSERT_EQ(data[i], 0);
  data[149'999] = 1;
  EXPECT_EQ(account->used(), 150'000u);
  block = nullptr;
  EXPECT_EQ(account->used(), 0u);
}

TEST(SharedBlock, GrowthIsLimitedByTheAccount) {
  auto account = MemoryAccount::create(100'000);
  Ref<SharedBlock> block = SharedBlock::create_growable(10'000, 90'000, account);
  ASSERT_TRUE(block);
  account->set_limit(20'000);
  if (block->grow(50'000) == SharedBlock::GrowResult::kGrown) {
    EXPECT_EQ(account->used(), 90'000u);  // where the maximum is paid at birth
  } else {
    EXPECT_EQ(block->byte_length(), 10'000u);
    EXPECT_EQ(account->used(), 10'000u);
    EXPECT_EQ(block->grow(20'000), SharedBlock::GrowResult::kGrown);
  }
}

TEST(SharedBlock, ThreadsGrowItTogether) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  constexpr size_t kStep = 1000;
  constexpr int kThreads = 4;
  constexpr int kSteps = 100;
  Ref<SharedBlock> block = SharedBlock::create_growable(0, kStep * kThreads * kSteps);
  ASSERT_TRUE(block);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([block, t] {
      for (int i = 0; i < kSteps; ++i) {
        size_t length = block->byte_length();
        while (block->grow(length + kStep) != SharedBlock::GrowResult::kGrown) {
          length = block->byte_length();
        }
        // What a thread has seen the length cover is there.
        __atomic_store_n(block->data() + block->byte_length() - 1, static_cast<uint8_t>(t), __ATOMIC_RELAXED);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(block->byte_length(), block->max_byte_length());
  EXPECT_GE(block->byte_length(), kStep * kSteps);
}

TEST(SharedBlock, OutlivesItsMaker) {
  if (!platform::threads_are_supported()) GTEST_SKIP();
  Ref<SharedBlock> kept;
  std::thread([&] {
    auto account = MemoryAccount::create(1000);
    Ref<SharedBlock> block = SharedBlock::create(8, account);
    block->data()[0] = 5;
    kept = block;
  }).join();
  EXPECT_EQ(kept->data()[0], 5);
}

}  // namespace
}  // namespace skein::threading
