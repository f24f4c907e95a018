// From text to code: scripts, evals, dynamic functions, modules.
#pragma once

#include "core/interpreter/code.h"
#include "core/runtime/operations.h"
#include "core/syntax/parser.h"

namespace skein {

// Options with the agent's limits and hooks in.
syntax::ParseOptions parse_options(Agent& agent);
// Throws what a failed parse means. REQUIRES: !result.ok()
Thrown throw_parse_error(Agent& agent, const syntax::ParseResult& result, const syntax::SourceText& source);
// Makes a place in a source the innermost frame of the error's stack.
void put_frame_first(Agent& agent, ErrorObject* error, const syntax::SourceText& source, syntax::LineColumn position);
// The code of a successful parse.
Code* compile_program(Agent& agent, Realm* realm, const syntax::ParseResult& result, gc::Cell* script_or_module);
std::shared_ptr<const syntax::SourceText> source_of(String* string, std::string name);

// ScriptHooks
Completion<Value> indirect_eval(Agent& agent, Realm* realm, String* source);
Completion<Value> shadow_realm_eval(Agent& agent, Realm* eval_realm, String* source, bool* has_begun);
Completion<Object*> import_into_realm(Agent& agent, Realm* realm, String* specifier);
Value active_referrer(Agent& agent);
Completion<Object*> create_dynamic_function(Agent& agent, Realm* realm, DynamicFunctionKind kind, String* parameters,
                                            String* body);
Completion<Value> function_source_text(Agent& agent, Object* closure);
// Where `value`, no Error, was thrown, if it was the last one.
bool thrown_place(Agent& agent, Value value, StackFrame& place);
// "eval at f (file:1:2), NAME": of code that the innermost function makes from text.
std::string code_origin(Agent& agent, const std::string& name);
// A function on the stack, as profiles see it.
struct ActiveFunction {
  const bytecode::Executable* executable;  // null: a native function
  Object* callee;                          // null: none, of a program
  uint32_t offset;                         // of the instruction under way
  // The same for each call of the function, whatever object it is now.
  const void* identity() const;
};
// The innermost first.
void active_functions(Agent& agent, std::vector<ActiveFunction>& functions);
std::string name_of(Agent& agent, const ActiveFunction& active);
uint32_t line_of(const ActiveFunction& active);  // from 1
void capture_stack(Agent& agent, size_t limit, Object* skip_until, std::vector<StackFrame>& frames);

}  // namespace skein
