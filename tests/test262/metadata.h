// The front matter of a test262 file: https://github.com/tc39/test262/blob/main/INTERPRETING.md
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skein::test262 {

struct Metadata {
  std::vector<std::string> includes;
  std::vector<std::string> features;
  bool only_strict = false;
  bool no_strict = false;
  bool module = false;
  bool raw = false;
  bool async = false;
  bool can_block_is_false = false;
  bool can_block_is_true = false;
  // negative: phase ("parse", "resolution", "runtime") and the error's constructor name.
  std::string negative_phase;
  std::string negative_type;

  bool is_negative() const { return !negative_phase.empty(); }
};

Metadata parse_metadata(std::string_view source);

}  // namespace skein::test262
