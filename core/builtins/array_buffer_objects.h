// What the clauses of buffers, typed arrays, DataView and Atomics share.
#pragma once

#include "core/builtins/support.h"
#include "core/runtime/array_buffer.h"

namespace skein {

// https://tc39.es/ecma262/#sec-allocatearraybuffer; `max` negative: fixed length.
Completion<ArrayBuffer*> allocate_array_buffer(Agent& agent, Object* constructor, double byte_length, double max = -1);
// https://tc39.es/ecma262/#sec-allocatesharedarraybuffer
Completion<ArrayBuffer*> allocate_shared_array_buffer(Agent& agent, Object* constructor, double byte_length, double max = -1);
// https://tc39.es/ecma262/#sec-detacharraybuffer
Completion<void> detach_array_buffer(Agent& agent, ArrayBuffer* buffer, Value key = Value::undefined());

// https://tc39.es/ecma262/#sec-validatetypedarray: the typed array, in bounds; its length is array->length().
enum class Access : uint8_t { kRead, kWrite };
Completion<TypedArray*> validate_typed_array(Agent& agent, Value value, std::string_view method, Access access = Access::kRead);
// https://tc39.es/ecma262/#sec-typedarraycreatefromctor with one length; and its kin
Completion<TypedArray*> typed_array_create_same_type(Agent& agent, TypedArray* exemplar, double length);
Completion<TypedArray*> typed_array_species_create(Agent& agent, TypedArray* exemplar, std::span<const Value> arguments,
                                                   Access access = Access::kWrite);
Intrinsic typed_array_constructor(ElementType type);
const char* element_type_name(ElementType type);  // "Int8"
// https://tc39.es/ecma262/#sec-additional-properties-of-the-uint8array-constructor and its prototype
void define_uint8_array_text(Agent& agent, Realm& realm);

// Bytes between buffers (or within one: memmove), either of which may be shared.
void copy_bytes(ArrayBuffer* target, size_t target_index, ArrayBuffer* source, size_t source_index, size_t count);

Thrown throw_detached(Agent& agent, std::string_view method);

// Methods of %TypedArray.prototype%, by file.
Completion<Value> typed_array_set_method(Agent& agent, const CallInfo& info);
Completion<Value> typed_array_slice(Agent& agent, const CallInfo& info);
Completion<Value> typed_array_subarray(Agent& agent, const CallInfo& info);
Completion<Value> typed_array_fill(Agent& agent, const CallInfo& info);
Completion<Value> typed_array_copy_within(Agent& agent, const CallInfo& info);
Completion<Value> typed_array_reverse(Agent& agent, const CallInfo& info);
Completion<Value> typed_array_sort(Agent& agent, const CallInfo& info);
Completion<Value> typed_array_to_reversed(Agent& agent, const CallInfo& info);
Completion<Value> typed_array_to_sorted(Agent& agent, const CallInfo& info);
Completion<Value> typed_array_with(Agent& agent, const CallInfo& info);

}  // namespace skein
