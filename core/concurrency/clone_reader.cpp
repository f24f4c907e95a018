#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/builtins/date_object.h"
#include "core/builtins/hash_table.h"
#include "core/builtins/reg_exp_object.h"
#include "core/builtins/support.h"
#include "core/concurrency/clone_cache.h"
#include "core/concurrency/clone_format.h"
#include "core/concurrency/inline_stack.h"
#include "core/concurrency/structured_clone.h"
#include "core/runtime/array_buffer.h"
#include "core/runtime/primitive_object.h"

namespace skein {

namespace {

using namespace clone;

// As in literals: objects with no more properties have all of them inside.
constexpr size_t kMaxInlineSlots = 64, kEmptyCapacity = 4;

class CloneReader {
 public:
  CloneReader(Agent& agent, SerializedMessage& message)
      : agent_(agent), message_(message), at_(message.bytes.data()), end_(at_ + message.bytes.size()),
        cache_(agent, g_clone_hooks.cache == nullptr ? nullptr : g_clone_hooks.cache(agent)), objects_(agent), keys_(agent), ports_(agent), poll_(agent) {}

  Completion<Value> read() {
    if (remaining() < sizeof kMagic + 1 || std::memcmp(at_, kMagic, sizeof kMagic) != 0) return malformed();
    at_ += sizeof kMagic;
    if (const uint8_t version = *at_++; version < kOldestVersion || version > kVersion) return throw_dom_exception(agent_, "DataCloneError", "The serialized value is of another version");
    TRY(make_ports());
    Root<Value> result(agent_, TRY(read_value()));
    while (!frames_.empty()) {
      TRY(poll_.tick());
      TRY(step());
    }
    return result.get();
  }
  const RootVector& ports() const { return ports_; }

 private:
  // An object whose children come next.
  struct Frame {
    enum class Kind : uint8_t { kObject, kShaped, kFilled, kElements, kMap, kSet, kError };
    Kind kind;
    Object* object;         // kept by objects_
    uint64_t left = 0;      // elements, entries or items; of errors, ErrorFlags; of kShaped and kFilled, the layout
    uint32_t index = 0;     // of the next element or property
    bool has_key = false;   // of kMap: the key waits in keys_
  };

  Thrown malformed() { return throw_dom_exception(agent_, "DataCloneError", "The serialized value is malformed"); }
  size_t remaining() const { return static_cast<size_t>(end_ - at_); }

  Completion<uint8_t> byte() {
    if (at_ == end_) return malformed();
    return *at_++;
  }
  Completion<uint64_t> number() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ == end_) return malformed();
      uint8_t next = *at_++;
      if (shift == 63 && next > 1) return malformed();
      value |= uint64_t{next & 0x7Fu} << shift;
      if (next < 0x80) return value;
    }
    return malformed();
  }
  // A count of things that take at least `each` bytes of what remains.
  Completion<size_t> count(size_t each) {
    uint64_t value = TRY(number());
    if (value > remaining() / each) return malformed();
    return static_cast<size_t>(value);
  }
  Completion<size_t> size() {
    uint64_t value = TRY(number());
    if (value > SIZE_MAX / 2) return malformed();
    return static_cast<size_t>(value);
  }
  Completion<uint64_t> fixed64() {
    if (remaining() < 8) return malformed();
    uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) bits |= uint64_t{*at_++} << (8 * i);
    return bits;
  }
  Completion<String*> string_body(Tag tag) {
    String* result;
    if (tag == Tag::kLatin1String) {
      size_t length = TRY(count(1));
      if (length > String::kMaxLength) return malformed();
      result = new_string(agent_.heap(), StringView(at_, static_cast<uint32_t>(length)));
      at_ += length;
    } else if (tag == Tag::kUtf16String) {
      size_t length = TRY(count(2));
      if (length > String::kMaxLength) return malformed();
      FlatString* flat = new_flat_utf16(agent_.heap(), static_cast<uint32_t>(length));
      if (flat != nullptr)
        for (size_t i = 0; i < length; ++i) flat->utf16()[i] = static_cast<char16_t>(at_[2 * i] | at_[2 * i + 1] << 8);
      at_ += 2 * length;
      result = flat;
    } else {
      return malformed();
    }
    if (result == nullptr) return throw_out_of_memory(agent_);
    return result;
  }
  Completion<String*> string() { return string_body(static_cast<Tag>(TRY(byte()))); }
  Completion<std::string> text() {
    size_t length = TRY(count(1));
    std::string result(reinterpret_cast<const char*>(at_), length);
    at_ += length;
    return result;
  }

  // --- Values ---
  Value add(Object* object) {
    objects_.push_back(object);
    return object;
  }
  Object* prototype(Intrinsic which) { return agent_.realm()->intrinsic(which); }

  // A primitive, or an object whose children follow by the frames pushed.
  Completion<Value> read_value() {
    auto tag = static_cast<Tag>(TRY(byte()));
    switch (tag) {
      case Tag::kUndefined: return Value::undefined();
      case Tag::kNull: return Value::null();
      case Tag::kFalse: return Value::boolean(false);
      case Tag::kTrue: return Value::boolean(true);
      case Tag::kInt32: {
        uint64_t bits = TRY(number());
        if (bits > UINT32_MAX) return malformed();
        return Value::int32(static_cast<int32_t>(static_cast<uint32_t>(bits >> 1) ^ (0 - static_cast<uint32_t>(bits & 1))));
      }
      case Tag::kDouble: return Value::number(std::bit_cast<double>(TRY(fixed64())));
      case Tag::kBigInt: return Value(TRY(read_bigint()));
      case Tag::kLatin1String:
      case Tag::kUtf16String: return Value(TRY(string_body(tag)));
      case Tag::kReference: {
        uint64_t index = TRY(number());
        if (index >= objects_.size() || !objects_[index].is_object()) return malformed();
        return objects_[index];
      }
      default: return read_object(tag);
    }
  }
  Completion<BigInt*> read_bigint() {
    uint8_t sign = TRY(byte());
    size_t digits = TRY(count(8));
    if (sign > 1 || digits > BigInt::kMaxDigits || (digits == 0 && sign != 0)) return malformed();
    BigInt* result = BigInt::try_make(agent_.heap(), digits, sign == 1);
    if (result == nullptr) return throw_out_of_memory(agent_);
    for (uint64_t& digit : result->digits()) digit = TRY(fixed64());
    if (digits != 0 && result->digits()[digits - 1] == 0) return malformed();
    return result;
  }

  Completion<Value> read_object(Tag tag) {
    switch (tag) {
      case Tag::kBooleanObject:
      case Tag::kNumberObject:
      case Tag::kStringObject:
      case Tag::kBigIntObject: return read_wrapper(tag);
      case Tag::kDate: {
        double time = std::bit_cast<double>(TRY(fixed64()));
        constexpr double kMaxTime = 8.64e15;
        if (time == time && (std::trunc(time) != time || std::abs(time) > kMaxTime)) return malformed();
        return add(make_date(agent_, time));
      }
      case Tag::kRegExp: {
        Root<String*> source(agent_, TRY(string()));
        String* flags = TRY(string());
        return add(TRY(make_reg_exp(agent_, source, flags)));
      }
      case Tag::kObject: return begin(Frame::Kind::kObject, make_object(agent_), 0);
      case Tag::kShapedObject: return begin_shaped();
      case Tag::kDenseArray: {
        size_t length = TRY(count(1));
        return begin_array(static_cast<double>(length), true);
      }
      case Tag::kSparseArray: {
        uint64_t length = TRY(number());
        if (length > UINT32_MAX) return malformed();
        return begin_array(static_cast<double>(length), false);
      }
      case Tag::kMap: return begin(Frame::Kind::kMap, make_map(agent_), TRY(count(2)));
      case Tag::kSet: return begin(Frame::Kind::kSet, make_set(agent_), TRY(count(1)));
      case Tag::kError: return read_error();
      case Tag::kArrayBuffer:
      case Tag::kResizableArrayBuffer: return read_buffer(tag);
      case Tag::kSharedArrayBuffer: {
        uint64_t index = TRY(number());
        if (index >= message_.shared_blocks.size()) return malformed();
        return add(make_shared_array_buffer(agent_, message_.shared_blocks[index]));
      }
      case Tag::kTransferredArrayBuffer: return read_transferred_buffer();
      case Tag::kMessagePort: {
        uint64_t index = TRY(number());
        if (index >= ports_.size()) return malformed();
        return add(ports_[index].as_object());
      }
      case Tag::kTypedArray: return read_typed_array();
      case Tag::kDataView: return read_data_view();
      case Tag::kHostObject: return read_host_object();
      default: return malformed();
    }
  }
  Completion<Value> read_wrapper(Tag tag) {
    size_t number = objects_.size();
    objects_.push_back(Value::empty());
    if (!next_is_primitive()) return malformed();
    Value value = TRY(read_value());
    bool fits = tag == Tag::kBooleanObject  ? value.is_boolean()
                : tag == Tag::kNumberObject ? value.is_number()
                : tag == Tag::kStringObject ? value.is_string()
                                            : value.is_bigint();
    if (!fits) return malformed();
    return objects_[number] = make_primitive_object(agent_, value);
  }

  // --- Buffers and views ---
  Completion<Value> read_buffer(Tag tag) {
    size_t length = tag == Tag::kArrayBuffer ? TRY(count(1)) : TRY(size());
    size_t maximum = tag == Tag::kArrayBuffer ? length : TRY(size());
    if (length > remaining() || length > maximum) return malformed();
    ArrayBuffer* buffer = TRY(make_buffer(length, maximum, tag == Tag::kResizableArrayBuffer));
    const uint8_t* const begin = at_;
    Value result = add(buffer);
    while (length != 0) {
      const size_t part = std::min(kBytesPerPoll, length);
      std::memcpy(buffer->data() + (at_ - begin), at_, part);
      at_ += part;
      length -= part;
      if (length != 0) TRY(agent_.poll());
    }
    return result;
  }
  Completion<ArrayBuffer*> make_buffer(size_t length, size_t maximum, bool resizable) {
    ArrayBuffer* buffer = make_array_buffer(agent_, 0);
    if (buffer == nullptr || !(resizable ? buffer->allocate_resizable(agent_.heap(), length, maximum) : buffer->allocate(agent_.heap(), length)))
      return throw_out_of_memory(agent_);
    return buffer;
  }
  Completion<Value> read_transferred_buffer() {
    uint64_t index = TRY(number());
    if (index >= message_.buffers.size() || taken_.size() != message_.buffers.size()) taken_.resize(message_.buffers.size());
    if (index >= message_.buffers.size() || taken_[index]) return malformed();
    taken_[index] = true;
    TransferredMemory& memory = message_.buffers[index];
    if (memory.is_resizable()) {
      // Its reservation is of another heap's making.
      ArrayBuffer* buffer = TRY(make_buffer(memory.byte_length(), memory.max_byte_length(), true));
      if (memory.byte_length() != 0) std::memcpy(buffer->data(), memory.data(), memory.byte_length());
      return add(buffer);
    }
    ArrayBuffer* buffer = make_array_buffer(agent_, 0);
    if (buffer == nullptr || !buffer->adopt(agent_.heap(), const_cast<uint8_t*>(memory.data()), memory.byte_length())) return throw_out_of_memory(agent_);
    (void)memory.release();
    return add(buffer);
  }
  Completion<ArrayBuffer*> read_view_buffer() {
    if (!next_is_buffer()) return malformed();
    Value value = TRY(read_value());
    if (!value.is_kind(CellKind::kArrayBuffer) && !value.is_kind(CellKind::kSharedArrayBuffer)) return malformed();
    return static_cast<ArrayBuffer*>(value.as_object());
  }
  Completion<Value> read_typed_array() {
    size_t number_of_view = objects_.size();
    objects_.push_back(Value::empty());
    uint8_t type_byte = TRY(byte());
    if (type_byte >= kElementTypeCount) return malformed();
    auto type = static_cast<ElementType>(type_byte);
    size_t offset = TRY(size()), length = TRY(size());
    ArrayBuffer* buffer = TRY(read_view_buffer());
    size_t available = buffer->byte_length(), each = element_size(type);
    if (offset % each != 0 || offset > available) return malformed();
    if (length == 0 ? buffer->is_fixed_length() : length - 1 > (available - offset) / each) return malformed();
    return objects_[number_of_view] = make_typed_array(agent_, type, buffer, offset, length == 0 ? TypedArray::kAuto : length - 1);
  }
  Completion<Value> read_data_view() {
    size_t number_of_view = objects_.size();
    objects_.push_back(Value::empty());
    size_t offset = TRY(size()), length = TRY(size());
    ArrayBuffer* buffer = TRY(read_view_buffer());
    size_t available = buffer->byte_length();
    if (offset > available) return malformed();
    if (length == 0 ? buffer->is_fixed_length() : length - 1 > available - offset) return malformed();
    return objects_[number_of_view] = make_data_view(agent_, buffer, offset, length == 0 ? DataView::kAuto : length - 1);
  }

  Completion<Value> read_host_object() {
    size_t number_of_object = objects_.size();
    objects_.push_back(Value::empty());
    std::string name = TRY(text());
    size_t values = TRY(count(1));
    RootVector parts(agent_);
    for (size_t i = 0; i < values; ++i) {
      TRY(poll_.tick());
      if (!next_is_primitive() && !next_is_buffer()) return malformed();
      parts.push_back(TRY(read_value()));
    }
    if (g_clone_hooks.from_parts == nullptr) return malformed();
    Root<Object*> object(agent_, TRY(g_clone_hooks.from_parts(agent_, name, std::span<const Value>(parts.data(), parts.size()))));
    objects_[number_of_object] = object.get();
    uint8_t has_stack = TRY(byte());
    if (has_stack > 1) return malformed();
    if (has_stack == 1) {
      auto* error = object->as_if<ErrorObject>();
      if (error == nullptr) return malformed();
      TRY(read_stack(error));
    }
    return Value(object.get());
  }
  // Whether the next value is of a kind that ends recursion: a primitive, a buffer, or what is there already.
  bool next_is_primitive() const { return at_ != end_ && *at_ > static_cast<uint8_t>(Tag::kEnd) && *at_ < static_cast<uint8_t>(Tag::kHole); }
  bool next_is_buffer() const {
    if (at_ == end_) return false;
    auto tag = static_cast<Tag>(*at_);
    return tag == Tag::kReference || tag == Tag::kArrayBuffer || tag == Tag::kResizableArrayBuffer || tag == Tag::kSharedArrayBuffer || tag == Tag::kTransferredArrayBuffer;
  }

  // --- What has children ---
  Value begin(Frame::Kind kind, Object* object, uint64_t left) {
    frames_.push_back({kind, object, left});
    return add(object);
  }
  using Layout = CloneCache::ReadLayout;
  Completion<Value> begin_shaped() {
    uint64_t number_of_layout = TRY(number());
    if (number_of_layout > layouts_.size()) return malformed();
    if (number_of_layout == layouts_.size()) layouts_.push_back(TRY(find_or_read_layout()));
    const size_t index = layouts_[number_of_layout];
    Shape* shape = cache_->read[index].shape;
    if (shape == nullptr) {
      frames_.push_back({Frame::Kind::kShaped, make_object(agent_), index});
      return add(frames_.back().object);
    }
    auto* object = agent_.heap().make_with_extra<Object>(shape->inline_capacity() * sizeof(Value), shape);
    frames_.push_back({Frame::Kind::kFilled, object, index});
    return add(object);
  }
  // The index of the layout that follows.
  Completion<size_t> find_or_read_layout() {
    constexpr size_t kSearched = 16;
    auto& layouts = cache_->read;
    for (size_t i = 0; i < layouts.size() && i < kSearched; ++i) {
      const std::vector<uint8_t>& bytes = layouts[i].bytes;
      if (remaining() < bytes.size() || std::memcmp(at_, bytes.data(), bytes.size()) != 0) continue;
      if (layouts[i].shape == nullptr || layouts[i].shape->prototype() != prototype(Intrinsic::kObjectPrototype)) continue;
      at_ += bytes.size();
      return i;
    }
    const uint8_t* const begin = at_;
    Layout layout;
    // While it is read it keeps its keys by itself.
    RootVector kept(agent_);
    TRY(read_layout(layout, kept));
    layout.bytes.assign(begin, at_);
    layouts.push_back(std::move(layout));
    return layouts.size() - 1;
  }
  Completion<void> read_layout(Layout& layout, RootVector& kept) {
    size_t keys = TRY(count(2));
    bool is_plain = keys <= kMaxInlineSlots;
    for (size_t i = 0; i < keys; ++i) {
      TRY(poll_.tick());
      PropertyKey key = to_property_key(agent_, TRY(string()));
      if (key.is_cell()) kept.push_back(Value::cell(key.as_cell()));
      if (!key.is_atom()) is_plain = false;
      layout.keys.push_back(key);
    }
    if (!is_plain) return {};
    // The shape that a literal with these keys has.
    Shape* shape =
        agent_.root_shape(prototype(Intrinsic::kObjectPrototype), CellKind::kObject, sizeof(Object), static_cast<uint8_t>(keys == 0 ? kEmptyCapacity : keys));
    for (PropertyKey key : layout.keys) {
      if (shape->lookup(key)) return {};
      layout.prefixes.push_back(shape);
      shape = shape->add_transition(key, kDefaultAttributes);
    }
    layout.shape = shape;
    return {};
  }
  // Values up to the first that has children.
  Completion<void> read_filled() {
    const size_t depth = frames_.size();
    Frame& frame = frames_.back();
    Object* object = frame.object;
    const uint64_t index = frame.left;
    const Shape* shape = cache_->read[index].shape;
    Value* slots = object->inline_slots(const_cast<Shape*>(shape));
    const size_t count = shape->slot_count();
    size_t at = frame.index;
    do {
      if (at == count) {
        frames_.pop_back();
        return {};
      }
      if (at_ != end_ && *at_ == static_cast<uint8_t>(Tag::kHole)) [[unlikely]] {
        // Without a property that others of the layout have: from here on the ordinary way.
        ++at_;
        object->set_shape(cache_->read[index].prefixes[at]);
        frames_.back().kind = Frame::Kind::kShaped;
        frames_.back().index = static_cast<uint32_t>(at + 1);
        return {};
      }
      // Before the value is read: its frame comes after ours.
      frames_.back().index = static_cast<uint32_t>(at + 1);
      slots[at++] = TRY(read_value());
      object->write_barrier();
    } while (frames_.size() == depth);
    return {};
  }
  // The same for layouts without a shape of their own.
  Completion<void> read_shaped() {
    const size_t depth = frames_.size();
    do {
      TRY(poll_.tick());
      Frame& frame = frames_.back();
      const size_t index = frame.left, at = frame.index++;
      Object* object = frame.object;
      if (at >= cache_->read[index].keys.size()) {
        frames_.pop_back();
        return {};
      }
      if (at_ != end_ && *at_ == static_cast<uint8_t>(Tag::kHole)) {
        ++at_;
        continue;
      }
      Root<Value> value(agent_, TRY(read_value()));
      TRY(create_data_property(agent_, object, cache_->read[index].keys[at], value));
    } while (frames_.size() == depth);
    return {};
  }
  // What arrays in arrays claim together is bounded, too: each element takes a byte.
  Completion<Value> begin_array(double length, bool dense) {
    if (dense && length > static_cast<double>(unclaimed_)) return malformed();
    if (dense) unclaimed_ -= static_cast<size_t>(length);
    Array* array = TRY(array_create(agent_, length));
    Value result = begin(Frame::Kind::kObject, array, 0);
    // One element is no reason to make room for all that could be.
    constexpr double kRoomForFew = 1024;
    if (!dense && length > kRoomForFew) array->make_sparse(agent_);
    if (dense && length != 0 && !array->reserve_elements(agent_, static_cast<uint32_t>(length))) return throw_out_of_memory(agent_);
    if (dense) frames_.push_back({Frame::Kind::kElements, array, static_cast<uint64_t>(length)});
    return result;
  }

  Completion<Value> read_error() {
    static constexpr Intrinsic kPrototypes[] = {Intrinsic::kErrorPrototype, Intrinsic::kEvalErrorPrototype, Intrinsic::kRangeErrorPrototype, Intrinsic::kReferenceErrorPrototype,
                                                Intrinsic::kSyntaxErrorPrototype, Intrinsic::kTypeErrorPrototype, Intrinsic::kURIErrorPrototype, Intrinsic::kAggregateErrorPrototype};
    static_assert(std::size(kPrototypes) == static_cast<size_t>(ErrorKind::kCount));
    uint8_t kind = TRY(byte()), flags = TRY(byte());
    if (kind >= std::size(kPrototypes) || flags >= 2 * kHasProperties) return malformed();
    ErrorObject* error = make_error_object(agent_, prototype(kPrototypes[kind]));
    Value result = add(error);
    if (flags & kHasMessage) error->add_property(agent_, agent_.names().message, TRY(string()), kBuiltinAttributes);
    if (flags & kHasStack) TRY(read_stack(error));
    if (flags & kHasName) error->add_property(agent_, agent_.names().name, TRY(string()), kBuiltinAttributes);
    if (flags & kHasProperties) frames_.push_back({Frame::Kind::kObject, error});
    frames_.push_back({Frame::Kind::kError, error, static_cast<uint64_t>(flags & (kHasCause | kHasErrors))});
    return result;
  }
  Completion<void> read_stack(ErrorObject* error) {
    error->stack_header.set(error, TRY(string()));
    size_t frames = TRY(count(4));
    delete error->frames;
    error->frames = new std::vector<StackFrame>;
    for (size_t i = 0; i < frames; ++i) {
      StackFrame frame;
      frame.function = TRY(text());
      frame.source = TRY(text());
      frame.line = static_cast<uint32_t>(TRY(number()));
      frame.column = static_cast<uint32_t>(TRY(number()));
      error->frames->push_back(std::move(frame));
    }
    return {};
  }

  // Reads the next child of the innermost object, or finishes the object.
  Completion<void> step() {
    Frame& frame = frames_.back();
    switch (frame.kind) {
      case Frame::Kind::kObject: return read_property(frame.object);
      case Frame::Kind::kShaped: return read_shaped();
      case Frame::Kind::kFilled: return read_filled();
      case Frame::Kind::kElements: return read_elements();
      case Frame::Kind::kError: return read_error_part(frame);
      case Frame::Kind::kMap: return read_entry(frame);
      case Frame::Kind::kSet: {
        if (frame.left == 0) return frames_.pop_back(), Completion<void>();
        --frame.left;
        auto* set = static_cast<Collection*>(frame.object);
        Value item = HashTable::normalize(TRY(read_value()));
        if (!set->put(agent_, item, item)) return throw_out_of_memory(agent_);
        return {};
      }
    }
    return malformed();
  }
  Completion<void> read_property(Object* object) {
    auto tag = static_cast<Tag>(TRY(byte()));
    if (tag == Tag::kEnd) {
      frames_.pop_back();
      return {};
    }
    Root<PropertyKey> key(agent_, to_property_key(agent_, TRY(string_body(tag))));
    Root<Value> value(agent_, TRY(read_value()));
    TRY(create_data_property(agent_, object, key, value));
    return {};
  }
  // Elements up to the first that has children.
  Completion<void> read_elements() {
    const size_t depth = frames_.size();
    do {
      TRY(poll_.tick());
      Frame& frame = frames_.back();
      if (frame.left == 0) {
        frames_.pop_back();
        return {};
      }
      --frame.left;
      const uint32_t index = frame.index++;
      Object* array = frame.object;
      if (at_ != end_ && *at_ == static_cast<uint8_t>(Tag::kHole)) {
        ++at_;
        continue;
      }
      Value value = TRY(read_value());
      if (array->is_sparse() || array->dense_elements() == nullptr || index >= array->dense_elements()->capacity()) {
        Root<Value> kept(agent_, value);
        TRY(create_data_property(agent_, array, PropertyKey::index(index), kept));
      } else {
        array->dense_elements()->set(index, value);
      }
    } while (frames_.size() == depth);
    return {};
  }
  Completion<void> read_entry(Frame& frame) {
    if (frame.has_key) {
      frame.has_key = false;
      auto* map = static_cast<Collection*>(frame.object);
      Root<Value> key(agent_, HashTable::normalize(keys_.back()));
      keys_.pop_back();
      Value value = TRY(read_value());
      if (!map->put(agent_, key, value)) return throw_out_of_memory(agent_);
      return {};
    }
    if (frame.left == 0) {
      frames_.pop_back();
      return {};
    }
    --frame.left;
    frame.has_key = true;
    keys_.push_back(TRY(read_value()));
    return {};
  }
  Completion<void> read_error_part(Frame& frame) {
    auto* error = frame.object;
    if (frame.left == 0) {
      frames_.pop_back();
      return {};
    }
    PropertyKey key = frame.left & kHasCause ? PropertyKey(agent_.names().cause) : PropertyKey(agent_.names().errors);
    frame.left &= frame.left & kHasCause ? ~uint64_t{kHasCause} : 0;
    Value value = TRY(read_value());
    error->add_property(agent_, key, value, kBuiltinAttributes);
    return {};
  }

  // Every port of the message gets its object, named in the value or not.
  Completion<void> make_ports() {
    for (Ref<PortEndpoint>& endpoint : message_.ports) {
      if (!endpoint || g_port_object_hooks.make == nullptr) return malformed();
      Object* port = g_port_object_hooks.make(agent_, std::move(endpoint));
      endpoint = nullptr;
      if (port == nullptr) return Thrown{};  // the agent is ending
      ports_.push_back(port);
    }
    return {};
  }

  Agent& agent_;
  SerializedMessage& message_;
  const uint8_t* at_;
  const uint8_t* const end_;
  size_t unclaimed_ = message_.bytes.size();  // by the lengths of dense arrays
  InlineStack<Frame, 8> frames_;
  std::vector<bool> taken_;  // transferred buffers
  CloneCacheUser cache_;
  InlineStack<size_t, 8> layouts_;  // by number: where they are in the cache
  RootVector objects_;       // by number; empty: not finished
  RootVector keys_;
  RootVector ports_;
  LoopPoll poll_;
};

}  // namespace

Completion<Value> deserialize(Agent& agent, SerializedMessage& message, RootVector* ports) {
  CloneReader reader(agent, message);
  Value result = TRY(reader.read());
  if (ports != nullptr)
    for (size_t i = 0; i < reader.ports().size(); ++i) ports->push_back(reader.ports()[i]);
  return result;
}

Completion<Value> deserialize_bytes(Agent& agent, std::span<const uint8_t> bytes) {
  SerializedMessage message;
  message.bytes.append(bytes);
  return deserialize(agent, message);
}

}  // namespace skein
