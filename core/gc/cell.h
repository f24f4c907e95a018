// Cell: what the collector sees of every heap object – eight bytes of header.
#pragma once

#include <cstddef>
#include <cstdint>

namespace skein::gc {

// The gc byte of a header.
//   bits 0-1  mark epoch: 0 never marked (young), 1 and 2 alternate between full collections,
//             3 permanent (ROM and other cells that are always live)
//   bit 2     old and not yet logged: a store into the cell must log it (the write barrier's test)
//   bit 3     lives in the large-object space
namespace gc_byte {
inline constexpr uint8_t kEpochMask = 0b0011;
inline constexpr uint8_t kPermanent = 0b0011;
inline constexpr uint8_t kUnlogged = 0b0100;
inline constexpr uint8_t kLarge = 0b1000;
}  // namespace gc_byte

class Heap;

class Cell {
 public:
  uint8_t kind_byte() const { return kind_; }
  uint8_t gc_bits() const { return gc_; }

  // Records a store of a reference into this cell. Call it before or after the store, with no
  // collection in between. `Member` and `ValueSlot` do it by themselves.
  void write_barrier() {
    if (gc_ & gc_byte::kUnlogged) [[unlikely]] log_write();
  }
  // The same where it is known what is stored: null, that is no reference, needs no record.
  void write_barrier(const Cell* stored) {
    if ((gc_ & gc_byte::kUnlogged) && stored != nullptr) [[unlikely]] log_write();
  }
  // The same for one field of a cell that may be large: only what lies around the field is looked at again, and
  // that only if it needs to be.
  // REQUIRES: the kind has trace_part
  void write_barrier_at(const void* field, const Cell* stored) {
    if ((gc_ & gc_byte::kUnlogged) && stored != nullptr) [[unlikely]] log_write_at(field, stored);
  }

 protected:
  Cell(uint8_t kind, uint32_t word = 0, uint8_t flags = 0) : word_(word), kind_(kind), flags_(flags) {}
  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;

  // Free for the kind's use: a shape reference, a length, a capacity.
  uint32_t word_;
  const uint8_t kind_;
  uint8_t flags_;

 private:
  friend class Heap;
  friend class Visitor;
  void log_write();
  void log_write_at(const void* field, const Cell* stored);

  uint8_t gc_ = 0;

 protected:
  uint8_t aux_ = 0;
};
static_assert(sizeof(Cell) == 8);

// A typed reference from one heap cell to another, with the barrier inside.
template <typename T>
class Member {
 public:
  Member() = default;
  Member(T* initial) : pointer_(initial) {}  // only while the owner is being built
  Member& operator=(const Member&) = delete;

  T* get() const { return pointer_; }
  operator T*() const { return pointer_; }
  T* operator->() const { return pointer_; }

  void set(Cell* owner, T* value) {
    pointer_ = value;
    owner->write_barrier();
  }

 private:
  T* pointer_ = nullptr;
};

}  // namespace skein::gc
