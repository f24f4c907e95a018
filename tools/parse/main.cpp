// skein_parse: runs the parser alone.
//
//   skein_parse [--module] FILE...     parses each file and prints its errors and the time taken
//   skein_parse --test262 DIRECTORY    parses every test below the directory as its metadata says and
//                                      lists those that are accepted or refused by mistake
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/regexp/regexp.h"
#include "core/syntax/parser.h"

namespace {

using namespace skein;

std::u16string to_utf16(syntax::TextView text) {
  std::u16string result;
  for (uint32_t i = 0; i < text.length; ++i) result.push_back(text[i]);
  return result;
}

bool validate_regexp(syntax::TextView pattern, syntax::TextView flags, std::string* message) {
  auto parsed = regexp::parse_flags(to_utf16(flags));
  if (!parsed) return false;
  regexp::SyntaxError error = regexp::validate(to_utf16(pattern), *parsed);
  if (!error) return true;
  *message = error.message;
  return false;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

syntax::ParseResult parse(const std::string& text, const std::string& name, bool is_module) {
  syntax::ParseOptions options;
  options.validate_regexp = validate_regexp;
  auto source = syntax::SourceText::from_utf8(text, name);
  return is_module ? syntax::parse_module(source, options) : syntax::parse_script(source, options);
}

// What a test's metadata block says about parsing.
struct Metadata {
  bool is_module = false;
  bool is_raw = false;
  bool only_strict = false;
  bool no_strict = false;
  bool fails_to_parse = false;
};

Metadata read_metadata(const std::string& text) {
  Metadata result;
  size_t start = text.find("/*---");
  size_t end = text.find("---*/");
  if (start == std::string::npos || end == std::string::npos) return result;
  std::string block = text.substr(start, end - start);
  size_t flags_start = block.find("flags:");
  if (flags_start != std::string::npos) {
    std::string flags = block.substr(flags_start, block.find(']', flags_start) - flags_start);
    result.is_module = flags.find("module") != std::string::npos;
    result.is_raw = flags.find("raw") != std::string::npos;
    result.only_strict = flags.find("onlyStrict") != std::string::npos;
    result.no_strict = flags.find("noStrict") != std::string::npos;
  }
  size_t negative = block.find("negative:");
  result.fails_to_parse =
      negative != std::string::npos && block.find("phase: parse", negative) != std::string::npos;
  return result;
}

struct Tally {
  size_t runs = 0;
  size_t wrong = 0;
};

void check(const std::string& path, const std::string& text, const Metadata& metadata, Tally& tally) {
  ++tally.runs;
  syntax::ParseResult result = parse(text, path, metadata.is_module);
  if (result.ok() != metadata.fails_to_parse) return;
  ++tally.wrong;
  if (result.ok()) {
    std::printf("%s: accepted by mistake\n", path.c_str());
  } else {
    std::printf("%s:%u:%u: %s\n", path.c_str(), result.error.position.line, result.error.position.column,
                result.error.message.c_str());
  }
}

int check_test262(const std::filesystem::path& directory) {
  Tally tally;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    std::string path = entry.path().string();
    if (entry.path().extension() != ".js" || path.find("_FIXTURE") != std::string::npos) continue;
    std::string text = read_file(entry.path());
    Metadata metadata = read_metadata(text);
    if (!metadata.only_strict || metadata.is_raw || metadata.is_module) check(path, text, metadata, tally);
    bool runs_strict = !metadata.no_strict && !metadata.is_raw && !metadata.is_module;
    if (runs_strict) check(path + " (strict)", "\"use strict\";\n" + text, metadata, tally);
  }
  std::printf("%zu of %zu as expected (%.3f%%)\n", tally.runs - tally.wrong, tally.runs,
              100.0 * static_cast<double>(tally.runs - tally.wrong) / static_cast<double>(tally.runs));
  return tally.wrong == 0 ? 0 : 1;
}

int parse_file(const std::string& path, bool is_module) {
  std::string text = read_file(path);
  auto start = std::chrono::steady_clock::now();
  syntax::ParseResult result = parse(text, path, is_module);
  std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  if (!result.ok()) {
    std::printf("%s:%u:%u: %s\n", path.c_str(), result.error.position.line, result.error.position.column,
                result.error.message.c_str());
    return 1;
  }
  std::printf("%s: %.2f ms, %.1f MB/s, %zu KB of tree, %zu functions\n", path.c_str(), taken.count() * 1e3,
              static_cast<double>(text.size()) / taken.count() / 1e6, result.program->arena.bytes() / 1024,
              result.program->functions.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 2 && arguments[0] == "--test262") return check_test262(arguments[1]);
  bool is_module = !arguments.empty() && arguments[0] == "--module";
  int status = arguments.empty() ? 2 : 0;
  for (size_t i = is_module ? 1 : 0; i < arguments.size(); ++i) status |= parse_file(arguments[i], is_module);
  return status;
}
