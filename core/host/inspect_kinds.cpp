#include "core/host/inspect_kinds.h"

#include <algorithm>

#include "core/builtins/collection_iterator.h"
#include "core/builtins/hash_table.h"
#include "core/builtins/promise.h"
#include "core/builtins/proxy.h"
#include "core/interpreter/closure.h"
#include "core/runtime/array_buffer.h"
#include "core/threading/shared_access.h"

namespace skein {

namespace {

const char* typed_array_name(ElementType type) {
  constexpr const char* kNames[kElementTypeCount] = {"Int8Array",  "Uint8Array",  "Uint8ClampedArray", "Int16Array",
                                                     "Uint16Array", "Int32Array",  "Uint32Array",       "BigInt64Array",
                                                     "BigUint64Array", "Float16Array", "Float32Array",  "Float64Array"};
  return kNames[static_cast<int>(type)];
}

KindText sized(const char* type, size_t size, bool is_list = false) {
  return {std::string(type) + "(" + std::to_string(size) + ")", type, false, is_list};
}

KindText named(const char* type) { return {type, type}; }

std::string hex_bytes(ArrayBuffer* buffer, size_t limit) {
  size_t length = std::min(buffer->byte_length(), limit);
  std::string bytes(length, '\0');
  if (length != 0) {
    if (buffer->is_shared()) threading::SharedAccess::copy_from(bytes.data(), buffer->data(), length);
    else std::copy_n(buffer->data(), length, bytes.data());
  }
  std::string text = "<";
  for (size_t i = 0; i < length; ++i) {
    char digits[4];
    std::snprintf(digits, sizeof digits, i == 0 ? "%02x" : " %02x", static_cast<unsigned char>(bytes[i]));
    text += digits;
  }
  if (buffer->byte_length() > limit) text += " ... " + std::to_string(buffer->byte_length() - limit) + " more bytes";
  return text + ">";
}

size_t collection_items(HashTable* table, bool is_map, size_t limit, std::vector<KindItem>& items) {
  CollectionCursor cursor{table};
  while (items.size() < limit) {
    HashTable::Entry* entry = cursor.next();
    if (entry == nullptr) break;
    KindItem item;
    if (is_map) {
      item.key = entry->key;
      item.value = entry->value;
    } else {
      item.value = entry->key;
    }
    items.push_back(item);
  }
  return table->size();
}

}  // namespace

KindText describe_kind(Agent& agent, Object* object) {
  switch (object->kind()) {
    case CellKind::kMap: return sized("Map", static_cast<Collection*>(object)->size());
    case CellKind::kSet: return sized("Set", static_cast<Collection*>(object)->size());
    case CellKind::kMapIterator: return {"[Map Iterator]", "[Map Iterator]"};
    case CellKind::kSetIterator: return {"[Set Iterator]", "[Set Iterator]"};
    case CellKind::kWeakMap: return named("WeakMap");
    case CellKind::kWeakSet: return named("WeakSet");
    case CellKind::kWeakRef: return named("WeakRef");
    case CellKind::kPromise: return named("Promise");
    case CellKind::kArrayBuffer: return named("ArrayBuffer");
    case CellKind::kSharedArrayBuffer: return named("SharedArrayBuffer");
    case CellKind::kDataView: return named("DataView");
    case CellKind::kTypedArray: {
      auto* array = static_cast<TypedArray*>(object);
      return sized(typed_array_name(array->element_type()), array->length(), true);
    }
    case CellKind::kGenerator: return {"Object [Generator]", "Object [Generator]"};
    case CellKind::kAsyncGenerator: return {"Object [AsyncGenerator]", "Object [AsyncGenerator]"};
    case CellKind::kModuleNamespace: return {"[Module: null prototype]", "[Module: null prototype]"};
    default: return describe_text_kind(agent, object);
  }
}

size_t kind_items(Agent& agent, Object* object, size_t limit, std::vector<KindItem>& items) {
  switch (object->kind()) {
    case CellKind::kMap: return collection_items(static_cast<Collection*>(object)->table(), true, limit, items);
    case CellKind::kSet: return collection_items(static_cast<Collection*>(object)->table(), false, limit, items);
    case CellKind::kMapIterator:
    case CellKind::kSetIterator: {
      auto* iterator = static_cast<CollectionIterator*>(object);
      if (iterator->is_done()) return 0;
      CollectionCursor cursor = iterator->cursor();
      bool pairs = object->kind() == CellKind::kMapIterator && iterator->shows() == PropertyKind::kEntries;
      while (items.size() < limit) {
        HashTable::Entry* entry = cursor.next();
        if (entry == nullptr) break;
        bool values = object->kind() == CellKind::kMapIterator && iterator->shows() == PropertyKind::kValues;
        if (pairs) items.push_back({"", entry->key, entry->value});
        else items.push_back({"", Value::empty(), values ? entry->value : entry->key});
      }
      return items.size();
    }
    case CellKind::kWeakMap:
    case CellKind::kWeakSet: items.push_back({"<items unknown>"}); return 1;
    case CellKind::kPromise: {
      auto* promise = static_cast<Promise*>(object);
      if (promise->state() == Promise::State::kPending) items.push_back({"<pending>"});
      else items.push_back({promise->state() == Promise::State::kRejected ? "<rejected> " : "", Value::empty(), promise->result()});
      return 1;
    }
    case CellKind::kArrayBuffer:
    case CellKind::kSharedArrayBuffer: {
      auto* buffer = static_cast<ArrayBuffer*>(object);
      if (buffer->is_detached()) {
        items.push_back({"(detached)"});
      } else {
        constexpr size_t kShownBytes = 50;
        items.push_back({"[Uint8Contents]: " + hex_bytes(buffer, kShownBytes)});
      }
      items.push_back({"byteLength: ", Value::empty(), Value::number(static_cast<double>(buffer->byte_length()))});
      return items.size();
    }
    case CellKind::kDataView: {
      auto* view = static_cast<DataView*>(object);
      bool out = view->is_out_of_bounds();
      items.push_back({"byteLength: ", Value::empty(), Value::number(out ? 0.0 : static_cast<double>(view->byte_length()))});
      items.push_back({"byteOffset: ", Value::empty(), Value::number(static_cast<double>(view->byte_offset_slot()))});
      items.push_back({"buffer: ", Value::empty(), Value(view->buffer())});
      return items.size();
    }
    case CellKind::kTypedArray: {
      auto* array = static_cast<TypedArray*>(object);
      size_t length = array->length();
      for (size_t i = 0; i < std::min(length, limit); ++i) items.push_back({"", Value::empty(), typed_array_get(agent, array, i)});
      return length;
    }
    default: return 0;
  }
}

Object* proxy_target_of(Object* proxy) { return static_cast<Proxy*>(proxy)->target(); }

bool is_class_constructor(Agent&, Object* function) {
  auto* closure = function->as_if<Closure>();
  return closure != nullptr && closure->code()->executable().is_class_constructor;
}

}  // namespace skein
