// https://tc39.es/ecma262/#sec-regexp-regular-expression-objects: the constructor, the accessors of
// flags, and the tables of the clause.
#include "core/base/utf.h"
#include "core/base/white_space.h"
#include "core/builtins/builtins.h"
#include "core/builtins/reg_exp_operations.h"
#include "core/builtins/reg_exp_state.h"
#include "core/builtins/support.h"
#include "core/regexp/regexp.h"
#include "core/runtime/builtin_spec.h"

namespace skein {
namespace {

using regexp::Flags;

// https://tc39.es/ecma262/#sec-regexp-pattern-flags
Completion<Value> reg_exp_constructor(Agent& agent, const CallInfo& info) {
  // 1.
  bool pattern_is_reg_exp = TRY(is_reg_exp(agent, info[0]));
  // 2. - 3.
  Root<Object*> new_target(agent, info.is_construct() ? info.new_target().as_object() : info.callee());
  if (!info.is_construct() && pattern_is_reg_exp && info[1].is_undefined()) {
    Value constructor = TRY(get(agent, info[0].as_object(), PropertyKey(agent.names().constructor)));
    if (constructor == Value(new_target.get())) return info[0];
  }
  // 4. - 6.
  Root<Value> pattern(agent, info[0]), flags(agent, info[1]);
  if (RegExp* original = info[0].as_if<RegExp>()) {
    pattern = original->source();
    if (info[1].is_undefined()) flags = reg_exp_flags_text(agent, original);
  } else if (pattern_is_reg_exp) {
    pattern = TRY(get(agent, info[0].as_object(), PropertyKey(agent.names().source)));
    if (info[1].is_undefined()) flags = TRY(get(agent, info[0].as_object(), PropertyKey(agent.names().flags)));
  }
  // 7. - 8.
  Root<RegExp*> reg_exp(agent, TRY(reg_exp_alloc(agent, new_target)));
  TRY(reg_exp_initialize(agent, reg_exp, pattern, flags));
  return reg_exp.get();
}

// --- RegExp.escape --------------------------------------------------------------------------------------

bool is_one_of(char32_t code_point, std::string_view set) {
  return code_point < 0x80 && set.find(static_cast<char>(code_point)) != std::string_view::npos;
}

void append_hex(StringBuilder& builder, uint32_t value, int digits) {
  while (digits-- > 0) builder.append(static_cast<char16_t>("0123456789abcdef"[value >> (digits * 4) & 15]));
}

// https://tc39.es/ecma262/#sec-unicodeescape
void append_unicode_escape(StringBuilder& builder, char16_t unit) {
  builder.append_ascii("\\u");
  append_hex(builder, unit, 4);
}

// https://tc39.es/ecma262/#sec-encodeforregexpescape
void append_escaped(StringBuilder& builder, char32_t code_point) {
  // 1.
  if (is_one_of(code_point, "^$\\.*+?()[]{}|/")) {
    builder.append(u'\\');
    builder.append(static_cast<char16_t>(code_point));
    return;
  }
  // 2.
  constexpr std::string_view kControls = "\t\n\v\f\r";
  constexpr std::string_view kControlLetters = "tnvfr";
  if (is_one_of(code_point, kControls)) {
    builder.append(u'\\');
    builder.append(static_cast<char16_t>(kControlLetters[kControls.find(static_cast<char>(code_point))]));
    return;
  }
  // 3. - 5.
  if (is_one_of(code_point, ",-=<>#&!%:;@~'`\"") || is_trimmed(code_point) || utf::is_surrogate(code_point)) {
    if (code_point <= 0xFF) {
      builder.append_ascii("\\x");
      append_hex(builder, code_point, 2);
    } else {
      append_unicode_escape(builder, static_cast<char16_t>(code_point));
    }
    return;
  }
  // 6.
  builder.append_code_point(code_point);
}

// https://tc39.es/ecma262/#sec-regexp.escape
Completion<Value> reg_exp_escape(Agent& agent, const CallInfo& info) {
  // 1.
  if (!info[0].is_string()) return throw_type_error(agent, {to_display_string(agent, info[0]), " is not a string"});
  // 2. - 5.
  StringView text = info[0].as_string()->view();
  StringBuilder builder(agent.heap());
  LoopPoll poll(agent);
  for (uint32_t i = 0; i < text.length();) {
    uint32_t units = 1;
    char32_t code_point = text.code_point_at(i, &units);
    bool is_alphanumeric = code_point < 0x80 && ((code_point | 0x20) - 'a' < 26 || code_point - '0' < 10);
    if (i == 0 && is_alphanumeric) {
      builder.append_ascii("\\x");
      append_hex(builder, code_point, 2);
    } else {
      append_escaped(builder, code_point);
    }
    i += units;
    TRY(poll.tick());
  }
  return TRY(finish_string(agent, builder));
}

// --- Accessors ------------------------------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-regexphasflag
Completion<Value> has_flag(Agent& agent, const CallInfo& info, Flags::Bit flag, std::string_view name) {
  // 1.
  if (RegExp* reg_exp = info.this_value().as_if<RegExp>()) return Value::boolean(reg_exp->flags().has(flag));
  // 2.
  if (info.this_value() == Value(intrinsic(agent, Intrinsic::kRegExpPrototype))) return Value::undefined();
  return throw_type_error(agent, {"RegExp.prototype.", name, " getter called on non-RegExp object"});
}

Completion<Value> get_dot_all(Agent& agent, const CallInfo& info) { return has_flag(agent, info, Flags::kDotAll, "dotAll"); }
Completion<Value> get_global(Agent& agent, const CallInfo& info) { return has_flag(agent, info, Flags::kGlobal, "global"); }
Completion<Value> get_has_indices(Agent& agent, const CallInfo& info) { return has_flag(agent, info, Flags::kHasIndices, "hasIndices"); }
Completion<Value> get_ignore_case(Agent& agent, const CallInfo& info) { return has_flag(agent, info, Flags::kIgnoreCase, "ignoreCase"); }
Completion<Value> get_multiline(Agent& agent, const CallInfo& info) { return has_flag(agent, info, Flags::kMultiline, "multiline"); }
Completion<Value> get_sticky(Agent& agent, const CallInfo& info) { return has_flag(agent, info, Flags::kSticky, "sticky"); }
Completion<Value> get_unicode(Agent& agent, const CallInfo& info) { return has_flag(agent, info, Flags::kUnicode, "unicode"); }
Completion<Value> get_unicode_sets(Agent& agent, const CallInfo& info) { return has_flag(agent, info, Flags::kUnicodeSets, "unicodeSets"); }

// https://tc39.es/ecma262/#sec-get-regexp.prototype.flags
Completion<Value> get_flags(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  if (!info.this_value().is_object()) return throw_type_error(agent, {"RegExp.prototype.flags getter called on non-object ", to_display_string(agent, info.this_value())});
  Object* object = info.this_value().as_object();
  if (RegExpState::current(agent)->is_pristine(object)) return reg_exp_flags_text(agent, static_cast<RegExp*>(object));
  // 3. - 19.
  const Names& names = agent.names();
  const std::pair<FlatString*, char> parts[] = {{names.hasIndices, 'd'}, {names.global, 'g'},  {names.ignoreCase, 'i'},
                                                {names.multiline, 'm'},  {names.dotAll, 's'},  {names.unicode, 'u'},
                                                {names.unicodeSets, 'v'}, {names.sticky, 'y'}};
  StringBuilder builder(agent.heap());
  for (auto [name, letter] : parts) {
    Value value = TRY(get(agent, object, PropertyKey(name)));
    if (to_boolean(value)) builder.append(static_cast<char16_t>(letter));
  }
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-get-regexp.prototype.source
Completion<Value> get_source(Agent& agent, const CallInfo& info) {
  if (RegExp* reg_exp = info.this_value().as_if<RegExp>()) return reg_exp_source_text(agent, reg_exp);
  if (info.this_value() == Value(intrinsic(agent, Intrinsic::kRegExpPrototype)))
    return agent.atoms().atomize(std::string_view("(?:)"));
  return throw_type_error(agent, "RegExp.prototype.source getter called on non-RegExp object");
}

// --- Methods --------------------------------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-regexp.prototype.tostring
Completion<Value> reg_exp_prototype_to_string(Agent& agent, const CallInfo& info) {
  if (!info.this_value().is_object()) return throw_incompatible_receiver(agent, "RegExp.prototype.toString", info.this_value());
  Object* reg_exp = info.this_value().as_object();
  Value source = TRY(get(agent, reg_exp, PropertyKey(agent.names().source)));
  Root<String*> pattern(agent, TRY(to_string(agent, source)));
  Value flags = TRY(get(agent, reg_exp, PropertyKey(agent.names().flags)));
  String* flags_text = TRY(to_string(agent, flags));
  StringBuilder builder(agent.heap());
  builder.append(u'/');
  builder.append(pattern);
  builder.append(u'/');
  builder.append(flags_text);
  return TRY(finish_string(agent, builder));
}

// https://tc39.es/ecma262/#sec-regexp.prototype.compile, as
// https://github.com/tc39/proposal-regexp-legacy-features changes it
Completion<Value> reg_exp_prototype_compile(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  RegExp* reg_exp = info.this_value().as_if<RegExp>();
  if (reg_exp == nullptr) return throw_incompatible_receiver(agent, "RegExp.prototype.compile", info.this_value());
  if (reg_exp->realm() != agent.realm() || !reg_exp->has_legacy_features())
    return throw_type_error(agent, "RegExp.prototype.compile called on a RegExp of a subclass or another realm");
  // 3. - 4.
  Value pattern = info[0], flags = info[1];
  if (RegExp* other = pattern.as_if<RegExp>()) {
    if (!flags.is_undefined()) return throw_type_error(agent, "Invalid flags supplied to RegExp constructor");
    pattern = other->source();
    flags = reg_exp_flags_text(agent, other);
  }
  // 5.
  Root<Value> kept_pattern(agent, pattern), kept_flags(agent, flags);
  TRY(reg_exp_initialize(agent, reg_exp, pattern, flags));
  return info.this_value();
}

constexpr PropertySpec kRegExpStatics[] = {
    PropertySpec::function("escape", reg_exp_escape, 1),
    PropertySpec::getter(WellKnownSymbol::kSpecies, return_this),
};

constexpr PropertySpec kRegExpPrototype[] = {
    PropertySpec::function("exec", reg_exp_prototype_exec, 1, Intrinsic::kRegExpPrototypeExec),
    PropertySpec::getter("dotAll", get_dot_all),
    PropertySpec::getter("flags", get_flags),
    PropertySpec::getter("global", get_global),
    PropertySpec::getter("hasIndices", get_has_indices),
    PropertySpec::getter("ignoreCase", get_ignore_case),
    PropertySpec::function(WellKnownSymbol::kMatch, reg_exp_prototype_match, 1),
    PropertySpec::function(WellKnownSymbol::kMatchAll, reg_exp_prototype_match_all, 1),
    PropertySpec::getter("multiline", get_multiline),
    PropertySpec::function(WellKnownSymbol::kReplace, reg_exp_prototype_replace, 2),
    PropertySpec::function(WellKnownSymbol::kSearch, reg_exp_prototype_search, 1),
    PropertySpec::getter("source", get_source),
    PropertySpec::function(WellKnownSymbol::kSplit, reg_exp_prototype_split, 2),
    PropertySpec::getter("sticky", get_sticky),
    PropertySpec::function("test", reg_exp_prototype_test, 1),
    PropertySpec::function("toString", reg_exp_prototype_to_string, 0),
    PropertySpec::getter("unicode", get_unicode),
    PropertySpec::getter("unicodeSets", get_unicode_sets),
    PropertySpec::function("compile", reg_exp_prototype_compile, 2),
};

Completion<Value> create_literal(Agent& agent, String* pattern, String* flags) { return make_reg_exp(agent, pattern, flags); }

}  // namespace

void register_reg_exp_kinds() {
  gc::register_kind<RegExp>();
  gc::register_kind<CompiledRegExp>();
  gc::register_kind<RegExpState>();
  register_reg_exp_string_iterator();
  g_regexp_hooks = {create_literal, validate_reg_exp_literal};
}

void initialize_reg_exp(Agent& agent, Realm& realm) {
  NativeFunction* constructor = define_constructor(agent, realm, {
                                                                     .name = "RegExp",
                                                                     .length = 2,
                                                                     .function = reg_exp_constructor,
                                                                     .constructor = Intrinsic::kRegExp,
                                                                     .prototype = Intrinsic::kRegExpPrototype,
                                                                     .statics = kRegExpStatics,
                                                                     .prototype_properties = kRegExpPrototype,
                                                                 });
  initialize_reg_exp_legacy(agent, realm, constructor);
  initialize_reg_exp_string_iterator(agent, realm);
  Object* prototype = realm.intrinsic(Intrinsic::kRegExpPrototype);
  Shape* root = shape_for_prototype(agent, prototype, CellKind::kRegExp, sizeof(RegExp), 1);
  auto* state = agent.heap().make<RegExpState>();
  state->remember_prototype(agent, prototype, root->add_transition(agent.names().lastIndex, kWritable));
  constructor->set_internal_slot(0, Value::cell(state));
}

}  // namespace skein
