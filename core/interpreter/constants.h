// Small helpers over an Executable's tables.
#pragma once

#include "core/bytecode/executable.h"
#include "core/strings/string.h"

namespace skein {

// Literals and instances get at most this many inline slots.
inline constexpr size_t kMaxInlineSlots = 64;

inline StringView string_view(const bytecode::Executable& executable, bytecode::StringIndex index) {
  const bytecode::StringTable& table = executable.strings;
  if (table.is_latin1(index)) return StringView(table.latin1(index).data(), table.length(index));
  return StringView(table.utf16(index).data(), table.length(index));
}

}  // namespace skein
