// The heap by itself: cells of a kind of our own, roots that the test chooses.
#include "core/gc/heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <iterator>

#include "core/gc/visitor.h"

namespace skein::gc {
namespace {

// A cell with some references and some bytes behind them.
class Node final : public Cell {
 public:
  static constexpr uint8_t kKind = 250;
  static constexpr const char* kKindName = "Node";
  explicit Node(uint32_t payload) : Cell(kKind, payload) { std::memset(bytes(), fill(), payload); }

  static Node* make(Heap& heap, uint32_t payload) { return heap.make_with_extra<Node>(payload, payload); }
  uint32_t payload() const { return word_; }
  size_t cell_size() const { return sizeof(Node) + payload(); }
  void trace(Visitor& visitor) {
    visitor.visit(left);
    visitor.visit(right);
  }
  bool is_intact() const {
    for (uint32_t i = 0; i < payload(); ++i)
      if (static_cast<uint8_t>(bytes()[i]) != static_cast<uint8_t>(fill())) return false;
    return true;
  }

  Member<Node> left;
  Member<Node> right;

 private:
  char fill() const { return static_cast<char>(payload() * 31 + 7); }
  char* bytes() { return reinterpret_cast<char*>(this + 1); }
  const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
};

class Finalized final : public Cell {
 public:
  static constexpr uint8_t kKind = 251;
  static constexpr const char* kKindName = "Finalized";
  explicit Finalized(int* counter) : Cell(kKind), counter_(counter) {}
  size_t cell_size() const { return sizeof(Finalized); }
  void finalize(Heap&) { ++*counter_; }

 private:
  int* counter_;
};

// Many references in one cell, stored with the barrier for parts.
class Table final : public Cell {
 public:
  static constexpr uint8_t kKind = 252;
  static constexpr const char* kKindName = "Table";
  explicit Table(uint32_t count) : Cell(kKind, count) { std::memset(static_cast<void*>(entries()), 0, count * sizeof(Node*)); }
  static Table* make(Heap& heap, uint32_t count) { return heap.make_with_extra<Table>(count * sizeof(Node*), count); }
  Node* get(uint32_t index) { return entries()[index]; }
  void set(uint32_t index, Node* node) {
    entries()[index] = node;
    write_barrier_at(entries() + index, node);
  }
  size_t cell_size() const { return sizeof(Table) + word_ * sizeof(Node*); }
  void trace(Visitor& visitor) { trace_part(visitor, 0, cell_size()); }
  void trace_part(Visitor& visitor, size_t begin, size_t end) {
    traced += end - begin;
    auto* base = reinterpret_cast<char*>(this);
    for (size_t at = std::max(begin, sizeof(Table)); at < end; at += sizeof(Node*)) visitor.visit(*reinterpret_cast<Node**>(base + at));
  }
  static inline size_t traced = 0;

 private:
  Node** entries() { return reinterpret_cast<Node**>(this + 1); }
};

// Pairs of keys and values outside the heap.
class Weak final : public Cell {
 public:
  static constexpr uint8_t kKind = 253;
  static constexpr const char* kKindName = "Weak";
  Weak() : Cell(kKind) {}
  void put(Node* key, Node* value) {
    pairs->push_back({key, value});
    write_barrier();
  }
  size_t cell_size() const { return sizeof(Weak); }
  void trace_ephemerons(Visitor& visitor) {
    ++looks;
    for (auto [key, value] : *pairs) visitor.visit_when_marked(key, value);
  }
  void sweep_weak(Heap& heap) {
    std::erase_if(*pairs, [&](auto& pair) { return !heap.is_marked(pair.first); });
  }
  void finalize(Heap&) { delete pairs; }
  std::vector<std::pair<Node*, Node*>>* pairs = new std::vector<std::pair<Node*, Node*>>;
  static inline int looks = 0;
};

class HeapTest : public testing::Test, public HeapClient {
 protected:
  static void SetUpTestSuite() {
    register_kind<Node>();
    register_kind<Finalized>();
    register_kind<Table>();
    register_kind<Weak>();
  }
  void trace_roots(Visitor& visitor) override {
    for (Cell* root : roots_) visitor.visit(root);
  }
  void sweep_weak_roots(Heap&, bool) override {}
  void collection_wanted() override { ++wanted_; }
  void memory_exhausted() override { ++exhausted_; }
  bool is_stopping() override { return is_stopping_; }

  Node* rooted(uint32_t payload) {
    Node* node = Node::make(heap_, payload);
    roots_.push_back(node);
    return node;
  }
  // Allocates garbage of many sizes over whatever the heap thinks is free.
  void overwrite_free_memory() {
    for (uint32_t i = 0; i < 4000; ++i) Node::make(heap_, i * 37 % 10000);
  }
  void minor() { heap_.collect(CollectionType::kMinor); }
  void full() { heap_.collect(CollectionType::kFull); }

  Heap heap_{*this};
  std::deque<Cell*> roots_;
  int wanted_ = 0;
  int exhausted_ = 0;
  bool is_stopping_ = false;
};

TEST_F(HeapTest, CellsOfEverySizeSurviveBothCollections) {
  std::vector<Node*> kept;
  for (uint32_t size = 0; size < 9000; size += 61) kept.push_back(rooted(size));
  for (int round = 0; round < 3; ++round) {
    minor();
    overwrite_free_memory();
    full();
    overwrite_free_memory();
  }
  for (Node* node : kept) EXPECT_TRUE(node->is_intact()) << node->payload();
}

// A large cell that fits the rest of a fresh run of lines must not be put there: it has no line marks.
TEST_F(HeapTest, LargeCellsLiveApartFromFreshBlocks) {
  rooted(16);
  Node* large = rooted(9000);
  EXPECT_TRUE(large->gc_bits() & gc_byte::kLarge);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(large) - reinterpret_cast<uintptr_t>(Block::of(large)), kFirstLine * kLineSize);
  minor();
  overwrite_free_memory();
  EXPECT_TRUE(large->is_intact());
}

TEST_F(HeapTest, StoresIntoOldCellsKeepYoungOnesAlive) {
  Node* old = rooted(8);
  Node* old_large = rooted(9000);
  minor();
  old->left.set(old, Node::make(heap_, 100));
  old_large->right.set(old_large, Node::make(heap_, 7000));
  minor();
  overwrite_free_memory();
  EXPECT_TRUE(old->left->is_intact());
  EXPECT_TRUE(old_large->right->is_intact());
  // Once more: they are old now, and a second store must be logged again.
  old->left.set(old, Node::make(heap_, 200));
  minor();
  overwrite_free_memory();
  EXPECT_TRUE(old->left->is_intact());
  EXPECT_EQ(old->left->payload(), 200u);
}

TEST_F(HeapTest, MinorCollectionsKeepOldGarbageAndFullOnesFreeIt) {
  for (int i = 0; i < 200; ++i) rooted(9000);
  minor();
  const size_t with_all = heap_.used_bytes();
  roots_.clear();
  minor();
  EXPECT_EQ(heap_.used_bytes(), with_all);
  full();
  EXPECT_LT(heap_.used_bytes(), with_all / 4);
}

TEST_F(HeapTest, LongListsAreMarkedWithoutRecursion) {
  Node* head = rooted(0);
  for (int i = 0; i < 300000; ++i) {
    Node* next = Node::make(heap_, 0);
    next->left.set(next, head);
    head = next;
  }
  roots_ = {head};
  full();
  int length = 0;
  for (Node* node = head; node != nullptr; node = node->left) ++length;
  EXPECT_EQ(length, 300001);
}

TEST_F(HeapTest, FinalizersRunOnceForDeadCells) {
  int counter = 0;
  roots_.push_back(heap_.make<Finalized>(&counter));
  heap_.make<Finalized>(&counter);
  minor();
  EXPECT_EQ(counter, 1);
  full();
  EXPECT_EQ(counter, 1);
  roots_.clear();
  full();
  EXPECT_EQ(counter, 2);
  full();
  EXPECT_EQ(counter, 2);
}

TEST_F(HeapTest, LimitRefusesLargeCellsAndAsksForACollection) {
  heap_.set_limit(heap_.used_bytes() + 100000);
  EXPECT_EQ(heap_.try_make<Node>(1 << 20, 1 << 20), nullptr);
  EXPECT_GT(wanted_, 0);
  EXPECT_TRUE(heap_.wants_full_collection());
  EXPECT_FALSE(heap_.charge_external(200000));
  EXPECT_TRUE(heap_.charge_external(1000));
  heap_.discharge_external(1000);
}

TEST_F(HeapTest, SmallCellsBeyondTheLimitReportExhaustion) {
  heap_.set_limit(heap_.used_bytes() + 100000);
  for (int i = 0; i < 5000; ++i) rooted(64);
  EXPECT_GT(exhausted_, 0);
}

TEST_F(HeapTest, OnlyWrittenPartsOfLargeCellsAreTracedAgain) {
  constexpr uint32_t kCount = 100000;
  Table* table = Table::make(heap_, kCount);
  roots_.push_back(table);
  minor();
  const uint32_t places[] = {0, 62, 63, 64, 5000, kCount - 1};
  for (int round = 0; round < 3; ++round) {
    for (uint32_t place : places) table->set(place, Node::make(heap_, place % 1000 + static_cast<uint32_t>(round)));
    Table::traced = 0;
    if (round == 1) heap_.begin_cycle();
    if (round == 1) full();
    else minor();
    if (round != 1) {
      EXPECT_LE(Table::traced, std::size(places) * kCardSize);
    }
    overwrite_free_memory();
    for (uint32_t place : places) {
      EXPECT_TRUE(table->get(place)->is_intact());
      EXPECT_EQ(table->get(place)->payload(), place % 1000 + static_cast<uint32_t>(round));
    }
  }
  Table::traced = 0;
  minor();
  EXPECT_EQ(Table::traced, 0u);
}

TEST_F(HeapTest, CyclesKeepWhatIsMovedBehindTheirBack) {
  constexpr int kLength = 20000;
  Node* head = rooted(8);
  Node* last = head;
  for (int i = 1; i < kLength; ++i) {
    Node* next = Node::make(heap_, 40);
    last->left.set(last, next);
    last = next;
  }
  Table* table = Table::make(heap_, 4000);
  roots_.push_back(table);
  full();
  heap_.begin_cycle();
  // The tail goes from node to node, from cells that are not marked yet to marked ones and to fresh ones.
  Node* tail = head->left;
  head->left.set(head, nullptr);
  uint32_t steps = 0;
  while (heap_.is_in_cycle()) {
    Node* fresh = Node::make(heap_, 56);
    fresh->left.set(fresh, tail);
    tail = tail->left;
    fresh->left->left.set(fresh->left, nullptr);
    head->right.set(head, tail);
    table->set(steps++, fresh);
    for (int i = 0; i < 20; ++i) Node::make(heap_, 300);
    heap_.advance_cycle(1000);
  }
  EXPECT_GT(steps, 10u);
  overwrite_free_memory();
  int length = 0;
  for (Node* node = head->right; node != nullptr; node = node->left, ++length) ASSERT_TRUE(node->is_intact());
  EXPECT_EQ(length, kLength - 1 - static_cast<int>(steps));
  for (uint32_t i = 0; i < steps; ++i) {
    ASSERT_TRUE(table->get(i)->is_intact());
    ASSERT_TRUE(table->get(i)->left->is_intact());
  }
}

TEST_F(HeapTest, CyclesThatAreStoppedGoOnLater) {
  int counter = 0;
  roots_.push_back(heap_.make<Finalized>(&counter));
  Node* head = rooted(0);
  for (int i = 0; i < 100000; ++i) {
    Node* next = Node::make(heap_, 32);
    next->left.set(next, head);
    head = next;
  }
  roots_ = {head};
  heap_.make<Finalized>(&counter);
  is_stopping_ = true;
  for (int i = 0; i < 3; ++i) {
    full();
    EXPECT_TRUE(heap_.is_in_cycle());
    EXPECT_EQ(counter, 0);
    overwrite_free_memory();
  }
  is_stopping_ = false;
  full();
  EXPECT_FALSE(heap_.is_in_cycle());
  EXPECT_EQ(counter, 2);
  overwrite_free_memory();
  int length = 0;
  for (Node* node = head; node != nullptr; node = node->left, ++length) ASSERT_TRUE(node->is_intact());
  EXPECT_EQ(length, 100001);
}

TEST_F(HeapTest, StoresOfWhatIsMarkedAlreadyAreNotLookedAt) {
  Table* table = Table::make(heap_, 100000);
  roots_.push_back(table);
  for (uint32_t i = 0; i < 1000; ++i) table->set(i, Node::make(heap_, i));
  minor();
  Table::traced = 0;
  for (uint32_t i = 0; i < 500; ++i) {
    Node* node = table->get(i);
    table->set(i, table->get(999 - i));
    table->set(99999 - i, node);
  }
  table->set(50000, nullptr);
  minor();
  EXPECT_EQ(Table::traced, 0u);
  overwrite_free_memory();
  // They are as old as any: the next full collection drops what is not referred to any more.
  full();
  overwrite_free_memory();
  for (uint32_t i = 0; i < 500; ++i) {
    EXPECT_EQ(table->get(i)->payload(), 999 - i);
    EXPECT_TRUE(table->get(i)->is_intact());
    EXPECT_TRUE(table->get(99999 - i)->is_intact());
  }
}

TEST_F(HeapTest, GrownCopiesOfOldCellsAreTracedWhereTheOriginalWasWritten) {
  constexpr uint32_t kCount = 50000;
  for (bool in_cycle : {false, true}) {
    for (bool is_old : {false, true}) {
      Table* table = Table::make(heap_, kCount);
      roots_ = {table};
      for (uint32_t i = 0; i < kCount; i += 10) table->set(i, Node::make(heap_, i % 100));
      if (is_old) minor();
      if (in_cycle) heap_.begin_cycle();
      table->set(77, Node::make(heap_, 77));
      Table* copy = Table::make(heap_, 2 * kCount);
      for (uint32_t i = 0; i < kCount; ++i) copy->set(i, table->get(i));
      heap_.take_after(copy, table);
      roots_ = {copy};
      copy->set(kCount + 5, Node::make(heap_, 88));
      Table::traced = 0;
      minor();
      if (is_old && !in_cycle) {
        EXPECT_LE(Table::traced, 4 * kCardSize);
      }
      while (heap_.is_in_cycle()) heap_.advance_cycle(1 << 20);
      overwrite_free_memory();
      minor();
      EXPECT_EQ(copy->get(77)->payload(), 77u);
      EXPECT_EQ(copy->get(kCount + 5)->payload(), 88u);
      for (uint32_t i = 0; i < 2 * kCount; ++i) {
        Node* node = copy->get(i);
        ASSERT_TRUE(node == nullptr || node->is_intact()) << i;
      }
      full();
    }
  }
}

// The epochs of lines come round after 255 full collections.
TEST_F(HeapTest, LinesStayInUseForManyFullCollections) {
  std::vector<Node*> kept;
  for (uint32_t i = 0; i < 300; ++i) kept.push_back(rooted(i * 7));
  for (uint32_t round = 0; round < 600; ++round) {
    roots_.pop_front();
    kept.erase(kept.begin());
    kept.push_back(rooted(round * 11 % 4000));
    full();
    for (uint32_t i = 0; i < 40; ++i) Node::make(heap_, i * 101 % 3000);
    if (round % 16 == 0) minor();
  }
  overwrite_free_memory();
  for (Node* node : kept) ASSERT_TRUE(node->is_intact());
  // What is dead is found as such: the memory does not grow.
  EXPECT_LT(heap_.statistics().peak_bytes, size_t{12} << 20);
}

TEST_F(HeapTest, MemoryOfYoungGarbageIsTakenAgain) {
  std::vector<Node*> kept;
  for (int round = 0; round < 40; ++round) {
    for (uint32_t i = 0; i < 40000; ++i) {
      Node* node = Node::make(heap_, 40);
      if (i % 200 == 0) {
        kept.push_back(node);
        roots_.push_back(node);
      }
    }
    minor();
  }
  EXPECT_LT(heap_.used_bytes(), size_t{8} << 20);
  for (Node* node : kept) ASSERT_TRUE(node->is_intact());
}

TEST_F(HeapTest, MinorCollectionsLookAtWeakCellsThatAreYoungOrWritten) {
  auto* weak = heap_.make<Weak>();
  auto* quiet = heap_.make<Weak>();
  roots_ = {weak, quiet};
  Node* key = rooted(10);
  weak->put(key, Node::make(heap_, 20));
  quiet->put(key, Node::make(heap_, 30));
  minor();
  Weak::looks = 0;
  minor();
  EXPECT_EQ(Weak::looks, 0);
  // The value of one pair is the key of the next; the last pair's key is dead.
  Node* middle = Node::make(heap_, 40);
  weak->put(middle, Node::make(heap_, 50));
  weak->put(key, middle);
  weak->put(Node::make(heap_, 60), Node::make(heap_, 70));
  minor();
  EXPECT_EQ(Weak::looks, 1);
  overwrite_free_memory();
  ASSERT_EQ(weak->pairs->size(), 3u);
  for (auto [k, v] : *weak->pairs) EXPECT_TRUE(k->is_intact() && v->is_intact());
  full();
  EXPECT_EQ(weak->pairs->size(), 3u);
  roots_ = {weak, quiet};
  minor();
  EXPECT_EQ(quiet->pairs->size(), 1u);
  full();
  EXPECT_EQ(weak->pairs->size(), 0u);
  EXPECT_EQ(quiet->pairs->size(), 0u);
}

TEST_F(HeapTest, DeadWeakCellsAndFinalizersOfAnyAgeAreFound) {
  int counter = 0;
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 10; ++i) {
      auto* cell = heap_.make<Finalized>(&counter);
      auto* weak = heap_.make<Weak>();
      if (i < 3) roots_.insert(roots_.end(), {cell, weak});
    }
    minor();
    EXPECT_EQ(counter, 7 * (round + 1));
  }
  full();
  EXPECT_EQ(counter, 42);
  roots_.clear();
  minor();
  EXPECT_EQ(counter, 42);
  full();
  EXPECT_EQ(counter, 60);
}

// Writing as fast as it can must not keep a cycle from its end.
TEST_F(HeapTest, CyclesEndThoughMuchIsWritten) {
  constexpr uint32_t kCount = 400000;
  Table* table = Table::make(heap_, kCount);
  roots_.push_back(table);
  for (uint32_t i = 0; i < kCount; i += 4) table->set(i, Node::make(heap_, 16));
  full();
  heap_.begin_cycle();
  uint32_t steps = 0, place = 0;
  for (; heap_.is_in_cycle() && steps < 4000; ++steps) {
    for (int i = 0; i < 100; ++i) {
      place = (place * 1664525 + 1013904223) % kCount;
      table->set(place, Node::make(heap_, place % 64));
    }
    heap_.advance_cycle(16000);
  }
  EXPECT_FALSE(heap_.is_in_cycle());
  overwrite_free_memory();
  for (uint32_t i = 0; i < kCount; ++i) {
    Node* node = table->get(i);
    ASSERT_TRUE(node == nullptr || node->is_intact());
  }
}

TEST(BlockPool, BlocksThatWentBackToTheSystemCanBeHadAgain) {
  std::vector<Block*> blocks;
  for (int i = 0; i < 3000; ++i) {
    blocks.push_back(block_pool::acquire(BlockSpace::kGeneral));
    std::memset(static_cast<void*>(blocks.back()), 0x5A, kBlockSize);
  }
  block_pool::release(blocks, BlockSpace::kGeneral);
  for (int i = 0; i < 20; ++i) block_pool::trim();
  std::vector<Block*> again;
  for (int i = 0; i < 3000; ++i) {
    again.push_back(block_pool::acquire(BlockSpace::kGeneral));
    std::memset(static_cast<void*>(again.back()), 0xA5, kBlockSize);
  }
  std::sort(again.begin(), again.end());
  EXPECT_EQ(std::adjacent_find(again.begin(), again.end()), again.end());
  block_pool::release(again, BlockSpace::kGeneral);
}

TEST(PauseStatistics, QuantilesAreNoSmallerThanWhatTheyStandFor) {
  PauseStatistics pauses;
  EXPECT_EQ(pauses.quantile_ns(0.5), 0);
  for (int i = 1; i <= 1000; ++i) pauses.add(i * 1000);
  EXPECT_EQ(pauses.count(), 1000u);
  EXPECT_EQ(pauses.longest_ns(), 1000000);
  for (double share : {0.1, 0.5, 0.99, 1.0}) {
    EXPECT_GE(pauses.quantile_ns(share), share * 1000000);
    EXPECT_LE(pauses.quantile_ns(share), share * 1250000 + 1000);
  }
}

}  // namespace
}  // namespace skein::gc
