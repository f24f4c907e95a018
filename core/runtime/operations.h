// Abstract operations of ECMA-262 clauses 6 and 7 on values and objects.
// Those that return Completion may run script (see agent.h, ROOTING), unless marked "no script".
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/runtime/agent.h"
#include "core/runtime/bigint.h"
#include "core/runtime/call.h"
#include "core/runtime/errors.h"
#include "core/runtime/function.h"
#include "core/runtime/property_descriptor.h"
#include "core/runtime/realm.h"
#include "core/runtime/root.h"

namespace skein {

// --- Type conversion: https://tc39.es/ecma262/#sec-type-conversion ---
enum class PreferredType : uint8_t { kDefault, kString, kNumber };
Completion<Value> to_primitive(Agent& agent, Value value, PreferredType preferred = PreferredType::kDefault);
Completion<Value> ordinary_to_primitive(Agent& agent, Object* object, PreferredType hint);
bool to_boolean(Value value);
Completion<Value> to_numeric(Agent& agent, Value value);  // a number or BigInt value
Completion<double> to_number_slow(Agent& agent, Value value);
inline Completion<double> to_number(Agent& agent, Value value) {
  if (value.is_number()) return value.as_number();
  return to_number_slow(agent, value);
}
double string_to_number(String* string);
Completion<double> to_integer_or_infinity(Agent& agent, Value value);
Completion<int32_t> to_int32(Agent& agent, Value value);
Completion<uint32_t> to_uint32(Agent& agent, Value value);
Completion<BigInt*> to_bigint(Agent& agent, Value value);
BigInt* string_to_bigint(Agent& agent, String* string);  // null when the text is not one
Completion<String*> to_string_slow(Agent& agent, Value value);
inline Completion<String*> to_string(Agent& agent, Value value) {
  if (value.is_string()) return value.as_string();
  return to_string_slow(agent, value);
}
String* number_to_string(Agent& agent, double number, int radix = 10);
Completion<Object*> to_object(Agent& agent, Value value);  // no script
Completion<PropertyKey> to_property_key(Agent& agent, Value value);
PropertyKey to_property_key(Agent& agent, String* string);
PropertyKey to_property_key(Agent& agent, uint64_t integer_index);
Completion<double> to_length(Agent& agent, Value value);
// The canonical numeric string's number (typed arrays): nullopt when the key is not one.
std::optional<double> canonical_numeric_index(PropertyKey key);
// The RangeError says `before`, the number and `after`.
Completion<double> to_index(Agent& agent, Value value, std::string_view before = "Invalid index: ", std::string_view after = "");
// Relative index arguments (slice, at, fill, …): clamps to [0, length]; `missing` when undefined.
Completion<double> relative_index(Agent& agent, Value argument, double length, double missing);

// --- Testing and comparison: https://tc39.es/ecma262/#sec-testing-and-comparison-operations ---
Completion<Value> require_object_coercible(Agent& agent, Value value);  // no script
Completion<bool> is_array(Agent& agent, Value value);                   // no script
inline bool is_callable(Value value) { return value.is_object() && value.as_object()->is_callable(); }
inline bool is_constructor(Value value) { return value.is_object() && value.as_object()->is_constructor(); }
bool is_integral_number(Value value);
Completion<bool> is_reg_exp(Agent& agent, Value value);
bool same_value(Value a, Value b);
bool same_value_zero(Value a, Value b);
bool is_strictly_equal(Value a, Value b);
Completion<bool> is_loosely_equal(Agent& agent, Value a, Value b);
enum class Ordering : uint8_t { kLess, kEqual, kGreater, kUndefined };
// BigInts alone; see bigint.cpp.
bool bigint_equals(const BigInt* a, const BigInt* b);
Ordering bigint_compare(const BigInt* a, const BigInt* b);
Ordering bigint_compare_to_number(const BigInt* a, double b);
BigInt* bigint_from_int64(Agent& agent, int64_t value);
BigInt* bigint_from_uint64(Agent& agent, uint64_t value);
// https://tc39.es/ecma262/#sec-numbertobigint; throws a RangeError for numbers that are not integral.
Completion<BigInt*> number_to_bigint(Agent& agent, double number);  // no script
double bigint_to_number(const BigInt* value);
int64_t bigint_to_int64(const BigInt* value);    // modulo 2^64
uint64_t bigint_to_uint64(const BigInt* value);
Completion<String*> bigint_to_string(Agent& agent, BigInt* value, int radix);  // no script; may be interrupted
Completion<BigInt*> bigint_add(Agent& agent, BigInt* a, BigInt* b);                      // no script, as the next four
Completion<BigInt*> bigint_as_uint_n(Agent& agent, uint64_t bits, BigInt* value);
Completion<BigInt*> bigint_as_int_n(Agent& agent, uint64_t bits, BigInt* value);
enum class BinaryOperator : uint8_t;
enum class UnaryOperator : uint8_t;
Completion<BigInt*> bigint_binary(Agent& agent, BinaryOperator op, BigInt* a, BigInt* b);
Completion<BigInt*> bigint_unary(Agent& agent, UnaryOperator op, BigInt* value);
// Both operands through ToPrimitive(number), `a` first.
Completion<Ordering> compare_values(Agent& agent, Value a, Value b);
String* type_of(Agent& agent, Value value);

// --- Operators on values, the slow paths of the interpreter: clause 13 and 6.1.6 ---
Completion<Value> add(Agent& agent, Value a, Value b);
enum class BinaryOperator : uint8_t {
  kSubtract, kMultiply, kDivide, kRemainder, kExponentiate,
  kBitwiseAnd, kBitwiseOr, kBitwiseXor, kShiftLeft, kShiftRight, kShiftRightUnsigned,
};
Completion<Value> apply_binary_operator(Agent& agent, BinaryOperator op, Value a, Value b);
enum class UnaryOperator : uint8_t { kNegate, kBitwiseNot, kIncrement, kDecrement };
Completion<Value> apply_unary_operator(Agent& agent, UnaryOperator op, Value value);
// https://tc39.es/ecma262/#sec-instanceofoperator
Completion<bool> instance_of(Agent& agent, Value value, Value target);
Completion<bool> ordinary_has_instance(Agent& agent, Value constructor, Value value);

// --- Objects: https://tc39.es/ecma262/#sec-operations-on-objects ---
Object* make_object(Agent& agent);                                     // %Object.prototype%
Object* make_object_with_prototype(Agent& agent, Object* prototype);   // prototype may be null
Array* make_array(Agent& agent, std::span<const Value> values = {});   // CreateArrayFromList
Completion<Array*> array_create(Agent& agent, double length, Object* prototype = nullptr);  // no script
// For other kinds: a root shape with that prototype, from a per-prototype cache.
Shape* shape_for_prototype(Agent& agent, Object* prototype, CellKind kind, uint16_t inline_offset, uint8_t inline_capacity);

Completion<Value> get(Agent& agent, Object* object, PropertyKey key, Value receiver);
inline Completion<Value> get(Agent& agent, Object* object, PropertyKey key) { return get(agent, object, key, object); }
Completion<Value> get_v(Agent& agent, Value value, PropertyKey key);
Completion<void> set(Agent& agent, Object* object, PropertyKey key, Value value, bool should_throw = true);
Completion<bool> set_with_receiver(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver);
Completion<bool> create_data_property(Agent& agent, Object* object, PropertyKey key, Value value);
Completion<void> create_data_property_or_throw(Agent& agent, Object* object, PropertyKey key, Value value);
Completion<void> define_property_or_throw(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor);
Completion<void> delete_property_or_throw(Agent& agent, Object* object, PropertyKey key);
Completion<Value> get_method(Agent& agent, Value value, PropertyKey key);  // a function or undefined
Completion<bool> has_property(Agent& agent, Object* object, PropertyKey key);
Completion<bool> has_own_property(Agent& agent, Object* object, PropertyKey key);
Completion<Object*> get_prototype_of(Agent& agent, Object* object, bool* is_null);  // any object when *is_null
Completion<bool> set_prototype_of(Agent& agent, Object* object, Object* prototype_or_null);
Completion<bool> is_extensible(Agent& agent, Object* object);
Completion<bool> prevent_extensions(Agent& agent, Object* object);
Completion<bool> get_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out);
Completion<bool> define_own_property(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor);
Completion<bool> delete_property(Agent& agent, Object* object, PropertyKey key);
Completion<void> own_property_keys(Agent& agent, Object* object, RootVector& keys);
enum class IntegrityLevel : uint8_t { kSealed, kFrozen };
Completion<bool> set_integrity_level(Agent& agent, Object* object, IntegrityLevel level);
Completion<bool> test_integrity_level(Agent& agent, Object* object, IntegrityLevel level);
Completion<double> length_of_array_like(Agent& agent, Object* object);
Completion<void> create_list_from_array_like(Agent& agent, Value value, RootVector& list);
Completion<Object*> species_constructor(Agent& agent, Object* object, Object* default_constructor);
enum class PropertyKind : uint8_t { kKeys, kValues, kEntries };
Completion<void> enumerable_own_properties(Agent& agent, Object* object, PropertyKind kind, RootVector& result);
Completion<Realm*> get_function_realm(Agent& agent, Object* function);  // no script
Completion<void> copy_data_properties(Agent& agent, Object* target, Value source, std::span<const PropertyKey> excluded);
Completion<bool> ordinary_set_with_own_descriptor(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver,
                                                  bool has_own, const PropertyDescriptor& own);
Completion<Object*> get_prototype_from_constructor(Agent& agent, Object* constructor, Intrinsic fallback);
// "name", "[description]" for symbols, "" for a symbol without one, "prefix name".
String* function_name_string(Agent& agent, PropertyKey name, std::string_view prefix = {});
Thrown throw_assignment_error(Agent& agent, Object* object, PropertyKey key);
// After [[Delete]] or [[PreventExtensions]] returned false.
Thrown throw_deletion_error(Agent& agent, Object* object, PropertyKey key);
Thrown throw_extensions_error(Agent& agent, Object* object);
// "'1' returned for property 'x' of object '#<Object>' is not a function"
Thrown throw_not_a_method(Agent& agent, Value function, Value object, PropertyKey key);
Completion<void> set_function_name(Agent& agent, Object* function, PropertyKey name, std::string_view prefix = {});  // no script
Completion<void> from_property_descriptor(Agent& agent, bool found, const PropertyDescriptor& descriptor, Root<Value>& result);  // no script
Completion<void> to_property_descriptor(Agent& agent, Value value, RootedDescriptor& descriptor);
bool is_compatible_property_descriptor(bool extensible, const PropertyDescriptor& descriptor, bool has_current, const PropertyDescriptor& current);
Completion<bool> validate_and_apply_property_descriptor(Agent& agent, Object* object, PropertyKey key, bool extensible,
                                                        const PropertyDescriptor& descriptor, bool has_current,
                                                        const PropertyDescriptor& current);  // no script

// Ordinary implementations of the essential internal methods, for exotic objects to build upon.
Completion<bool> ordinary_set_prototype_of(Agent& agent, Object* object, Object* prototype_or_null);
Completion<bool> ordinary_prevent_extensions(Agent& agent, Object* object);
Completion<bool> ordinary_get_own_property(Agent& agent, Object* object, PropertyKey key, PropertyDescriptor& out);
Completion<bool> ordinary_define_own_property(Agent& agent, Object* object, PropertyKey key, const PropertyDescriptor& descriptor);
Completion<bool> ordinary_has_property(Agent& agent, Object* object, PropertyKey key);
Completion<Value> ordinary_get(Agent& agent, Object* object, PropertyKey key, Value receiver);
Completion<bool> ordinary_set(Agent& agent, Object* object, PropertyKey key, Value value, Value receiver);
Completion<bool> ordinary_delete(Agent& agent, Object* object, PropertyKey key);
Completion<void> ordinary_own_property_keys(Agent& agent, Object* object, RootVector& keys);

// Private elements: https://tc39.es/ecma262/#sec-privateelementfind. Stored as properties under
// private symbols, which no internal method shows.
Completion<Value> private_get(Agent& agent, Object* object, Symbol* name);
Completion<void> private_set(Agent& agent, Object* object, Symbol* name, Value value);
Completion<void> private_field_add(Agent& agent, Object* object, Symbol* name, Value value);
Completion<void> private_method_or_accessor_add(Agent& agent, Object* object, Symbol* name, Value method_or_accessor_cell, PropertyAttributes attributes);
bool private_has(Object* object, Symbol* name);

// --- Iterators: https://tc39.es/ecma262/#sec-operations-on-iterator-objects ---
struct IteratorRecord {
  explicit IteratorRecord(Agent& agent) : iterator(agent), next_method(agent) {}
  Root<Value> iterator;     // an object
  Root<Value> next_method;
  bool done = false;
};
enum class IteratorKind : uint8_t { kSync, kAsync };
Completion<void> get_iterator(Agent& agent, Value value, IteratorKind kind, IteratorRecord& record);
Completion<void> get_iterator_from_method(Agent& agent, Value value, Value method, IteratorRecord& record,
                                          IteratorKind kind = IteratorKind::kSync);
Completion<void> get_iterator_direct(Agent& agent, Object* object, IteratorRecord& record);
enum class PrimitiveHandling : uint8_t { kIterateStringPrimitives, kRejectPrimitives };
Completion<void> get_iterator_flattenable(Agent& agent, Value value, PrimitiveHandling handling, IteratorRecord& record);
// IteratorStepValue: false when done, else the value is in `value`.
Completion<bool> iterator_step_value(Agent& agent, IteratorRecord& record, Root<Value>& value);
Completion<Value> iterator_next(Agent& agent, IteratorRecord& record);               // an object
Completion<bool> iterator_complete(Agent& agent, Value result);
Completion<Value> iterator_value(Agent& agent, Value result);
// IteratorClose with a normal completion.
Completion<void> iterator_close(Agent& agent, IteratorRecord& record);
// IteratorClose with a throw completion under way (pending_exception): it stays the one thrown.
Thrown iterator_close_throwing(Agent& agent, IteratorRecord& record);
Object* create_iter_result_object(Agent& agent, Value value, bool done);
Completion<void> iterator_to_list(Agent& agent, IteratorRecord& record, RootVector& list);
// AsyncFromSyncIterator over a sync iterator; set by builtins/.
extern Completion<void> (*g_create_async_from_sync_iterator)(Agent&, IteratorRecord& sync_record, IteratorRecord& result);

// --- Promises, as the rest of the engine needs them; implemented by builtins/promise ---
struct PromiseHooks {
  Completion<Object*> (*new_promise)(Agent&);                                       // of %Promise%, pending
  Completion<Object*> (*promise_resolve)(Agent&, Value value);                      // PromiseResolve(%Promise%, value)
  void (*resolve)(Agent&, Object* promise, Value value);                            // the promise's resolving function
  void (*reject)(Agent&, Object* promise, Value reason);
  // PerformPromiseThen without a result capability, for the engine's own use: nothing script-visible is
  // made. The functions are called from a job with `this` = context and the value or reason as argument
  // 0; their callee() is null. An exception they throw is reported as one of the job's.
  void (*then)(Agent&, Object* promise, NativeFunctionPointer on_fulfilled, NativeFunctionPointer on_rejected, Value context);
  // For stack traces: who goes on once `promise` – or, when that is null, the reaction that runs as the current
  // job – is done, along promises that were derived from it. The context of a reaction of the engine's own, or
  // empty. Combinators on the way are named in `passed`.
  Value (*waiter)(Agent&, Object* promise, std::vector<std::string>& passed);
  // Sets [[PromiseIsHandled]], telling the host if it took the promise for an unhandled rejection.
  void (*mark_handled)(Agent&, Object* promise);
};
extern PromiseHooks g_promise_hooks;

// --- Regular expressions, as literals need them; implemented by builtins/ ---
struct RegExpHooks {
  // https://tc39.es/ecma262/#sec-regexpcreate with texts known to be valid.
  Completion<Value> (*create)(Agent&, String* pattern, String* flags) = nullptr;
  // Whether the pattern is valid under (valid) flags; else *message says why. Any thread.
  bool (*validate)(StringView pattern, StringView flags, std::string* message) = nullptr;
};
extern RegExpHooks g_regexp_hooks;

// --- Jobs and the host: https://tc39.es/ecma262/#sec-host-defined-functions… ---
enum class PromiseRejectionOperation : uint8_t { kReject, kHandle };
struct HostHooks {
  // Each may be null.
  void (*promise_rejection_tracker)(Agent&, Object* promise, PromiseRejectionOperation operation);
  void (*report_exception)(Agent&, Value exception);          // an exception of a job that nobody catches
  Completion<bool> (*ensure_can_compile_strings)(Agent&);
  void (*enqueue_finalization_registry_cleanup)(Agent&, Object* registry);
  Completion<void> (*interrupt_callback)(Agent&);
  double (*now_ms)(Agent&);                                   // Date.now
  // Modules: see interpreter/module.h.
  Completion<void> (*load_imported_module)(Agent&, Value referrer, String* specifier, Value attributes, Value payload);
  Completion<void> (*import_meta)(Agent&, Object* meta, Module* module);
  // https://tc39.es/proposal-source-phase-imports/#sec-hostgetmodulesourcemodulerecord with GetModuleSourceKind:
  // the kind of a module source object, null for other objects.
  const char* (*module_source_kind)(Agent&, Object* object);
};

}  // namespace skein
