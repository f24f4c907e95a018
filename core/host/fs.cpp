// The synchronous core of https://nodejs.org/api/fs.html
#include "platform/file.h"

#include <cstring>

#include "core/builtins/support.h"
#include "core/host/worker_scope.h"
#include "core/runtime/array_buffer.h"
#include "core/threading/shared_access.h"
#include "platform/path.h"

namespace skein {

namespace {

Completion<std::string> path_argument(Agent& agent, Value value) {
  std::string path = TRY(to_string(agent, value))->to_utf8();
  if (path.starts_with("file:")) return platform::path_from_file_url(path).value_or(path);
  return path;
}

Thrown throw_file_error(Agent& agent, const platform::Error& failure, const char* call, const std::string& path) {
  ErrorObject* error = make_error(agent, ErrorType::kError, std::string(failure.name()) + ": " + failure.message() + ", " + call + " '" + path + "'");
  define_value(agent, error, "code", new_string_from_utf8(agent.heap(), failure.name()), kDefaultAttributes);
  define_value(agent, error, "syscall", new_string_from_utf8(agent.heap(), call), kDefaultAttributes);
  define_value(agent, error, "path", new_string_from_utf8(agent.heap(), path), kDefaultAttributes);
  return agent.throw_value(error);
}

// An encoding, or options that have one.
Completion<bool> wants_text(Agent& agent, Value options) {
  Value encoding = options;
  if (options.is_object()) encoding = TRY(get(agent, options.as_object(), resolve_key(agent, "encoding")));
  if (encoding.is_nullish()) return false;
  std::string name = TRY(to_string(agent, encoding))->to_utf8();
  if (name != "utf8" && name != "utf-8") return throw_type_error(agent, {"The encoding '", name, "' is not supported"});
  return true;
}

Completion<Value> read_file_sync(Agent& agent, const CallInfo& info) {
  std::string path = TRY(path_argument(agent, info[0]));
  bool as_text = TRY(wants_text(agent, info[1]));
  auto file = platform::read_file(path);
  if (!file.ok()) return throw_file_error(agent, file.error(), "open", path);
  const std::string& bytes = file.value();
  if (as_text) {
    String* text = new_string_from_utf8(agent.heap(), bytes);
    return text == nullptr ? Completion<Value>(throw_invalid_string_length(agent)) : Completion<Value>(Value(text));
  }
  ArrayBuffer* buffer = make_array_buffer(agent, bytes.size());
  if (buffer == nullptr) return throw_out_of_memory(agent);
  if (!bytes.empty()) std::memcpy(buffer->data(), bytes.data(), bytes.size());
  return Value(make_typed_array(agent, ElementType::kUint8, buffer, 0, bytes.size()));
}

// The bytes of a string (as UTF-8), buffer or view.
Completion<std::string> bytes_argument(Agent& agent, Value value) {
  const ArrayBuffer* buffer = nullptr;
  size_t offset = 0, length = 0;
  if (auto* array = value.as_if<TypedArray>()) {
    buffer = array->buffer();
    offset = array->byte_offset_slot();
    length = array->length() * element_size(array->element_type());
  } else if (auto* view = value.as_if<DataView>(); view != nullptr && !view->is_out_of_bounds()) {
    buffer = view->buffer();
    offset = view->byte_offset_slot();
    length = view->byte_length();
  } else if (value.is_kind(CellKind::kArrayBuffer) || value.is_kind(CellKind::kSharedArrayBuffer)) {
    buffer = static_cast<ArrayBuffer*>(value.as_object());
    length = buffer->byte_length();
  } else {
    return TRY(to_string(agent, value))->to_utf8();
  }
  std::string bytes(length, '\0');
  if (length == 0) return bytes;
  if (buffer->is_shared()) threading::SharedAccess::copy_from(bytes.data(), buffer->data() + offset, length);
  else std::memcpy(bytes.data(), buffer->data() + offset, length);
  return bytes;
}

Completion<Value> write(Agent& agent, const CallInfo& info, platform::WriteMode mode) {
  Root<Value> data(agent, info[1]);
  std::string path = TRY(path_argument(agent, info[0]));
  std::string bytes = TRY(bytes_argument(agent, data));
  platform::Error error = platform::write_file(path, bytes, mode);
  if (error) return throw_file_error(agent, error, "open", path);
  return Value::undefined();
}
Completion<Value> write_file_sync(Agent& agent, const CallInfo& info) { return write(agent, info, platform::WriteMode::kReplace); }
Completion<Value> append_file_sync(Agent& agent, const CallInfo& info) { return write(agent, info, platform::WriteMode::kAppend); }

Completion<Value> exists_sync(Agent& agent, const CallInfo& info) {
  return Value::boolean(platform::file_exists(TRY(path_argument(agent, info[0]))));
}
Completion<Value> unlink_sync(Agent& agent, const CallInfo& info) {
  std::string path = TRY(path_argument(agent, info[0]));
  platform::Error error = platform::remove_file(path);
  if (error) return throw_file_error(agent, error, "unlink", path);
  return Value::undefined();
}
Completion<Value> mkdir_sync(Agent& agent, const CallInfo& info) {
  std::string path = TRY(path_argument(agent, info[0]));
  platform::Error error = platform::make_directory(path);
  if (error) return throw_file_error(agent, error, "mkdir", path);
  return Value::undefined();
}
Completion<Value> readdir_sync(Agent& agent, const CallInfo& info) {
  std::string path = TRY(path_argument(agent, info[0]));
  auto names = platform::list_directory(path);
  if (!names.ok()) return throw_file_error(agent, names.error(), "scandir", path);
  Root<Object*> list(agent, make_array(agent));
  double index = 0;
  for (const std::string& name : names.value()) TRY(create_element(agent, list, index++, new_string_from_utf8(agent.heap(), name)));
  return Value(list.get());
}

constexpr PropertySpec kFs[] = {
    PropertySpec::function_with("readFileSync", read_file_sync, 2, kDefaultAttributes),
    PropertySpec::function_with("writeFileSync", write_file_sync, 2, kDefaultAttributes),
    PropertySpec::function_with("appendFileSync", append_file_sync, 2, kDefaultAttributes),
    PropertySpec::function_with("existsSync", exists_sync, 1, kDefaultAttributes),
    PropertySpec::function_with("unlinkSync", unlink_sync, 1, kDefaultAttributes),
    PropertySpec::function_with("mkdirSync", mkdir_sync, 1, kDefaultAttributes),
    PropertySpec::function_with("readdirSync", readdir_sync, 1, kDefaultAttributes),
};

}  // namespace

Completion<Object*> make_fs_module(Agent& agent) {
  Object* fs = make_object(agent);
  define_properties(agent, *agent.realm(), fs, kFs);
  return fs;
}

}  // namespace skein
