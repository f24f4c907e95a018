// libFuzzer target for the parser: the first byte chooses the goal, the rest is the text. Every tree
// that comes out is walked.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/syntax/dump.h"
#include "core/syntax/parser.h"

using namespace skein::syntax;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto source = SourceText::from_utf8(text, "fuzz.js");
  ParseOptions options;
  options.max_depth = 200;
  ParseResult result;
  switch (data[0] % 4) {
    case 0:
      result = parse_script(source, options);
      break;
    case 1:
      result = parse_module(source, options);
      break;
    case 2:
      result = parse_eval(source, options);
      break;
    default: {
      size_t half = text.size() / 2;
      std::u16string units(text.begin(), text.end());
      result = parse_function_constructor(DynamicFunctionKind::kAsyncGenerator, units.substr(0, half),
                                          units.substr(half), "fuzz.js", options);
      break;
    }
  }
  if (!result.ok()) return 0;
  dump(*result.program);
  for (const FunctionNode* function : result.program->functions) {
    dump(*function->scope);
    make_scope_info(*function->body_scope, nullptr);
  }
  return 0;
}
