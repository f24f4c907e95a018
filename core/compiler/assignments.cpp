// Assignment, compound assignment, update. https://tc39.es/ecma262/#sec-assignment-operators
//
// A target is evaluated in two steps around the value: prepare() evaluates its subexpressions (the
// Reference Record), write() is PutValue. ToPropertyKey of a computed key belongs to PutValue (or to the
// GetValue before it), so it comes after the value.
#include "core/compiler/function_compiler.h"
#include "core/compiler/inspect.h"

namespace skein::compiler {

// The position that errors of reading or writing the target are reported at.
void FunctionCompiler::mark_target(const Expression& target) {
  switch (target.kind) {
    case NodeKind::kMember:
      return mark(target.as<Member>()->name_start, *target.as<Member>()->object);
    case NodeKind::kPrivateMember:
      return mark(target.as<PrivateMember>()->name_start, *target.as<PrivateMember>()->object);
    case NodeKind::kIndex:
      return mark(target.as<Index>()->index->start, *target.as<Index>()->object);
    default:
      return mark(target);
  }
}

// `value` is the expression evaluated between prepare and write; null when something unknown is. A
// place that is read first needs no check whether it can be resolved.
FunctionCompiler::Place FunctionCompiler::prepare(const Expression& target, const Expression* value,
                                                  PlaceUse use) {
  using Kind = Place::Kind;
  Place place{Kind::kVariable, &target};
  auto before = [&](const Expression& part, std::initializer_list<const Expression*> later) {
    return value != nullptr ? evaluate_before(part, later) : evaluate_to_temporary(part);
  };
  switch (target.kind) {
    case NodeKind::kIdentifier: {
      const auto& identifier = *target.as<Identifier>();
      const Reference& reference = identifier.reference;
      mark(target);
      if (reference.kind == ReferenceKind::kDynamic || reference.kind == ReferenceKind::kDynamicVar) {
        place.kind = Kind::kResolved;
        place.object = code_.take();
        Temporaries temporaries(*this);
        code_.resolve_name_(place.object, environment_register(), string(identifier.name));
      } else if (reference.kind == ReferenceKind::kGlobal && !reference.is_initialization && is_strict() &&
                 use == PlaceUse::kWrite &&
                 !(value != nullptr && (is_pure(*value) || value->is<FunctionExpression>()))) {
        place.kind = Kind::kStrictGlobal;
        place.object = code_.take();
        code_.has_global_(place.object, string(identifier.name));
      }
      return place;
    }
    case NodeKind::kMember:
      place.kind = Kind::kProperty;
      place.object = before(*target.as<Member>()->object, {value});
      place.key.name = target.as<Member>()->name;
      return place;
    case NodeKind::kIndex: {
      const auto& node = *target.as<Index>();
      place.kind = Kind::kProperty;
      place.object = before(*node.object, {node.index, value});
      if (node.index->is<StringLiteral>() && !node.index->as<StringLiteral>()->value->is_array_index()) {
        place.key.name = node.index->as<StringLiteral>()->value;
      } else {
        place.key.reg = before(*node.index, {value});
      }
      return place;
    }
    case NodeKind::kPrivateMember:
      place.kind = Kind::kPrivate;
      place.object = before(*target.as<PrivateMember>()->object, {value});
      place.key.reg = load(target.as<PrivateMember>()->reference, target.as<PrivateMember>()->name);
      return place;
    case NodeKind::kSuperMember: {
      const auto& node = *target.as<SuperMember>();
      place.kind = Kind::kSuper;
      mark(target);
      place.receiver = load_this(node.this_reference);
      place.object = super_base(node.home_object);
      place.key.reg = key_register({node.name});
      return place;
    }
    case NodeKind::kSuperIndex: {
      const auto& node = *target.as<SuperIndex>();
      place.kind = Kind::kSuper;
      mark(target);
      place.receiver = load_this(node.this_reference);
      place.key.reg = before(*node.index, {value});
      mark(target);
      place.object = super_base(node.home_object);
      return place;
    }
    case NodeKind::kArrayPattern:
    case NodeKind::kObjectPattern:
      place.kind = Kind::kPattern;
      place.source = value;
      return place;
    default:
      // A call (web reality in sloppy code): it is evaluated, and then the target is invalid.
      place.kind = Kind::kInvalid;
      evaluate_for_effect(target);
      mark(target);
      code_.throw_error_(bytecode::ErrorKind::kReferenceError,
                         code_.ascii("Invalid left-hand side in assignment"));
      return place;
  }
}

// Before a read that a write follows: the key is converted once.
void FunctionCompiler::prepare_for_update(Place& place) {
  if (place.key.name != nullptr) return;
  if (place.kind == Place::Kind::kProperty) {
    if (is_numeric_key(*place.node->as<Index>()->index)) return;
    Register key = code_.take();
    mark_target(*place.node);
    code_.prepare_element_(key, place.object, place.key.reg);
    place.key.reg = key;
  } else if (place.kind == Place::Kind::kSuper && place.node->is<SuperIndex>()) {
    Register key = code_.take();
    code_.prepare_element_(key, place.object, place.key.reg);
    place.key.reg = key;
  }
}

void FunctionCompiler::read(const Place& place, Register dst) {
  mark_target(*place.node);
  switch (place.kind) {
    case Place::Kind::kResolved:
      return code_.get_resolved_(dst, place.object, string(place.node->as<Identifier>()->name));
    case Place::Kind::kProperty:
      return get(dst, place.object, place.key);
    case Place::Kind::kPrivate:
      return code_.get_private_(dst, place.object, place.key.reg, feedback(FeedbackKind::kGetPrivate));
    case Place::Kind::kSuper:
      return code_.get_super_(dst, place.object, place.key.reg, place.receiver);
    case Place::Kind::kVariable:
    case Place::Kind::kStrictGlobal:
      return load(place.node->as<Identifier>()->reference, place.node->as<Identifier>()->name, dst);
    default:
      return;  // unreachable code
  }
}

void FunctionCompiler::write(const Place& place, Register value) {
  mark_target(*place.node);
  switch (place.kind) {
    case Place::Kind::kVariable:
      return store(place.node->as<Identifier>()->reference, place.node->as<Identifier>()->name, value);
    case Place::Kind::kResolved:
      return code_.put_resolved_(value, place.object, is_strict(),
                                 string(place.node->as<Identifier>()->name));
    case Place::Kind::kStrictGlobal:
      return code_.put_global_resolved_(value, place.object, string(place.node->as<Identifier>()->name),
                                        feedback(FeedbackKind::kPutGlobal));
    case Place::Kind::kProperty:
      return put(place.object, place.key, value);
    case Place::Kind::kPrivate:
      return code_.put_private_(place.object, place.key.reg, value, feedback(FeedbackKind::kPutPrivate));
    case Place::Kind::kSuper:
      return code_.put_super_(place.object, place.key.reg, value, place.receiver, is_strict());
    case Place::Kind::kPattern:
      return destructure(*place.node, value, place.source);
    case Place::Kind::kInvalid:
      return;
  }
}

namespace {

// The name that an anonymous function on the right takes from the target, or null.
const Name* naming_target(const Expression& target) {
  return target.is<Identifier>() && !target.is_parenthesized ? target.as<Identifier>()->name : nullptr;
}

}  // namespace

// https://tc39.es/ecma262/#sec-assignment-operators-runtime-semantics-evaluation
// Returns the register of the value: the variable itself where that is a local. Without wants_value it
// means nothing.
Register FunctionCompiler::assign(const Assignment& node, bool wants_value) {
  const Expression& target = *node.target;
  if (target.is<Identifier>()) {
    Register local = own_register(target.as<Identifier>()->reference);
    if (local != 0) {
      evaluate_named_into(*node.value, naming_target(target), local);
      return local;
    }
  }
  Register result = code_.take();
  Temporaries temporaries(*this);
  Place place = prepare(target, node.value);
  Register value = result;
  if (is_anonymous_function(*node.value) && naming_target(target) != nullptr) {
    evaluate_named_into(*node.value, naming_target(target), result);
  } else {
    value = evaluate(*node.value);
  }
  write(place, value);
  // A pattern may assign to the variable that the value came from.
  bool is_lasting = code_.is_local(value) && place.kind != Place::Kind::kPattern;
  if (is_lasting || value == result || !wants_value) return value;
  code_.move_(result, value);
  return result;
}

Register FunctionCompiler::assign_compound(const CompoundAssignment& node) {
  const Expression& target = *node.target;
  if (target.is<Identifier>()) {
    Register local = own_register(target.as<Identifier>()->reference);
    if (local != 0) {
      Temporaries temporaries(*this);
      Register left = evaluate_before(target, {node.value});
      mark(node);
      binary(node.op, local, left, *node.value);
      return local;
    }
  }
  Register result = code_.take();
  Temporaries temporaries(*this);
  Place place = prepare(target, node.value, PlaceUse::kReadAndWrite);
  prepare_for_update(place);
  read(place, result);
  mark(node);
  binary(node.op, result, result, *node.value);
  write(place, result);
  return result;
}

Register FunctionCompiler::assign_logical(const LogicalAssignment& node) {
  const Expression& target = *node.target;
  Register result = code_.take();
  Temporaries temporaries(*this);
  Place place = prepare(target, node.value, PlaceUse::kReadAndWrite);
  prepare_for_update(place);
  read(place, result);
  Label end;
  switch (node.op) {
    case LogicalOperator::kAnd:
      code_.jump_if_false_(result, end);
      break;
    case LogicalOperator::kOr:
      code_.jump_if_true_(result, end);
      break;
    case LogicalOperator::kNullish:
      code_.jump_if_not_nullish_(result, end);
      break;
  }
  if (is_anonymous_function(*node.value) && naming_target(target) != nullptr) {
    evaluate_named_into(*node.value, naming_target(target), result);
  } else {
    evaluate_into(*node.value, result);
  }
  write(place, result);
  code_.bind(end);
  return result;
}

// https://tc39.es/ecma262/#sec-update-expressions
// Without wants_value the returned register means nothing.
Register FunctionCompiler::update(const Update& node, bool wants_value) {
  auto step = [&](Register dst, Register value) {
    node.is_increment ? code_.increment_(dst, value) : code_.decrement_(dst, value);
  };
  const Expression& target = *node.target;
  bool keeps_old = wants_value && !node.is_prefix;
  if (target.is<Identifier>()) {
    Register local = own_register(target.as<Identifier>()->reference);
    if (local != 0) {
      mark(node);
      if (!keeps_old) {
        step(local, local);
        return local;
      }
      Register old = code_.take();
      code_.to_numeric_(old, local);
      step(local, old);
      return old;
    }
  }
  Register result = code_.take();
  Temporaries temporaries(*this);
  Place place = prepare(target, &target, PlaceUse::kReadAndWrite);
  prepare_for_update(place);
  read(place, result);
  mark(node);
  Register fresh = result;
  if (keeps_old) {
    code_.to_numeric_(result, result);
    fresh = code_.take();
  }
  step(fresh, result);
  write(place, fresh);
  return result;
}

}  // namespace skein::compiler
