// https://tc39.es/ecma262/#sec-arraybuffer-objects and #sec-sharedarraybuffer-objects
#include "core/builtins/array_buffer_objects.h"

#include <algorithm>
#include <cstring>

#include "core/builtins/builtins.h"
#include "core/runtime/builtin_spec.h"
#include "core/threading/shared_access.h"

namespace skein {

using threading::SharedAccess;
using threading::SharedBlock;

void copy_bytes(ArrayBuffer* target, size_t target_index, ArrayBuffer* source, size_t source_index, size_t count) {
  if (count == 0) return;
  uint8_t* to = target->data() + target_index;
  const uint8_t* from = source->data() + source_index;
  if (target->is_shared()) {
    if (source->is_shared()) SharedAccess::move(to, from, count);
    else SharedAccess::copy_to(to, from, count);
  } else if (source->is_shared()) {
    SharedAccess::copy_from(to, from, count);
  } else {
    std::memmove(to, from, count);
  }
}

Thrown throw_detached(Agent& agent, std::string_view method) {
  return throw_type_error(agent, {"Cannot perform ", method, " on a detached ArrayBuffer"});
}

namespace {

constexpr double kMaxByteLength = sizeof(size_t) == 8 ? 9007199254740991.0 : 2147483647.0;

}  // namespace

Completion<ArrayBuffer*> allocate_array_buffer(Agent& agent, Object* constructor, double byte_length, double max) {
  if (max >= 0 && byte_length > max) return throw_range_error(agent, "Invalid array buffer max length");
  Root<Object*> prototype(agent, TRY(get_prototype_from_constructor(agent, constructor, Intrinsic::kArrayBufferPrototype)));
  if (std::max(byte_length, max) > kMaxByteLength) return throw_buffer_allocation_failed(agent);
  TRY(make_room(agent, static_cast<size_t>(std::max(byte_length, max))));
  Shape* shape = shape_for_prototype(agent, prototype, CellKind::kArrayBuffer, sizeof(ArrayBuffer), 0);
  auto* buffer = agent.heap().make<ArrayBuffer>(shape);
  bool done = max >= 0 ? buffer->allocate_resizable(agent.heap(), static_cast<size_t>(byte_length), static_cast<size_t>(max))
                       : buffer->allocate(agent.heap(), static_cast<size_t>(byte_length));
  if (!done) return throw_buffer_allocation_failed(agent);
  return buffer;
}

Completion<ArrayBuffer*> allocate_shared_array_buffer(Agent& agent, Object* constructor, double byte_length, double max) {
  if (max >= 0 && byte_length > max) return throw_range_error(agent, "Invalid shared array buffer max length");
  Root<Object*> prototype(agent, TRY(get_prototype_from_constructor(agent, constructor, Intrinsic::kSharedArrayBufferPrototype)));
  if (std::max(byte_length, max) > kMaxByteLength) return throw_buffer_allocation_failed(agent);
  TRY(make_room(agent, static_cast<size_t>(std::max(byte_length, max))));
  const size_t charged = static_cast<size_t>(std::max(byte_length, max));
  if (!agent.heap().charge_external(charged)) return throw_buffer_allocation_failed(agent);
  Ref<SharedBlock> block = max >= 0 ? SharedBlock::create_growable(static_cast<size_t>(byte_length), static_cast<size_t>(max))
                                    : SharedBlock::create(static_cast<size_t>(byte_length));
  if (!block) {
    agent.heap().discharge_external(charged);
    return throw_buffer_allocation_failed(agent);
  }
  Shape* shape = shape_for_prototype(agent, prototype, CellKind::kSharedArrayBuffer, sizeof(ArrayBuffer), 0);
  auto* buffer = agent.heap().make<ArrayBuffer>(shape, std::move(block));
  buffer->set_charged(charged);
  return buffer;
}

Completion<void> detach_array_buffer(Agent& agent, ArrayBuffer* buffer, Value key) {
  if (!same_value(buffer->detach_key(), key)) return throw_type_error(agent, "The buffer's detach key does not match");
  if (!buffer->is_detached()) buffer->detach(agent.heap());
  return {};
}

namespace {

// https://tc39.es/ecma262/#sec-getarraybuffermaxbytelengthoption; -1: none
Completion<double> max_byte_length_option(Agent& agent, Value options) {
  if (!options.is_object()) return -1.0;
  Value max = TRY(get(agent, options.as_object(), agent.names().maxByteLength));
  if (max.is_undefined()) return -1.0;
  return to_index(agent, max, "Invalid array buffer max length: ");
}

// https://tc39.es/ecma262/#sec-arraybuffer-length
Completion<Value> array_buffer_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "ArrayBuffer");
  auto length = to_index(agent, info[0], "Invalid array buffer length: ");
  if (length.is_thrown()) return Thrown{};
  double max = TRY(max_byte_length_option(agent, info[1]));
  return Value(TRY(allocate_array_buffer(agent, info.new_target().as_object(), length.value(), max)));
}

// https://tc39.es/ecma262/#sec-sharedarraybuffer-length
Completion<Value> shared_array_buffer_constructor(Agent& agent, const CallInfo& info) {
  if (!info.is_construct()) return throw_requires_new(agent, "SharedArrayBuffer");
  double length = TRY(to_index(agent, info[0], "Invalid array buffer length: "));
  double max = TRY(max_byte_length_option(agent, info[1]));
  return Value(TRY(allocate_shared_array_buffer(agent, info.new_target().as_object(), length, max)));
}

// https://tc39.es/ecma262/#sec-arraybuffer.isview
Completion<Value> array_buffer_is_view(Agent&, const CallInfo& info) {
  return Value::boolean(info[0].is_kind(CellKind::kTypedArray) || info[0].is_kind(CellKind::kDataView));
}

Completion<ArrayBuffer*> this_buffer(Agent& agent, const CallInfo& info, std::string_view method) {
  if (info.this_value().is_kind(CellKind::kArrayBuffer)) return static_cast<ArrayBuffer*>(info.this_value().as_object());
  return throw_incompatible_receiver(agent, method, info.this_value());
}
Completion<ArrayBuffer*> this_shared(Agent& agent, const CallInfo& info, std::string_view method) {
  if (info.this_value().is_kind(CellKind::kSharedArrayBuffer)) return static_cast<ArrayBuffer*>(info.this_value().as_object());
  return throw_incompatible_receiver(agent, method, info.this_value());
}
Value number(size_t value) { return Value::number(static_cast<double>(value)); }

Completion<Value> buffer_byte_length(Agent& agent, const CallInfo& info) {
  return number(TRY(this_buffer(agent, info, "get ArrayBuffer.prototype.byteLength"))->byte_length());
}
Completion<Value> buffer_max_byte_length(Agent& agent, const CallInfo& info) {
  return number(TRY(this_buffer(agent, info, "get ArrayBuffer.prototype.maxByteLength"))->max_byte_length());
}
Completion<Value> buffer_resizable(Agent& agent, const CallInfo& info) {
  return Value::boolean(!TRY(this_buffer(agent, info, "get ArrayBuffer.prototype.resizable"))->is_fixed_length());
}
Completion<Value> buffer_detached(Agent& agent, const CallInfo& info) {
  return Value::boolean(TRY(this_buffer(agent, info, "get ArrayBuffer.prototype.detached"))->is_detached());
}
Completion<Value> buffer_immutable(Agent& agent, const CallInfo& info) {
  return Value::boolean(TRY(this_buffer(agent, info, "get ArrayBuffer.prototype.immutable"))->is_immutable());
}

// https://tc39.es/ecma262/#sec-arraybuffer.prototype.resize
Completion<Value> buffer_resize(Agent& agent, const CallInfo& info) {
  constexpr std::string_view kMethod = "ArrayBuffer.prototype.resize";
  ArrayBuffer* buffer = TRY(this_buffer(agent, info, kMethod));
  if (buffer->is_fixed_length()) return throw_incompatible_receiver(agent, kMethod, info.this_value());
  double length = TRY(to_index(agent, info[0], "Invalid array buffer length: "));
  if (buffer->is_detached()) return throw_detached(agent, kMethod);
  if (length > static_cast<double>(buffer->max_byte_length())) return throw_range_error(agent, "ArrayBuffer.prototype.resize: Invalid length parameter");
  buffer->resize(static_cast<size_t>(length));
  return Value::undefined();
}

// https://tc39.es/ecma262/#sec-arraybuffer.prototype.slice and #sec-sharedarraybuffer.prototype.slice
Completion<Value> slice(Agent& agent, const CallInfo& info, ArrayBuffer* buffer, Intrinsic fallback, std::string_view method) {
  if (buffer->is_detached()) return throw_detached(agent, method);
  double length = static_cast<double>(buffer->byte_length());
  double first = TRY(relative_index(agent, info[0], length, 0));
  double last = TRY(relative_index(agent, info[1], length, length));
  double count = std::max(last - first, 0.0);
  Object* constructor = TRY(species_constructor(agent, buffer, intrinsic(agent, fallback)));
  Root<Object*> created(agent, TRY(construct(agent, constructor, {Value::number(count)})));
  if (created->kind() != buffer->kind()) return throw_incompatible_receiver(agent, method, Value(created.get()));
  auto* target = static_cast<ArrayBuffer*>(created.get());
  if (target->is_detached()) return throw_detached(agent, method);
  if (target->is_immutable()) return throw_type_error(agent, {method, ": the species constructor returned an immutable buffer"});
  if (target == buffer || (target->is_shared() && target->block().get() == buffer->block().get()))
    return throw_type_error(agent, "ArrayBuffer subclass returned this from species constructor");
  if (static_cast<double>(target->byte_length()) < count) return throw_type_error(agent, "Species constructor returned a too small ArrayBuffer");
  if (buffer->is_detached()) return throw_detached(agent, method);
  double available = static_cast<double>(buffer->byte_length());
  if (first < available) copy_bytes(target, 0, buffer, static_cast<size_t>(first), static_cast<size_t>(std::min(count, available - first)));
  return Value(target);
}
Completion<Value> buffer_slice(Agent& agent, const CallInfo& info) {
  return slice(agent, info, TRY(this_buffer(agent, info, "ArrayBuffer.prototype.slice")), Intrinsic::kArrayBuffer, "ArrayBuffer.prototype.slice");
}
Completion<Value> shared_slice(Agent& agent, const CallInfo& info) {
  return slice(agent, info, TRY(this_shared(agent, info, "SharedArrayBuffer.prototype.slice")), Intrinsic::kSharedArrayBuffer, "SharedArrayBuffer.prototype.slice");
}

// https://tc39.es/proposal-immutable-arraybuffer/#sec-arraybuffer.prototype.slicetoimmutable
Completion<Value> buffer_slice_to_immutable(Agent& agent, const CallInfo& info) {
  constexpr std::string_view kMethod = "ArrayBuffer.prototype.sliceToImmutable";
  ArrayBuffer* buffer = TRY(this_buffer(agent, info, kMethod));
  if (buffer->is_detached()) return throw_detached(agent, kMethod);
  double length = static_cast<double>(buffer->byte_length());
  double first = TRY(relative_index(agent, info[0], length, 0));
  double last = TRY(relative_index(agent, info[1], length, length));
  if (buffer->is_detached()) return throw_detached(agent, kMethod);
  if (static_cast<double>(buffer->byte_length()) < last) return throw_range_error(agent, {kMethod, ": the buffer has shrunk"});
  size_t count = static_cast<size_t>(std::max(last - first, 0.0));
  ArrayBuffer* target = make_array_buffer(agent, count);
  if (target == nullptr) return throw_buffer_allocation_failed(agent);
  copy_bytes(target, 0, buffer, static_cast<size_t>(first), count);
  target->set_immutable();
  return Value(target);
}

enum class Preserve : uint8_t { kResizability, kFixedLength, kImmutable };

// https://tc39.es/ecma262/#sec-arraybuffercopyanddetach
Completion<Value> transfer(Agent& agent, const CallInfo& info, Preserve preserve, std::string_view method) {
  ArrayBuffer* buffer = TRY(this_buffer(agent, info, method));
  double length = info[0].is_undefined() ? static_cast<double>(buffer->byte_length()) : TRY(to_index(agent, info[0], "Invalid array buffer length: "));
  if (buffer->is_detached()) return throw_detached(agent, method);
  if (buffer->is_immutable()) return throw_type_error(agent, {method, ": the buffer is immutable"});
  if (!buffer->detach_key().is_undefined()) return throw_type_error(agent, {method, ": the buffer cannot be detached"});
  bool resizable = preserve == Preserve::kResizability && !buffer->is_fixed_length();
  double max = resizable ? static_cast<double>(buffer->max_byte_length()) : -1;
  if (!resizable && buffer->is_fixed_length() && length == static_cast<double>(buffer->byte_length())) {
    // OPTIMIZATION: the memory moves over.
    ArrayBuffer* target = make_array_buffer(agent, 0);
    size_t bytes = buffer->byte_length();
    if (!target->adopt(agent.heap(), buffer->release(agent.heap()), bytes)) SKEIN_UNREACHABLE();  // it was charged before
    if (preserve == Preserve::kImmutable) target->set_immutable();
    return Value(target);
  }
  Root<ArrayBuffer*> target(agent, TRY(allocate_array_buffer(agent, intrinsic(agent, Intrinsic::kArrayBuffer), length, max)));
  copy_bytes(target, 0, buffer, 0, static_cast<size_t>(std::min(length, static_cast<double>(buffer->byte_length()))));
  buffer->detach(agent.heap());
  if (preserve == Preserve::kImmutable) target->set_immutable();
  return Value(target.get());
}
Completion<Value> buffer_transfer(Agent& agent, const CallInfo& info) {
  return transfer(agent, info, Preserve::kResizability, "ArrayBuffer.prototype.transfer");
}
Completion<Value> buffer_transfer_to_fixed_length(Agent& agent, const CallInfo& info) {
  return transfer(agent, info, Preserve::kFixedLength, "ArrayBuffer.prototype.transferToFixedLength");
}
Completion<Value> buffer_transfer_to_immutable(Agent& agent, const CallInfo& info) {
  return transfer(agent, info, Preserve::kImmutable, "ArrayBuffer.prototype.transferToImmutable");
}

// --- SharedArrayBuffer -------------------------------------------------------------------------------------

Completion<Value> shared_byte_length(Agent& agent, const CallInfo& info) {
  return number(TRY(this_shared(agent, info, "get SharedArrayBuffer.prototype.byteLength"))->byte_length_seq_cst());
}
Completion<Value> shared_max_byte_length(Agent& agent, const CallInfo& info) {
  return number(TRY(this_shared(agent, info, "get SharedArrayBuffer.prototype.maxByteLength"))->max_byte_length());
}
Completion<Value> shared_growable(Agent& agent, const CallInfo& info) {
  return Value::boolean(!TRY(this_shared(agent, info, "get SharedArrayBuffer.prototype.growable"))->is_fixed_length());
}

// https://tc39.es/ecma262/#sec-sharedarraybuffer.prototype.grow
Completion<Value> shared_grow(Agent& agent, const CallInfo& info) {
  constexpr std::string_view kMethod = "SharedArrayBuffer.prototype.grow";
  ArrayBuffer* buffer = TRY(this_shared(agent, info, kMethod));
  if (buffer->is_fixed_length()) return throw_incompatible_receiver(agent, kMethod, info.this_value());
  double length = TRY(to_index(agent, info[0], "Invalid array buffer length: "));
  if (length > static_cast<double>(buffer->max_byte_length())) return throw_range_error(agent, {kMethod, ": Invalid length parameter"});
  switch (buffer->block()->grow(static_cast<size_t>(length))) {
    case SharedBlock::GrowResult::kGrown: return Value::undefined();
    case SharedBlock::GrowResult::kOutOfMemory: return throw_buffer_allocation_failed(agent);
    default: return throw_range_error(agent, {kMethod, ": Invalid length parameter"});
  }
}

constexpr PropertySpec kArrayBufferStatics[] = {
    PropertySpec::function("isView", array_buffer_is_view, 1),
    PropertySpec::getter(WellKnownSymbol::kSpecies, return_this),
};
constexpr PropertySpec kArrayBufferPrototype[] = {
    PropertySpec::getter("byteLength", buffer_byte_length),
    PropertySpec::getter("detached", buffer_detached),
    PropertySpec::getter("immutable", buffer_immutable),
    PropertySpec::getter("maxByteLength", buffer_max_byte_length),
    PropertySpec::getter("resizable", buffer_resizable),
    PropertySpec::function("resize", buffer_resize, 1),
    PropertySpec::function("slice", buffer_slice, 2),
    PropertySpec::function("sliceToImmutable", buffer_slice_to_immutable, 2),
    PropertySpec::function("transfer", buffer_transfer, 0),
    PropertySpec::function("transferToFixedLength", buffer_transfer_to_fixed_length, 0),
    PropertySpec::function("transferToImmutable", buffer_transfer_to_immutable, 0),
    PropertySpec::tag("ArrayBuffer"),
};
constexpr PropertySpec kSharedArrayBufferStatics[] = {
    PropertySpec::getter(WellKnownSymbol::kSpecies, return_this),
};
constexpr PropertySpec kSharedArrayBufferPrototype[] = {
    PropertySpec::getter("byteLength", shared_byte_length),
    PropertySpec::function("grow", shared_grow, 1),
    PropertySpec::getter("growable", shared_growable),
    PropertySpec::getter("maxByteLength", shared_max_byte_length),
    PropertySpec::function("slice", shared_slice, 2),
    PropertySpec::tag("SharedArrayBuffer"),
};

}  // namespace

void initialize_array_buffer(Agent& agent, Realm& realm) {
  define_constructor(agent, realm, {
                                       .name = "ArrayBuffer",
                                       .length = 1,
                                       .function = array_buffer_constructor,
                                       .constructor = Intrinsic::kArrayBuffer,
                                       .prototype = Intrinsic::kArrayBufferPrototype,
                                       .statics = kArrayBufferStatics,
                                       .prototype_properties = kArrayBufferPrototype,
                                   });
  define_constructor(agent, realm, {
                                       .name = "SharedArrayBuffer",
                                       .length = 1,
                                       .function = shared_array_buffer_constructor,
                                       .constructor = Intrinsic::kSharedArrayBuffer,
                                       .prototype = Intrinsic::kSharedArrayBufferPrototype,
                                       .statics = kSharedArrayBufferStatics,
                                       .prototype_properties = kSharedArrayBufferPrototype,
                                   });
}

}  // namespace skein
