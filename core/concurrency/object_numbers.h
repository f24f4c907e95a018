// ObjectNumbers: which number an object has in a stream.
//
// A graph of many objects is looked up in it all the time, so it is as fast as memory: one table of numbers per
// block of the heap, indexed by where in the block the object begins. Neighbours in the heap are neighbours in the
// table. The first few objects need none.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "core/gc/block.h"
#include "core/runtime/object.h"

namespace skein {

class ObjectNumbers {
 public:
  // The object's number; 0 while it has none. Valid until the next call. REQUIRES: the object stays alive
  uint32_t& of(const Object* object) {
    if (few_count_ <= kFew) {
      for (uint32_t i = 0; i < few_count_; ++i)
        if (few_[i].object == object) return few_[i].number;
      if (few_count_ < kFew) {
        few_[few_count_] = {object, 0};
        return few_[few_count_++].number;
      }
      leave_few();
    }
    return in_page(object);
  }

 private:
  static constexpr uint32_t kFew = 12;
  // No object is smaller than three words, so no two begin in one of these.
  static constexpr size_t kGranule = 2 * sizeof(void*) < 16 ? 2 * sizeof(void*) : 16;
  static constexpr size_t kPageEntries = gc::kBlockSize / kGranule;
  static_assert(sizeof(Object) >= kGranule);
  struct Free {
    void operator()(uint32_t* page) const { std::free(page); }
  };
  using Page = std::unique_ptr<uint32_t[], Free>;
  struct Entry {
    uintptr_t block = 0;  // address / kBlockSize
    uint32_t* page = nullptr;
  };

  uint32_t& in_page(const Object* object) {
    const auto address = reinterpret_cast<uintptr_t>(object);
    const uintptr_t block = address / gc::kBlockSize;
    if (block != last_.block) last_ = page_of(block);
    return last_.page[address % gc::kBlockSize / kGranule];
  }
  Entry page_of(uintptr_t block) {
    if (pages_.size() * 2 >= table_.size()) grow();
    Entry& entry = find(block);
    if (entry.page == nullptr) {
      auto* page = static_cast<uint32_t*>(std::calloc(kPageEntries, sizeof(uint32_t)));
      SKEIN_CHECK(page != nullptr);
      pages_.emplace_back(page);
      entry = {block, page};
    }
    return entry;
  }
  Entry& find(uintptr_t block) {
    const size_t mask = table_.size() - 1;
    size_t at = (static_cast<uint64_t>(block) * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (table_[at].page != nullptr && table_[at].block != block) at = (at + 1) & mask;
    return table_[at];
  }
  void grow() {
    std::vector<Entry> old(table_.empty() ? 16 : table_.size() * 2);
    old.swap(table_);
    for (const Entry& entry : old)
      if (entry.page != nullptr) find(entry.block) = entry;
  }
  void leave_few() {
    for (uint32_t i = 0; i < kFew; ++i) in_page(few_[i].object) = few_[i].number;
    few_count_ = kFew + 1;
  }

  struct Few {
    const Object* object;
    uint32_t number;
  };
  Few few_[kFew];
  uint32_t few_count_ = 0;  // kFew + 1: all are in pages
  Entry last_;
  std::vector<Entry> table_;
  std::vector<Page> pages_;
};

}  // namespace skein
