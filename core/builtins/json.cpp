// https://tc39.es/ecma262/#sec-json-object: parse with its reviver, raw JSON, and the table.
#include "core/builtins/json.h"

#include <unordered_map>

#include "core/builtins/builtins.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

// --- The reviver ----------------------------------------------------------------------------------------

// A record as json.h describes it; null where the parser's value is no longer there.
ValueArray* record_of(Value record) { return record.is_undefined() ? nullptr : static_cast<ValueArray*>(record.as_cell()); }
ValueArray* children_of(ValueArray* record) { return record == nullptr ? nullptr : record_of(record->get(JsonRecord::kChildren)); }

class Reviver {
 public:
  Reviver(Agent& agent, String* source, Value function) : agent_(agent), source_(source), function_(function), poll_(agent) {}

  // https://tc39.es/ecma262/#sec-internalizejsonproperty
  Completion<Value> internalize(Object* holder, PropertyKey name, Value record_value) {
    TRY(agent_.check_stack());
    TRY(poll_.tick());
    Root<Object*> kept_holder(agent_, holder);
    Root<PropertyKey> kept_name(agent_, name);
    Root<Value> kept_record(agent_, record_value);
    // 1. - 2.
    Root<Value> value(agent_, TRY(get(agent_, holder, name)));
    Root<Object*> context(agent_, make_object(agent_));
    // 3.
    ValueArray* record = record_of(kept_record);
    if (record != nullptr && !same_value(record->get(JsonRecord::kValue), value)) record = nullptr;
    if (record != nullptr && !value->is_object()) context->add_property(agent_, source_key(), source_of(record), kDefaultAttributes);
    // 4. - 5.
    if (value->is_object()) {
      if (TRY(is_array(agent_, value))) TRY(internalize_elements(value->as_object(), record));
      else TRY(internalize_members(value->as_object(), record));
    }
    // 6.
    return call(agent_, function_, Value(kept_holder.get()), {kept_name->to_value(agent_), value, context.get()});
  }

 private:
  PropertyKey source_key() const { return PropertyKey(agent_.names().source); }
  Value source_of(ValueArray* record) {
    uint32_t start = static_cast<uint32_t>(record->get(JsonRecord::kStart).as_int32());
    uint32_t end = static_cast<uint32_t>(record->get(JsonRecord::kEnd).as_int32());
    return make_substring(agent_, source_, start, end);
  }

  // Step 4.a.: REQUIRES: object and record are rooted by the caller
  Completion<void> internalize_elements(Object* object, ValueArray* record) {
    double length = TRY(length_of_array_like(agent_, object));
    ValueArray* children = children_of(record);
    for (double i = 0; i < length; ++i) {
      bool has_record = children != nullptr && i < children->capacity();
      Root<PropertyKey> key(agent_, index_key(agent_, i));
      TRY(internalize_property(object, key, has_record ? children->get(static_cast<uint32_t>(i)) : Value::undefined()));
    }
    return {};
  }

  // Step 4.b.
  Completion<void> internalize_members(Object* object, ValueArray* record) {
    RootVector keys(agent_);
    TRY(enumerable_own_properties(agent_, object, PropertyKind::kKeys, keys));
    ValueArray* children = children_of(record);
    std::unordered_map<uint64_t, uint32_t> positions;
    if (children != nullptr)
      for (uint32_t i = 0; i < children->capacity(); i += 2) positions[key_of_value(agent_, children->get(i)).bits()] = i + 1;
    for (size_t i = 0; i < keys.size(); ++i) {
      Root<PropertyKey> key(agent_, key_of_value(agent_, keys[i]));
      auto position = positions.find(key->bits());
      TRY(internalize_property(object, key, position == positions.end() ? Value::undefined() : children->get(position->second)));
    }
    return {};
  }

  Completion<void> internalize_property(Object* object, PropertyKey key, Value record) {
    Value element = TRY(internalize(object, key, record));
    if (element.is_undefined()) TRY(delete_property(agent_, object, key));
    else TRY(create_data_property(agent_, object, key, element));
    return {};
  }

  Agent& agent_;
  String* source_;  // rooted by the caller, as is the function
  Value function_;
  LoopPoll poll_;
};

// https://tc39.es/ecma262/#sec-json.parse
Completion<Value> json_parse(Agent& agent, const CallInfo& info) {
  // 1. - 6.
  Root<String*> text(agent, TRY(to_string(agent, info[0])));
  if (!is_callable(info[1])) return parse_json(agent, text);
  Root<Value> record(agent);
  Value unfiltered = TRY(parse_json_with_records(agent, text, record));
  // 7.
  Root<Object*> root(agent, make_object(agent));
  PropertyKey empty(agent.names().empty_string);
  root->add_property(agent, empty, unfiltered, kDefaultAttributes);
  Reviver reviver(agent, text, info[1]);
  return reviver.internalize(root, empty, record);
}

// https://tc39.es/ecma262/#sec-json.stringify
Completion<Value> json_stringify_function(Agent& agent, const CallInfo& info) { return json_stringify(agent, info[0], info[1], info[2]); }

// https://tc39.es/ecma262/#sec-json.israwjson
Completion<Value> json_is_raw_json(Agent&, const CallInfo& info) { return Value::boolean(info[0].is_kind(CellKind::kRawJson)); }

// https://tc39.es/ecma262/#sec-json.rawjson
Completion<Value> json_raw_json(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<String*> text(agent, TRY(to_string(agent, info[0])));
  auto is_blank = [](char16_t unit) { return unit == '\t' || unit == '\n' || unit == '\r' || unit == ' '; };
  StringView view = text->view();
  if (view.is_empty() || is_blank(view[0]) || is_blank(view[view.length() - 1]))
    return throw_syntax_error(agent, {"Invalid value for JSON.rawJSON"});
  // 3. - 4.
  Value value = TRY(parse_json(agent, text));
  if (value.is_object()) return throw_syntax_error(agent, {"Invalid value for JSON.rawJSON"});
  // 5. - 8.
  Shape* shape = shape_for_prototype(agent, nullptr, RawJson::kKind, sizeof(RawJson), 0);
  auto* raw = agent.heap().make<RawJson>(shape, text.get());
  raw->add_property(agent, PropertyKey(agent.atoms().atomize(std::string_view("rawJSON"))), text.get(), kEnumerable);
  raw->set_flag(Object::kNotExtensible);
  return raw;
}

constexpr PropertySpec kJson[] = {
    PropertySpec::function("isRawJSON", json_is_raw_json, 1),
    PropertySpec::function("parse", json_parse, 2, Intrinsic::kJSONParse),
    PropertySpec::function("rawJSON", json_raw_json, 1),
    PropertySpec::function("stringify", json_stringify_function, 3, Intrinsic::kJSONStringify),
    PropertySpec::tag("JSON"),
};

}  // namespace

void register_json_kinds() { gc::register_kind<RawJson>(); }

void initialize_json(Agent& agent, Realm& realm) { define_namespace(agent, realm, "JSON", Intrinsic::kJSON, kJson); }

}  // namespace skein
