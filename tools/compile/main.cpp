// skein_compile: runs parser and compiler.
//
//   skein_compile [--module|--eval] [--positions] FILE...   prints the bytecode of each file
//   skein_compile --verify DIRECTORY                        compiles every .js below the directory, as
//                                                           script and as module, and verifies the result
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/bytecode/disassembler.h"
#include "core/bytecode/verifier.h"
#include "core/compiler/compiler.h"
#include "core/syntax/parser.h"

namespace {

using namespace skein;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

struct Options {
  syntax::ProgramKind kind = syntax::ProgramKind::kScript;
  bool with_positions = false;
};

syntax::ParseResult parse(const std::string& text, const std::string& name, syntax::ProgramKind kind) {
  auto source = syntax::SourceText::from_utf8(text, name);
  if (kind == syntax::ProgramKind::kModule) return syntax::parse_module(source);
  if (kind == syntax::ProgramKind::kEval) return syntax::parse_eval(source);
  return syntax::parse_script(source);
}

int print_file(const std::string& path, const Options& options) {
  syntax::ParseResult result = parse(read_file(path), path, options.kind);
  if (!result.ok()) {
    std::printf("%s:%u:%u: %s\n", path.c_str(), result.error.position.line, result.error.position.column,
                result.error.message.c_str());
    return 1;
  }
  Ref<const bytecode::Executable> code = compiler::compile(*result.program);
  bytecode::DisassemblyOptions disassembly;
  disassembly.with_positions = options.with_positions;
  std::printf("%s", bytecode::disassemble(*code, disassembly).c_str());
  std::string problem = bytecode::verify(*code);
  if (!problem.empty()) std::printf("NOT VALID: %s\n", problem.c_str());
  return problem.empty() ? 0 : 1;
}

struct Tally {
  size_t compiled = 0;
  size_t wrong = 0;
  size_t words = 0;
  double seconds = 0;
};

void verify(const std::string& path, const std::string& text, syntax::ProgramKind kind, Tally& tally) {
  syntax::ParseResult result = parse(text, path, kind);
  if (!result.ok()) return;
  auto start = std::chrono::steady_clock::now();
  Ref<const bytecode::Executable> code = compiler::compile(*result.program);
  tally.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ++tally.compiled;
  tally.words += code->code.size();
  std::string problem = bytecode::verify(*code);
  if (problem.empty()) return;
  ++tally.wrong;
  std::printf("%s: %s\n", path.c_str(), problem.c_str());
}

int verify_directory(const std::string& directory) {
  Tally tally;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.path().extension() != ".js") continue;
    std::string path = entry.path().string();
    std::string text = read_file(entry.path());
    verify(path, text, syntax::ProgramKind::kScript, tally);
    verify(path + " (module)", text, syntax::ProgramKind::kModule, tally);
    verify(path + " (eval)", text, syntax::ProgramKind::kEval, tally);
  }
  std::printf("%zu programs compiled in %.2f s, %zu words at top level, %zu not valid\n", tally.compiled,
              tally.seconds, tally.words, tally.wrong);
  return tally.wrong == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument == "--verify" && i + 1 < argc) return verify_directory(argv[i + 1]);
    if (argument == "--module") {
      options.kind = syntax::ProgramKind::kModule;
    } else if (argument == "--eval") {
      options.kind = syntax::ProgramKind::kEval;
    } else if (argument == "--positions") {
      options.with_positions = true;
    } else {
      files.push_back(argument);
    }
  }
  int status = files.empty() ? 2 : 0;
  for (const std::string& file : files) status |= print_file(file, options);
  return status;
}
