// Code: one agent's and realm's side of a shared, immutable Executable – its strings as atoms, its
// constants as values, the inline caches, and the Codes of the functions inside.
//
// Everything beside the Executable is made when the code is first run (link).
#pragma once

#include "core/bytecode/executable.h"
#include "core/interpreter/inline_cache.h"
#include "core/runtime/realm.h"
#include "core/strings/string.h"

namespace skein {

class Module;

class Code final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kCode;
  static constexpr const char* kKindName = "Code";

  // Any set bit sends a call the slow way.
  enum CallFlags : uint8_t { kUnlinked = 1, kArgumentList = 2, kClassConstructor = 4 };
  enum class ConstructKind : uint8_t { kNone, kBase, kDerived };

  // `script_or_module`: a Module, or host-defined data, or null; for import() and import.meta.
  Code(Ref<const bytecode::Executable> executable, Realm* realm, gc::Cell* script_or_module);

  const bytecode::Executable& executable() const { return *executable_; }
  const Ref<const bytecode::Executable>& executable_reference() const { return executable_; }
  Realm* realm() const { return realm_; }
  gc::Cell* script_or_module() const { return script_or_module_; }
  // A module's code is there before the module. REQUIRES: no inner function has been asked for yet.
  void set_script_or_module(gc::Cell* cell) { script_or_module_.set(this, cell); }
  uint32_t register_count() const { return register_count_; }
  uint32_t parameter_count() const { return parameter_count_; }
  uint8_t call_flags() const { return call_flags_; }
  ConstructKind construct_kind() const { return construct_kind_; }
  const uint32_t* instructions() const { return instructions_; }

  void link(Agent& agent);
  // Lets go of what link() and the first run have made, of code that will hardly run again: a script, the one
  // function of an internal script. It is linked anew if it does. REQUIRES: no frame runs it
  void unlink(gc::Heap& heap);

  // REQUIRES: linked.
  FlatString* atom(uint32_t index) const { return atoms_[index]; }
  Value number(uint32_t index) const { return numbers_[index]; }
  InlineCache* caches() const { return caches_; }
  Value bigint(Agent& agent, uint32_t index);
  Code* function(Agent& agent, uint32_t index);
  Shape* literal_shape(Agent& agent, uint32_t index);
  Object* template_object(Agent& agent, uint32_t index);

  // What closures of this code begin with; null until the first is made.
  gc::Member<Shape> closure_shape;
  gc::Member<String> closure_name;

  size_t cell_size() const { return sizeof(Code); }
  void trace(gc::Visitor& visitor);
  void sweep_weak(gc::Heap& heap);
  void finalize(gc::Heap& heap);

 private:
  // What is made entry by entry; null until the first use.
  struct Tables {
    Code** functions = nullptr;
    Shape** literal_shapes = nullptr;
    Object** templates = nullptr;
    BigInt** bigints = nullptr;
  };
  template <typename T>
  T*& entry_of(T** Tables::* table, size_t size, uint32_t index);
  size_t linked_bytes() const;
  void free_tables();

  gc::Member<Realm> realm_;
  gc::Member<gc::Cell> script_or_module_;
  const uint32_t* instructions_;
  uint32_t register_count_;
  uint32_t parameter_count_;
  uint8_t call_flags_;
  ConstructKind construct_kind_;

 public:
  // How many properties the objects that this constructor makes have had so far: sizes their inline slots.
  static constexpr uint8_t kSampledConstructions = 4;
  uint8_t learned_slots = 0;
  uint8_t constructions = 0;

 private:
  // Arrays beside the Executable's tables of the same name; null until linked.
  FlatString** atoms_ = nullptr;
  Value* numbers_ = nullptr;
  InlineCache* caches_ = nullptr;
  Tables* tables_ = nullptr;
  Ref<const bytecode::Executable> executable_;
};

}  // namespace skein
