// Names: the interned strings of one parse. Identifiers, property names and the values of string
// literals are all Names; two Names of one table are equal exactly when their pointers are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/arena.h"
#include "core/syntax/source_text.h"

namespace skein::syntax {

// Names that the grammar, the scope analysis or the compiler ask for. They exist in every table
// with these ids. (identifier, text)
#define SKEIN_WELL_KNOWN_NAMES(V)                                                                     \
  /* Reserved words, in the order of their tokens (see token.h). */                                   \
  V(await, "await") V(break_, "break") V(case_, "case") V(catch_, "catch") V(class_, "class")         \
  V(const_, "const") V(continue_, "continue") V(debugger, "debugger") V(default_, "default")          \
  V(delete_, "delete") V(do_, "do") V(else_, "else") V(enum_, "enum") V(export_, "export")            \
  V(extends, "extends") V(false_, "false") V(finally, "finally") V(for_, "for")                       \
  V(function, "function") V(if_, "if") V(import, "import") V(in, "in")                                \
  V(instanceof, "instanceof") V(new_, "new") V(null, "null") V(return_, "return") V(super, "super")   \
  V(switch_, "switch") V(this_, "this") V(throw_, "throw") V(true_, "true") V(try_, "try")            \
  V(typeof_, "typeof") V(var, "var") V(void_, "void") V(while_, "while") V(with, "with")              \
  V(yield, "yield") V(let, "let") V(static_, "static") V(implements, "implements")                    \
  V(interface, "interface") V(package, "package") V(private_, "private")                              \
  V(protected_, "protected") V(public_, "public")                                                     \
  /* Contextual keywords and special names. */                                                        \
  V(async, "async") V(of, "of") V(get, "get") V(set, "set") V(as, "as") V(from, "from")               \
  V(using_, "using") V(defer, "defer") V(source, "source") V(meta, "meta") V(target, "target")        \
  V(accessor, "accessor") V(eval, "eval") V(arguments, "arguments") V(undefined, "undefined")         \
  V(constructor, "constructor") V(prototype, "prototype") V(proto, "__proto__")                       \
  V(private_constructor, "#constructor") V(length, "length") V(name, "name") V(anonymous, "anonymous")\
  V(use_strict, "use strict") V(type, "type") V(empty, "") V(default_export, "*default*")             \
  V(star, "*")                                                                                        \
  /* Pseudo-variables of a function; the text can be no identifier. */                                \
  V(pseudo_this, "%this") V(pseudo_new_target, "%new.target") V(pseudo_home_object, "%home_object")   \
  V(pseudo_function, "%function")

enum class WellKnownName : uint32_t {
#define V(id, text) id,
  SKEIN_WELL_KNOWN_NAMES(V)
#undef V
      kCount
};

class Name {
 public:
  static constexpr uint32_t kNotAnArrayIndex = 0xFFFF'FFFF;

  uint32_t length() const { return length_; }
  // hash_text() of the code units.
  uint32_t hash() const { return hash_; }
  // Counts the table's names from 0, so that a consumer can keep what it made of a name in a vector.
  uint32_t id() const { return id_; }
  bool is(WellKnownName name) const { return id_ == static_cast<uint32_t>(name); }
  // The canonical array index (0 to 2^32 - 2) that this name spells, or kNotAnArrayIndex.
  uint32_t array_index() const { return array_index_; }
  bool is_array_index() const { return array_index_ != kNotAnArrayIndex; }

  // A name is Latin-1 whenever its code units allow it.
  bool is_latin1() const { return is_latin1_; }
  const uint8_t* latin1() const { return reinterpret_cast<const uint8_t*>(this + 1); }
  const char16_t* utf16() const { return reinterpret_cast<const char16_t*>(this + 1); }
  char16_t operator[](size_t index) const { return is_latin1_ ? latin1()[index] : utf16()[index]; }
  TextView view() const { return {is_latin1_, this + 1, length_}; }
  // Lone surrogates as U+FFFD.
  std::string to_utf8() const;
  std::u16string to_utf16() const;
  bool has_lone_surrogate() const;

 private:
  friend class NameTable;
  Name() = default;

  uint32_t length_ = 0;
  uint32_t hash_ = 0;
  uint32_t id_ = 0;
  uint32_t array_index_ = kNotAnArrayIndex;
  bool is_latin1_ = true;
};

class NameTable {
 public:
  explicit NameTable(Arena& arena);
  NameTable(const NameTable&) = delete;
  NameTable& operator=(const NameTable&) = delete;

  const Name* intern(const uint8_t* units, size_t length);
  const Name* intern(const char16_t* units, size_t length);
  const Name* intern(std::string_view latin1) {
    return intern(reinterpret_cast<const uint8_t*>(latin1.data()), latin1.size());
  }
  const Name* intern(std::u16string_view units) { return intern(units.data(), units.size()); }
  const Name* intern(TextView text) {
    return text.is_latin1 ? intern(text.latin1(), text.length) : intern(text.utf16(), text.length);
  }

  const Name* get(WellKnownName name) const { return names_[static_cast<size_t>(name)]; }
  // REQUIRES: id < size()
  const Name* at(uint32_t id) const { return names_[id]; }
  uint32_t size() const { return static_cast<uint32_t>(names_.size()); }

 private:
  template <typename Unit>
  const Name* find_or_add(const Unit* units, size_t length, uint32_t hash);
  void grow();

  Arena& arena_;
  ArenaVector<const Name*> names_;
  const Name** slots_ = nullptr;  // open addressing, a power of two
  uint32_t mask_ = 0;
};

}  // namespace skein::syntax
