#include "core/builtins/builtins.h"

#include "core/runtime/realm.h"

namespace skein {

void register_builtin_kinds() {
  if (g_initialize_intrinsics != nullptr) return;
#define SKEIN_CLAUSE(name)
#define SKEIN_KINDS(name) register_##name##_kinds();
#include "core/builtins/clauses.def"
#undef SKEIN_CLAUSE
#undef SKEIN_KINDS
  g_initialize_intrinsics = initialize_intrinsics;
}

void initialize_intrinsics([[maybe_unused]] Agent& agent, [[maybe_unused]] Realm& realm) {
#define SKEIN_CLAUSE(name) initialize_##name(agent, realm);
#define SKEIN_KINDS(name)
#include "core/builtins/clauses.def"
#undef SKEIN_CLAUSE
#undef SKEIN_KINDS
}

}  // namespace skein
