// Looking for one string in another: in time that is linear in both, with polls in between. The callers keep the
// strings alive.
#pragma once

#include "core/builtins/support.h"
#include "core/strings/string.h"

namespace skein {

// As StringView::index_of and last_index_of.
Completion<int64_t> find_string(Agent& agent, StringView text, StringView needle, uint32_t from = 0);
Completion<int64_t> find_last_string(Agent& agent, StringView text, StringView needle, uint32_t from);

}  // namespace skein
