// ArrayBuffer, SharedArrayBuffer, typed arrays and DataView: the objects. Their clauses' functions are in
// builtins/; the layout is here because the interpreter reads elements in place.
//
// https://tc39.es/ecma262/#sec-arraybuffer-objects, #sec-sharedarraybuffer-objects,
// #sec-typedarray-objects, #sec-dataview-objects
#pragma once

#include <functional>

#include "core/runtime/object.h"
#include "core/threading/shared_block.h"

namespace skein {

// https://tc39.es/ecma262/#table-the-typedarray-constructors
enum class ElementType : uint8_t {
  kInt8, kUint8, kUint8Clamped, kInt16, kUint16, kInt32, kUint32, kBigInt64, kBigUint64, kFloat16, kFloat32, kFloat64,
};
inline constexpr int kElementTypeCount = 12;
constexpr uint32_t element_size(ElementType type) {
  constexpr uint8_t kSizes[] = {1, 1, 1, 2, 2, 4, 4, 8, 8, 2, 4, 8};
  return kSizes[static_cast<int>(type)];
}
constexpr bool is_bigint_type(ElementType type) { return type == ElementType::kBigInt64 || type == ElementType::kBigUint64; }

// Both kinds of buffer: an unshared one owns malloc'ed memory, which is charged to the heap; a shared
// one holds a reference to a block.
class ArrayBuffer final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kArrayBuffer;  // or kSharedArrayBuffer
  static constexpr const char* kKindName = "ArrayBuffer";

  // An empty, fixed-length, unshared buffer; see the factories.
  explicit ArrayBuffer(Shape* shape) : Object(shape, CellKind::kArrayBuffer) {}
  ArrayBuffer(Shape* shape, Ref<threading::SharedBlock> block)
      : Object(shape, CellKind::kSharedArrayBuffer), block_(std::move(block)) { is_fixed_ = !block_->is_growable(); }

  bool is_shared() const { return kind() == CellKind::kSharedArrayBuffer; }
  bool is_detached() const { return is_detached_; }
  bool is_fixed_length() const { return is_fixed_; }     // neither resizable nor growable
  bool is_immutable() const { return is_immutable_; }
  void set_immutable() { is_immutable_ = true; }
  // Null when detached or empty. Valid until the next resize or detach. Shared memory only through
  // threading::SharedAccess.
  uint8_t* data() const { return block_ ? block_->data() : data_; }
  // ArrayBufferByteLength; `seq_cst` for the length of growable shared buffers where the spec says so.
  size_t byte_length() const { return block_ ? block_->byte_length_unordered() : byte_length_; }
  size_t byte_length_seq_cst() const { return block_ ? block_->byte_length() : byte_length_; }
  size_t max_byte_length() const { return block_ ? block_->max_byte_length() : max_byte_length_; }
  const Ref<threading::SharedBlock>& block() const { return block_; }
  // A shared buffer's memory counts, in full growth, where it was made, for as long as that buffer lives.
  void set_charged(size_t bytes) { max_byte_length_ = bytes; }
  Value detach_key() const { return detach_key_; }       // [[ArrayBufferDetachKey]]
  void set_detach_key(Value key) { detach_key_.set(this, key); }

  // Zeroed memory for an empty, unshared buffer; false (and nothing changed) when the heap's limit or
  // the system says no. A resizable buffer reserves its maximum.
  [[nodiscard]] bool allocate(gc::Heap& heap, size_t byte_length);
  [[nodiscard]] bool allocate_resizable(gc::Heap& heap, size_t byte_length, size_t max_byte_length);
  // REQUIRES: resizable, not detached, new_length <= max_byte_length()
  void resize(size_t new_length);
  // Gives the memory (malloc'ed, `byte_length` bytes, null when empty) away: what is left is detached.
  // REQUIRES: not shared, not detached
  uint8_t* release(gc::Heap& heap);
  // Takes memory over, as release() gives it. False when the limit says no (memory stays the caller's).
  [[nodiscard]] bool adopt(gc::Heap& heap, uint8_t* data, size_t byte_length);
  // Memory of somebody else, neither charged nor freed; `release` (may be null) is called when the buffer
  // lets go of it. release() then gives a copy away. REQUIRES: empty, unshared
  void adopt_external(uint8_t* data, size_t byte_length, std::function<void()> release);
  void detach(gc::Heap& heap);

  size_t cell_size() const { return sizeof(ArrayBuffer); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visit_value(visitor, detach_key_);
  }
  void finalize(gc::Heap& heap);

 private:
  void let_external_go();

  uint8_t* data_ = nullptr;
  size_t byte_length_ = 0;
  size_t max_byte_length_ = 0;  // also what is charged
  Ref<threading::SharedBlock> block_;
  std::function<void()>* external_ = nullptr;  // set: data_ is somebody else's
  ValueSlot detach_key_;
  bool is_fixed_ = true;
  bool is_detached_ = false;
  bool is_immutable_ = false;
};

// https://tc39.es/ecma262/#sec-typedarray-objects; [[ContentType]] follows from the element type.
class TypedArray final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kTypedArray;
  static constexpr const char* kKindName = "TypedArray";
  static constexpr size_t kAuto = SIZE_MAX;  // [[ArrayLength]] is auto: follows the buffer

  TypedArray(Shape* shape, ElementType type, ArrayBuffer* buffer, size_t byte_offset, size_t length)
      : Object(shape, kKind, kExoticIndices), buffer_(buffer), byte_offset_(byte_offset), length_(length) { aux_ = static_cast<uint8_t>(type); }

  ElementType element_type() const { return static_cast<ElementType>(aux_); }
  ArrayBuffer* buffer() const { return buffer_; }          // [[ViewedArrayBuffer]]
  size_t byte_offset_slot() const { return byte_offset_; }  // [[ByteOffset]]
  bool is_length_tracking() const { return length_ == kAuto; }

  // IsTypedArrayOutOfBounds (a detached buffer is out of bounds).
  bool is_out_of_bounds() const {
    if (buffer_->is_detached()) return true;
    size_t available = buffer_->byte_length();
    if (byte_offset_ > available) return true;
    return length_ != kAuto && byte_offset_ + length_ * element_size(element_type()) > available;
  }
  // TypedArrayLength; 0 when out of bounds.
  size_t length() const {
    if (buffer_->is_fixed_length() && length_ != kAuto) [[likely]] return buffer_->is_detached() ? 0 : length_;
    if (is_out_of_bounds()) return 0;
    return length_ != kAuto ? length_ : (buffer_->byte_length() - byte_offset_) / element_size(element_type());
  }
  // The first element. REQUIRES: length() != 0. Good until script runs.
  uint8_t* data() const { return buffer_->data() + byte_offset_; }

  size_t cell_size() const { return sizeof(TypedArray); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(buffer_);
  }

 private:
  gc::Member<ArrayBuffer> buffer_;
  size_t byte_offset_;
  size_t length_;
};

// https://tc39.es/ecma262/#sec-dataview-objects
class DataView final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kDataView;
  static constexpr const char* kKindName = "DataView";
  static constexpr size_t kAuto = SIZE_MAX;
  DataView(Shape* shape, ArrayBuffer* buffer, size_t byte_offset, size_t byte_length)
      : Object(shape, kKind), buffer_(buffer), byte_offset_(byte_offset), byte_length_(byte_length) {}
  ArrayBuffer* buffer() const { return buffer_; }
  size_t byte_offset_slot() const { return byte_offset_; }
  bool is_length_tracking() const { return byte_length_ == kAuto; }
  bool is_out_of_bounds() const {
    if (buffer_->is_detached()) return true;
    size_t available = buffer_->byte_length();
    return byte_offset_ > available || (byte_length_ != kAuto && byte_offset_ + byte_length_ > available);
  }
  // REQUIRES: !is_out_of_bounds()
  size_t byte_length() const { return byte_length_ == kAuto ? buffer_->byte_length() - byte_offset_ : byte_length_; }

  size_t cell_size() const { return sizeof(DataView); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(buffer_);
  }

 private:
  gc::Member<ArrayBuffer> buffer_;
  size_t byte_offset_;
  size_t byte_length_;
};

// The element as a Value / from a numeric value (a number, or a BigInt for the two BigInt types),
// converted as the type wants. Shared memory goes through SharedAccess (unordered).
// REQUIRES: index < length()
Value typed_array_get(Agent& agent, TypedArray* array, size_t index);
void typed_array_set(TypedArray* array, size_t index, Value numeric);

extern const InternalMethods kTypedArrayInternalMethods;

// New buffers and views of the current realm's intrinsics.
ArrayBuffer* make_array_buffer(Agent& agent, size_t byte_length);  // null when the limit says no
ArrayBuffer* make_shared_array_buffer(Agent& agent, Ref<threading::SharedBlock> block);
TypedArray* make_typed_array(Agent& agent, ElementType type, ArrayBuffer* buffer, size_t byte_offset, size_t length);
DataView* make_data_view(Agent& agent, ArrayBuffer* buffer, size_t byte_offset, size_t byte_length);

}  // namespace skein
