#include "core/interpreter/code.h"

#include <cstdlib>
#include <new>

#include "core/interpreter/constants.h"
#include "core/runtime/operations.h"
#include "core/syntax/source_text.h"

namespace skein {

using bytecode::Executable;
using bytecode::FunctionKind;
using bytecode::kNoIndex;

Code::Code(Ref<const Executable> executable, Realm* realm, gc::Cell* script_or_module)
    : gc::Cell(static_cast<uint8_t>(kKind)),
      realm_(realm),
      script_or_module_(script_or_module),
      instructions_(executable->code.data()),
      register_count_(executable->register_count),
      parameter_count_(executable->parameter_count),
      call_flags_(kUnlinked),
      construct_kind_(ConstructKind::kNone),
      executable_(std::move(executable)) {
  if (executable_->needs_argument_list) call_flags_ |= kArgumentList;
  if (executable_->is_class_constructor) call_flags_ |= kClassConstructor;
  if (executable_->is_constructor()) {
    construct_kind_ =
        executable_->function_kind == FunctionKind::kDerivedConstructor ? ConstructKind::kDerived : ConstructKind::kBase;
  }
  // A program's text and code count against the limit of each agent that runs it, as long as any of its
  // functions lives. The first Code of a program is that of the whole.
  const syntax::SourceText* source = executable_->source.get();
  gc::Heap& heap = gc::Heap::of(this);
  if (source != nullptr && heap.join_shared(source)) heap.charge_shared(source, source->byte_size() + executable_->byte_size());
}

size_t Code::linked_bytes() const {
  return executable_->strings.size() * sizeof *atoms_ + executable_->numbers.size() * sizeof *numbers_ +
         executable_->feedback.size() * sizeof *caches_;
}

void Code::link(Agent& agent) {
  const Executable& e = *executable_;
  atoms_ = new FlatString*[e.strings.size() + 1];
  for (uint32_t i = 0; i < e.strings.size(); ++i) atoms_[i] = agent.atoms().atomize(string_view(e, i));
  numbers_ = new Value[e.numbers.size() + 1];
  for (size_t i = 0; i < e.numbers.size(); ++i) numbers_[i] = Value::number(e.numbers[i]);
  caches_ = new InlineCache[e.feedback.size() + 1];
  call_flags_ &= ~kUnlinked;
  agent.heap().charge_external_regardless(linked_bytes());
  write_barrier();
}

// The entry, in a table of `size` null pointers that is made when it is first needed.
template <typename T>
T*& Code::entry_of(T** Tables::* table, size_t size, uint32_t index) {
  if (tables_ == nullptr) tables_ = new Tables;
  T**& entries = tables_->*table;
  if (entries == nullptr) entries = new T*[size]();
  return entries[index];
}

Value Code::bigint(Agent& agent, uint32_t index) {
  BigInt*& entry = entry_of(&Tables::bigints, executable_->strings.size(), index);
  if (entry == nullptr) {
    entry = string_to_bigint(agent, atom(index));
    write_barrier();
  }
  return entry;
}

Code* Code::function(Agent& agent, uint32_t index) {
  Code*& entry = entry_of(&Tables::functions, executable_->functions.size(), index);
  if (entry == nullptr) {
    entry = agent.heap().make<Code>(executable_->functions[index], realm_.get(), script_or_module_.get());
    write_barrier();
  }
  return entry;
}

Shape* Code::literal_shape(Agent& agent, uint32_t index) {
  Shape*& entry = entry_of(&Tables::literal_shapes, executable_->shapes.size(), index);
  if (entry == nullptr) {
    const auto& keys = executable_->shapes[index].keys;
    const uint8_t capacity = static_cast<uint8_t>(std::min<size_t>(keys.size(), kMaxInlineSlots));
    Shape* shape = agent.root_shape(realm_->intrinsic(Intrinsic::kObjectPrototype), CellKind::kObject, sizeof(Object), capacity);
    for (uint32_t key : keys) shape = shape->add_transition(atom(key), kDefaultAttributes);
    entry = shape;
    write_barrier();
  }
  return entry;
}

// https://tc39.es/ecma262/#sec-gettemplateobject
Object* Code::template_object(Agent& agent, uint32_t index) {
  Object*& entry = entry_of(&Tables::templates, executable_->templates.size(), index);
  if (entry != nullptr) return entry;
  const auto& elements = executable_->templates[index].elements;
  std::vector<Value> cooked, raw;
  for (const auto& element : elements) {
    cooked.push_back(element.cooked == kNoIndex ? Value::undefined() : Value(atom(element.cooked)));
    raw.push_back(atom(element.raw));
  }
  Root<Object*> template_object(agent, make_array(agent, cooked));
  Root<Object*> raw_object(agent, make_array(agent, raw));
  MUST(set_integrity_level(agent, raw_object, IntegrityLevel::kFrozen));
  MUST(define_property_or_throw(agent, template_object, agent.names().raw,
                                PropertyDescriptor::data(raw_object.get(), kNone)));
  MUST(set_integrity_level(agent, template_object, IntegrityLevel::kFrozen));
  entry = template_object;
  write_barrier();
  return entry;
}

namespace {

void visit_entry(gc::Visitor& visitor, const CacheEntry& entry) {
  if (entry.shape == 0) return;
  if (entry.kind == CacheKind::kGlobalLexical) return;
  visitor.visit(Shape::from_reference(entry.shape));
  switch (entry.kind) {
    case CacheKind::kHolderInline:
    case CacheKind::kHolderOutOfLine:
    case CacheKind::kHolderInlineAccessor:
    case CacheKind::kHolderOutOfLineAccessor:
      visitor.visit(entry.holder);
      break;
    case CacheKind::kAddInline:
    case CacheKind::kAddOutOfLine:
      visitor.visit(entry.next_shape);
      break;
    default:
      break;
  }
}

void sweep_entry(gc::Heap& heap, CacheEntry& entry) {
  if (entry.shape == 0 || entry.kind == CacheKind::kGlobalLexical) return;
  bool dead = !heap.is_marked(Shape::from_reference(entry.shape));
  switch (entry.kind) {
    case CacheKind::kHolderInline:
    case CacheKind::kHolderOutOfLine:
    case CacheKind::kHolderInlineAccessor:
    case CacheKind::kHolderOutOfLineAccessor:
      dead |= !heap.is_marked(entry.holder);
      break;
    case CacheKind::kAddInline:
    case CacheKind::kAddOutOfLine:
      dead |= !heap.is_marked(entry.next_shape);
      break;
    default:
      break;
  }
  if (dead) entry = CacheEntry{};
}

template <typename T>
void visit_table(gc::Visitor& visitor, T** table, size_t size) {
  if (table == nullptr) return;
  for (size_t i = 0; i < size; ++i) visitor.visit(reinterpret_cast<gc::Cell*>(table[i]));
}

}  // namespace

void Code::trace(gc::Visitor& visitor) {
  visitor.visit(realm_);
  visitor.visit(script_or_module_);
  visitor.visit(closure_shape);
  visitor.visit(closure_name);
  if (call_flags_ & kUnlinked) return;
  visit_table(visitor, atoms_, executable_->strings.size());
  if (tables_ != nullptr) {
    visit_table(visitor, tables_->functions, executable_->functions.size());
    visit_table(visitor, tables_->literal_shapes, executable_->shapes.size());
    visit_table(visitor, tables_->templates, executable_->templates.size());
    visit_table(visitor, tables_->bigints, executable_->strings.size());
  }
  // Weak, except that minor collections leave caches alone.
  if (visitor.heap().is_full_collection()) return;
  for (size_t i = 0; i < executable_->feedback.size(); ++i) {
    visit_entry(visitor, caches_[i].entry);
    if (caches_[i].more == nullptr) continue;
    for (int j = 0; j < InlineCache::kMoreEntries; ++j) visit_entry(visitor, caches_[i].more[j]);
  }
}

void Code::sweep_weak(gc::Heap& heap) {
  if (caches_ == nullptr || !heap.is_full_collection()) return;
  for (size_t i = 0; i < executable_->feedback.size(); ++i) {
    sweep_entry(heap, caches_[i].entry);
    if (caches_[i].more == nullptr) continue;
    for (int j = 0; j < InlineCache::kMoreEntries; ++j) sweep_entry(heap, caches_[i].more[j]);
  }
}

void Code::free_tables() {
  if (caches_ != nullptr)
    for (size_t i = 0; i < executable_->feedback.size(); ++i) delete[] caches_[i].more;
  delete[] atoms_;
  delete[] numbers_;
  delete[] caches_;
  atoms_ = nullptr;
  numbers_ = nullptr;
  caches_ = nullptr;
  if (tables_ == nullptr) return;
  delete[] tables_->functions;
  delete[] tables_->literal_shapes;
  delete[] tables_->templates;
  delete[] tables_->bigints;
  delete tables_;
  tables_ = nullptr;
}

void Code::unlink(gc::Heap& heap) {
  if (caches_ == nullptr) return;
  // Names that are looked up at run time are looked up in the code that has them.
  for (const auto& scope : executable_->scopes)
    if (scope.exposes_names) return;
  call_flags_ |= kUnlinked;
  heap.discharge_external(linked_bytes());
  free_tables();
}

void Code::finalize(gc::Heap& heap) {
  if (executable_->source != nullptr) heap.leave_shared(executable_->source.get());
  if (caches_ != nullptr) heap.discharge_external(linked_bytes());
  free_tables();
  executable_ = nullptr;
}

}  // namespace skein
