#include "core/strings/shared_atoms.h"

#include <atomic>
#include <memory>

#include "core/base/arena.h"
#include "core/strings/atom_table.h"
#include "platform/mutex.h"

namespace skein::shared_atoms {

namespace {

constexpr size_t kFirstCapacity = 4096;

// Open addressing; entries are only ever added. A table that is too small is followed by a larger copy, and
// kept, as somebody may be reading it: all those before together are not as large as the last.
struct Table {
  Table(size_t capacity, Table* before) : before(before), mask(capacity - 1), slots(new std::atomic<FlatString*>[capacity]()) {}
  Table* const before;
  const size_t mask;
  const std::unique_ptr<std::atomic<FlatString*>[]> slots;

  // What was seen, once: a slot that was free may be another text's a moment later.
  struct Place {
    std::atomic<FlatString*>& slot;  // where the text is, or where it belongs
    FlatString* atom;                // null when it is not there
  };
  Place probe(StringView text, uint32_t hash) const {
    for (size_t at = AtomTable::home_of(hash);; ++at) {
      std::atomic<FlatString*>& slot = slots[at & mask];
      // Acquire: pairs with the release of add(), so that the atom is seen whole.
      FlatString* atom = slot.load(std::memory_order_acquire);
      if (atom == nullptr || AtomTable::is_atom_of(atom, text, hash)) return {slot, atom};
    }
  }
};

class SharedAtoms {
 public:
  static SharedAtoms& process() {
    static SharedAtoms& instance = *new SharedAtoms;  // never destroyed: agents may outlive main
    return instance;
  }

  FlatString* find(StringView text, uint32_t hash) const {
    // Acquire: pairs with the release of grow().
    return table_.load(std::memory_order_acquire)->probe(text, hash).atom;
  }

  FlatString* add(StringView text) {
    const uint32_t hash = text.hash();
    if (FlatString* atom = find(text, hash)) return atom;
    platform::MutexLock lock(mutex_);
    return add_locked(text, hash);
  }

  FlatString* empty;
  FlatString* singles[256];

 private:
  SharedAtoms() {
    table_.store(new Table(kFirstCapacity, nullptr), std::memory_order_relaxed);
    empty = add(StringView());
    for (int i = 0; i < 256; ++i) {
      uint8_t unit = static_cast<uint8_t>(i);
      singles[i] = add(StringView(&unit, 1));
    }
  }

  FlatString* add_locked(StringView text, uint32_t hash) SKEIN_REQUIRES(mutex_) {
    // Only this function changes the tables, under the mutex.
    Table* table = table_.load(std::memory_order_relaxed);
    const auto [slot, present] = table->probe(text, hash);
    if (present != nullptr) return present;  // somebody was faster
    FlatString* atom = AtomTable::make_permanent(arena_, text, hash);
    // Release: the atom is complete before anybody finds it.
    slot.store(atom, std::memory_order_release);
    if (++count_ > (table->mask + 1) / 2) grow(table);
    return atom;
  }

  void grow(Table* old) SKEIN_REQUIRES(mutex_) {
    Table* larger = new Table((old->mask + 1) * 2, old);
    for (size_t i = 0; i <= old->mask; ++i) {
      FlatString* atom = old->slots[i].load(std::memory_order_relaxed);
      if (atom != nullptr) larger->probe(AtomTable::text_of(atom), AtomTable::hash_of(atom)).slot.store(atom, std::memory_order_relaxed);
    }
    // Release: the new table is complete before anybody looks into it.
    table_.store(larger, std::memory_order_release);
  }

  std::atomic<Table*> table_;
  platform::Mutex mutex_;
  Arena arena_ SKEIN_GUARDED_BY(mutex_);
  size_t count_ SKEIN_GUARDED_BY(mutex_) = 0;
};

}  // namespace

FlatString* find(StringView text, uint32_t hash) { return SharedAtoms::process().find(text, hash); }
FlatString* add(StringView text) { return SharedAtoms::process().add(text); }
FlatString* empty() { return SharedAtoms::process().empty; }
FlatString* const* singles() { return SharedAtoms::process().singles; }

}  // namespace skein::shared_atoms
