#include "core/regexp/regexp.h"

#include "core/regexp/compiler.h"

namespace skein::regexp {

CompileResult compile(std::u16string_view pattern, Flags flags, size_t max_bytes) {
  CompileResult result;
  Ast ast;
  result.error = parse(pattern, flags, ParseGoal::kCompile, max_bytes, ast);
  if (!result.error) result.program = compile_program(ast, max_bytes, result.error);
  return result;
}

CompileResult compile(std::span<const uint8_t> latin1_pattern, Flags flags, size_t max_bytes) {
  return compile(std::u16string(latin1_pattern.begin(), latin1_pattern.end()), flags, max_bytes);
}

SyntaxError validate(std::u16string_view pattern, Flags flags) {
  Ast ast;
  return parse(pattern, flags, ParseGoal::kValidate, kDefaultMaxBytes, ast);
}

std::u16string error_message(std::u16string_view pattern, Flags flags, const SyntaxError& error) {
  std::u16string text = u"Invalid regular expression: /";
  text += pattern;
  text += u'/';
  FlagsText letters = flags_text(flags);
  for (char letter : std::string_view(letters.letters, letters.length)) text += static_cast<char16_t>(letter);
  text += u": ";
  for (char letter : std::string_view(error.message)) text += static_cast<char16_t>(letter);
  return text;
}

size_t Program::memory_size() const {
  size_t size = sizeof(Program) + (code.capacity() + data.capacity()) * sizeof(uint32_t);
  for (const GroupName& name : group_names)
    size += sizeof(GroupName) + name.name.capacity() * sizeof(char16_t);
  return size;
}

}  // namespace skein::regexp
