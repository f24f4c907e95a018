// Heap: one agent's cells. Precise, non-moving, generational by sticky mark bits, mark-region.
//
// Cells are bump-allocated into runs of free 128-byte lines of 16 KB blocks; over 8 KB they live
// alone in the large-object space. A minor collection marks what is reachable from the roots and
// from old cells that were written since (the log), and leaves old marks standing; a full one
// starts a new mark epoch. Sweeping is a look at the line marks, done when a block is allocated
// into again.
//
// A full collection of a large heap is a cycle: it marks in slices, as fast as script allocates, with no
// minor collections in between. The write barrier logs every store into a marked cell; the last slices
// trace the roots and the logged cells again, and with them what has been allocated meanwhile. A cycle may be
// left at any point – somebody wants the script to end, and soon – and taken up again later.
//
// PAUSES: a minor collection and a slice aim at a millisecond. A minor one cannot stop half-way, so the
// allocation between two of them follows from how long the last ones took (pace_minor), and what the write
// barrier records counts as allocation, since it must be looked at. A minor collection touches nothing that is old and has not
// been written: neither blocks without room (Space::full) nor old weak cells and finalizers.
//
// WHEN A COLLECTION RUNS: only inside collect(), which the agent calls at its polls (see
// runtime/agent.h). Allocation never collects; it grows the heap and asks for a collection at the
// next poll. Code that cannot reach a poll – that runs no script – may hold raw pointers freely.
//
// Thread rule: used by the thread that has entered the agent, only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/gc/block.h"
#include "core/gc/cell.h"
#include "core/gc/kind_table.h"

namespace skein::gc {

class Visitor;

// The roots of a heap, and what it tells its owner.
class HeapClient {
 public:
  virtual void trace_roots(Visitor& visitor) = 0;
  // Weak tables outside cells (atoms). Called after marking.
  virtual void sweep_weak_roots(Heap& heap, bool full) = 0;
  // Allocation has used up its budget: call collect() at the next poll.
  virtual void collection_wanted() = 0;
  // The limit is exceeded although a full collection has just run, or the system refused memory
  // for a small cell (a reserve was used). The owner must stop the script at the next poll.
  virtual void memory_exhausted() = 0;
  // Somebody waits for the script's end: a full collection leaves its cycle unfinished.
  virtual bool is_stopping() { return false; }

 protected:
  ~HeapClient() = default;
};

enum class CollectionType : uint8_t { kMinor, kFull };

// How long script has stood still, in classes of a quarter of a power of two.
class PauseStatistics {
 public:
  void add(int64_t nanoseconds);
  uint64_t count() const { return count_; }
  int64_t total_ns() const { return total_ns_; }
  int64_t longest_ns() const { return longest_ns_; }
  // At least this share (0 to 1) of the pauses was no longer; to a quarter of a power of two.
  int64_t quantile_ns(double share) const;

 private:
  static constexpr int kClasses = 160;
  static int class_of(int64_t nanoseconds);
  uint64_t count_ = 0;
  int64_t total_ns_ = 0, longest_ns_ = 0;
  uint32_t classes_[kClasses] = {};
};

struct HeapStatistics {
  size_t external_bytes = 0;   // charged by cells for memory outside the heap
  size_t block_bytes = 0;      // blocks and large objects held
  size_t peak_bytes = 0;       // of both together, as collections found them
  uint64_t minor_collections = 0;
  uint64_t full_collections = 0;
  uint64_t full_slices = 0;    // of those that did not run in one go
  PauseStatistics pauses;
};

class Heap {
 public:
  explicit Heap(HeapClient& client);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  static Heap& of(const Cell* cell) { return *Block::of(cell)->heap; }

  // Makes a T with `extra_bytes` behind it. Never fails and never collects. What exceeds the limit ends
  // the script, unless the collection at the next poll makes room for it.
  template <typename T, typename... Arguments>
  T* make_with_extra(size_t extra_bytes, Arguments&&... arguments) {
    T* cell = try_make<T>(extra_bytes, std::forward<Arguments>(arguments)...);
    if (cell != nullptr) [[likely]] return cell;
    // Refused, so that the arguments have not been used.
    ignores_limit_ = true;
    cell = try_make<T>(extra_bytes, std::forward<Arguments>(arguments)...);
    ignores_limit_ = false;
    if (cell == nullptr) [[unlikely]] out_of_memory();
    return cell;
  }
  template <typename T, typename... Arguments>
  T* make(Arguments&&... arguments) {
    return make_with_extra<T>(0, std::forward<Arguments>(arguments)...);
  }
  // The same for cells whose size script chooses: null when the limit or the system says no.
  template <typename T, typename... Arguments>
  [[nodiscard]] T* try_make(size_t extra_bytes, Arguments&&... arguments) {
    constexpr BlockSpace kSpace = []() {
      if constexpr (requires { T::kBlockSpace; }) return T::kBlockSpace;
      else return BlockSpace::kGeneral;
    }();
    const size_t bytes = round_up(sizeof(T) + extra_bytes);
    // Decided by size alone: a large cell in a run of lines would have no marks of its own.
    const bool large = bytes > kMaxSmallCell;
    void* memory = large ? allocate_large(bytes) : allocate(bytes, kSpace);
    if (memory == nullptr) [[unlikely]] return nullptr;
    T* cell = new (memory) T(std::forward<Arguments>(arguments)...);
    Cell* base = cell;
    base->gc_ = large ? gc_byte::kLarge : 0;
    if constexpr (requires(T& t, Heap& h) { t.finalize(h); }) finalizable_.push_back(cell);
    if constexpr (requires(T& t, Heap& h) { t.sweep_weak(h); }) weak_cells_.push_back(cell);
#ifdef SKEIN_GC_STRESS
    all_cells_.push_back(cell);
#endif
    return cell;
  }

  // `copy`, just made, holds the references of `original` at the same offsets, and no others: if they are known to be old, a
  // minor collection need not look at all of a large copy. Both are of one kind, which has trace_part.
  void take_after(Cell* copy, const Cell* original);

  // A cell of no heap, in memory that is never freed: it refers to other such cells only, and once it is made
  // nobody writes it. Heaps of any thread may refer to it.
  template <typename T, typename... Arguments>
  static T* make_permanent(void* memory, Arguments&&... arguments) {
    T* cell = new (memory) T(std::forward<Arguments>(arguments)...);
    static_cast<Cell*>(cell)->gc_ = gc_byte::kPermanent;
    return cell;
  }

  // Memory outside the heap that cells keep (array buffers). False when it would break the limit.
  [[nodiscard]] bool charge_external(size_t bytes);
  // For memory that cannot be refused any more. Past the limit, memory_exhausted() follows.
  void charge_external_regardless(size_t bytes);
  void discharge_external(size_t bytes) {
    statistics_.external_bytes -= bytes;
    // What has gone is no reason to collect: a buffer that is only passed through, say.
    external_since_collection_ -= bytes < external_since_collection_ ? bytes : external_since_collection_;
    external_since_full_ -= bytes < external_since_full_ ? bytes : external_since_full_;
  }
  // Memory outside the heap that several cells keep alive together, known by its address. The first that
  // joins (then the answer is true) charges it, and it is discharged when the last has left.
  [[nodiscard]] bool join_shared(const void* memory);
  void charge_shared(const void* memory, size_t bytes);
  void leave_shared(const void* memory);

  // REQUIRES (all of these): no raw pointer to a cell of this heap is used afterwards unless it is reachable
  // from the client's roots.
  // Everything that is garbage now, or that was at the last full collection (kMinor; a step of the cycle while
  // there is one).
  void collect(CollectionType type);
  // What the allocation budget asks for: a minor collection, or a step of a full one. Says whether a full
  // one has come to its end.
  bool collect_wanted();
  // As much of a full collection as this much allocation would bring about. REQUIRES: is_in_cycle()
  void advance_cycle(size_t allocated);
  void begin_cycle();
  bool is_in_cycle() const { return in_cycle_; }
  // In one go, at the next poll, so that what was refused can be had.
  void want_full_collection() {
    full_needed_ = true;
    client_.collection_wanted();
  }
  bool wants_full_collection() const { return full_wanted_ || full_needed_; }

  // While collecting.
  bool is_full_collection() const { return in_cycle_; }
  // From trace_roots(): the roots have been traced in this full collection before. Those that have not changed since
  // may be left out.
  bool has_traced_roots() const { return in_cycle_ && has_traced_roots_; }

  bool is_marked(const Cell* cell) const {
    uint8_t epoch = cell->gc_ & gc_byte::kEpochMask;
    return epoch == epoch_ || epoch == gc_byte::kPermanent;
  }
  void mark(Cell* cell);
  // For Visitor::visit_when_marked, from trace_ephemerons. REQUIRES: !is_marked(key)
  void wait_for(Cell* key, Cell* value) { waiting_[key].push_back(value); }

  // Bytes; 0 means none. Counts blocks, large objects and external memory.
  void set_limit(size_t bytes) { limit_ = bytes; }
  size_t limit() const { return limit_; }
  size_t used_bytes() const { return statistics_.block_bytes + statistics_.external_bytes; }
  // What may still be taken. SIZE_MAX where there is no limit.
  size_t room() const {
    if (limit_ == 0) return SIZE_MAX;
    return used_bytes() < limit_ ? limit_ - used_bytes() : 0;
  }
  // After a full collection: so little is left that the next one would follow at once.
  bool is_nearly_exhausted() const { return limit_ != 0 && room() < limit_ / 32; }
  const HeapStatistics& statistics() const { return statistics_; }

 private:
  friend class Cell;

  // A bump allocator over the free line runs of its blocks.
  struct Space {
    BlockSpace kind;
    char* cursor = nullptr;
    char* limit = nullptr;
    // A block is in one of these. Those before next_open, and the fresh ones, may have been allocated into since the
    // last collection.
    std::vector<Block*> open;   // may have free runs
    std::vector<Block*> fresh;  // taken since the last collection
    std::vector<Block*> full;   // have none before the next full collection
    size_t next_open = 0;
    Block* current = nullptr;  // the one that cursor points into
    size_t next_line = 0;      // where to go on looking in `current`
    char* overflow_cursor = nullptr;  // cells over a line long that fit no run go here
    char* overflow_limit = nullptr;
  };

  static constexpr size_t round_up(size_t bytes) {
    bytes = (bytes + kCellAlignment - 1) & ~(kCellAlignment - 1);
    return bytes < 16 ? 16 : bytes;
  }
  void* allocate(size_t bytes, BlockSpace kind) {
    Space& space = spaces_[static_cast<int>(kind)];
    char* result = space.cursor;
    if (bytes <= static_cast<size_t>(space.limit - result)) [[likely]] {
      space.cursor = result + bytes;
      return result;
    }
    return allocate_slow(space, bytes);
  }
  void* allocate_slow(Space& space, size_t bytes);
  void* allocate_large(size_t bytes);
  void count_external(size_t bytes);
  bool next_run(Space& space, size_t minimum);
  Block* add_block(Space& space);
  void count_allocation(size_t bytes);
  [[noreturn]] void out_of_memory();

  void log(Cell* cell);
  void log_part(Cell* large_cell, const void* field);
  void forget_log();
  // The marking functions say false where they were stopped: after so many bytes, at a time (of
  // platform::monotonic_ns), or because the script is to end.
  static constexpr int64_t kNoDeadline = INT64_MAX;
  bool trace_log(Visitor& visitor, int64_t deadline = kNoDeadline);
  bool trace_cards(Block* block, Visitor& visitor, int64_t deadline);
  bool drain_mark_stack(Visitor& visitor, size_t bytes = SIZE_MAX, int64_t deadline = kNoDeadline);
  bool mark_ephemerons(Visitor& visitor);
  bool advance_marking(size_t bytes, int64_t deadline);
  size_t trace_next_cell(Visitor& visitor);
  size_t trace_next_part(Visitor& visitor);
  bool is_marking_done() const { return mark_stack_.empty() && parts_.empty(); }
  bool finish_cycle();
  void collect_minor();
  void pace_minor(int64_t marking, int64_t other);
  void begin_line_epoch();
  void sweep(bool full);
  // While a cycle runs, what the one before marked is taken, too.
  bool is_line_used(uint8_t mark) const { return mark == line_epoch_ || (in_cycle_ && mark == last_line_epoch_); }
  void mark_dependents(Cell* cell, Visitor& visitor);
  void sweep_weak_cells(bool full);
  void finalize_dead(bool full);
  void sweep_large(bool full);
  void sweep_blocks(Space& space, bool full);
  void sort_swept(Space& space, std::span<Block* const> blocks, std::vector<Block*>& open);
  void poison_dead();

  HeapClient& client_;
  Space spaces_[2];
  std::vector<Block*> large_;
  std::vector<Cell*> mark_stack_;
  struct Part {
    Cell* cell;
    size_t begin;
  };
  std::vector<Part> parts_;  // marked large cells, and how far they have been looked at
  std::vector<Cell*> log_;  // old cells written since the last collection
  std::vector<Block*> carded_;  // large ones written in parts: those with dirty cards
  // Of these, the first so many were there at the last collection: a minor one need not look at them.
  std::vector<Cell*> finalizable_;
  std::vector<Cell*> weak_cells_;
  size_t old_finalizable_ = 0;
  size_t old_weak_cells_ = 0;
  size_t old_large_ = 0;
  std::vector<Cell*> traced_weak_cells_;  // in this collection; some of them twice
  std::vector<Block*> empty_blocks_;      // while sweeping
  std::unordered_map<Cell*, std::vector<Cell*>> waiting_;  // values of ephemerons by their unmarked keys
  bool marking_ephemerons_ = false;
#ifdef SKEIN_GC_STRESS
  std::vector<Cell*> all_cells_;
#endif
  uint8_t epoch_ = 1;       // of cells
  uint8_t line_epoch_ = 1;  // of lines: 1 to 255, so that marks of the past need not be wiped out
  uint8_t last_line_epoch_ = 0;
  bool full_wanted_ = false;  // as a cycle
  bool full_needed_ = false;  // in one go
  bool in_cycle_ = false;     // between begin_cycle and the end of finish_cycle
  bool has_traced_roots_ = false;  // in the cycle under way
  bool finishes_next_ = false;  // with the next slice: all is marked, but there was no time left
  size_t allocation_budget_;  // until the next collection or slice
  size_t minor_budget_;       // the same outside of cycles
  size_t slice_budget_ = 0;   // and within, where marking keeps up
  double marking_pace_ = 0;   // bytes to mark for each allocated one
  double marking_debt_ = 0;   // bytes that there was no time for
  size_t allocated_since_collection_ = 0;
  size_t external_since_collection_ = 0;
  size_t external_since_full_ = 0;  // the same since the last full one
  struct SharedCharge {
    size_t users = 0;
    size_t bytes = 0;
  };
  std::unordered_map<const void*, SharedCharge> shared_charges_;
  size_t free_bytes_ = 0;  // after a full collection: in blocks that have survivors
  size_t full_threshold_;
  size_t limit_ = 0;
  bool ignores_limit_ = false;
  HeapStatistics statistics_;
};

}  // namespace skein::gc
