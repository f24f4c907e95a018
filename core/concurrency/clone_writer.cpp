#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "core/builtins/date_object.h"
#include "core/builtins/hash_table.h"
#include "core/builtins/reg_exp_object.h"
#include "core/builtins/support.h"
#include "core/concurrency/clone_cache.h"
#include "core/concurrency/clone_format.h"
#include "core/concurrency/inline_stack.h"
#include "core/concurrency/object_numbers.h"
#include "core/concurrency/structured_clone.h"
#include "core/runtime/array_buffer.h"
#include "core/runtime/primitive_object.h"
#include "core/threading/shared_access.h"

namespace skein {

PortObjectHooks g_port_object_hooks;

CloneHooks g_clone_hooks;

Thrown throw_dom_exception(Agent& agent, std::string_view name, const std::string& message) {
  if (g_clone_hooks.make_dom_exception != nullptr) {
    auto exception = g_clone_hooks.make_dom_exception(agent, name, message);
    return exception.is_thrown() ? Thrown{} : agent.throw_value(exception.value());
  }
  ErrorObject* error = make_error(agent, ErrorType::kError, message);
  error->add_property(agent, agent.names().name, new_string_from_utf8(agent.heap(), name), kBuiltinAttributes);
  capture_stack_property(agent, error, nullptr);
  return agent.throw_value(error);
}

Thrown throw_queue_full(Agent& agent) {
  throw_dom_exception(agent, "QuotaExceededError", "The message exceeds the receiver's memory limit on messages that wait");
  return mark_exhausted(agent, Exhausted::kMessages);
}

namespace {

using namespace clone;

constexpr std::string_view kDataCloneError = "DataCloneError";

bool is_identifier(const std::string& text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  for (char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || (c & 0x80))) return false;
  return true;
}

// What to call an object that cannot be cloned.
std::string describe_refused(Agent& agent, Object* object) {
  if (object->is_callable()) return object->kind() == CellKind::kProxy ? "a Proxy" : "function";
  switch (object->kind()) {
    case CellKind::kProxy: return "a Proxy";
    case CellKind::kModuleNamespace: return "a module namespace";
    case CellKind::kGlobalObject: return "the global object";
    default: return to_display_string(agent, object);
  }
}

class CloneWriter {
 public:
  CloneWriter(Agent& agent, SerializedMessage& message, ErrorNames names, MessageReceiver* receiver)
      : agent_(agent), message_(message), names_(names), receiver_(receiver), at_(message.bytes.end()), limit_(message.bytes.limit()),
        cache_(agent, g_clone_hooks.cache == nullptr ? nullptr : g_clone_hooks.cache(agent)), stream_(++cache_->last_stream), objects_(agent), items_(agent),
        poll_(agent), charge_(agent) {}

  Completion<void> write(Value value, std::span<const Value> transfer) {
    raw(kMagic, sizeof kMagic);
    byte(kVersion);
    TRY(check_transfer(transfer));
    TRY(write_value(value));
    while (!frames_.empty()) {
      charge();
      TRY(poll_.tick());
      TRY(step());
    }
    message_.bytes.set_end(at_);
    return take_transferred(transfer);
  }

 private:
  // An object whose children are being written. `items_` holds from `base` on: the keys of an object, the
  // keys and values of a map, the items of a set, the values of an error.
  struct Frame {
    enum class Kind : uint8_t { kObject, kShaped, kElements, kMap, kSet, kError };
    Kind kind;
    Object* object;  // kept by objects_
    size_t base;     // of kShaped: the number of the layout
    size_t position = 0;
    uint32_t length = 0;  // of kElements
  };

  // What the work itself takes counts against the heap's limit.
  void charge() {
    constexpr size_t kBytesPerNumber = 8, kCountedFrom = 64 * 1024;
    const size_t frames = 2 * frames_.size() * sizeof(Frame), numbers = objects_.size() * kBytesPerNumber;
    const size_t bytes = static_cast<size_t>(limit_ - message_.bytes.data()) + frames + numbers;
    if (bytes >= kCountedFrom) charge_.raise_to(bytes);
  }

  // Makes room for `count` bytes.
  void need(size_t count) {
    if (static_cast<size_t>(limit_ - at_) >= count) [[likely]] return;
    message_.bytes.set_end(at_);
    message_.bytes.reserve(count);
    at_ = message_.bytes.end();
    limit_ = message_.bytes.limit();
    charge();
  }
  void byte(uint8_t value) {
    need(1);
    *at_++ = value;
  }
  void tag(Tag value) { byte(static_cast<uint8_t>(value)); }
  void number(uint64_t value) {
    need(10);
    while (value >= 0x80) {
      *at_++ = static_cast<uint8_t>(value) | 0x80;
      value >>= 7;
    }
    *at_++ = static_cast<uint8_t>(value);
  }
  void fixed64(uint64_t bits) {
    need(8);
    for (int i = 0; i < 8; ++i) *at_++ = static_cast<uint8_t>(bits >> (8 * i));
  }
  void float64(double value) { fixed64(std::bit_cast<uint64_t>(value)); }
  void raw(const void* data, size_t length) {
    need(length);
    if (length != 0) std::memcpy(at_, data, length);
    at_ += length;
  }
  void string(StringView view) {
    tag(view.is_latin1() ? Tag::kLatin1String : Tag::kUtf16String);
    number(view.length());
    if (view.is_latin1()) return raw(view.latin1(), view.length());
    need(2 * size_t{view.length()});
    for (char16_t unit : view.utf16_span()) {
      *at_++ = static_cast<uint8_t>(unit);
      *at_++ = static_cast<uint8_t>(unit >> 8);
    }
  }
  void text(std::string_view utf8) {
    number(utf8.size());
    raw(utf8.data(), utf8.size());
  }

  // --- Errors ---
  std::string path() {
    std::string result = "$";
    for (const Frame& frame : frames_) {
      if (frame.position == 0) continue;
      size_t at = frame.position - 1;
      switch (frame.kind) {
        case Frame::Kind::kElements: result += "[" + std::to_string(at) + "]"; break;
        case Frame::Kind::kMap: result += at % 2 == 0 ? "{key " + std::to_string(at / 2) + "}" : "{value " + std::to_string(at / 2) + "}"; break;
        case Frame::Kind::kSet: result += "{item " + std::to_string(at) + "}"; break;
        case Frame::Kind::kShaped: result += key_path(cache_->written[frame.base].properties[at].key.as_atom()->to_utf8()); break;
        case Frame::Kind::kError: result += items_[frame.base + 2 * at].is_true() ? ".cause" : ".errors"; break;
        case Frame::Kind::kObject: result += key_path(items_[frame.base + at].as_string()->to_utf8()); break;
      }
    }
    return result;
  }
  static std::string key_path(const std::string& key) {
    if (is_identifier(key)) return "." + key;
    if (!key.empty() && key.find_first_not_of("0123456789") == std::string::npos) return "[" + key + "]";
    return "[\"" + key + "\"]";
  }
  Thrown refuse(const std::string& what) { return throw_dom_exception(agent_, kDataCloneError, path() + ": " + what + " could not be cloned"); }

  // --- Transfer ---
  // https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializewithtransfer
  Completion<void> check_transfer(std::span<const Value> transfer) {
    uint32_t buffers = 0, ports = 0;
    for (Value value : transfer) {
      Object* object = value.is_object() ? value.as_object() : nullptr;
      if (object != nullptr && transfers_.contains(object))
        return throw_dom_exception(agent_, kDataCloneError, "The transfer list names an object twice");
      if (object != nullptr && g_clone_hooks.is_untransferable != nullptr && g_clone_hooks.is_untransferable(agent_, object))
        return throw_dom_exception(agent_, kDataCloneError, to_display_string(agent_, value) + " in the transfer list was marked as untransferable");
      if (object != nullptr && object->kind() == CellKind::kArrayBuffer) {
        auto* buffer = static_cast<ArrayBuffer*>(object);
        if (!buffer->detach_key().is_undefined() || buffer->is_immutable())
          return throw_dom_exception(agent_, kDataCloneError, "An ArrayBuffer in the transfer list is not transferable");
        transfers_[object] = buffers++;
      } else if (object != nullptr && g_port_object_hooks.endpoint_of != nullptr && object->kind() == CellKind::kHostObject) {
        if (g_port_object_hooks.endpoint_of(object) == nullptr)
          return throw_dom_exception(agent_, kDataCloneError, to_display_string(agent_, value) + " in the transfer list is not transferable, or is closed");
        transfers_[object] = ports++;
      } else {
        return throw_dom_exception(agent_, kDataCloneError, to_display_string(agent_, value) + " in the transfer list is not transferable");
      }
    }
    return {};
  }
  Completion<void> take_transferred(std::span<const Value> transfer) {
    for (Value value : transfer) {
      Object* object = value.as_object();
      // Script has run since check_transfer.
      if (object->kind() == CellKind::kArrayBuffer ? static_cast<ArrayBuffer*>(object)->is_detached()
                                                   : g_port_object_hooks.endpoint_of(object) == nullptr)
        return throw_dom_exception(agent_, kDataCloneError, "An object in the transfer list is detached");
    }
    TRY(ask_receiver(transfer));
    for (Value value : transfer) {
      Object* object = value.as_object();
      if (object->kind() == CellKind::kArrayBuffer) {
        auto* buffer = static_cast<ArrayBuffer*>(object);
        size_t length = buffer->byte_length(), maximum = buffer->max_byte_length();
        bool resizable = !buffer->is_fixed_length();
        uint8_t* memory = buffer->release(agent_.heap());
        message_.buffers.emplace_back(memory, length, maximum, resizable);
      } else {
        message_.ports.emplace_back(g_port_object_hooks.endpoint_of(object));
        g_port_object_hooks.detach(agent_, object);
      }
    }
    return {};
  }

  // What is refused leaves everything where it is.
  Completion<void> ask_receiver(std::span<const Value> transfer) {
    if (receiver_ == nullptr) return {};
    size_t total = message_.bytes.size();
    for (Value value : transfer)
      if (value.is_kind(CellKind::kArrayBuffer)) total += static_cast<ArrayBuffer*>(value.as_object())->byte_length();
    if (receiver_->admit(message_, total)) return {};
    return throw_queue_full(agent_);
  }

  // --- Values ---
  Completion<void> write_value(Value value) {
    if (value.is_int32()) {
      tag(Tag::kInt32);
      number((static_cast<uint32_t>(value.as_int32()) << 1) ^ static_cast<uint32_t>(value.as_int32() >> 31));
    } else if (value.is_double()) {
      tag(Tag::kDouble);
      float64(value.as_double());
    } else if (value.is_string()) {
      string(value.as_string()->view());
    } else if (value.is_object()) {
      return write_object(value.as_object());
    } else if (value.is_bigint()) {
      write_bigint(value.as_bigint());
    } else if (value.is_symbol()) {
      return refuse("symbol");
    } else {
      tag(value.is_undefined() ? Tag::kUndefined : value.is_null() ? Tag::kNull : value.is_true() ? Tag::kTrue : Tag::kFalse);
    }
    return {};
  }
  void write_bigint(BigInt* value) {
    tag(Tag::kBigInt);
    byte(value->is_negative());
    number(value->digits().size());
    for (uint64_t digit : value->digits()) fixed64(digit);
  }

  // https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializeinternal
  Completion<void> write_object(Object* object) {
    uint32_t& known = numbers_.of(object);
    if (known != 0) {
      tag(Tag::kReference);
      number(known - 1);
      return {};
    }
    objects_.push_back(object);
    known = static_cast<uint32_t>(objects_.size());
    // OPTIMIZATION: one more of the kind just written, of which nobody needs to be asked.
    if (object->shape() == last_shape_ && last_is_bare_ && has_layout(object)) {
      begin_shaped(object, last_layout_);
      return {};
    }
    if (auto transfer = transfers_.find(object); transfer != transfers_.end()) {
      tag(object->kind() == CellKind::kArrayBuffer ? Tag::kTransferredArrayBuffer : Tag::kMessagePort);
      number(transfer->second);
      return {};
    }
    if (object->is_callable()) return refuse(describe_refused(agent_, object));
    if (g_clone_hooks.is_uncloneable != nullptr && g_clone_hooks.is_uncloneable(agent_, object)) return refuse("an object marked as uncloneable");
    switch (object->kind()) {
      case CellKind::kObject:
        if (TRY(write_host_object(object))) return {};
        return begin_object(object);
      case CellKind::kArguments: return begin_object(object);
      case CellKind::kArray: return begin_array(static_cast<Array*>(object));
      case CellKind::kMap:
      case CellKind::kSet: return begin_collection(static_cast<Collection*>(object));
      case CellKind::kError:
        if (TRY(write_host_object(object))) return {};
        return begin_error(static_cast<ErrorObject*>(object));
      case CellKind::kBooleanObject: return write_wrapper(Tag::kBooleanObject, object);
      case CellKind::kNumberObject: return write_wrapper(Tag::kNumberObject, object);
      case CellKind::kStringObject: return write_wrapper(Tag::kStringObject, object);
      case CellKind::kBigIntObject: return write_wrapper(Tag::kBigIntObject, object);
      case CellKind::kDate:
        tag(Tag::kDate);
        float64(static_cast<Date*>(object)->time());
        return {};
      case CellKind::kRegExp: return write_reg_exp(static_cast<RegExp*>(object));
      case CellKind::kArrayBuffer:
      case CellKind::kSharedArrayBuffer: return write_buffer(static_cast<ArrayBuffer*>(object));
      case CellKind::kTypedArray: return write_typed_array(static_cast<TypedArray*>(object));
      case CellKind::kDataView: return write_data_view(static_cast<DataView*>(object));
      case CellKind::kHostObject:
        if (TRY(write_host_object(object))) return {};
        if (g_port_object_hooks.endpoint_of != nullptr && g_port_object_hooks.endpoint_of(object) != nullptr)
          return throw_dom_exception(agent_, kDataCloneError, path() + ": a MessagePort must be in the transfer list");
        [[fallthrough]];
      default: return refuse(describe_refused(agent_, object));
    }
  }
  // An object of a class of the host; false for any other.
  Completion<bool> write_host_object(Object* object) {
    if (g_clone_hooks.to_parts == nullptr) return false;
    std::string name;
    RootVector parts(agent_);
    if (!TRY(g_clone_hooks.to_parts(agent_, object, name, parts))) return false;
    tag(Tag::kHostObject);
    text(name);
    number(parts.size());
    for (Value part : parts) TRY(write_value(part));
    auto* error = object->as_if<ErrorObject>();
    const bool has_stack = error != nullptr && error->stack_header.get().is_string();
    byte(has_stack);
    if (has_stack) write_stack(error);
    return true;
  }
  Completion<void> write_wrapper(Tag kind, Object* object) {
    tag(kind);
    return write_value(static_cast<PrimitiveObject*>(object)->primitive_value());
  }
  Completion<void> write_reg_exp(RegExp* reg_exp) {
    tag(Tag::kRegExp);
    string(reg_exp->source()->view());
    string(reg_exp_flags_text(agent_, reg_exp)->view());
    return {};
  }

  Completion<void> write_buffer(ArrayBuffer* buffer) {
    if (buffer->is_shared()) {
      tag(Tag::kSharedArrayBuffer);
      number(message_.shared_blocks.size());
      message_.shared_blocks.push_back(buffer->block());
      return {};
    }
    if (buffer->is_detached()) return refuse("a detached ArrayBuffer");
    size_t length = buffer->byte_length();
    tag(buffer->is_fixed_length() ? Tag::kArrayBuffer : Tag::kResizableArrayBuffer);
    number(length);
    if (!buffer->is_fixed_length()) number(buffer->max_byte_length());
    // Large ones piece by piece, lest nobody can end this.
    need(length);
    for (size_t at = 0; at < length; at += kBytesPerPoll) {
      if (at != 0) TRY(agent_.poll());
      // An interrupt callback of the host may have run script.
      if (buffer->byte_length() != length) return refuse("an ArrayBuffer that changes while it is cloned");
      raw(buffer->data() + at, std::min(kBytesPerPoll, length - at));
    }
    return {};
  }
  Completion<void> write_typed_array(TypedArray* array) {
    if (array->is_out_of_bounds()) return refuse(array->buffer()->is_detached() && !transfers_.contains(array->buffer()) ? "a view of a detached ArrayBuffer" : "a view that is out of bounds");
    tag(Tag::kTypedArray);
    byte(static_cast<uint8_t>(array->element_type()));
    number(array->byte_offset_slot());
    number(array->is_length_tracking() ? 0 : array->length() + 1);
    return write_object(array->buffer());  // a buffer has no children: no deeper than this
  }
  Completion<void> write_data_view(DataView* view) {
    if (view->is_out_of_bounds()) return refuse("a view that is out of bounds");
    tag(Tag::kDataView);
    number(view->byte_offset_slot());
    number(view->is_length_tracking() ? 0 : view->byte_length() + 1);
    return write_object(view->buffer());
  }

  // --- What has children ---
  void push(Frame::Kind kind, Object* object, size_t base, uint32_t length = 0) { frames_.push_back({kind, object, base, 0, length}); }
  void pop() {
    items_.resize(frames_.back().base);
    frames_.pop_back();
  }

  // OPTIMIZATION: objects of one shape, whose properties are all plain data, name their keys once.
  using Layout = CloneCache::WrittenLayout;
  // Whether the shape says all about the object.
  static bool has_layout(Object* object) { return !object->is_sparse() && object->dense_elements() == nullptr && !object->has_flag(Object::kExoticIndices); }
  // The layout's index; SIZE_MAX for objects that have none.
  size_t layout_of(Object* object) {
    Shape* shape = object->shape();
    if (shape->is_owned() || !has_layout(object)) return SIZE_MAX;
    if (shape == last_shape_) return last_layout_;
    auto& layouts = cache_->written;
    size_t index = 0;
    while (index < layouts.size() && index < kSearched && layouts[index].shape != shape) ++index;
    if (index == kSearched) index = layout_numbers_.try_emplace(shape, layouts.size()).first->second;
    if (index == layouts.size()) make_layout(object);
    last_shape_ = shape;
    last_is_bare_ = layouts[index].is_bare;
    return last_layout_ = layouts[index].is_plain ? index : SIZE_MAX;
  }
  void make_layout(Object* object) {
    Layout layout{object->shape()};
    std::vector<PropertyTable::Entry> entries;
    layout.shape->collect_properties(entries);
    for (const PropertyTable::Entry& entry : entries) {
      if (entry.key.is_symbol() || !(entry.attributes & kEnumerable)) continue;
      if (entry.attributes & kAccessorProperty || !entry.key.is_atom()) layout.is_plain = false;
      layout.properties.push_back({entry.key, entry.slot});
    }
    Object* prototype = layout.shape->prototype();
    layout.is_bare = layout.is_plain && object->kind() == CellKind::kObject && (prototype == nullptr || prototype == agent_.realm()->intrinsic(Intrinsic::kObjectPrototype)) &&
                     (g_clone_hooks.is_uncloneable == nullptr || !g_clone_hooks.is_uncloneable(agent_, object));
    cache_->written.push_back(std::move(layout));
  }
  void begin_shaped(Object* object, size_t index) {
    Layout& layout = cache_->written[index];
    tag(Tag::kShapedObject);
    if (layout.stream != stream_) {
      layout.stream = stream_;
      layout.number = written_layouts_++;
      number(layout.number);
      number(layout.properties.size());
      for (const Layout::Property& property : layout.properties) string(property.key.as_atom()->view());
    } else {
      number(layout.number);
    }
    push(Frame::Kind::kShaped, object, index, static_cast<uint32_t>(layout.properties.size()));
  }
  // Values up to the first that has children.
  Completion<void> write_shaped() {
    const size_t depth = frames_.size();
    do {
      Frame& frame = frames_.back();
      const size_t at = frame.position++;
      if (at >= frame.length) {
        frames_.pop_back();
        return {};
      }
      Object* object = frame.object;
      const Layout& layout = cache_->written[frame.base];
      if (object->shape() == layout.shape) [[likely]] {
        TRY(write_value(object->slot(layout.properties[at].slot)));
      } else {
        TRY(write_changed(object, layout.properties[at].key));
      }
    } while (frames_.size() == depth);
    return {};
  }
  // A property of an object that script has changed meanwhile.
  Completion<void> write_changed(Object* object, PropertyKey key) {
    if (!TRY(has_own_property(agent_, object, key))) {
      tag(Tag::kHole);
      return {};
    }
    Root<Value> value(agent_, TRY(get(agent_, object, key)));
    return write_value(value);
  }

  Completion<void> begin_object(Object* object) {
    if (size_t layout = layout_of(object); layout != SIZE_MAX) {
      begin_shaped(object, layout);
      return {};
    }
    tag(Tag::kObject);
    size_t base = items_.size();
    TRY(enumerable_own_properties(agent_, object, PropertyKind::kKeys, items_));
    push(Frame::Kind::kObject, object, base);
    return {};
  }
  Completion<void> begin_array(Array* array) {
    size_t base = items_.size();
    const bool dense = !array->is_sparse() && (array->length() == 0 || (array->dense_elements() != nullptr && array->length() <= array->dense_elements()->capacity()));
    tag(dense ? Tag::kDenseArray : Tag::kSparseArray);
    number(array->length());
    if (!dense || array->shape()->slot_count() != 0) {
      uint32_t length = array->length();
      RootVector keys(agent_);
      TRY(enumerable_own_properties(agent_, array, PropertyKind::kKeys, keys));
      for (Value key : keys) {
        PropertyKey name = to_property_key(agent_, key.as_string());
        if (!dense || !name.is_index() || name.as_index() >= length) items_.push_back(key);
      }
    }
    push(Frame::Kind::kObject, array, base);
    if (dense) push(Frame::Kind::kElements, array, items_.size(), array->length());
    return {};
  }
  Completion<void> begin_collection(Collection* collection) {
    const bool is_map = collection->kind() == CellKind::kMap;
    tag(is_map ? Tag::kMap : Tag::kSet);
    size_t base = items_.size();
    CollectionCursor cursor{collection->table()};
    while (HashTable::Entry* entry = cursor.next()) {
      items_.push_back(entry->key);
      if (is_map) items_.push_back(entry->value);
    }
    number(collection->size());
    push(is_map ? Frame::Kind::kMap : Frame::Kind::kSet, collection, base);
    return {};
  }

  Completion<void> begin_error(ErrorObject* error) {
    static constexpr std::string_view kNames[] = {"Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError", "AggregateError"};
    Value name_value = TRY(get(agent_, error, agent_.names().name));
    Root<String*> name(agent_, name_value.is_undefined() ? new_string_from_utf8(agent_.heap(), "Error") : TRY(to_string(agent_, name_value)));
    std::string name_text = name->to_utf8();
    uint8_t kind = 0;
    while (kind < std::size(kNames) && kNames[kind] != name_text) ++kind;
    const bool is_standard = kind < std::size(kNames);
    if (!is_standard) kind = kind_by_prototype(error);
    bool keeps_name = !is_standard && names_ == ErrorNames::kKeep;
    if (is_standard && names_ == ErrorNames::kKeep) {
      // A class without a name property of its own.
      std::string class_name = class_name_of(error);
      if (!class_name.empty() && class_name != name_text) {
        name = new_string_from_utf8(agent_.heap(), class_name);
        keeps_name = true;
      }
    }

    RootedDescriptor descriptor(agent_);
    Root<String*> message(agent_);
    if (TRY(get_own_property(agent_, error, agent_.names().message, descriptor)) && descriptor.is_data())
      message = TRY(to_string(agent_, descriptor.value));
    uint8_t flags = (message.get() != nullptr ? kHasMessage : 0) | (error->stack_header.get().is_string() ? kHasStack : 0) |
                    (keeps_name ? kHasName : 0);
    size_t properties = items_.size();
    if (names_ == ErrorNames::kKeep) TRY(collect_error_properties(error));
    if (items_.size() != properties) flags |= kHasProperties;
    size_t base = items_.size();
    if (TRY(get_own_property(agent_, error, agent_.names().cause, descriptor)) && descriptor.is_data()) {
      flags |= kHasCause;
      items_.push_back(Value::boolean(true));
      items_.push_back(descriptor.value);
    }
    if (TRY(get_own_property(agent_, error, agent_.names().errors, descriptor)) && descriptor.is_data()) {
      flags |= kHasErrors;
      items_.push_back(Value::boolean(false));
      items_.push_back(descriptor.value);
    }
    tag(Tag::kError);
    byte(kind);
    byte(flags);
    if (flags & kHasMessage) string(message->view());
    if (flags & kHasStack) write_stack(error);
    if (flags & kHasName) string(name->view());
    if (flags & kHasProperties) push(Frame::Kind::kObject, error, properties);
    push(Frame::Kind::kError, error, base);
    return {};
  }
  // The keys of own enumerable data properties whose values can be cloned.
  Completion<void> collect_error_properties(ErrorObject* error) {
    RootVector keys(agent_);
    TRY(enumerable_own_properties(agent_, error, PropertyKind::kKeys, keys));
    for (size_t i = 0; i < keys.size(); ++i) {
      Root<PropertyKey> key(agent_, to_property_key(agent_, keys[i].as_string()));
      std::string name = keys[i].as_string()->to_utf8();
      if (name == "message" || name == "name" || name == "stack" || name == "cause" || name == "errors") continue;
      RootedDescriptor descriptor(agent_);
      if (!TRY(get_own_property(agent_, error, key, descriptor)) || !descriptor.is_data()) continue;
      if (serialize(agent_, descriptor.value).is_thrown()) {
        if (agent_.is_terminating()) return Thrown{};
        (void)agent_.take_exception();
        continue;
      }
      items_.push_back(keys[i]);
    }
    return {};
  }
  // The name of the constructor that it inherits from, when that can be read without running script.
  std::string class_name_of(Object* error) {
    for (Object* at = error; at != nullptr && at->kind() != CellKind::kProxy; at = at->prototype()) {
      PropertyLocation location = at->lookup(agent_.names().constructor);
      if (!location) continue;
      Value constructor = location.attributes & kAccessorProperty ? Value::undefined() : at->slot(location.slot);
      if (!constructor.is_object() || constructor.as_object()->kind() == CellKind::kProxy) return {};
      PropertyLocation name = constructor.as_object()->lookup(agent_.names().name);
      Value text = !name || (name.attributes & kAccessorProperty) ? Value::undefined() : constructor.as_object()->slot(name.slot);
      return text.is_string() ? text.as_string()->to_utf8() : std::string();
    }
    return {};
  }
  // Of an error with a name of its own, the builtin constructor that it inherits from.
  uint8_t kind_by_prototype(Object* error) {
    static constexpr Intrinsic kPrototypes[] = {Intrinsic::kEvalErrorPrototype, Intrinsic::kRangeErrorPrototype, Intrinsic::kReferenceErrorPrototype,
                                                Intrinsic::kSyntaxErrorPrototype, Intrinsic::kTypeErrorPrototype, Intrinsic::kURIErrorPrototype, Intrinsic::kAggregateErrorPrototype};
    if (names_ == ErrorNames::kStandard) return 0;
    for (Object* at = error->prototype(); at != nullptr && at->is_ordinary(); at = at->prototype())
      for (uint8_t i = 0; i < std::size(kPrototypes); ++i)
        if (at == agent_.realm()->intrinsic(kPrototypes[i])) return i + 1;
    return 0;
  }
  void write_stack(ErrorObject* error) {
    string(error->stack_header.get().as_string()->view());
    number(error->frames == nullptr ? 0 : error->frames->size());
    if (error->frames == nullptr) return;
    for (const StackFrame& frame : *error->frames) {
      text(frame.function);
      text(frame.source);
      number(frame.line);
      number(frame.column);
    }
  }

  // Writes the next child of the innermost object, or its end.
  Completion<void> step() {
    Frame& frame = frames_.back();
    if (frame.kind == Frame::Kind::kShaped) return write_shaped();
    if (frame.kind == Frame::Kind::kElements) return write_elements();
    size_t at = frame.position++;
    switch (frame.kind) {
      case Frame::Kind::kObject: return write_property(frame, at);
      case Frame::Kind::kError:
        if (frame.base + 2 * at >= items_.size()) return pop(), Completion<void>();
        return write_value(items_[frame.base + 2 * at + 1]);
      default:
        if (frame.base + at >= items_.size()) return pop(), Completion<void>();
        return write_value(items_[frame.base + at]);
    }
  }
  Completion<void> write_property(const Frame& frame, size_t at) {
    if (frame.base + at >= items_.size()) {
      tag(Tag::kEnd);
      pop();
      return {};
    }
    Object* object = frame.object;
    String* key = items_[frame.base + at].as_string();
    Root<PropertyKey> name(agent_, to_property_key(agent_, key));
    if (!TRY(has_own_property(agent_, object, name))) return {};
    Root<Value> value(agent_, TRY(get(agent_, object, name)));
    string(key->view());
    return write_value(value);
  }
  // Elements up to the first that has children.
  Completion<void> write_elements() {
    const size_t depth = frames_.size();
    do {
      TRY(poll_.tick());
      Frame& frame = frames_.back();
      const size_t at = frame.position++;
      if (at >= frame.length) {
        pop();
        return {};
      }
      TRY(write_element(frame.object, static_cast<uint32_t>(at)));
    } while (frames_.size() == depth);
    return {};
  }
  Completion<void> write_element(Object* object, uint32_t index) {
    Value value = object->dense_element_or_empty(index);
    if (!value.is_empty()) return write_value(value);
    PropertyKey key = PropertyKey::index(index);
    if (!TRY(has_own_property(agent_, object, key))) {
      tag(Tag::kHole);
      return {};
    }
    Root<Value> got(agent_, TRY(get(agent_, object, key)));
    return write_value(got);
  }

  Agent& agent_;
  SerializedMessage& message_;
  const ErrorNames names_;
  MessageReceiver* const receiver_;
  uint8_t* at_;      // where message_.bytes go on
  uint8_t* limit_;
  InlineStack<Frame, 8> frames_;
  ObjectNumbers numbers_;                                  // of the objects written, or under way; from 1 on
  std::unordered_map<const Object*, uint32_t> transfers_;  // index among their kind
  static constexpr size_t kSearched = 8;                   // so many layouts are found without a table
  std::unordered_map<const Shape*, size_t> layout_numbers_;
  CloneCacheUser cache_;
  const uint64_t stream_;
  uint32_t written_layouts_ = 0;
  const Shape* last_shape_ = nullptr;
  size_t last_layout_ = SIZE_MAX;
  bool last_is_bare_ = false;
  RootVector objects_;                                     // by number
  RootVector items_;
  LoopPoll poll_;
  ExternalCharge charge_;
};

}  // namespace

Completion<void> serialize_into(Agent& agent, Value value, std::span<const Value> transfer, ErrorNames names, SerializedMessage& message, MessageReceiver* receiver) {
  Root<Value> kept(agent, value);
  RootVector list(agent);
  for (Value entry : transfer) list.push_back(entry);
  CloneWriter writer(agent, message, names, receiver);
  return writer.write(value, std::span<const Value>(list.data(), list.size()));
}

Completion<std::unique_ptr<SerializedMessage>> serialize(Agent& agent, Value value, std::span<const Value> transfer, ErrorNames names) {
  auto message = std::make_unique<SerializedMessage>();
  TRY(serialize_into(agent, value, transfer, names, *message));
  return message;
}

Completion<std::vector<uint8_t>> serialize_to_bytes(Agent& agent, Value value) {
  auto message = TRY(serialize(agent, value));
  if (!message->shared_blocks.empty())
    return throw_dom_exception(agent, kDataCloneError, "Shared memory cannot leave the process, so a SharedArrayBuffer cannot be written to bytes");
  return std::vector<uint8_t>(message->bytes.data(), message->bytes.data() + message->bytes.size());
}

}  // namespace skein
