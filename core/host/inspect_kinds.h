// What inspect() shows of the builtin kinds of objects: one switch over kinds, apart from the layout.
#pragma once

#include <string>
#include <vector>

#include "core/runtime/agent.h"

namespace skein {

struct KindText {
  std::string head;       // "Map(2)", "Promise", "2026-01-01T00:00:00.000Z"; empty: nothing special
  std::string type;       // the constructor's name that `head` starts with
  bool is_value = false;  // the head is all there is, before own properties (dates, regular expressions)
  bool is_list = false;   // items in brackets, arranged in columns
};
KindText describe_kind(Agent& agent, Object* object);
// Dates and regular expressions, whose text is their value.
KindText describe_text_kind(Agent& agent, Object* object);

struct KindItem {
  std::string label;            // shown before the value: "<pending>", "byteLength: "
  Value key = Value::empty();   // shown as "key => "
  Value value = Value::empty();
};
// Appends at most `limit` items; returns how many there are.
size_t kind_items(Agent& agent, Object* object, size_t limit, std::vector<KindItem>& items);

Object* proxy_target_of(Object* proxy);  // null when revoked
bool is_class_constructor(Agent& agent, Object* function);

}  // namespace skein
