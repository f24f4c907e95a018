#include "core/runtime/kinds.h"

#include "core/runtime/array.h"
#include "core/runtime/array_buffer.h"
#include "core/runtime/array_iterator.h"
#include "core/runtime/disposal.h"
#include "core/runtime/lazy_properties.h"
#include "core/runtime/operations.h"
#include "core/runtime/primitive_object.h"

namespace skein {

void register_runtime_kinds() {
  for (const InternalMethods*& methods : g_internal_methods)
    if (methods == nullptr) methods = &kOrdinaryInternalMethods;
  g_internal_methods[static_cast<int>(CellKind::kArray)] = &kArrayInternalMethods;
  g_internal_methods[static_cast<int>(CellKind::kStringObject)] = &kStringObjectInternalMethods;
  g_internal_methods[static_cast<int>(CellKind::kTypedArray)] = &kTypedArrayInternalMethods;
  register_call_methods();

  gc::register_kind<String>();
  gc::register_kind<Symbol>();
  gc::register_kind<BigInt>();
  gc::register_kind<Shape>();
  gc::register_kind<PropertyTable>();
  gc::register_kind<TransitionTable>();
  gc::register_kind<ValueArray>();
  gc::register_kind<SparseElements>();
  gc::register_kind<Accessor>();
  gc::register_kind<Realm>();
  gc::register_kind<LazyProperties>();
  gc::register_kind<Object>();
  gc::register_kind<Object>(static_cast<uint8_t>(CellKind::kGlobalObject));
  gc::register_kind<Array>();
  gc::register_kind<NativeFunction>();
  gc::register_kind<BoundFunction>();
  gc::register_kind<WrappedFunction>();
  gc::register_kind<DisposeCapability>();
  gc::register_kind<ErrorObject>();
  for (CellKind kind : {CellKind::kArrayBuffer, CellKind::kSharedArrayBuffer})
    gc::register_kind<ArrayBuffer>(static_cast<uint8_t>(kind));
  gc::register_kind<TypedArray>();
  gc::register_kind<DataView>();
  gc::register_kind<ArrayIterator>();
  for (CellKind kind : {CellKind::kBooleanObject, CellKind::kNumberObject, CellKind::kStringObject, CellKind::kSymbolObject,
                        CellKind::kBigIntObject})
    gc::register_kind<PrimitiveObject>(static_cast<uint8_t>(kind));
}

}  // namespace skein
