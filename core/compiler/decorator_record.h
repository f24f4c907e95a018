// The record of a decorated element; see the decorate instruction.
#pragma once

namespace skein::compiler {

enum RecordSlot : int { kDecorators, kKey, kValue, kSetter, kInitializers, kExtraInitializers, kMetadata, kRecordSize };
enum DecoratorKind : unsigned { kClassKind, kMethodKind, kGetterKind, kSetterKind, kFieldKind, kAccessorKind, kStaticFlag = 8 };

}  // namespace skein::compiler
