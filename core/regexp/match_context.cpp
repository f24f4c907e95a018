#include "core/regexp/match_context.h"

#include <algorithm>
#include <cstdlib>

namespace skein::regexp {

bool MatchContext::reserve(size_t words) {
  if (words <= capacity_) return true;
  size_t limit = stack_limit_ / sizeof(uint32_t);
  if (words > limit) return false;
  size_t wanted = std::min(limit, std::max({words, capacity_ * 2, size_t{1024}}));
  auto more = static_cast<ptrdiff_t>((wanted - capacity_) * sizeof(uint32_t));
  if (charge_ != nullptr && !charge_(charge_data_, more)) return false;
  auto* memory = static_cast<uint32_t*>(std::realloc(memory_, wanted * sizeof(uint32_t)));
  if (memory == nullptr) {
    if (charge_ != nullptr) charge_(charge_data_, -more);
    return false;
  }
  memory_ = memory;
  capacity_ = wanted;
  return true;
}

void MatchContext::release(size_t words) {
  if (capacity_ <= words) return;
  auto less = static_cast<ptrdiff_t>(capacity_ * sizeof(uint32_t));
  std::free(memory_);
  memory_ = nullptr;
  capacity_ = 0;
  if (charge_ != nullptr) charge_(charge_data_, -less);
}

}  // namespace skein::regexp
