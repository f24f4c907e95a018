#include "core/gc/heap.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/base/check.h"
#include "core/gc/visitor.h"
#include "platform/clock.h"

namespace skein::gc {

std::array<KindInfo, 256> g_kind_table;

namespace {

// Allocation between two minor collections. Large enough that most of it is dead by then, small
// enough to stay near the cache, and not to be most of what a small program takes; less where so much survives, or is
// written, that a collection takes longer than its goal.
constexpr size_t kMinorBudget = 768 * 1024, kLargestMinorBudget = 4 * 1024 * 1024;
constexpr size_t kSmallestMinorBudget = 512 * 1024;
// Of memory outside the heap: until a minor one at the least; and until a full one where there is a limit.
constexpr size_t kMinorExternalBudget = 2 * 1024 * 1024, kFullExternalBudget = 32 * 1024 * 1024;
// What belongs to one cell, and counts as if it were a part of it.
constexpr size_t kSmallExternal = 1024;
// What the write barrier records, in bytes of allocation that cost a collection about as much.
constexpr size_t kCardCost = 1024, kLoggedCellCost = 128;
constexpr int64_t kPauseGoal = 1'000'000;  // nanoseconds
constexpr size_t kFirstFullThreshold = 2 * 1024 * 1024;
constexpr size_t kThresholdRoom = 1024 * 1024, kLeastGrowth = 512 * 1024;
// Below that, a full collection takes no longer than a slice or two.
constexpr size_t kSmallHeap = 2 * 1024 * 1024;
// Allocation between two slices of a cycle, and during all of it.
constexpr size_t kMinSlice = 64 * 1024, kMaxSlice = 256 * 1024;
constexpr size_t kMinCycle = 512 * 1024, kMaxCycle = 32 * 1024 * 1024;

#ifdef SKEIN_GC_STRESS
constexpr unsigned char kPoison = 0xCB;
#endif

bool is_past(int64_t deadline) { return deadline != INT64_MAX && platform::monotonic_ns() >= deadline; }

constexpr size_t kLargeHead = kFirstLine * kLineSize;

size_t with_cards(size_t bytes) { return bytes + card_count(bytes); }
bool fits_block(size_t bytes) { return with_cards(bytes) <= kBlockPayload; }

// What a large cell takes from the process: a block of the pool, or pages and what their alignment costs.
size_t large_footprint(size_t bytes) {
  constexpr size_t kPage = 4096;
  if (fits_block(bytes)) return kBlockSize;
  return (kLargeHead + with_cards(bytes) + 2 * kPage - 1) & ~(kPage - 1);
}

void free_large(Block* block) {
  if (fits_block(block->large_size)) block_pool::release({&block, 1}, BlockSpace::kGeneral);
  else std::free(block);
}

}  // namespace

int PauseStatistics::class_of(int64_t nanoseconds) {
  // The highest bit, and the two below it.
  const auto value = static_cast<uint64_t>(std::max<int64_t>(nanoseconds, 4));
  const int exponent = std::bit_width(value) - 1;
  return std::min(kClasses - 1, 4 * exponent + static_cast<int>((value >> (exponent - 2)) & 3));
}

void PauseStatistics::add(int64_t nanoseconds) {
  ++count_;
  total_ns_ += nanoseconds;
  longest_ns_ = std::max(longest_ns_, nanoseconds);
  ++classes_[class_of(nanoseconds)];
}

int64_t PauseStatistics::quantile_ns(double share) const {
  auto wanted = static_cast<uint64_t>(std::ceil(share * static_cast<double>(count_)));
  uint64_t seen = 0;
  for (int i = 0; i < kClasses; ++i) {
    seen += classes_[i];
    // The upper end of the class.
    if (seen >= wanted && seen != 0) return std::min(longest_ns_, (int64_t{5 + i % 4} << (i / 4)) / 4);
  }
  return longest_ns_;
}

void Cell::log_write() {
  gc_ &= ~gc_byte::kUnlogged;
  Heap::of(this).log(this);
}

void Cell::log_write_at(const void* field, const Cell* stored) {
  if (!(gc_ & gc_byte::kLarge)) return log_write();
  Heap& heap = Heap::of(this);
  // What is marked will not be found dead: a sort of old objects costs no collection anything.
  if (!heap.is_marked(stored)) heap.log_part(this, field);
}

Heap::Heap(HeapClient& client)
    : client_(client), allocation_budget_(kMinorBudget), minor_budget_(kMinorBudget), full_threshold_(kFirstFullThreshold) {
  spaces_[0].kind = BlockSpace::kGeneral;
  spaces_[1].kind = BlockSpace::kCage;
}

Heap::~Heap() {
  for (Cell* cell : finalizable_) kind_info(cell).finalize(cell, *this);
  for (Space& space : spaces_)
    for (auto* blocks : {&space.open, &space.fresh, &space.full}) block_pool::release(*blocks, space.kind);
  for (Block* block : large_) free_large(block);
}

// --- Allocation -----------------------------------------------------------------------------------

void* Heap::allocate_slow(Space& space, size_t bytes) {
  // A cell longer than a line that does not fit the present run goes to the overflow block, so that
  // the rest of the run is not wasted on it.
  if (bytes > kLineSize) {
    if (bytes > static_cast<size_t>(space.overflow_limit - space.overflow_cursor)) {
      Block* block = add_block(space);
      if (block == nullptr) return nullptr;
      space.overflow_cursor = block->line(kFirstLine);
      space.overflow_limit = block->line(kLinesPerBlock);
    }
    char* result = space.overflow_cursor;
    space.overflow_cursor += bytes;
    return result;
  }
  if (!next_run(space, bytes)) return nullptr;
  char* result = space.cursor;
  space.cursor += bytes;
  return result;
}

// Moves the cursor to the next run of free lines: in the current block, then in open blocks, then in a new one.
bool Heap::next_run(Space& space, size_t) {
  for (;;) {
    if (space.current != nullptr) {
      const uint8_t* marks = space.current->line_marks;
      size_t line = space.next_line;
      while (line < kLinesPerBlock && is_line_used(marks[line])) ++line;
      if (line < kLinesPerBlock) {
        size_t end = line;
        while (end < kLinesPerBlock && !is_line_used(marks[end])) ++end;
        space.cursor = space.current->line(line);
        space.limit = space.current->line(end);
        space.next_line = end;
        count_allocation((end - line) * kLineSize);
        return true;
      }
    }
    if (space.next_open < space.open.size()) {
      space.current = space.open[space.next_open++];
      space.next_line = kFirstLine;
      continue;
    }
    space.current = nullptr;
    Block* block = add_block(space);
    if (block == nullptr) return false;
    space.cursor = block->line(kFirstLine);
    space.limit = block->line(kLinesPerBlock);
    return true;
  }
}

Block* Heap::add_block(Space& space) {
  Block* block = block_pool::acquire(space.kind);
  if (block == nullptr) return nullptr;
  block->heap = this;
  block->large_size = 0;
  std::memset(block->line_marks, 0, sizeof block->line_marks);
  space.fresh.push_back(block);
  statistics_.block_bytes += kBlockSize;
  if (limit_ != 0 && used_bytes() > limit_) client_.memory_exhausted();
  count_allocation(kBlockPayload);
  return block;
}

void* Heap::allocate_large(size_t bytes) {
  if (bytes > SIZE_MAX - kLargeHead - kBlockSize) return nullptr;
  const size_t footprint = large_footprint(bytes);
  if (footprint > room()) {
    // A collection may make room, but not here: ask for a full one, so that a retry can succeed.
    want_full_collection();
    if (!ignores_limit_) return nullptr;
  }
  void* memory = nullptr;
  if (fits_block(bytes)) memory = block_pool::acquire(BlockSpace::kGeneral);
  else if (posix_memalign(&memory, kBlockSize, kLargeHead + with_cards(bytes)) != 0) return nullptr;
  if (memory == nullptr) return nullptr;
  Block* block = static_cast<Block*>(memory);
  block->heap = this;
  block->large_size = bytes;
  block->has_dirty_cards = false;
  std::memset(block->cards(), 0, card_count(bytes));
  large_.push_back(block);
  statistics_.block_bytes += footprint;
  count_allocation(footprint);
  return block->line(kFirstLine);
}

void Heap::count_allocation(size_t bytes) {
  allocated_since_collection_ += bytes;
  if (allocated_since_collection_ < allocation_budget_) return;
  if (used_bytes() > full_threshold_) full_wanted_ = true;
  client_.collection_wanted();
}

bool Heap::charge_external(size_t bytes) {
  if (bytes > room()) {
    want_full_collection();
    return false;
  }
  count_external(bytes);
  return true;
}

void Heap::charge_external_regardless(size_t bytes) {
  count_external(bytes);
  if (limit_ != 0 && used_bytes() > limit_) client_.memory_exhausted();
}

void Heap::count_external(size_t bytes) {
  statistics_.external_bytes += bytes;
  external_since_collection_ += bytes;
  external_since_full_ += bytes;
  // It dies with its cell, and that most likely young. Half of what there may be without a full collection: a large buffer
  // that comes and goes starts one only once.
  if (external_since_collection_ > std::max(kMinorExternalBudget, full_threshold_ / 2)) {
    if (used_bytes() > full_threshold_) full_wanted_ = true;
    client_.collection_wanted();
  }
  // Where there is a limit, what comes next may be refused: no time for a cycle.
  if (limit_ != 0 && external_since_full_ > std::min(kFullExternalBudget, limit_ / 8)) want_full_collection();
  if (in_cycle_ || bytes <= kSmallExternal) count_allocation(bytes);
}

bool Heap::join_shared(const void* memory) { return shared_charges_[memory].users++ == 0; }

void Heap::charge_shared(const void* memory, size_t bytes) {
  shared_charges_[memory].bytes += bytes;
  charge_external_regardless(bytes);
}

void Heap::leave_shared(const void* memory) {
  auto found = shared_charges_.find(memory);
  if (--found->second.users != 0) return;
  discharge_external(found->second.bytes);
  shared_charges_.erase(found);
}

void Heap::out_of_memory() {
  std::fputs("skein: the system has no more memory\n", stderr);
  std::abort();
}

// --- Marking --------------------------------------------------------------------------------------

void Heap::mark(Cell* cell) {
  cell->gc_ = static_cast<uint8_t>((cell->gc_ & gc_byte::kLarge) | epoch_ | gc_byte::kUnlogged);
  mark_stack_.push_back(cell);
  const uintptr_t start = reinterpret_cast<uintptr_t>(cell) & (kBlockSize - 1);
  __builtin_prefetch(&Block::of(cell)->line_marks[start / kLineSize], 1);
}

bool Heap::drain_mark_stack(Visitor& visitor, size_t bytes, int64_t deadline) {
  constexpr size_t kBytesPerLook = 16 * 1024;
  size_t marked = 0, next_look = kBytesPerLook;
  for (;;) {
    if (is_marking_done()) {
      visitor.flush();
      if (is_marking_done()) break;
    }
    marked += mark_stack_.empty() ? trace_next_part(visitor) : trace_next_cell(visitor);
    if (marked < next_look) [[likely]] continue;
    next_look = marked + kBytesPerLook;
    if (marked >= bytes || (in_cycle_ && client_.is_stopping()) || is_past(deadline)) {
      visitor.flush();
      break;
    }
  }
  marking_debt_ -= static_cast<double>(marked);
  return is_marking_done();
}

// These give the bytes that they have looked at.
size_t Heap::trace_next_cell(Visitor& visitor) {
  Cell* cell = mark_stack_.back();
  mark_stack_.pop_back();
  const KindInfo& info = kind_info(cell);
  Block* block = Block::of(cell);
  if (info.sweep_weak != nullptr || info.trace_ephemerons != nullptr) [[unlikely]] traced_weak_cells_.push_back(cell);
  size_t size = 0;
  if (!(cell->gc_ & gc_byte::kLarge)) {
    size = round_up(info.size(cell));
    uintptr_t start = reinterpret_cast<uintptr_t>(cell) - reinterpret_cast<uintptr_t>(block);
    size_t last = (start + size - 1) / kLineSize;
    for (size_t line = start / kLineSize; line <= last; ++line) block->line_marks[line] = line_epoch_;
    if (info.trace != nullptr) info.trace(cell, visitor);
  } else if (info.trace_part != nullptr) {
    parts_.push_back({cell, 0});
  } else {
    size = block->large_size;
    if (info.trace != nullptr) info.trace(cell, visitor);
  }
  if (marking_ephemerons_) mark_dependents(cell, visitor);
  return size;
}

size_t Heap::trace_next_part(Visitor& visitor) {
  constexpr size_t kPart = 32 * 1024;
  auto& [cell, begin] = parts_.back();
  const size_t size = Block::of(cell)->large_size, length = std::min(kPart, size - begin);
  kind_info(cell).trace_part(cell, visitor, begin, begin + length);
  begin += length;
  if (begin == size) parts_.pop_back();
  return length;
}

void Heap::log(Cell* cell) {
  log_.push_back(cell);
  count_allocation(kLoggedCellCost);
}

void Heap::log_part(Cell* large_cell, const void* field) {
  Block* block = Block::of(large_cell);
  uint8_t& card = block->cards()[(static_cast<const char*>(field) - reinterpret_cast<const char*>(large_cell)) / kCardSize];
  if (card != 0) return;
  card = 1;
  count_allocation(kCardCost);
  if (block->has_dirty_cards) return;
  block->has_dirty_cards = true;
  carded_.push_back(block);
}

void Heap::take_after(Cell* copy, const Cell* original) {
  constexpr uint8_t kTracked = gc_byte::kLarge | gc_byte::kUnlogged;
  if (in_cycle_ || !(copy->gc_ & gc_byte::kLarge) || (original->gc_ & kTracked) != kTracked || !is_marked(original)) return;
  copy->gc_ = static_cast<uint8_t>(kTracked | epoch_);
  Block* const from = Block::of(original);
  Block* const to = Block::of(copy);
  if (!from->has_dirty_cards) return;
  std::memcpy(to->cards(), from->cards(), card_count(std::min(from->large_size, to->large_size)));
  to->has_dirty_cards = true;
  carded_.push_back(to);
}

// Old cells that were written count as roots, and are old and unlogged again. In a cycle those that are not
// marked yet need nothing: they are traced when they are. Where this is stopped, the rest stays logged.
bool Heap::trace_log(Visitor& visitor, int64_t deadline) {
  constexpr size_t kPrefetched = 8, kCellsPerLook = 64;
  while (!log_.empty()) {
    const size_t left = log_.size();
    if (left % kCellsPerLook == 0 && is_past(deadline)) return false;
    if (left > kPrefetched) __builtin_prefetch(log_[left - 1 - kPrefetched]);
    Cell* cell = log_.back();
    log_.pop_back();
    if (!is_marked(cell)) continue;
    cell->gc_ |= gc_byte::kUnlogged;
    mark_stack_.push_back(cell);
    trace_next_cell(visitor);
  }
  while (!carded_.empty()) {
    if (!trace_cards(carded_.back(), visitor, deadline)) return false;
    carded_.back()->has_dirty_cards = false;
    carded_.pop_back();
  }
  return true;
}

// From the first card on each time: cards behind the place where this was stopped may be dirty again.
bool Heap::trace_cards(Block* block, Visitor& visitor, int64_t deadline) {
  constexpr size_t kCardsPerLook = 32;
  Cell* const cell = reinterpret_cast<Cell*>(block->line(kFirstLine));
  const bool is_traced = is_marked(cell);
  uint8_t* const begin = block->cards();
  uint8_t* const end = begin + card_count(block->large_size);
  size_t looked = 0;
  for (uint8_t* card = begin; (card = static_cast<uint8_t*>(std::memchr(card, 1, static_cast<size_t>(end - card)))) != nullptr; ++card) {
    if (++looked % kCardsPerLook == 0 && is_past(deadline)) return false;
    *card = 0;
    if (!is_traced) continue;
    const size_t offset = static_cast<size_t>(card - begin) * kCardSize;
    kind_info(cell).trace_part(cell, visitor, offset, std::min(offset + kCardSize, block->large_size));
  }
  return true;
}

void Heap::forget_log() {
  log_.clear();
  for (Block* block : carded_) {
    block->has_dirty_cards = false;
    std::memset(block->cards(), 0, card_count(block->large_size));
  }
  carded_.clear();
}

// Ephemerons in linear time: every marked table is looked at once (in a minor collection those that are young or
// written; the others hold nothing young). The values whose keys are not marked wait
// for them in waiting_; from now on each cell that is marked sets those free that wait for it, and is
// itself looked at if it is a table.
bool Heap::mark_ephemerons(Visitor& visitor) {
  marking_ephemerons_ = true;
  bool completed = true;
  std::sort(traced_weak_cells_.begin(), traced_weak_cells_.end());
  traced_weak_cells_.erase(std::unique(traced_weak_cells_.begin(), traced_weak_cells_.end()), traced_weak_cells_.end());
  for (Cell* cell : traced_weak_cells_) {
    if (auto trace = kind_info(cell).trace_ephemerons) trace(cell, visitor);
    if (in_cycle_ && client_.is_stopping()) {
      completed = false;
      break;
    }
  }
  // Where this is left, the next attempt looks at all tables again.
  completed = completed && drain_mark_stack(visitor);
  marking_ephemerons_ = false;
  waiting_.clear();
  return completed;
}

// The second half of marking a cell while ephemerons are.
void Heap::mark_dependents(Cell* cell, Visitor& visitor) {
  if (auto trace = kind_info(cell).trace_ephemerons) trace(cell, visitor);
  auto found = waiting_.find(cell);
  if (found == waiting_.end()) return;
  std::vector<Cell*> values = std::move(found->second);
  waiting_.erase(found);
  for (Cell* value : values) visitor.visit(value);
}

// --- Collections ----------------------------------------------------------------------------------

namespace {

class Pause {
 public:
  explicit Pause(HeapStatistics& statistics) : statistics_(statistics) {
    statistics.peak_bytes = std::max(statistics.peak_bytes, statistics.block_bytes + statistics.external_bytes);
  }
  ~Pause() { statistics_.pauses.add(platform::monotonic_ns() - start_); }
  Pause(const Pause&) = delete;
  Pause& operator=(const Pause&) = delete;

 private:
  HeapStatistics& statistics_;
  const int64_t start_ = platform::monotonic_ns();
};

}  // namespace

bool Heap::collect_wanted() {
  if (full_needed_ || (full_wanted_ && !in_cycle_ && statistics_.block_bytes < kSmallHeap)) {
    collect(CollectionType::kFull);
    return !in_cycle_;
  }
  if (full_wanted_ && !in_cycle_) {
    Pause pause(statistics_);
    begin_cycle();
  } else if (in_cycle_) {
    advance_cycle(std::max(allocated_since_collection_, kMinSlice));
    return !in_cycle_;
  } else {
    collect(CollectionType::kMinor);
  }
  return false;
}

void Heap::collect(CollectionType type) {
  if (type == CollectionType::kMinor) return in_cycle_ ? advance_cycle(std::max(allocated_since_collection_, kMinSlice)) : collect_minor();
  Pause pause(statistics_);
  // A cycle under way keeps what has become garbage since its beginning.
  if (in_cycle_ && !finish_cycle()) return;
  begin_cycle();
  finish_cycle();
}

void Heap::collect_minor() {
  Pause pause(statistics_);
  ++statistics_.minor_collections;
  // Of this thread alone: that others have had their turn says nothing about the nursery.
  const int64_t start = platform::thread_cpu_ns();
  Visitor visitor(*this);
  client_.trace_roots(visitor);
  const int64_t roots_traced = platform::thread_cpu_ns();
  trace_log(visitor);
  drain_mark_stack(visitor);
  const int64_t marked = platform::thread_cpu_ns();
  mark_ephemerons(visitor);
  sweep(false);
  pace_minor(marked - roots_traced, platform::thread_cpu_ns() - marked + roots_traced - start);
  if (used_bytes() > full_threshold_) full_wanted_ = true;
}

// Marking takes as long as there are survivors and records of the write barrier; the rest takes its time however
// seldom collections are. Where that rest is most of it, it is not to be made more than twice as much.
void Heap::pace_minor(int64_t marking, int64_t other) {
  const auto wanted = static_cast<double>(std::max(kPauseGoal - other, other));
  const double factor = std::clamp(wanted / static_cast<double>(std::max<int64_t>(marking, 1)), 0.25, 1.25);
  const auto budget = static_cast<size_t>(factor * static_cast<double>(minor_budget_));
  const size_t most = std::clamp(used_bytes() / 8, kMinorBudget, kLargestMinorBudget);
  allocation_budget_ = minor_budget_ = std::clamp(budget, kSmallestMinorBudget, most);
}

// Lines in use keep the mark of the epoch that ends, until they are marked anew: free is what has none of both.
void Heap::begin_line_epoch() {
  last_line_epoch_ = line_epoch_;
  if (++line_epoch_ != 0) return;
  for (Space& space : spaces_)
    for (auto* blocks : {&space.open, &space.fresh, &space.full})
      for (Block* block : *blocks)
        for (uint8_t& mark : block->line_marks) mark = mark == last_line_epoch_ ? 1 : 0;
  last_line_epoch_ = 1;
  line_epoch_ = 2;
}

void Heap::begin_cycle() {
  epoch_ = epoch_ == 1 ? 2 : 1;
  begin_line_epoch();
  in_cycle_ = true;
  finishes_next_ = false;
  traced_weak_cells_.clear();
  // What is logged so far is found from the roots.
  forget_log();
  Visitor visitor(*this);
  has_traced_roots_ = false;
  client_.trace_roots(visitor);
  has_traced_roots_ = true;

  const size_t cycle = std::min(std::clamp(used_bytes() / 4, kMinCycle, kMaxCycle), std::max(room() / 2, kMinSlice));
  allocation_budget_ = slice_budget_ = std::clamp(cycle / 16, kMinSlice, kMaxSlice);
  marking_pace_ = std::max(2.0, static_cast<double>(statistics_.block_bytes) / static_cast<double>(cycle));
  marking_debt_ = 0;
  allocated_since_collection_ = 0;
}

void Heap::advance_cycle(size_t allocated) {
  Pause pause(statistics_);
  ++statistics_.full_slices;
  allocated_since_collection_ = 0;
  marking_debt_ = std::max(marking_debt_, 0.0) + marking_pace_ * static_cast<double>(allocated);
  const int64_t start = platform::monotonic_ns();
  const bool is_marked = advance_marking(static_cast<size_t>(marking_debt_), start + kPauseGoal);
  if (is_marked && (finishes_next_ || !is_past(start + kPauseGoal / 2))) {
    finish_cycle();
    return;
  }
  finishes_next_ |= is_marked;
  allocation_budget_ = is_marked || marking_debt_ > 0 ? kMinSlice : slice_budget_;
}

// Whether all has been marked that can be reached at this moment, but for ephemerons.
bool Heap::advance_marking(size_t bytes, int64_t deadline) {
  Visitor visitor(*this);
  if (!drain_mark_stack(visitor, bytes, deadline) || !trace_log(visitor, deadline)) return false;
  client_.trace_roots(visitor);
  // The roots may be many and take all the time there is. What they have to add is little, but without some time for it
  // the cycle would never end.
  return drain_mark_stack(visitor, bytes, std::max(deadline, platform::monotonic_ns() + kPauseGoal));
}

// All that is left to do; false, and the cycle goes on, where it was stopped.
bool Heap::finish_cycle() {
  Visitor visitor(*this);
  if (!drain_mark_stack(visitor)) return false;
  trace_log(visitor);
  client_.trace_roots(visitor);
  if (!drain_mark_stack(visitor) || !mark_ephemerons(visitor)) return false;

  sweep(true);
  in_cycle_ = false;
  ++statistics_.full_collections;
  allocation_budget_ = minor_budget_;
  full_wanted_ = full_needed_ = false;
  // Twice of what is alive. Blocks that survivors lie scattered over are taken, but have room, too.
  const size_t alive = used_bytes() - std::min(used_bytes(), free_bytes_);
  full_threshold_ = std::max({kFirstFullThreshold, alive * 2 + kThresholdRoom, used_bytes() + kLeastGrowth});
  if (limit_ != 0) {
    full_threshold_ = std::min(full_threshold_, limit_ - limit_ / 8);
    if (used_bytes() > limit_) client_.memory_exhausted();
  }
  return true;
}

// --- Sweeping -------------------------------------------------------------------------------------

namespace {

// Minor collections look only at what has come since the last one: `old` cells were marked then.
template <typename T, typename Predicate>
void erase_dead(std::vector<T>& from, size_t& old, bool full, Predicate is_dead) {
  const auto begin = from.begin() + static_cast<ptrdiff_t>(full ? 0 : old);
  from.erase(std::remove_if(begin, from.end(), is_dead), from.end());
  old = from.size();
}

}  // namespace

void Heap::sweep(bool full) {
  sweep_weak_cells(full);
  client_.sweep_weak_roots(*this, full);
  finalize_dead(full);
  poison_dead();
  sweep_large(full);
  free_bytes_ = 0;
  for (Space& space : spaces_) sweep_blocks(space, full);
  block_pool::trim();
  allocated_since_collection_ = 0;
  external_since_collection_ = 0;
  if (full) external_since_full_ = 0;
}

void Heap::sweep_weak_cells(bool full) {
  erase_dead(weak_cells_, old_weak_cells_, full, [this](Cell* cell) { return !is_marked(cell); });
  for (Cell* cell : full ? weak_cells_ : traced_weak_cells_)
    if (auto sweep = kind_info(cell).sweep_weak) sweep(cell, *this);
  traced_weak_cells_.clear();
}

void Heap::finalize_dead(bool full) {
  erase_dead(finalizable_, old_finalizable_, full, [this](Cell* cell) {
    if (is_marked(cell)) return false;
    kind_info(cell).finalize(cell, *this);
    return true;
  });
}

void Heap::sweep_large(bool full) {
  erase_dead(large_, old_large_, full, [this](Block* block) {
    Cell* cell = reinterpret_cast<Cell*>(block->line(kFirstLine));
    if (is_marked(cell)) return false;
    statistics_.block_bytes -= large_footprint(block->large_size);
    free_large(block);
    return true;
  });
}

// Blocks without a marked line go back to the process; the others are looked at again when allocation reaches them. A minor
// collection leaves those alone that nothing has been allocated into: they have not changed.
void Heap::sweep_blocks(Space& space, bool full) {
  std::vector<Block*> open;
  open.reserve(space.open.size() + space.fresh.size());
  const std::span<Block* const> all = space.open;
  sort_swept(space, space.fresh, open);
  sort_swept(space, all.first(space.next_open), open);
  if (full) {
    sort_swept(space, all.subspan(space.next_open), open);
    const std::vector<Block*> were_full = std::exchange(space.full, {});
    sort_swept(space, were_full, open);
  } else {
    open.insert(open.end(), all.begin() + static_cast<ptrdiff_t>(space.next_open), all.end());
  }
  space.open = std::move(open);
  space.fresh.clear();
  statistics_.block_bytes -= empty_blocks_.size() * kBlockSize;
  block_pool::release(empty_blocks_, space.kind);
  empty_blocks_.clear();
  space.next_open = 0;
  space.current = nullptr;
  space.cursor = space.limit = nullptr;
  space.overflow_cursor = space.overflow_limit = nullptr;
}

void Heap::sort_swept(Space& space, std::span<Block* const> blocks, std::vector<Block*>& open) {
  constexpr size_t kPrefetched = 8;
  // A block with less room than that is not worth the look.
  constexpr size_t kFewestFreeLines = 4;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (i + kPrefetched < blocks.size())
      for (size_t line = 0; line < kLinesPerBlock; line += 48) __builtin_prefetch(&blocks[i + kPrefetched]->line_marks[line]);
    uint8_t used = 0;
    for (uint8_t mark : blocks[i]->line_marks) used += mark == line_epoch_;
    if (used == 0) empty_blocks_.push_back(blocks[i]);
    else if (used + kFewestFreeLines > kLinesPerBlock - kFirstLine) space.full.push_back(blocks[i]);
    else open.push_back(blocks[i]);
    if (used != 0) free_bytes_ += (kLinesPerBlock - kFirstLine - used) * kLineSize;
  }
}

void Heap::poison_dead() {
#ifdef SKEIN_GC_STRESS
  // Sizes first: a cell's size may depend on its shape, which may be dead too.
  std::vector<std::pair<Cell*, size_t>> dead;
  std::erase_if(all_cells_, [&](Cell* cell) {
    if (is_marked(cell)) return false;
    if (!(cell->gc_ & gc_byte::kLarge)) dead.emplace_back(cell, round_up(kind_info(cell).size(cell)));
    return true;
  });
  for (auto [cell, size] : dead) std::memset(static_cast<void*>(cell), kPoison, size);
#endif
}

}  // namespace skein::gc
