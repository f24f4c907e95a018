#include "platform/path.h"

#include <vector>

namespace skein::platform {

bool is_absolute_path(std::string_view path) {
  return !path.empty() && path.front() == '/';
}

std::string normalize_path(std::string_view path) {
  const bool absolute = is_absolute_path(path);
  std::vector<std::string_view> parts;
  size_t position = 0;
  while (position <= path.size()) {
    size_t slash = path.find('/', position);
    size_t end = slash == std::string_view::npos ? path.size() : slash;
    std::string_view part = path.substr(position, end - position);
    position = end + 1;
    if (part.empty() || part == ".") {
      continue;
    }
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!absolute) {
      parts.push_back(part);
    }
  }
  std::string result = absolute ? "/" : "";
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) result += '/';
    result += parts[i];
  }
  return result.empty() ? "." : result;
}

std::string join_path(std::string_view base, std::string_view path) {
  if (is_absolute_path(path) || base.empty()) {
    return normalize_path(path);
  }
  std::string joined(base);
  joined += '/';
  joined += path;
  return normalize_path(joined);
}

namespace {
std::string_view without_trailing_slashes(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') {
    path.remove_suffix(1);
  }
  return path;
}
}  // namespace

std::string directory_name(std::string_view path) {
  path = without_trailing_slashes(path);
  size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return ".";
  }
  std::string_view folder = without_trailing_slashes(path.substr(0, slash));
  return folder.empty() ? "/" : std::string(folder);
}

std::string_view base_name(std::string_view path) {
  path = without_trailing_slashes(path);
  return path.substr(path.rfind('/') + 1);
}

std::string_view extension(std::string_view path) {
  std::string_view name = base_name(path);
  size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 || name == ".." ? std::string_view() : name.substr(dot);
}

namespace {

// What stays as it is in the path of a URL, https://url.spec.whatwg.org/#path-percent-encode-set, less
// the characters that mean something else in a file: URL.
bool needs_escape(unsigned char byte) {
  if (byte <= 0x20 || byte >= 0x7F) {
    return true;
  }
  return std::string_view("\"#%<>?\\^`{|}").find(static_cast<char>(byte)) != std::string_view::npos;
}

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case_prefix) {
  if (text.size() < lower_case_prefix.size()) {
    return false;
  }
  for (size_t i = 0; i < lower_case_prefix.size(); ++i) {
    char unit = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    if (unit != lower_case_prefix[i]) return false;
  }
  return true;
}

}  // namespace

std::string file_url_from_path(std::string_view path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string url = "file://";
  for (unsigned char byte : path) {
    if (needs_escape(byte)) {
      url += '%';
      url += kDigits[byte >> 4];
      url += kDigits[byte & 15];
    } else {
      url += static_cast<char>(byte);
    }
  }
  return url;
}

std::optional<std::string> path_from_file_url(std::string_view url) {
  if (!starts_with_ignoring_case(url, "file:")) {
    return std::nullopt;
  }
  url.remove_prefix(5);
  if (url.substr(0, 2) == "//") {
    url.remove_prefix(2);
    size_t slash = url.find('/');
    std::string_view host = url.substr(0, slash);
    if (slash == std::string_view::npos || (!host.empty() && host != "localhost")) {
      return std::nullopt;
    }
    url.remove_prefix(slash);
  }
  if (!is_absolute_path(url)) {
    return std::nullopt;
  }
  url = url.substr(0, url.find_first_of("?#"));
  std::string path;
  path.reserve(url.size());
  for (size_t i = 0; i < url.size(); ++i) {
    if (url[i] != '%') {
      path += url[i];
      continue;
    }
    if (i + 2 >= url.size()) {
      return std::nullopt;
    }
    int high = hex_value(url[i + 1]);
    int low = hex_value(url[i + 2]);
    int byte = high * 16 + low;
    // A decoded slash would change the path's meaning, a NUL would end it.
    if (high < 0 || low < 0 || byte == '/' || byte == 0) {
      return std::nullopt;
    }
    path += static_cast<char>(byte);
    i += 2;
  }
  return path;
}

}  // namespace skein::platform
