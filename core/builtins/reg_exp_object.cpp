// https://tc39.es/ecma262/#sec-abstract-operations-for-regexp-creation
#include "core/builtins/reg_exp_object.h"

#include <algorithm>
#include <optional>

#include "core/base/utf.h"
#include "core/base/white_space.h"
#include "core/builtins/builtins_data.h"
#include "core/builtins/reg_exp_operations.h"
#include "core/builtins/reg_exp_state.h"
#include "core/builtins/support.h"
#include "core/regexp/regexp.h"

namespace skein {

void CompiledRegExp::finalize(gc::Heap& heap) {
  heap.discharge_external(charged_);
  program_.reset();
}

namespace {

// The names of groups as CompiledRegExp keeps them.
ValueArray* make_group_names(Agent& agent, const regexp::Program& program) {
  if (program.group_names.empty()) return nullptr;
  std::vector<FlatString*> names;
  std::vector<std::vector<Value>> groups;
  for (const regexp::GroupName& entry : program.group_names) {
    FlatString* name = agent.atoms().atomize(StringView(std::u16string_view(entry.name)));
    size_t at = static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    if (at == names.size()) {
      names.push_back(name);
      groups.emplace_back();
    }
    groups[at].push_back(Value::number(entry.group));
  }
  ValueArray* result = ValueArray::make(agent.heap(), static_cast<uint32_t>(2 * names.size()));
  for (uint32_t i = 0; i < names.size(); ++i) {
    ValueArray* list = ValueArray::make(agent.heap(), static_cast<uint32_t>(groups[i].size()));
    for (uint32_t k = 0; k < groups[i].size(); ++k) list->set(k, groups[i][k]);
    result->set(2 * i, names[i]);
    result->set(2 * i + 1, Value::cell(list));
  }
  return result;
}

std::optional<regexp::Flags> parse_flags(StringView text) {
  constexpr uint32_t kMostFlags = 8;
  if (text.length() > kMostFlags) return std::nullopt;
  return regexp::parse_flags(text.to_utf16());
}

std::string error_text(StringView pattern, regexp::Flags flags, const regexp::SyntaxError& error) {
  constexpr uint32_t kShown = 1000;
  StringView shown = pattern.length() > kShown ? pattern.substring(0, kShown) : pattern;
  return utf::to_utf8(regexp::error_message(shown.to_utf16(), flags, error));
}

// Bytes that each part of a compilation may take: all parts together stay within the heap's limit.
size_t room_to_compile(Agent& agent) {
  constexpr size_t kParts = 4;
  gc::Heap& heap = agent.heap();
  if (heap.limit() == 0) return regexp::kDefaultMaxBytes;
  size_t room = heap.limit() > heap.used_bytes() ? heap.limit() - heap.used_bytes() : 0;
  return std::min(regexp::kDefaultMaxBytes, room / kParts);
}

}  // namespace

Completion<CompiledRegExp*> compile_reg_exp(Agent& agent, String* source, regexp::Flags flags) {
  RegExpCache& cache = builtins_data(agent).reg_exp_cache;
  // lastIndex, global and indices do not matter to the program.
  regexp::Flags program_flags = flags.without(regexp::Flags::kGlobal).without(regexp::Flags::kHasIndices);
  CompiledRegExp* cached = cache.find(source, program_flags.bits());
  if (cached != nullptr) return cached;
  StringView pattern = source->view();
  size_t most = room_to_compile(agent);
  regexp::CompileResult result = pattern.is_latin1()
                                     ? regexp::compile(pattern.latin1_span(), program_flags, most)
                                     : regexp::compile(std::u16string_view(pattern.utf16(), pattern.length()), program_flags, most);
  if (result.program == nullptr) {
    if (result.error.is_limit) return throw_range_error(agent, {error_text(pattern, flags, result.error)});
    return throw_syntax_error(agent, {error_text(pattern, flags, result.error)});
  }
  size_t charged = result.program->memory_size();
  if (!agent.heap().charge_external(charged)) return throw_out_of_memory(agent);
  ValueArray* names = make_group_names(agent, *result.program);
  auto* compiled = agent.heap().make<CompiledRegExp>(std::move(result.program), names, charged);
  cache.insert(source, program_flags.bits(), compiled);
  return compiled;
}

// https://tc39.es/ecma262/#sec-regexpalloc
Completion<RegExp*> reg_exp_alloc(Agent& agent, Object* new_target) {
  Object* prototype = TRY(get_prototype_from_constructor(agent, new_target, Intrinsic::kRegExpPrototype));
  Shape* root = shape_for_prototype(agent, prototype, CellKind::kRegExp, sizeof(RegExp), 1);
  auto* reg_exp = agent.heap().make_with_extra<RegExp>(root->inline_capacity() * sizeof(Value), root);
  reg_exp->add_property(agent, agent.names().lastIndex, Value::int32(0), kWritable);
  reg_exp->set_realm(agent.realm(), new_target == intrinsic(agent, Intrinsic::kRegExp));
  return reg_exp;
}

// Steps 5. and on of RegExpInitialize, with both texts at hand.
static Completion<void> initialize_from_texts(Agent& agent, RegExp* reg_exp, String* pattern, String* flags_text) {
  std::optional<regexp::Flags> flags = parse_flags(flags_text->view());
  if (!flags) return throw_syntax_error(agent, {"Invalid flags supplied to RegExp constructor '", flags_text->to_utf8(), "'"});
  CompiledRegExp* compiled = TRY(compile_reg_exp(agent, pattern, *flags));
  reg_exp->initialize(pattern, *flags, compiled);
  return {};
}

// https://tc39.es/ecma262/#sec-regexpinitialize
Completion<void> reg_exp_initialize(Agent& agent, RegExp* reg_exp, Value pattern, Value flags) {
  Root<RegExp*> object(agent, reg_exp);
  Root<Value> kept_flags(agent, flags);
  // 1. - 2.
  Root<String*> pattern_text(agent, agent.atoms().empty());
  if (!pattern.is_undefined()) pattern_text = TRY(to_string(agent, pattern));
  // 3. - 4.
  String* flags_text = agent.atoms().empty();
  if (!kept_flags->is_undefined()) flags_text = TRY(to_string(agent, kept_flags));
  // 5. - 22.
  TRY(initialize_from_texts(agent, object, pattern_text, flags_text));
  return set_last_index(agent, object, 0);
}

Completion<RegExp*> reg_exp_create(Agent& agent, Value pattern, Value flags) {
  Root<Value> kept_pattern(agent, pattern), kept_flags(agent, flags);
  Root<RegExp*> reg_exp(agent, TRY(reg_exp_alloc(agent, intrinsic(agent, Intrinsic::kRegExp))));
  TRY(reg_exp_initialize(agent, reg_exp, kept_pattern, kept_flags));
  return reg_exp.get();
}

Completion<RegExp*> make_reg_exp(Agent& agent, String* pattern, String* flags) {
  Shape* shape = RegExpState::current(agent)->instance_shape();
  auto* reg_exp = agent.heap().make_with_extra<RegExp>(shape->inline_capacity() * sizeof(Value), shape);
  reg_exp->set_slot(RegExp::kLastIndexSlot, Value::int32(0));
  reg_exp->set_realm(agent.realm(), true);
  TRY(initialize_from_texts(agent, reg_exp, pattern, flags));
  return reg_exp;
}

Completion<void> set_last_index(Agent& agent, RegExp* reg_exp, double index) {
  if (reg_exp->shape() != RegExpState::current(agent)->instance_shape()) {
    PropertyLocation location = reg_exp->lookup(agent.names().lastIndex);
    if (!(location.attributes & kWritable))
      return throw_type_error(agent, "Cannot assign to read only property 'lastIndex' of object '[object RegExp]'");
  }
  reg_exp->set_slot(RegExp::kLastIndexSlot, Value::number(index));
  return {};
}

String* reg_exp_source_text(Agent& agent, RegExp* reg_exp) {
  StringView source = reg_exp->source()->view();
  if (source.is_empty()) return agent.atoms().atomize(std::string_view("(?:)"));
  bool needs_escape = source.visit([](auto units) {
    return std::any_of(units.begin(), units.end(), [](auto unit) { return unit == '/' || is_line_terminator(unit); });
  });
  if (!needs_escape) return reg_exp->source();
  StringBuilder builder(agent.heap());
  bool in_class = false;
  for (uint32_t i = 0; i < source.length(); ++i) {
    char16_t unit = source[i];
    bool is_escaped = unit == '\\' && i + 1 < source.length();
    if (is_escaped) unit = source[++i];
    if (unit == '[') in_class = in_class || !is_escaped;
    if (unit == ']' && !is_escaped) in_class = false;
    switch (unit) {
      case '\n': builder.append_ascii("\\n"); break;
      case '\r': builder.append_ascii("\\r"); break;
      case 0x2028: builder.append_ascii("\\u2028"); break;
      case 0x2029: builder.append_ascii("\\u2029"); break;
      case '/':
        builder.append_ascii(is_escaped || !in_class ? "\\/" : "/");
        break;
      default:
        if (is_escaped) builder.append(u'\\');
        builder.append(unit);
    }
  }
  String* result = builder.finish();
  return result == nullptr ? reg_exp->source() : result;
}

String* reg_exp_flags_text(Agent& agent, RegExp* reg_exp) {
  regexp::FlagsText text = regexp::flags_text(reg_exp->flags());
  return agent.atoms().atomize(std::string_view(text.letters, text.length));
}

bool validate_reg_exp_literal(StringView pattern, StringView flags_view, std::string* message) {
  std::optional<regexp::Flags> flags = parse_flags(flags_view);
  if (!flags) {
    *message = "Invalid regular expression flags";
    return false;
  }
  regexp::SyntaxError error = regexp::validate(pattern.to_utf16(), *flags);
  if (!error) return true;
  *message = error.message;
  return false;
}

}  // namespace skein
