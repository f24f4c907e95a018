// Executable: the immutable code of one function, script, module or eval, and all it refers to.
//
// An Executable holds no heap values and is shared between threads and agents by reference count. What
// an agent needs beside it (atoms for the strings, feedback, template objects) it keeps in tables of
// its own, indexed by the same numbers.
//
// Frame layout. A frame is a window of consecutive registers on the agent's register stack:
//
//   r0                     the callee (undefined in scripts, modules and evals)
//   r1                     this
//   r2 … r(2+P-1)          the parameters, P = parameter_count
//   r(2+P) … r(N-1)        locals and temporaries, N = register_count
//
// A call instruction names a window at the top of the caller's live registers that already has this
// layout: callee, this, argument 0, argument 1, … . The new frame begins at that window; nothing is copied:
//   - fewer arguments than P: the missing ones are undefined like every other register from
//     2 + argument_count to N - 1, all of which the callee's frame sets to undefined on entry (the
//     collector scans every register of every frame);
//   - more, and needs_argument_list (the code has create_arguments, create_mapped_arguments,
//     create_rest or construct_forward): the frame begins above the actual arguments instead, with
//     callee, this and the first P of them copied up, so that the frame can find them all below itself
//     until it is left;
//   - more otherwise: they are dropped, the locals overwrite them.
// Beside its registers a frame has: the pc, the Executable, new_target, argument_count, environment
// (fixed at entry, see opcodes.def), and the caller's register for the result.
//
// this on entry (r1). Functions: the caller's this argument as it is; sloppy code that needs it
// coerces it by coerce_this. [[Construct]] of a base constructor: the new object
// (OrdinaryCreateFromConstructor). Of a derived constructor: empty. Scripts: the global this value;
// modules: undefined. Evals and arrow functions never read r1: they reach `this` through a variable.
// Derived constructors keep `this` in r1 or an environment slot; the code returns it explicitly.
//
// Exceptions. The first entry of `handlers` whose range holds the pc of the throwing instruction (its
// first word) catches: the exception is written to exception_register and control goes to
// handler_pc. Inner ranges come before outer ones. Environments are ordinary registers, so there is nothing
// to restore.
//
// Generators. All registers are copied out when the frame suspends and in when it resumes; see
// initial_yield, yield and await.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ref_counted.h"

namespace skein::syntax {
class SourceText;
struct ScopeInfo;
}  // namespace skein::syntax

namespace skein::bytecode {

using Register = uint32_t;
inline constexpr Register kCalleeRegister = 0;
inline constexpr Register kThisRegister = 1;
inline constexpr Register kFirstParameterRegister = 2;

using StringIndex = uint32_t;
inline constexpr uint32_t kNoIndex = UINT32_MAX;

// What throw_error makes.
enum class ErrorKind : uint8_t { kError, kReferenceError, kSyntaxError, kTypeError, kRangeError };

enum class CodeKind : uint8_t { kFunction, kScript, kModule, kEval };

// How a closure of the function behaves.
enum class FunctionKind : uint8_t {
  kNormal,  // callable and constructor, with a prototype property
  kArrow,
  kMethod,  // also class field initializers and static blocks
  kGetter,
  kSetter,
  kBaseConstructor,
  kDerivedConstructor,
};

// The strings of an Executable: property names, variable names, string literals.
class StringTable {
 public:
  struct Entry {
    uint32_t offset;  // in bytes, into the text
    uint32_t length;  // in code units
    bool is_latin1;
  };

  uint32_t size() const { return static_cast<uint32_t>(entries_.size()); }
  bool is_latin1(StringIndex index) const { return entries_[index].is_latin1; }
  uint32_t length(StringIndex index) const { return entries_[index].length; }
  // REQUIRES: is_latin1(index)
  std::span<const uint8_t> latin1(StringIndex index) const {
    return {text_.data() + entries_[index].offset, entries_[index].length};
  }
  // REQUIRES: !is_latin1(index)
  std::span<const char16_t> utf16(StringIndex index) const {
    return {reinterpret_cast<const char16_t*>(text_.data() + entries_[index].offset), entries_[index].length};
  }
  // For disassembly and error messages; lone surrogates as U+FFFD.
  std::string to_utf8(StringIndex index) const;
  size_t byte_size() const { return entries_.capacity() * sizeof(Entry) + text_.capacity(); }

  // Used while building; the table does not look for duplicates.
  StringIndex add_latin1(std::span<const uint8_t> units);
  StringIndex add_utf16(std::span<const char16_t> units);

 private:
  std::vector<Entry> entries_;
  std::vector<uint8_t> text_;
};

struct RegExpConstant {
  StringIndex pattern;
  StringIndex flags;
};

struct TemplateObject {
  struct Element {
    StringIndex cooked;  // kNoIndex is undefined
    StringIndex raw;
  };
  std::vector<Element> elements;
};

// The keys of an object literal, for create_object_literal.
struct LiteralShape {
  std::vector<StringIndex> keys;
};

enum class BindingKind : uint8_t {
  kVar,             // also functions and parameters: mutable, no dead zone
  kLet,             // also classes
  kConst,           // also using; assignment throws TypeError
  kFunctionName,    // immutable: assignment throws in strict code, does nothing elsewhere
  kCatchParameter,  // does not conflict with a var of a sloppy eval
  kImport,          // the slot holds a reference to another module's binding
  kPrivateName,     // not a name that code can look up
  kInternal,        // `this` and the like
};

// A scope that materialises as an environment. Always kept alive by the Executable that creates it.
struct ScopeDescriptor {
  struct Binding {
    StringIndex name;
    uint32_t slot;
    BindingKind kind;
    bool is_strict;  // assignment failures throw even from sloppy code
  };

  uint32_t slot_count = 0;
  // Names are looked up here at run time, so `bindings` is complete; otherwise it only serves debuggers.
  bool exposes_names = false;
  // Vars of a sloppy direct eval inside land here, in a table beside the slots.
  bool is_variable_scope = false;
  bool is_extensible = false;
  // The parameters of a function whose body has its own scope: an eval in a parameter expression may
  // not declare a var with the name of any binding here (SyntaxError).
  bool is_parameter_scope = false;
  std::vector<Binding> bindings;
};

// A call that may be a direct eval.
struct EvalSite {
  std::shared_ptr<const syntax::ScopeInfo> scope;  // for the parser
  bool is_strict = false;
};

// Names for GlobalDeclarationInstantiation and EvalDeclarationInstantiation, in the order of the spec.
struct Declarations {
  struct Lexical {
    StringIndex name;
    bool is_constant;
  };
  std::vector<Lexical> lexical;
  std::vector<StringIndex> functions;  // functionsToInitialize
  std::vector<StringIndex> vars;       // declaredVarNames
};

struct JumpTable {
  std::vector<uint32_t> targets;  // absolute, in words
};

struct Handler {
  uint32_t start;  // in words, [start, end)
  uint32_t end;
  uint32_t handler_pc;
  Register exception_register;
};

// What a feedback slot is for; an agent sizes and interprets its own array by these.
enum class FeedbackKind : uint8_t {
  kGetProperty,
  kPutProperty,
  kGetElement,
  kPutElement,
  kGetMethod,
  kGetGlobal,
  kPutGlobal,
  kGetPrivate,
  kPutPrivate,
  kDefineField,
};

// Where an instruction comes from. `position` is what a stack trace shows; [range_start, range_end) is
// the expression that error messages quote: the callee of a call or construct, the object of a
// property access, the operand of an iteration, the identifier of a name lookup. "a.b.c is not a function" is
// made from it.
struct SourcePosition {
  uint32_t position = 0;
  uint32_t range_start = 0;
  uint32_t range_end = 0;  // equal to range_start: no range
};

// pc -> SourcePosition, delta-encoded; found by walking from the start.
class PositionTable {
 public:
  // REQUIRES: calls come in order of pc.
  void add(uint32_t pc, SourcePosition position);
  // The entry for the instruction at pc: the last one that does not lie behind it.
  SourcePosition find(uint32_t pc) const;
  size_t byte_size() const { return bytes_.capacity(); }

 private:
  std::vector<uint8_t> bytes_;
  uint32_t last_pc_ = 0;
  uint32_t last_position_ = 0;
};

struct ModuleMetadata {
  enum class Phase : uint8_t { kEvaluation, kDefer, kSource };
  struct Request {
    StringIndex specifier;
    Phase phase;
    std::vector<std::pair<StringIndex, StringIndex>> attributes;
    uint32_t position;
  };
  struct Import {
    uint32_t request;
    StringIndex import_name;  // kNoIndex: the namespace object (or the source, by the request's phase)
    StringIndex local_name;
    // Slot of the module environment: a binding reference, or for a namespace the object itself.
    uint32_t slot;  // kNoIndex: never referenced
    uint32_t position;
  };
  struct LocalExport {
    StringIndex export_name;
    StringIndex local_name;
    uint32_t slot;  // of the module environment; kNoIndex only in error
  };
  struct IndirectExport {
    uint32_t request;
    StringIndex import_name;  // kNoIndex: export * as name
    StringIndex export_name;
    uint32_t position;
  };
  struct StarExport {
    uint32_t request;
  };
  // Instantiated by InitializeEnvironment, when the module is linked: a closure of functions[function]
  // over the module environment goes into the slot.
  struct HoistedFunction {
    uint32_t function;
    uint32_t slot;
  };

  std::vector<Request> requests;
  std::vector<Import> imports;
  std::vector<LocalExport> local_exports;
  std::vector<IndirectExport> indirect_exports;
  std::vector<StarExport> star_exports;
  std::vector<HoistedFunction> functions;
  std::vector<uint32_t> var_slots;  // set to undefined when linked; all others start empty
  uint32_t scope = 0;               // the module environment's ScopeDescriptor
  bool has_top_level_await = false;
};

class Executable final : public RefCounted<Executable> {
 public:
  // The code and its tables.
  std::vector<uint32_t> code;
  StringTable strings;
  std::vector<double> numbers;
  std::vector<RegExpConstant> regexps;
  std::vector<TemplateObject> templates;
  std::vector<Ref<const Executable>> functions;
  std::vector<LiteralShape> shapes;
  std::vector<ScopeDescriptor> scopes;
  std::vector<EvalSite> eval_sites;
  std::vector<Declarations> declarations;
  std::vector<JumpTable> jump_tables;
  std::vector<std::vector<int32_t>> argument_maps;
  std::vector<FeedbackKind> feedback;
  std::vector<Handler> handlers;
  PositionTable positions;
  std::unique_ptr<const ModuleMetadata> module;  // of modules only

  uint32_t register_count = 0;
  uint32_t parameter_count = 0;  // registers, not `length`

  // The function.
  CodeKind code_kind = CodeKind::kFunction;
  FunctionKind function_kind = FunctionKind::kNormal;
  bool is_async = false;  // also a module with top-level await
  bool is_generator = false;
  bool is_strict = false;
  bool needs_argument_list = false;
  bool has_simple_parameters = true;
  bool contains_direct_eval = false;
  bool is_class_constructor = false;  // [[Call]] throws
  bool is_class_initializer = false;  // instance fields or static elements
  StringIndex name = kNoIndex;        // of the closure; kNoIndex: ""
  uint32_t length = 0;                // the `length` property

  // Where toString() finds the text; for a class constructor that of the class. Null for synthesised code.
  std::shared_ptr<const syntax::SourceText> source;
  uint32_t source_start = 0;
  uint32_t source_end = 0;

  bool is_constructor() const {
    return is_class_constructor || (function_kind == FunctionKind::kNormal && !is_async && !is_generator);
  }
  bool is_arrow() const { return function_kind == FunctionKind::kArrow; }

  Executable() = default;
  ~Executable();

  // About how much memory this and the functions inside take, the source text aside.
  size_t byte_size() const;
};

}  // namespace skein::bytecode
