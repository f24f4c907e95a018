#include "tests/test262/metadata.h"

namespace skein::test262 {

namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// "[a, b]" or "a, b"
void add_list(std::string_view text, std::vector<std::string>& list) {
  if (text.starts_with('[')) text.remove_prefix(1);
  if (text.ends_with(']')) text.remove_suffix(1);
  while (!text.empty()) {
    size_t comma = text.find(',');
    std::string_view item = trim(text.substr(0, comma));
    if (!item.empty()) list.emplace_back(item);
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
}

void apply_flag(const std::string& flag, Metadata& metadata) {
  if (flag == "onlyStrict") metadata.only_strict = true;
  else if (flag == "noStrict") metadata.no_strict = true;
  else if (flag == "module") metadata.module = true;
  else if (flag == "raw") metadata.raw = true;
  else if (flag == "async") metadata.async = true;
  else if (flag == "CanBlockIsFalse") metadata.can_block_is_false = true;
  else if (flag == "CanBlockIsTrue") metadata.can_block_is_true = true;
}

}  // namespace

// The front matter is a small and regular part of YAML: keys at the start of a line, lists inline or
// one item a line, one nested map (negative).
Metadata parse_metadata(std::string_view source) {
  Metadata metadata;
  size_t start = source.find("/*---"), end = source.find("---*/");
  if (start == std::string_view::npos || end == std::string_view::npos) return metadata;
  std::string_view block = source.substr(start + 5, end - start - 5);
  std::string section;
  std::vector<std::string> flags;
  while (!block.empty()) {
    size_t newline = block.find_first_of("\n\r");
    std::string_view line = block.substr(0, newline);
    block.remove_prefix(newline == std::string_view::npos ? block.size() : newline + 1);
    std::string_view content = trim(line);
    if (content.empty()) continue;
    const bool indented = line.front() == ' ' || line.front() == '\t';
    size_t colon = content.find(':');
    std::vector<std::string>* list = section == "includes" ? &metadata.includes
                                     : section == "features" ? &metadata.features
                                     : section == "flags"    ? &flags
                                                             : nullptr;
    if (content.starts_with("- ") && (indented || list != nullptr)) {
      if (list != nullptr) list->emplace_back(trim(content.substr(2)));
      continue;
    }
    if (indented) {
      if (section == "negative" && colon != std::string_view::npos) {
        std::string value(trim(content.substr(colon + 1)));
        if (content.starts_with("phase:")) metadata.negative_phase = value;
        if (content.starts_with("type:")) metadata.negative_type = value;
      } else if (list != nullptr) {
        add_list(content, *list);
      }
      continue;
    }
    if (colon == std::string_view::npos) continue;
    section = std::string(content.substr(0, colon));
    std::string_view value = trim(content.substr(colon + 1));
    if (section == "includes") add_list(value, metadata.includes);
    else if (section == "features") add_list(value, metadata.features);
    else if (section == "flags") add_list(value, flags);
  }
  for (const std::string& flag : flags) apply_flag(flag, metadata);
  return metadata;
}

}  // namespace skein::test262
