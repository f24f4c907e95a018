// What the collector must know of each kind of cell: how to trace it, how large it is, whether it
// holds something weakly or outside the heap. One process-wide table, filled before the first heap
// exists and constant from then on.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/check.h"
#include "core/gc/cell.h"

namespace skein::gc {

class Visitor;

struct KindInfo {
  const char* name = nullptr;
  void (*trace)(Cell*, Visitor&) = nullptr;
  // Only what lies in the bytes [begin, end) of the cell.
  void (*trace_part)(Cell*, Visitor&, size_t begin, size_t end) = nullptr;
  size_t (*size)(const Cell*) = nullptr;
  // Frees what the cell owns outside the heap. Must not touch other cells.
  void (*finalize)(Cell*, Heap&) = nullptr;
  // Ephemerons: visitor.visit_when_marked() for each key and value. Called at least once per collection,
  // once everything that is reachable without ephemerons is marked.
  void (*trace_ephemerons)(Cell*, Visitor&) = nullptr;
  // Drops references to cells that were not marked. Called once after marking.
  void (*sweep_weak)(Cell*, Heap&) = nullptr;
};

extern std::array<KindInfo, 256> g_kind_table;

inline const KindInfo& kind_info(const Cell* cell) { return g_kind_table[cell->kind_byte()]; }

// Registers T, which has: `static constexpr auto kKind`, `static constexpr const char* kKindName`,
// `size_t cell_size() const`, and any of trace(Visitor&), trace_part(Visitor&, begin, end), finalize(Heap&),
// trace_ephemerons(Visitor&), sweep_weak(Heap&). Classes that serve several kinds name the kind.
// REQUIRES: called before the first Heap is made, from one thread.
template <typename T>
void register_kind(uint8_t kind) {
  KindInfo& info = g_kind_table[kind];
  info.name = T::kKindName;
  info.size = [](const Cell* cell) { return static_cast<const T*>(cell)->cell_size(); };
  if constexpr (requires(T& t, Visitor& v) { t.trace(v); })
    info.trace = [](Cell* cell, Visitor& visitor) { static_cast<T*>(cell)->trace(visitor); };
  if constexpr (requires(T& t, Visitor& v) { t.trace_part(v, size_t{}, size_t{}); })
    info.trace_part = [](Cell* cell, Visitor& visitor, size_t begin, size_t end) { static_cast<T*>(cell)->trace_part(visitor, begin, end); };
  if constexpr (requires(T& t, Heap& h) { t.finalize(h); })
    info.finalize = [](Cell* cell, Heap& heap) { static_cast<T*>(cell)->finalize(heap); };
  if constexpr (requires(T& t, Visitor& v) { t.trace_ephemerons(v); })
    info.trace_ephemerons = [](Cell* cell, Visitor& v) { static_cast<T*>(cell)->trace_ephemerons(v); };
  if constexpr (requires(T& t, Heap& h) { t.sweep_weak(h); })
    info.sweep_weak = [](Cell* cell, Heap& heap) { static_cast<T*>(cell)->sweep_weak(heap); };
}
template <typename T>
void register_kind() {
  register_kind<T>(static_cast<uint8_t>(T::kKind));
}

}  // namespace skein::gc
