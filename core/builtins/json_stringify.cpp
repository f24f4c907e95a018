// https://tc39.es/ecma262/#sec-json.stringify
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <unordered_set>

#include "core/base/utf.h"
#include "core/builtins/json.h"
#include "core/builtins/support.h"
#include "core/numeric/number_to_text.h"
#include "core/runtime/primitive_object.h"

namespace skein {
namespace {

// --- https://tc39.es/ecma262/#sec-quotejsonstring ---------------------------------------------------------

constexpr bool is_plain_in_json(char16_t unit) {
  return unit >= 0x20 && unit != '"' && unit != '\\' && !utf::is_surrogate(unit);
}

constexpr auto kIsPlain = []() {
  std::array<bool, 256> table{};
  for (char16_t unit = 0; unit < 256; ++unit) table[unit] = is_plain_in_json(unit);
  return table;
}();

void append_pair(StringBuilder& builder, char16_t first, char16_t second) {
  builder.append(first);
  builder.append(second);
}

void append_escaped_unit(StringBuilder& builder, char16_t unit) {
  switch (unit) {
    case '\b': return append_pair(builder, u'\\', u'b');
    case '\t': return append_pair(builder, u'\\', u't');
    case '\n': return append_pair(builder, u'\\', u'n');
    case '\f': return append_pair(builder, u'\\', u'f');
    case '\r': return append_pair(builder, u'\\', u'r');
    case '"':
    case '\\': return append_pair(builder, u'\\', unit);
    default:
      append_pair(builder, u'\\', u'u');
      for (int shift = 12; shift >= 0; shift -= 4) builder.append(static_cast<char16_t>("0123456789abcdef"[unit >> shift & 15]));
  }
}

void append_quoted(StringBuilder& builder, std::span<const uint8_t> units) {
  size_t run = 0;
  for (size_t i = 0; i < units.size(); ++i) {
    if (kIsPlain[units[i]]) [[likely]] continue;
    builder.append(StringView(units.data() + run, static_cast<uint32_t>(i - run)));
    append_escaped_unit(builder, units[i]);
    run = i + 1;
  }
  builder.append(StringView(units.data() + run, static_cast<uint32_t>(units.size() - run)));
}

void append_quoted(StringBuilder& builder, std::span<const char16_t> units) {
  size_t run = 0;
  for (size_t i = 0; i < units.size(); ++i) {
    const char16_t unit = units[i];
    if (is_plain_in_json(unit)) [[likely]] continue;
    if (utf::is_lead_surrogate(unit) && i + 1 < units.size() && utf::is_trail_surrogate(units[i + 1])) {
      ++i;
      continue;
    }
    builder.append(StringView(units.data() + run, static_cast<uint32_t>(i - run)));
    append_escaped_unit(builder, unit);
    run = i + 1;
  }
  builder.append(StringView(units.data() + run, static_cast<uint32_t>(units.size() - run)));
}

void append_quoted(StringBuilder& builder, StringView text) {
  builder.append(u'"');
  text.visit([&](auto units) { append_quoted(builder, units); });
  builder.append(u'"');
}

// --- The circle's description -----------------------------------------------------------------------------

// "object with constructor 'Foo'", found without running script.
std::string describe_constructor(Agent& agent, Object* object) {
  std::string name = "Object";
  if (object->kind() == CellKind::kArray) {
    name = "Array";
  } else {
    std::string display = to_display_string(agent, object);
    if (display.starts_with("#<")) name = display.substr(2, display.size() - 3);
  }
  return "object with constructor '" + name + "'";
}

std::string describe_key(PropertyKey key) {
  return key.is_index() ? "index " + key.to_display() : "property '" + key.to_display() + "'";
}

// --- The serializer ---------------------------------------------------------------------------------------

class Serializer final : public CustomRoot {
 public:
  explicit Serializer(Agent& agent) : CustomRoot(agent), agent_(agent), builder_(agent.heap()), poll_(agent), keys_(agent) {}

  Completion<void> set_replacer(Value replacer);
  Completion<void> set_space(Value space);
  // The text of `value` as the only property of a wrapper, or undefined.
  Completion<Value> run(Value value);
  void trace(gc::Visitor& visitor) override;

 private:
  // The object that a value is a property of: made only where a replacer wants to see it.
  struct Open {
    Object* object;
    PropertyKey key;  // under which it was reached
  };
  // What is known of objects with a shared shape.
  struct ShapeInfo {
    Shape* shape = nullptr;
    uint32_t epoch = 0;              // Agent::prototype_epoch when has_to_json was found out
    bool lacks_to_json = false;      // neither the object nor its prototypes have a toJSON
    std::vector<PropertyTable::Entry> entries;  // string keys, enumerable, data; in order
    bool is_plain = false;           // entries are all that is to be serialized but for elements
  };
  static constexpr size_t kShapeInfos = 16;

  ShapeInfo& info_of(Shape* shape);
  bool prototypes_lack_to_json(Object* object);

  bool needs_no_preparation(Value value) const;
  Completion<Value> prepare(Object* holder, PropertyKey key, Value value);
  Completion<Value> unwrap(Object* object);
  Completion<bool> write_property(Object* holder, PropertyKey key, Value value);
  void write_primitive(Value value);
  Completion<void> write(Value value, PropertyKey key);
  Completion<void> write_object(Object* object);
  Completion<bool> write_plain_members(Object* object, bool& any);
  Completion<void> write_members(Object* object, RootVector& keys, size_t from, bool& any);
  Completion<bool> write_member(Object* object, PropertyKey key, Value value, bool& any);
  Completion<void> write_array(Object* array);
  Completion<void> enter(Object* object, PropertyKey key);
  void leave() {
    if (open_.size() > kSearchedDepth) deep_.erase(open_.back().object);
    open_.pop_back();
  }
  Thrown throw_circular(size_t start, PropertyKey last_key);
  void new_line();

  Agent& agent_;
  StringBuilder builder_;
  LoopPoll poll_;
  Value replacer_;                  // a function or undefined
  RootVector keys_;                 // [[PropertyList]]
  bool has_keys_ = false;
  std::u16string gap_;
  std::vector<Open> open_;          // [[Stack]]
  // What lies deeper than a search would be quick for.
  static constexpr size_t kSearchedDepth = 64;
  std::unordered_set<Object*> deep_;
  std::shared_ptr<ShapeInfo> infos_[kShapeInfos];
};

void Serializer::trace(gc::Visitor& visitor) {
  visit_value(visitor, replacer_);
  for (const Open& open : open_) {
    visitor.visit(open.object);
    visit_key(visitor, open.key);
  }
  for (auto& info : infos_)
    if (info != nullptr) visitor.visit(info->shape);
}

// Step 5.
Completion<void> Serializer::set_replacer(Value replacer) {
  if (!replacer.is_object()) return {};
  if (is_callable(replacer)) {
    replacer_ = replacer;
    return {};
  }
  if (!TRY(is_array(agent_, replacer))) return {};
  has_keys_ = true;
  Root<Object*> list(agent_, replacer.as_object());
  double length = TRY(length_of_array_like(agent_, list));
  std::unordered_set<uint64_t> seen;
  for (double k = 0; k < length; ++k) {
    TRY(poll_.tick());
    Value item = TRY(get_element(agent_, list, k));
    bool is_name = item.is_string() || item.is_number() || item.is_kind(CellKind::kStringObject) || item.is_kind(CellKind::kNumberObject);
    if (!is_name) continue;
    String* text = TRY(to_string(agent_, item));
    FlatString* atom = agent_.atoms().atomize(text);
    if (seen.insert(PropertyKey(atom).bits()).second) keys_.push_back(atom);
  }
  return {};
}

// Steps 6. - 8.
Completion<void> Serializer::set_space(Value space) {
  constexpr uint32_t kMostSpaces = 10;
  if (space.is_kind(CellKind::kNumberObject)) space = Value::number(TRY(to_number(agent_, space)));
  else if (space.is_kind(CellKind::kStringObject)) space = TRY(to_string(agent_, space));
  if (space.is_number()) {
    double count = TRY(to_integer_or_infinity(agent_, space));
    gap_.assign(static_cast<size_t>(std::clamp(count, 0.0, double{kMostSpaces})), u' ');
  } else if (space.is_string()) {
    StringView text = space.as_string()->view();
    gap_ = text.substring(0, std::min(text.length(), kMostSpaces)).to_utf16();
  }
  return {};
}

Completion<Value> Serializer::run(Value value) {
  Root<Value> kept(agent_, value);
  PropertyKey empty(agent_.names().empty_string);
  Root<Object*> wrapper(agent_);
  if (!replacer_.is_undefined()) {
    wrapper = make_object(agent_);
    wrapper->add_property(agent_, empty, value, kDefaultAttributes);
  }
  if (!TRY(write_property(wrapper, empty, value))) return Value::undefined();
  return TRY(finish_string(agent_, builder_));
}

// --- What shapes tell ---

Serializer::ShapeInfo& Serializer::info_of(Shape* shape) {
  std::shared_ptr<ShapeInfo>& slot = infos_[(reinterpret_cast<uintptr_t>(shape) >> 4) % kShapeInfos];
  if (slot != nullptr && slot->shape == shape) return *slot;
  slot = std::make_shared<ShapeInfo>();
  slot->shape = shape;
  std::vector<PropertyTable::Entry> all;
  shape->collect_properties(all);
  slot->is_plain = true;
  for (const PropertyTable::Entry& entry : all) {
    if (!entry.key.is_atom() || !(entry.attributes & kEnumerable)) continue;
    if (entry.attributes & kAccessorProperty) slot->is_plain = false;
    slot->entries.push_back(entry);
  }
  return *slot;
}

// No script can be reached by looking for toJSON in `object`, and none is found.
bool Serializer::prototypes_lack_to_json(Object* object) {
  PropertyKey key(agent_.names().toJSON);
  for (Object* o = object; o != nullptr; o = o->prototype()) {
    if (o->kind() == CellKind::kProxy || (!o->is_ordinary() && o->kind() != CellKind::kArray)) return false;
    if (o->lookup(key)) return false;
  }
  return true;
}

// --- https://tc39.es/ecma262/#sec-serializejsonproperty -----------------------------------------------------

// Steps 2. - 4.: toJSON, the replacer, wrapper objects.
Completion<Value> Serializer::prepare(Object* holder, PropertyKey key, Value initial) {
  Root<Value> value(agent_, initial);
  Root<Object*> kept_holder(agent_, holder);
  // 2.
  if (value->is_object() || value->is_bigint()) {
    bool lacks_to_json = false;
    if (value->is_object() && !value->as_object()->shape()->is_owned()) {
      ShapeInfo& info = info_of(value->as_object()->shape());
      if (info.epoch != agent_.prototype_epoch()) {
        info.epoch = agent_.prototype_epoch();
        info.lacks_to_json = prototypes_lack_to_json(value->as_object());
      }
      lacks_to_json = info.lacks_to_json;
    }
    if (!lacks_to_json) {
      Value to_json = TRY(get_v(agent_, value, PropertyKey(agent_.names().toJSON)));
      if (is_callable(to_json)) value = TRY(call(agent_, to_json, value, {key.to_value(agent_)}));
    }
  }
  // 3.
  if (!replacer_.is_undefined())
    value = TRY(call(agent_, replacer_, Value(kept_holder.get()), {key.to_value(agent_), value}));
  // 4.
  if (value->is_object()) return unwrap(value->as_object());
  return value.get();
}

Completion<Value> Serializer::unwrap(Object* object) {
  switch (object->kind()) {
    case CellKind::kNumberObject: return Value::number(TRY(to_number(agent_, object)));
    case CellKind::kStringObject: return TRY(to_string(agent_, object));
    case CellKind::kBooleanObject:
    case CellKind::kBigIntObject: return static_cast<PrimitiveObject*>(object)->primitive_value();
    default: return Value(object);
  }
}

bool is_unserializable(Value value) { return value.is_undefined() || value.is_symbol() || (is_callable(value) && !value.is_kind(CellKind::kRawJson)); }

// False, with nothing written, where the value has no JSON text.
Completion<bool> Serializer::write_property(Object* holder, PropertyKey key, Value initial) {
  if (needs_no_preparation(initial)) {
    if (is_unserializable(initial)) return false;
    TRY(write(initial, key));
    return true;
  }
  Root<PropertyKey> kept_key(agent_, key);
  Value value = TRY(prepare(holder, key, initial));
  if (is_unserializable(value)) return false;
  TRY(write(value, kept_key));
  return true;
}

// Whether steps 2. - 4. leave the value as it is.
bool Serializer::needs_no_preparation(Value value) const {
  return replacer_.is_undefined() && !value.is_object() && !value.is_bigint();
}

// Steps 5. - 9., for a primitive value that has a text.
void Serializer::write_primitive(Value value) {
  if (value.is_string()) {
    append_quoted(builder_, value.as_string()->view());
  } else if (value.is_int32()) {
    numeric::IntegerBuffer buffer;
    builder_.append_ascii(numeric::int32_to_text(value.as_int32(), buffer));
  } else if (value.is_number()) {
    numeric::NumberBuffer buffer;
    builder_.append_ascii(std::isfinite(value.as_number()) ? numeric::number_to_text(value.as_number(), buffer) : "null");
  } else if (value.is_null()) {
    builder_.append_ascii("null");
  } else if (value.is_boolean()) {
    builder_.append_ascii(value.as_boolean() ? "true" : "false");
  }
}

// Steps 5. - 12., for a value that has a text. Roots what it needs.
Completion<void> Serializer::write(Value value, PropertyKey key) {
  if (value.is_bigint()) {
    return throw_type_error(agent_, "Do not know how to serialize a BigInt");
  } else if (!value.is_object()) {
    write_primitive(value);
  } else if (RawJson* raw = value.as_if<RawJson>()) {
    builder_.append(raw->text());
  } else {
    Object* object = value.as_object();
    TRY(enter(object, key));
    if (TRY(is_array(agent_, value))) TRY(write_array(object));
    else TRY(write_object(object));
    leave();
  }
  if (builder_.overflowed()) return throw_invalid_string_length(agent_);
  return {};
}

// --- Objects and arrays -----------------------------------------------------------------------------------

Completion<void> Serializer::enter(Object* object, PropertyKey key) {
  TRY(agent_.check_stack());
  const bool is_in_depth = !deep_.empty() && deep_.contains(object);
  for (size_t i = 0, end = is_in_depth ? open_.size() : std::min(open_.size(), kSearchedDepth); i < end; ++i)
    if (open_[i].object == object) return throw_circular(i, key);
  open_.push_back({object, key});
  if (open_.size() > kSearchedDepth) deep_.insert(object);
  return {};
}

Thrown Serializer::throw_circular(size_t start, PropertyKey last_key) {
  constexpr std::string_view kLine = "\n    |     ";
  std::string message = "Converting circular structure to JSON\n    --> starting at " + describe_constructor(agent_, open_[start].object);
  auto add_line = [&](size_t i) {
    message += kLine;
    message += describe_key(open_[i].key) + " -> " + describe_constructor(agent_, open_[i].object);
  };
  // The first step and the last one; what is between them is left out.
  if (start + 1 < open_.size()) add_line(start + 1);
  if (start + 3 < open_.size()) {
    message += kLine;
    message += "...";
  }
  if (start + 2 < open_.size()) add_line(open_.size() - 1);
  message += "\n    --- " + describe_key(last_key) + " closes the circle";
  return throw_type_error(agent_, message);
}

void Serializer::new_line() {
  if (gap_.empty()) return;
  builder_.append(u'\n');
  for (size_t i = 0; i < open_.size(); ++i) builder_.append(StringView(std::u16string_view(gap_)));
}

// One property of the object that is open; `any` says whether others were written before.
Completion<bool> Serializer::write_member(Object* object, PropertyKey key, Value initial, bool& any) {
  Root<PropertyKey> kept_key(agent_, key);
  Root<Value> value(agent_, initial);
  TRY(poll_.tick());
  if (!needs_no_preparation(initial)) value = TRY(prepare(object, key, initial));
  if (is_unserializable(value)) return false;
  if (any) builder_.append(u',');
  any = true;
  new_line();
  if (key.is_index()) append_quoted(builder_, key.to_value(agent_).as_string()->view());
  else append_quoted(builder_, key.as_atom()->view());
  builder_.append(u':');
  if (!gap_.empty()) builder_.append(u' ');
  TRY(write(value, kept_key));
  return true;
}

// https://tc39.es/ecma262/#sec-serializejsonobject. REQUIRES: the object is open
Completion<void> Serializer::write_object(Object* object) {
  builder_.append(u'{');
  bool any = false;
  if (has_keys_) {
    TRY(write_members(object, keys_, 0, any));
  } else if (!TRY(write_plain_members(object, any))) {
    RootVector keys(agent_);
    TRY(enumerable_own_properties(agent_, object, PropertyKind::kKeys, keys));
    TRY(write_members(object, keys, 0, any));
  }
  if (any && !gap_.empty()) {
    builder_.append(u'\n');
    for (size_t i = 1; i < open_.size(); ++i) builder_.append(StringView(std::u16string_view(gap_)));
  }
  builder_.append(u'}');
  return {};
}

Completion<void> Serializer::write_members(Object* object, RootVector& keys, size_t from, bool& any) {
  for (size_t i = from; i < keys.size(); ++i) {
    Root<PropertyKey> key(agent_, key_of_value(agent_, keys[i]));
    Value value = TRY(get(agent_, object, key));
    TRY(write_member(object, key, value, any));
  }
  return {};
}

// OPTIMIZATION: an ordinary object of a shared shape without accessors or elements: its keys are
// known, and the values are read from their slots for as long as the shape stays. False when it is
// another object, and nothing has been written.
Completion<bool> Serializer::write_plain_members(Object* object, bool& any) {
  Shape* shape = object->shape();
  bool has_elements = object->is_sparse() || object->dense_elements() != nullptr;
  if (!object->is_ordinary() || has_elements || shape->is_owned() || object->has_flag(Object::kExoticIndices)) return false;
  (void)info_of(shape);
  std::shared_ptr<ShapeInfo> info = infos_[(reinterpret_cast<uintptr_t>(shape) >> 4) % kShapeInfos];
  if (!info->is_plain) return false;
  for (const PropertyTable::Entry& entry : info->entries) {
    Value value = object->shape() == shape ? object->slot(entry.slot) : TRY(get(agent_, object, entry.key));
    TRY(write_member(object, entry.key, value, any));
  }
  return true;
}

// https://tc39.es/ecma262/#sec-serializejsonarray. REQUIRES: the array is open
Completion<void> Serializer::write_array(Object* array) {
  builder_.append(u'[');
  double length = TRY(length_of_array_like(agent_, array));
  for (double k = 0; k < length; ++k) {
    TRY(poll_.tick());
    if (k > 0) builder_.append(u',');
    new_line();
    Value element = TRY(get_element(agent_, array, k));
    if (!TRY(write_property(array, index_key(agent_, k), element))) builder_.append_ascii("null");
    if (builder_.overflowed()) return throw_invalid_string_length(agent_);
  }
  if (length > 0 && !gap_.empty()) {
    builder_.append(u'\n');
    for (size_t i = 1; i < open_.size(); ++i) builder_.append(StringView(std::u16string_view(gap_)));
  }
  builder_.append(u']');
  return {};
}

}  // namespace

Completion<Value> json_stringify(Agent& agent, Value value, Value replacer, Value space) {
  Root<Value> kept_value(agent, value), kept_replacer(agent, replacer), kept_space(agent, space);
  Serializer serializer(agent);
  TRY(serializer.set_replacer(replacer));
  TRY(serializer.set_space(kept_space));
  return serializer.run(kept_value);
}

}  // namespace skein
