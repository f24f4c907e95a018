#include "core/host/error_report.h"

#include <algorithm>

#include "core/builtins/promise.h"
#include "core/host/agent_host.h"
#include "core/host/inspect.h"
#include "core/runtime/operations.h"
#include "platform/file.h"
#include "platform/path.h"

namespace skein {

namespace {

std::string read_source(Agent& agent, const std::string& name) {
  const auto& unnamed = AgentHost::of(agent).unnamed_sources;
  if (auto at = unnamed.find(name); at != unnamed.end()) return at->second;
  std::string path = name;
  if (name.starts_with("file://")) path = platform::path_from_file_url(name).value_or("");
  if (path.empty() || path[0] == '[') return {};
  constexpr size_t kLargestShown = 16 << 20;
  auto file = platform::read_file(path, kLargestShown);
  return file.ok() ? std::move(file.value()) : std::string();
}

// The line with a caret under the column (both from 1), tabs kept so that the two align.
std::string excerpt(const std::string& source, uint32_t line, uint32_t column) {
  size_t start = 0;
  for (uint32_t i = 1; i < line; ++i) {
    start = source.find('\n', start);
    if (start == std::string::npos) return {};
    ++start;
  }
  size_t end = std::min(source.find('\n', start), source.size());
  std::string text = source.substr(start, end - start);
  if (!text.empty() && text.back() == '\r') text.pop_back();
  constexpr size_t kLongestShown = 240;
  if (text.size() > kLongestShown) {
    // Far into a long line: a window around the column.
    size_t from = column > kLongestShown / 2 ? column - kLongestShown / 2 : 0;
    from = std::min(from, text.size());
    text = text.substr(from, kLongestShown);
    column -= static_cast<uint32_t>(from);
  }
  std::string caret;
  size_t columns = 1;
  for (size_t i = 0; i < text.size() && columns < column; ++i) {
    if ((text[i] & 0xC0) == 0x80) continue;
    caret += text[i] == '\t' ? '\t' : ' ';
    ++columns;
  }
  return text + "\n" + caret + "^\n";
}

}  // namespace

namespace {

// "file:1:2", and the line with a caret where there is a source to show.
std::string describe_place(Agent& agent, const StackFrame& frame) {
  std::string text = frame.source + ":" + std::to_string(frame.line) + ":" + std::to_string(frame.column) + "\n";
  std::string source = read_source(agent, frame.source);
  std::string line = source.empty() ? "" : excerpt(source, frame.line, frame.column);
  return line.empty() ? text : text + line + "\n";
}

}  // namespace

std::string describe_uncaught(Agent& agent, Value exception, bool is_rejection, bool colors) {
  std::string text;
  if (auto* error = exception.as_if<ErrorObject>()) {
    if (error->frames != nullptr) {
      for (const StackFrame& frame : *error->frames) {
        if (frame.line == 0) continue;
        text += describe_place(agent, frame);
        break;
      }
    }
    InspectOptions options;
    options.colors = colors;
    text += inspect(agent, exception, options) + "\n";
    return text;
  }
  InspectOptions options;
  options.colors = colors;
  // A rejection with a primitive need not be what was thrown.
  StackFrame place;
  const bool is_known = exception.is_object() || !is_rejection;
  if (is_known && agent.script->thrown_place(agent, exception, place)) text = describe_place(agent, place);
  text += is_rejection ? "Uncaught promise rejection: " : "Uncaught ";
  return text + inspect(agent, exception, options) + "\n";
}

Value rejection_reason(Object* promise) { return static_cast<Promise*>(promise)->result(); }

}  // namespace skein
