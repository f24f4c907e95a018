// https://tc39.es/ecma262/#sec-string-objects: the constructor, and the methods on single characters.
#include <cmath>

#include "core/base/utf.h"
#include "core/builtins/builtins.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"
#include "core/runtime/builtin_spec.h"
#include "core/runtime/native_iteration.h"
#include "core/runtime/primitive_object.h"

namespace skein {

Completion<String*> this_string(Agent& agent, const CallInfo& info, Passed<std::string_view> method) {
  Value value = info.this_value();
  if (value.is_string()) return value.as_string();
  if (value.is_nullish()) return throw_type_error(agent, {method, " called on null or undefined"});
  return to_string(agent, value);
}

String* make_single_unit(Agent& agent, char16_t unit) {
  if (unit < 256) return agent.atoms().single(static_cast<uint8_t>(unit));
  return new_string(agent.heap(), StringView(&unit, 1));
}

String* make_substring(Agent& agent, String* string, uint32_t start, uint32_t end) {
  if (start == end) return agent.atoms().empty();
  if (end - start == 1) return make_single_unit(agent, string->unit_at(start));
  return substring(agent.heap(), string, start, end);
}

Completion<String*> concatenate_checked(Agent& agent, String* left, String* right) {
  String* result = concatenate(agent.heap(), left, right);
  if (result == nullptr) return throw_invalid_string_length(agent);
  return result;
}

uint32_t advance_string_index(StringView text, uint32_t index, bool is_unicode) {
  if (!is_unicode || text.is_latin1() || index >= text.length()) return index + 1;
  uint32_t units = 1;
  (void)text.code_point_at(index, &units);
  return index + units;
}

namespace {

// https://tc39.es/ecma262/#sec-symboldescriptivestring
Completion<String*> symbol_descriptive_string(Agent& agent, Symbol* symbol) {
  StringBuilder builder(agent.heap());
  builder.append_ascii("Symbol(");
  if (symbol->description().is_string()) builder.append(symbol->description().as_string());
  builder.append(u')');
  return finish_string(agent, builder);
}

// https://tc39.es/ecma262/#sec-string-constructor-string-value
Completion<Value> string_constructor(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<String*> string(agent, agent.atoms().empty());
  if (info.count() > 0) {
    if (!info.is_construct() && info[0].is_symbol()) return TRY(symbol_descriptive_string(agent, info[0].as_symbol()));
    string = TRY(to_string(agent, info[0]));
  }
  // 3. - 4.
  if (!info.is_construct()) return string.get();
  Object* prototype = TRY(get_prototype_from_constructor(agent, info.new_target().as_object(), Intrinsic::kStringPrototype));
  return make_primitive_object(agent, Value(string.get()), prototype);
}

// https://tc39.es/ecma262/#sec-string.fromcharcode
Completion<Value> string_from_char_code(Agent& agent, const CallInfo& info) {
  if (info.count() == 1) return make_single_unit(agent, static_cast<char16_t>(TRY(to_uint32(agent, info[0]))));
  // OPTIMIZATION: a few are put together without a builder.
  char16_t units[16];
  if (info.count() <= std::size(units)) {
    for (uint32_t i = 0; i < info.count(); ++i) units[i] = static_cast<char16_t>(TRY(to_uint32(agent, info[i])));
    return Value(new_string(agent.heap(), std::u16string_view(units, info.count())));
  }
  StringBuilder builder(agent.heap());
  for (Value argument : info.arguments()) builder.append(static_cast<char16_t>(TRY(to_uint32(agent, argument))));
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-string.fromcodepoint
Completion<Value> string_from_code_point(Agent& agent, const CallInfo& info) {
  StringBuilder builder(agent.heap());
  for (Value argument : info.arguments()) {
    // a. - c.
    double number = TRY(to_number(agent, argument));
    if (!(number >= 0 && number <= utf::kMaxCodePoint && std::trunc(number) == number))
      return throw_range_error(agent, {"Invalid code point ", to_display_string(agent, argument)});
    // d.
    builder.append_code_point(static_cast<char32_t>(number));
  }
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-string.raw
Completion<Value> string_raw(Agent& agent, const CallInfo& info) {
  // 1. - 4.
  Root<Object*> cooked(agent, TRY(to_object(agent, info[0])));
  Value raw = TRY(get(agent, cooked, PropertyKey(agent.names().raw)));
  Root<Object*> literals(agent, TRY(to_object(agent, raw)));
  double length = TRY(length_of_array_like(agent, literals));
  // 5. - 8.
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  for (double next = 0; next < length; ++next) {
    Value literal = TRY(get_element(agent, literals, next));
    builder.append(TRY(to_string(agent, literal)));
    if (next + 1 < length && next + 1 < info.count())
      builder.append(TRY(to_string(agent, info[static_cast<uint32_t>(next) + 1])));
    if (builder.overflowed()) return throw_invalid_string_length(agent);
    TRY(poll.tick());
  }
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-thisstringvalue
Completion<Value> this_string_value(Agent& agent, Value value, std::string_view method) {
  if (value.is_string()) return value;
  Value data = primitive_data(value, CellKind::kStringObject);
  if (!data.is_empty()) return data;
  return throw_type_error(agent, {method, " requires that 'this' be a String"});
}

// A position argument that is within the string, else -1.
Completion<int64_t> position_in(Agent& agent, Value argument, String* string) {
  Root<String*> kept(agent, string);
  double position = TRY(to_integer_or_infinity(agent, argument));
  return position >= 0 && position < kept->length() ? static_cast<int64_t>(position) : int64_t{-1};
}

// https://tc39.es/ecma262/#sec-string.prototype.at
Completion<Value> string_prototype_at(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.at")));
  double length = string->length();
  double relative = TRY(to_integer_or_infinity(agent, info[0]));
  double k = relative >= 0 ? relative : length + relative;
  if (k < 0 || k >= length) return Value::undefined();
  return make_single_unit(agent, string->unit_at(static_cast<uint32_t>(k)));
}

// https://tc39.es/ecma262/#sec-string.prototype.charat
Completion<Value> string_prototype_char_at(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.charAt")));
  int64_t position = TRY(position_in(agent, info[0], string));
  if (position < 0) return agent.atoms().empty();
  return make_single_unit(agent, string->unit_at(static_cast<uint32_t>(position)));
}

// https://tc39.es/ecma262/#sec-string.prototype.charcodeat
Completion<Value> string_prototype_char_code_at(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.charCodeAt")));
  int64_t position = TRY(position_in(agent, info[0], string));
  if (position < 0) return Value::number(NAN);
  return Value::int32(string->unit_at(static_cast<uint32_t>(position)));
}

// https://tc39.es/ecma262/#sec-string.prototype.codepointat
Completion<Value> string_prototype_code_point_at(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.codePointAt")));
  int64_t position = TRY(position_in(agent, info[0], string));
  if (position < 0) return Value::undefined();
  return Value::int32(static_cast<int32_t>(string->view().code_point_at(static_cast<uint32_t>(position))));
}

// https://tc39.es/ecma262/#sec-string.prototype.concat
Completion<Value> string_prototype_concat(Agent& agent, const CallInfo& info) {
  Root<String*> result(agent, TRY(this_string(agent, info, "String.prototype.concat")));
  for (Value argument : info.arguments()) {
    String* next = TRY(to_string(agent, argument));
    result = TRY(concatenate_checked(agent, result, next));
  }
  return result.get();
}

// https://tc39.es/ecma262/#sec-string.prototype.tostring
Completion<Value> string_prototype_to_string(Agent& agent, const CallInfo& info) {
  return this_string_value(agent, info.this_value(), "String.prototype.toString");
}

// https://tc39.es/ecma262/#sec-string.prototype.valueof
Completion<Value> string_prototype_value_of(Agent& agent, const CallInfo& info) {
  return this_string_value(agent, info.this_value(), "String.prototype.valueOf");
}

constexpr PropertySpec kStringStatics[] = {
    PropertySpec::function("fromCharCode", string_from_char_code, 1),
    PropertySpec::function("fromCodePoint", string_from_code_point, 1),
    PropertySpec::function("raw", string_raw, 1),
};

constexpr PropertySpec kStringPrototype[] = {
    PropertySpec::function("at", string_prototype_at, 1),
    PropertySpec::function("charAt", string_prototype_char_at, 1),
    PropertySpec::function("charCodeAt", string_prototype_char_code_at, 1),
    PropertySpec::function("codePointAt", string_prototype_code_point_at, 1),
    PropertySpec::function("concat", string_prototype_concat, 1),
    PropertySpec::function("endsWith", string_prototype_ends_with, 1),
    PropertySpec::function("includes", string_prototype_includes, 1),
    PropertySpec::function("indexOf", string_prototype_index_of, 1),
    PropertySpec::function("isWellFormed", string_prototype_is_well_formed, 0),
    PropertySpec::function("lastIndexOf", string_prototype_last_index_of, 1),
    PropertySpec::function("localeCompare", string_prototype_locale_compare, 1),
    PropertySpec::function("match", string_prototype_match, 1),
    PropertySpec::function("matchAll", string_prototype_match_all, 1),
    PropertySpec::function("normalize", string_prototype_normalize, 0),
    PropertySpec::function("padEnd", string_prototype_pad_end, 1),
    PropertySpec::function("padStart", string_prototype_pad_start, 1),
    PropertySpec::function("repeat", string_prototype_repeat, 1),
    PropertySpec::function("replace", string_prototype_replace, 2),
    PropertySpec::function("replaceAll", string_prototype_replace_all, 2),
    PropertySpec::function("search", string_prototype_search, 1),
    PropertySpec::function("slice", string_prototype_slice, 2),
    PropertySpec::function("split", string_prototype_split, 2),
    PropertySpec::function("startsWith", string_prototype_starts_with, 1),
    PropertySpec::function("substring", string_prototype_substring, 2),
    PropertySpec::function("toLocaleLowerCase", string_prototype_to_locale_lower_case, 0),
    PropertySpec::function("toLocaleUpperCase", string_prototype_to_locale_upper_case, 0),
    PropertySpec::function("toLowerCase", string_prototype_to_lower_case, 0),
    PropertySpec::function("toString", string_prototype_to_string, 0),
    PropertySpec::function("toUpperCase", string_prototype_to_upper_case, 0),
    PropertySpec::function("toWellFormed", string_prototype_to_well_formed, 0),
    PropertySpec::function("trim", string_prototype_trim, 0),
    PropertySpec::function("trimEnd", string_prototype_trim_end, 0),
    PropertySpec::function("trimStart", string_prototype_trim_start, 0),
    PropertySpec::function("valueOf", string_prototype_value_of, 0),
    PropertySpec::function(WellKnownSymbol::kIterator, string_prototype_iterator, 0),
    // https://tc39.es/ecma262/#sec-additional-properties-of-the-string.prototype-object
    PropertySpec::function("substr", string_prototype_substr, 2),
    PropertySpec::function("anchor", string_prototype_anchor, 1),
    PropertySpec::function("big", string_prototype_big, 0),
    PropertySpec::function("blink", string_prototype_blink, 0),
    PropertySpec::function("bold", string_prototype_bold, 0),
    PropertySpec::function("fixed", string_prototype_fixed, 0),
    PropertySpec::function("fontcolor", string_prototype_fontcolor, 1),
    PropertySpec::function("fontsize", string_prototype_fontsize, 1),
    PropertySpec::function("italics", string_prototype_italics, 0),
    PropertySpec::function("link", string_prototype_link, 1),
    PropertySpec::function("small", string_prototype_small, 0),
    PropertySpec::function("strike", string_prototype_strike, 0),
    PropertySpec::function("sub", string_prototype_sub, 0),
    PropertySpec::function("sup", string_prototype_sup, 0),
    PropertySpec::alias("trimLeft", "trimStart"),
    PropertySpec::alias("trimRight", "trimEnd"),
};

}  // namespace

void register_string_kinds() {
  gc::register_kind<StringIterator>();
  g_native_iterations[static_cast<int>(CellKind::kStringIterator)] = {string_iterator_next, string_iterator_step};
}

void initialize_string(Agent& agent, Realm& realm) {
  if (realm.intrinsic_if_made(Intrinsic::kStringPrototype) == nullptr) {
    Object* parent = realm.intrinsic(Intrinsic::kObjectPrototype);
    realm.set_intrinsic(Intrinsic::kStringPrototype, make_primitive_object(agent, Value(agent.atoms().empty()), parent));
  }
  define_constructor(agent, realm, {
                                       .name = "String",
                                       .length = 1,
                                       .function = string_constructor,
                                       .constructor = Intrinsic::kString,
                                       .prototype = Intrinsic::kStringPrototype,
                                       .statics = kStringStatics,
                                       .prototype_properties = kStringPrototype,
                                   });
  initialize_string_iterator(agent, realm);
}

}  // namespace skein
