// Path strings (POSIX form) and file: URLs. Pure functions: nothing looks at the disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace skein::platform {

bool is_absolute_path(std::string_view path);
// Resolves "." and "..", folds slashes; "" becomes ".". A trailing slash is dropped, but "/" stays.
std::string normalize_path(std::string_view path);
// `path` as seen from the folder `base`; an absolute path stands for itself. Normalized.
std::string join_path(std::string_view base, std::string_view path);
// "/a/b.js" → "/a", "b.js" → ".", "/" → "/".
std::string directory_name(std::string_view path);
// "/a/b.js" → "b.js", "/a/" → "a".
std::string_view base_name(std::string_view path);
// "b.test.js" → ".js"; "" for ".profile" and "b".
std::string_view extension(std::string_view path);

// "/a b.js" → "file:///a%20b.js". REQUIRES: is_absolute_path(path)
std::string file_url_from_path(std::string_view path);
// Decodes "file:///a%20b.js" and "file://localhost/…", dropping query and fragment; nothing for other
// schemes, other hosts, an encoded slash or bad escapes.
std::optional<std::string> path_from_file_url(std::string_view url);

}  // namespace skein::platform
