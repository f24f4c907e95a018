// https://tc39.es/ecma262/#sec-property-descriptor-specification-type
#pragma once

#include "core/runtime/object.h"
#include "core/runtime/root.h"

namespace skein {

// Fields that are absent have their has_… bit clear. Not rooted by itself: see RootedDescriptor.
struct PropertyDescriptor {
  Value value;
  Value getter;  // an object or undefined
  Value setter;
  bool has_value = false;
  bool has_get = false;
  bool has_set = false;
  bool has_writable = false;
  bool has_enumerable = false;
  bool has_configurable = false;
  bool writable = false;
  bool enumerable = false;
  bool configurable = false;

  static PropertyDescriptor data(Value value, PropertyAttributes attributes) {
    PropertyDescriptor d;
    d.value = value;
    d.has_value = d.has_writable = d.has_enumerable = d.has_configurable = true;
    d.writable = attributes & kWritable;
    d.enumerable = attributes & kEnumerable;
    d.configurable = attributes & kConfigurable;
    return d;
  }
  static PropertyDescriptor accessor(Value getter, Value setter, PropertyAttributes attributes) {
    PropertyDescriptor d;
    d.getter = getter;
    d.setter = setter;
    d.has_get = d.has_set = d.has_enumerable = d.has_configurable = true;
    d.enumerable = attributes & kEnumerable;
    d.configurable = attributes & kConfigurable;
    return d;
  }
  static PropertyDescriptor value_only(Value value) {
    PropertyDescriptor d;
    d.value = value;
    d.has_value = true;
    return d;
  }
  bool is_accessor() const { return has_get || has_set; }      // IsAccessorDescriptor
  bool is_data() const { return has_value || has_writable; }   // IsDataDescriptor
  bool is_generic() const { return !is_accessor() && !is_data(); }
  // Of a complete descriptor.
  PropertyAttributes attributes() const {
    int bits = (writable ? kWritable : 0) | (enumerable ? kEnumerable : 0) | (configurable ? kConfigurable : 0);
    return static_cast<PropertyAttributes>(bits | (is_accessor() ? kAccessorProperty : 0));
  }
};

class RootedDescriptor final : public PropertyDescriptor, public CustomRoot {
 public:
  explicit RootedDescriptor(Agent& agent) : CustomRoot(agent) {}
  RootedDescriptor(Agent& agent, const PropertyDescriptor& descriptor) : PropertyDescriptor(descriptor), CustomRoot(agent) {}
  void trace(gc::Visitor& visitor) override {
    visit_value(visitor, value);
    visit_value(visitor, getter);
    visit_value(visitor, setter);
  }
};

}  // namespace skein
