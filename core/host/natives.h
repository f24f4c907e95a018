// What the natives of the script side share. They are seen by core/host/scripts alone, which pass the
// arguments that they expect.
#pragma once

#include <string>

#include "core/builtins/support.h"
#include "core/host/worker_scope.h"
#include "core/runtime/array_buffer.h"

namespace skein {

inline Value new_text(Agent& agent, std::string_view utf8) {
  String* string = new_string_from_utf8(agent.heap(), utf8);
  return string == nullptr ? agent.names().empty_string : string;
}
inline std::string text_of(Value value) { return value.is_string() ? value.as_string()->to_utf8() : std::string(); }

// The bytes of an ArrayBuffer or view, shared or not. Good until script runs.
struct ByteView {
  ArrayBuffer* buffer = nullptr;  // null: the value was neither
  size_t offset = 0;
  size_t length = 0;
  uint8_t* data() const { return buffer->data() + offset; }
  // A copy; shared memory is read as SharedAccess does.
  std::string copy() const;
};
ByteView byte_view(Value value);
// Null when memory is short.
TypedArray* new_uint8_array(Agent& agent, std::string_view bytes);

// Each adds its functions to the object.
void define_port_natives(Agent& agent, Realm& realm, Object* natives);
void define_worker_natives(Agent& agent, Realm& realm, Object* natives);
void define_text_natives(Agent& agent, Realm& realm, Object* natives);
void define_process_natives(Agent& agent, Realm& realm, Object* natives);
Completion<Object*> make_natives(Agent& agent);

}  // namespace skein
