#include "core/runtime/agent.h"

#include <algorithm>
#include <cstring>

#include "core/base/recycled_pages.h"
#include "core/numeric/random.h"
#include "core/runtime/operations.h"
#include "core/runtime/plain_objects.h"
#include "platform/random.h"
#include "platform/thread.h"
#include "platform/virtual_memory.h"

namespace skein {

namespace {

#if defined(__EMSCRIPTEN__)
constexpr size_t kRootCapacity = 64 * 1024;
constexpr size_t kStackCapacity = 64 * 1024;
constexpr size_t kNativeStackReserve = 16 * 1024;
#else
constexpr size_t kRootCapacity = 256 * 1024;
constexpr size_t kStackCapacity = 512 * 1024;
constexpr size_t kNativeStackReserve = 64 * 1024;
#endif
// The reserves are left for what runs between two depth checks, and for reporting the error.
constexpr ptrdiff_t kRootReserve = 1024;

const char* well_known_symbol_name(WellKnownSymbol symbol) {
  constexpr const char* kNames[] = {"", "Symbol.asyncDispose", "Symbol.asyncIterator", "Symbol.dispose", "Symbol.hasInstance",
                                    "Symbol.isConcatSpreadable", "Symbol.iterator", "Symbol.match", "Symbol.matchAll", "Symbol.metadata",
                                    "Symbol.replace", "Symbol.search", "Symbol.species", "Symbol.split", "Symbol.toPrimitive",
                                    "Symbol.toStringTag", "Symbol.unscopables"};
  return kNames[static_cast<int>(symbol)];
}

// The same atoms for all agents.
const Names& shared_names() {
  static const Names kNames = [] {
    Names names;
#define SKEIN_NAME(identifier, text) names.identifier = shared_atoms::add(StringView(std::string_view(text)));
#include "core/runtime/names.def"
#undef SKEIN_NAME
    return names;
  }();
  return kNames;
}

}  // namespace

// The stacks are reserved untouched: an idle agent pays for the pages it used. They are pages of their own where
// such cost nothing, so that they go back to the system with the agent: malloc would keep them.
Agent::Stack Agent::allocate_stack(size_t capacity) {
  const size_t bytes = capacity * sizeof(Value);
  void* memory = platform::reservations_are_free() ? recycled_pages::take(bytes) : std::malloc(bytes);
  SKEIN_CHECK(memory != nullptr);
  return Stack(static_cast<Value*>(memory), FreeStack{bytes});
}

void Agent::FreeStack::operator()(Value* memory) const {
  if (platform::reservations_are_free()) recycled_pages::give_back(memory, bytes);
  else std::free(memory);
}

Agent::Agent(const AgentOptions& options, const HostHooks& host)
    : waker_(threading::AgentWaker::create()), heap_(*this), atoms_(heap_), can_block_(options.can_block),
      roots_(allocate_stack(kRootCapacity)), stack_(allocate_stack(kStackCapacity)), names_(shared_names()), host_(&host) {
  heap_.set_limit(options.heap_limit);
  if (options.heap_limit != 0) platform::return_freed_memory();
  root_top_ = roots_.get();
  root_limit_ = root_top_ + kRootCapacity;
  stack_top = stack_.get();
  stack_limit_ = stack_top + kStackCapacity;
  enter_current_thread(options.native_stack);

  uint64_t seed = options.random_seed;
  if (seed == 0) seed = platform::random_seed();
  random_ = numeric::Random(seed);

  well_known_symbols_[0] = nullptr;
  for (int i = 1; i < static_cast<int>(WellKnownSymbol::kCount); ++i) {
    std::string_view name = well_known_symbol_name(static_cast<WellKnownSymbol>(i));
    well_known_symbols_[i] = heap_.make<Symbol>(Value(shared_atoms::add(StringView(name))), next_hash(), Symbol::Type::kWellKnown);
  }
}

Agent::~Agent() {
  if (delete_interpreter != nullptr) delete_interpreter(interpreter);
  if (delete_builtins != nullptr) delete_builtins(builtins);
}

void Agent::enter_current_thread(size_t usable_stack) {
  enter_thread_stack(platform::current_stack_bounds().usable_low, usable_stack);
}

void Agent::enter_thread_stack(uintptr_t stack_low, size_t usable_stack) {
  uintptr_t here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  native_stack_limit_ = stack_low + kNativeStackReserve;
  usable_stack = platform::visible_stack(usable_stack);
  if (usable_stack != 0 && here - usable_stack > native_stack_limit_) native_stack_limit_ = here - usable_stack;
  native_stack_deep_ = here - (here - native_stack_limit_) / 8;
}

Completion<void> Agent::check_stack() {
  // Roots too: in wasm most of a frame is not in linear memory, and they can be used up first.
  if (!native_stack_exhausted() && root_limit_ - root_top_ > kRootReserve) [[likely]] return {};
  return throw_stack_exhausted(*this);
}

Completion<void> Agent::poll_slow() {
  using threading::Interrupt;
  threading::InterruptMask reasons = waker_->take(~threading::InterruptMask{0});
  if (reasons & mask_of(Interrupt::kCpuBudget)) termination_ = TerminationReason::kCpuLimit;
  if (reasons & mask_of(Interrupt::kDeadline)) termination_ = TerminationReason::kTimeLimit;
  if (reasons & mask_of(Interrupt::kTerminate)) termination_ = TerminationReason::kTerminated;
  if (reasons & mask_of(Interrupt::kCollect)) serve_collection();
  if (termination_ != TerminationReason::kNone) return throw_value(Value::null());
  if ((reasons & mask_of(Interrupt::kUserCallback)) && host_->interrupt_callback != nullptr) TRY(host_->interrupt_callback(*this));
  return {};
}

void Agent::serve_collection() {
  // Nobody waits for a collection while the script ends. Allocation asks again.
  if (termination_ != TerminationReason::kNone) return;
  if (memory_exhausted_) {
    // A full collection may bring the heap below its limit again.
    memory_exhausted_ = false;
    heap_.collect(gc::CollectionType::kFull);
    memory_exhausted_ = false;
    if (heap_.limit() != 0 && heap_.used_bytes() > heap_.limit() && !heap_.is_in_cycle()) termination_ = TerminationReason::kMemoryLimit;
    return;
  }
  // Otherwise a program at its limit would do nothing but collect.
  if (heap_.collect_wanted() && heap_.is_nearly_exhausted()) termination_ = TerminationReason::kMemoryLimit;
}

void Agent::clear_termination() {
  termination_ = TerminationReason::kNone;
  memory_exhausted_ = false;
  using threading::Interrupt;
  waker_->withdraw(Interrupt::kTerminate | Interrupt::kDeadline | Interrupt::kCpuBudget);
}

void Agent::stress_collect() {
  if (realm_ == nullptr) return;
  // At every point at first, then ever more rarely, and so in a large heap: programs have to end some time.
  constexpr uint32_t kDensePoints = 20'000;
  constexpr size_t kSmallHeap = 4 << 20;
  const uint32_t stride = 1 + ++stress_count_ / kDensePoints + static_cast<uint32_t>(heap_.used_bytes() / kSmallHeap);
  if (stress_count_ % stride != 0) return;
  // Mostly minor collections: full ones alone would make the build too slow to use. Every other full one marks
  // in slices so small that much script runs in between.
  constexpr size_t kTinySlice = 4 << 10;
  const uint32_t turn = stress_count_ / stride;
  if (heap_.is_in_cycle()) heap_.advance_cycle(kTinySlice);
  else if (turn % 512 == 0) heap_.begin_cycle();
  else heap_.collect(turn % 512 == 256 ? gc::CollectionType::kFull : gc::CollectionType::kMinor);
}

Completion<void> Agent::run_jobs() {
  if (running_jobs_) return {};
  running_jobs_ = true;
  // What ran before the jobs has ended, too.
  clear_kept_objects();
  while (!jobs_.empty()) {
    current_job_ = jobs_.front();
    jobs_.pop_front();
    if (old_jobs_ != 0) --old_jobs_;
    Realm* saved = realm_;
    if (current_job_.realm != nullptr) realm_ = current_job_.realm;
    auto result = current_job_.run(*this, current_job_.data);
    realm_ = saved;
    if (result.is_thrown()) {
      if (is_terminating()) {
        drop_jobs();
        running_jobs_ = false;
        return Thrown{};
      }
      Value exception = take_exception();
      if (host_->report_exception != nullptr) host_->report_exception(*this, exception);
    }
    clear_kept_objects();
    if (auto polled = poll(); polled.is_thrown()) {
      drop_jobs();
      running_jobs_ = false;
      return Thrown{};
    }
  }
  current_job_ = Job{};
  drop_jobs();
  running_jobs_ = false;
  return {};
}

void Agent::charge_jobs() {
  const size_t more = charged_jobs_;
  heap_.charge_external_regardless(more * sizeof(Job));
  charged_jobs_ += more;
}

void Agent::drop_jobs() {
  jobs_.clear();
  old_jobs_ = 0;
  heap_.discharge_external((charged_jobs_ - kFreeJobs) * sizeof(Job));
  charged_jobs_ = kFreeJobs;
}

Symbol* Agent::symbol_for(FlatString* key) {
  Symbol*& symbol = symbol_registry_[key];
  if (symbol == nullptr) {
    constexpr size_t kEntryBytes = 48;  // of the registry, which keeps its symbols for ever
    heap_.charge_external_regardless(kEntryBytes);
    symbol = heap_.make<Symbol>(Value(key), next_hash(), Symbol::Type::kRegistered);
  }
  return symbol;
}

uint32_t Agent::next_hash() { return static_cast<uint32_t>(random_.next_bits() >> 16); }
double Agent::random() { return random_.next_double(); }

Shape* Agent::find_root_shape(const RootShapeKey& key) {
  Shape*& shape = root_shapes_[key];
  if (shape == nullptr) {
    if (key.prototype != nullptr) key.prototype->become_prototype(*this);
    shape = Shape::make_root(heap_, key.prototype, static_cast<uint16_t>(key.layout >> 8), static_cast<uint8_t>(key.layout));
  }
  recent_root_shape(key) = {key, shape};
  return shape;
}

void Agent::make_shape_keys() { shape_keys_ = std::make_unique<ShapeKeysCache>(); }

Shape* shape_for_prototype(Agent& agent, Object* prototype, CellKind kind, uint16_t inline_offset, uint8_t inline_capacity) {
  return agent.root_shape(prototype, kind, static_cast<uint16_t>((inline_offset + 7) & ~7), inline_capacity);
}

// --- gc::HeapClient ---------------------------------------------------------------------------------------

void Agent::add_to_kept_objects(Value value) {
  // A job may ask for the same few objects without end.
  constexpr size_t kMany = 1024;
  if (!kept_objects_.empty() && kept_objects_.back() == value) return;
  if (kept_objects_.size() >= kMany && kept_objects_.size() == kept_objects_.capacity()) {
    std::sort(kept_objects_.begin(), kept_objects_.end(), [](Value a, Value b) { return a.bits() < b.bits(); });
    kept_objects_.erase(std::unique(kept_objects_.begin(), kept_objects_.end()), kept_objects_.end());
    if (kept_objects_.size() * 2 > kept_objects_.capacity()) kept_objects_.reserve(kept_objects_.size() * 2);
  }
  kept_objects_.push_back(value);
}

void Agent::trace_roots(gc::Visitor& visitor) {
  for (Value* slot = roots_.get(); slot != root_top_; ++slot) visit_value(visitor, *slot);
  for (Value* slot = stack_.get(); slot != stack_top; ++slot) visit_value(visitor, *slot);
  for (CustomRoot* root = custom_roots_; root != nullptr; root = root->previous()) root->trace(visitor);
  for (PersistentRoot* root = persistent_roots_; root != nullptr; root = root->next()) root->trace(visitor);
  for (Symbol* symbol : well_known_symbols_) visitor.visit(symbol);
  for (auto& [key, symbol] : symbol_registry_) {
    visitor.visit(key);
    visitor.visit(symbol);
  }
  visitor.visit(realm_);
  visit_value(visitor, pending_exception_);
  auto visit_job = [&](const Job& job) {
    visitor.visit(job.realm);
    for (Value value : job.data) visit_value(visitor, value);
  };
  visit_job(current_job_);
  // Jobs do not change, and a minor collection keeps what is old.
  const bool all = visitor.heap().is_full_collection() && !visitor.heap().has_traced_roots();
  for (size_t i = all ? 0 : old_jobs_; i < jobs_.size(); ++i) visit_job(jobs_[i]);
  old_jobs_ = jobs_.size();
  for (Value value : kept_objects_) visit_value(visitor, value);
  // Root shapes are a cache: weak in full collections only.
  if (!visitor.heap().is_full_collection())
    for (auto& [key, shape] : root_shapes_) visitor.visit(shape);
  if (trace_interpreter != nullptr) trace_interpreter(interpreter, visitor);
  if (trace_builtins != nullptr) trace_builtins(builtins, visitor);
  if (trace_host_data != nullptr) trace_host_data(host_data, visitor);
}

void Agent::sweep_weak_roots(gc::Heap& heap, bool full) {
  atoms_.sweep(heap, full);
  if (shape_keys_ != nullptr) shape_keys_->clear();
  if (!full) return;
  std::erase_if(root_shapes_, [&](auto& entry) { return !heap.is_marked(entry.second); });
  std::fill(std::begin(recent_root_shapes_), std::end(recent_root_shapes_), RecentRootShape{});
}

}  // namespace skein
