// What script's objects of bound classes own.
#pragma once

#include "core/host/host_object.h"
#include "skein/context.h"

namespace skein::api::detail {

class WrappedObject final : public HostObjectData {
 public:
  WrappedObject(std::shared_ptr<void> object, std::shared_ptr<const ClassDefinition> definition)
      : object(std::move(object)), definition(std::move(definition)) {}
  // The object's, if it is one of a bound class.
  static WrappedObject* in(skein::Value value) {
    auto* object = value.as_if<HostObject>();
    return object != nullptr && object->type() == HostObjectType::kEmbedder ? object->owned<WrappedObject>() : nullptr;
  }

  std::shared_ptr<void> object;  // null once transferred
  std::shared_ptr<const ClassDefinition> definition;
};

}  // namespace skein::api::detail
