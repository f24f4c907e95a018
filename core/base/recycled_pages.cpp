#include "core/base/recycled_pages.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "platform/mutex.h"
#include "platform/virtual_memory.h"

namespace skein::recycled_pages {

namespace {

// The three stacks of a few agents, and what most scripts use of each.
constexpr size_t kMostRanges = 12;
constexpr size_t kWarmBytes = 8192;

struct Range {
  void* pages = nullptr;
  size_t bytes = 0;
};

platform::Mutex mutex;
Range ranges[kMostRanges] SKEIN_GUARDED_BY(mutex);

}  // namespace

void* take(size_t bytes) {
  {
    platform::MutexLock lock(mutex);
    for (Range& range : ranges) {
      if (range.bytes != bytes) continue;
      void* pages = range.pages;
      range = Range{};
      return pages;
    }
  }
  return platform::allocate_chunk(bytes, platform::page_size());
}

void give_back(void* pages, size_t bytes) {
  const size_t warm = std::min(bytes, std::max(kWarmBytes, platform::page_size()));
  std::memset(pages, 0, warm);
  platform::discard(static_cast<char*>(pages) + warm, bytes - warm);
  {
    platform::MutexLock lock(mutex);
    for (Range& range : ranges) {
      if (range.pages != nullptr) continue;
      range = {pages, bytes};
      return;
    }
  }
  platform::free_chunk(pages, bytes);
}

}  // namespace skein::recycled_pages
