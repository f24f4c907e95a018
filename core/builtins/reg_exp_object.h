// https://tc39.es/ecma262/#sec-regexp-regular-expression-objects – RegExp objects, and what the rest of
// the engine needs of them.
#pragma once

#include <memory>
#include <string>

#include "core/regexp/flags.h"
#include "core/runtime/operations.h"
#include "core/strings/string.h"

namespace skein {

namespace regexp {
struct Program;
}

// A compiled pattern on the heap, shared by all RegExp objects of an agent with the same source and flags.
class CompiledRegExp final : public gc::Cell {
 public:
  static constexpr CellKind kKind = CellKind::kCompiledRegExp;
  static constexpr const char* kKindName = "CompiledRegExp";
  // `group_names` is null where no group has a name; else the names in the order of the pattern, each
  // once, and behind each the list of its groups' numbers (a ValueArray).
  CompiledRegExp(std::shared_ptr<const regexp::Program> program, ValueArray* group_names, size_t charged)
      : gc::Cell(static_cast<uint8_t>(kKind)), program_(std::move(program)), group_names_(group_names), charged_(charged) {}

  const regexp::Program& program() const { return *program_; }
  ValueArray* group_names() const { return group_names_; }

  size_t cell_size() const { return sizeof(CompiledRegExp); }
  void trace(gc::Visitor& visitor) { visitor.visit(group_names_); }
  void finalize(gc::Heap& heap);

 private:
  std::shared_ptr<const regexp::Program> program_;
  gc::Member<ValueArray> group_names_;
  size_t charged_;  // bytes outside the heap
};

class RegExp final : public Object {
 public:
  static constexpr CellKind kKind = CellKind::kRegExp;
  static constexpr const char* kKindName = "RegExp";
  static constexpr uint32_t kLastIndexSlot = 0;  // inline
  explicit RegExp(Shape* shape) : Object(shape, kKind) {}

  String* source() const { return source_; }             // [[OriginalSource]], as given
  regexp::Flags flags() const { return flags_; }          // [[OriginalFlags]]
  CompiledRegExp* compiled() const { return compiled_; }  // [[RegExpMatcher]]; null until initialised
  Realm* realm() const { return realm_; }                 // [[Realm]]
  bool has_legacy_features() const { return legacy_features_; }  // [[LegacyFeaturesEnabled]]

  Value last_index() const { return slot(kLastIndexSlot); }

  void initialize(String* source, regexp::Flags flags, CompiledRegExp* compiled) {
    source_.set(this, source);
    flags_ = flags;
    compiled_.set(this, compiled);
  }
  void set_realm(Realm* realm, bool legacy_features) {
    realm_.set(this, realm);
    legacy_features_ = legacy_features;
  }

  size_t cell_size() const { return sizeof(RegExp) + shape()->inline_capacity() * sizeof(Value); }
  void trace(gc::Visitor& visitor) {
    trace_properties(visitor);
    visitor.visit(source_);
    visitor.visit(compiled_);
    visitor.visit(realm_);
  }

 private:
  gc::Member<String> source_;
  gc::Member<CompiledRegExp> compiled_;
  gc::Member<Realm> realm_;
  regexp::Flags flags_;
  bool legacy_features_ = false;
};

// https://tc39.es/ecma262/#sec-regexpcreate; runs script only when an argument is an object.
Completion<RegExp*> reg_exp_create(Agent& agent, Value pattern, Value flags);
// A RegExp of %RegExp.prototype% from texts; throws the SyntaxError of either. No script.
Completion<RegExp*> make_reg_exp(Agent& agent, String* pattern, String* flags);
// https://tc39.es/ecma262/#sec-escaperegexppattern: what the source accessor gives.
String* reg_exp_source_text(Agent& agent, RegExp* reg_exp);
// The flags as text, in alphabetical order.
String* reg_exp_flags_text(Agent& agent, RegExp* reg_exp);

// What is wrong, without the pattern: the parser's early errors of literals (syntax::ParseOptions::validate_regexp, RegExpHooks::validate).
// May be called on any thread. REQUIRES: the flags are valid.
bool validate_reg_exp_literal(StringView pattern, StringView flags, std::string* message);

// https://tc39.es/ecma262/#sec-regexpexec: an Array or null.
Completion<Value> reg_exp_exec(Agent& agent, Object* reg_exp, String* string);

}  // namespace skein
