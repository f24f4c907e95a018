// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots
#pragma once

#include "core/runtime/object.h"

namespace skein {

class Proxy final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kProxy;
  static constexpr const char* kKindName = "Proxy";
  Proxy(Shape* shape, Object* target, Object* handler, uint8_t flags)
      : Object(shape, kKind, flags), target_(target), handler_(handler) {}

  Object* target() const { return target_; }    // [[ProxyTarget]]; null once revoked
  Object* handler() const { return handler_; }  // [[ProxyHandler]]
  bool is_revoked() const { return handler_.get() == nullptr; }
  void revoke() {
    target_.set(this, nullptr);
    handler_.set(this, nullptr);
  }

  size_t cell_size() const { return sizeof(Proxy); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(target_);
    visitor.visit(handler_);
  }

 private:
  gc::Member<Object> target_;
  gc::Member<Object> handler_;
};

// https://tc39.es/ecma262/#sec-proxycreate
Completion<Proxy*> proxy_create(Agent& agent, Value target, Value handler);

}  // namespace skein
