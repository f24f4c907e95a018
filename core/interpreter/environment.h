// https://tc39.es/ecma262/#sec-environment-records
//
// One cell for every scope that materialises: its bindings are slots, numbered by the compiler, with
// Value::empty() for "not initialised". The chain of parents ends with null, which stands for the
// global environment record. Only environments whose names are looked up at run time (a `with` or a
// sloppy direct eval is near) carry an EnvironmentNames.
#pragma once

#include "core/bytecode/executable.h"
#include "core/runtime/object.h"

namespace skein {

class Code;

class EnvironmentNames final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kEnvironmentNames;
  static constexpr const char* kKindName = "EnvironmentNames";
  EnvironmentNames(Code* code, const bytecode::ScopeDescriptor* scope)
      : gc::Cell(static_cast<uint8_t>(kKind)), code(code), scope(scope) {}

  gc::Member<Code> code;  // keeps `scope` alive, and has its strings as atoms
  const bytecode::ScopeDescriptor* scope;
  // The vars that sloppy direct evals have added: properties of an object that no script sees. Null at first.
  gc::Member<Object> dynamic_vars;

  // The binding of that name among the slots, or null.
  const bytecode::ScopeDescriptor::Binding* find(FlatString* name) const;

  size_t cell_size() const { return sizeof(EnvironmentNames); }
  void trace(gc::Visitor& visitor);
};

class Environment final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kEnvironment;
  static constexpr const char* kKindName = "Environment";

  Environment(Environment* parent, EnvironmentNames* names, uint32_t slot_count, bool is_with)
      : gc::Cell(static_cast<uint8_t>(kKind), slot_count, is_with ? kWith : 0), parent_(parent), names_(names) {
    for (uint32_t i = 0; i < slot_count; ++i) slots()[i] = Value::empty();
  }
  static Environment* make(gc::Heap& heap, Environment* parent, EnvironmentNames* names, uint32_t slot_count) {
    return heap.make_with_extra<Environment>(slot_count * sizeof(Value), parent, names, slot_count, false);
  }
  // https://tc39.es/ecma262/#sec-object-environment-records with IsWithEnvironment.
  static Environment* make_with(gc::Heap& heap, Environment* parent, Object* object) {
    Environment* result = heap.make_with_extra<Environment>(sizeof(Value), parent, nullptr, 1u, true);
    result->set(0, object);
    return result;
  }

  Environment* parent() const { return parent_; }
  EnvironmentNames* names() const { return names_; }
  void set_names(EnvironmentNames* names) { names_.set(this, names); }
  bool is_with() const { return flags_ & kWith; }
  Object* with_object() const { return get(0).as_object(); }  // REQUIRES: is_with()
  uint32_t slot_count() const { return word_; }
  Value get(uint32_t slot) const { return const_cast<Environment*>(this)->slots()[slot]; }
  void set(uint32_t slot, Value value) {
    SKEIN_DCHECK(slot < slot_count());
    slots()[slot] = value;
    write_barrier(cell_or_null(value));
  }

  size_t cell_size() const { return sizeof(Environment) + slot_count() * sizeof(Value); }
  void trace(gc::Visitor& visitor);

 private:
  enum Flags : uint8_t { kWith = 1 };
  Value* slots() { return reinterpret_cast<Value*>(this + 1); }

  gc::Member<Environment> parent_;
  gc::Member<EnvironmentNames> names_;
};

// What the slot of an imported binding holds: where the exporting module keeps it.
class ImportReference final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kImportReference;
  static constexpr const char* kKindName = "ImportReference";
  ImportReference(Environment* environment, uint32_t slot)
      : gc::Cell(static_cast<uint8_t>(kKind), slot), environment_(environment) {}
  Value get() const { return environment_->get(word_); }
  size_t cell_size() const { return sizeof(ImportReference); }
  void trace(gc::Visitor& visitor) { visitor.visit(environment_); }

 private:
  gc::Member<Environment> environment_;
};

}  // namespace skein
