#include "core/host/inspect_kinds.h"

namespace skein {

KindText describe_text_kind(Agent&, Object*) { return {}; }

}  // namespace skein
