#include "core/host/module_loader.h"

#include <algorithm>

#include "core/interpreter/interpreter.h"
#include "core/interpreter/module.h"
#include "core/runtime/array_buffer.h"
#include "core/syntax/source_text.h"
#include "platform/file.h"
#include "platform/path.h"

namespace skein {

namespace {

std::map<std::string, BuiltinModuleFactory, std::less<>>& builtin_factories() {
  static auto* factories = new std::map<std::string, BuiltinModuleFactory, std::less<>>;
  return *factories;
}

String* to_string(Agent& agent, const std::string& text) {
  String* string = new_string_from_utf8(agent.heap(), text);
  return string == nullptr ? agent.names().empty_string : string;
}

// With Node's `code`, so that programs can tell what happened.
Thrown throw_coded(Agent& agent, const char* code, const std::string& message) {
  ErrorObject* error = make_error(agent, ErrorType::kError, message);
  error->add_property(agent, agent.names().code, to_string(agent, code), kDefaultAttributes);
  return agent.throw_value(error);
}

Thrown throw_not_found(Agent& agent, const std::string& specifier, const std::string& from, const char* code) {
  std::string message = "Cannot find module '" + specifier + "'";
  if (!from.empty()) message += " imported from " + from;
  return throw_coded(agent, code, message);
}

bool is_path_like(const std::string& specifier) {
  return specifier.starts_with("./") || specifier.starts_with("../") || specifier.starts_with("/") || specifier == "." ||
         specifier == ".." || specifier.starts_with("file:");
}

// The file path that a path-like specifier means; nothing is looked up.
std::string path_of(const std::string& specifier, const std::string& from) {
  if (specifier.starts_with("file:")) return platform::path_from_file_url(specifier).value_or("");
  return platform::join_path(from.ends_with('/') ? from : platform::directory_name(from), specifier);
}

Completion<std::string> read(Agent& agent, const std::string& path) {
  auto file = platform::read_file(path);
  if (!file.ok())
    return throw_coded(agent, file.error().name(), std::string("Cannot read ") + path + ": " + file.error().message());
  return std::move(file.value());
}

Completion<std::shared_ptr<const syntax::SourceText>> make_source(Agent& agent, std::string_view text, const std::string& name) {
  auto source = syntax::SourceText::from_utf8(text, name);
  if (source == nullptr) return throw_range_error(agent, {name, " is too long"});
  return source;
}

// What `import` calls the file that code came from: the [[HostDefined]] of modules and scripts is the
// path as a string.
std::string referrer_path(Agent& agent, Value referrer) {
  if (auto* realm = referrer.as_if<Realm>()) referrer = realm->host_defined;
  if (auto* module = referrer.as_if<Module>()) referrer = module->host_defined;
  if (referrer.is_string()) return referrer.as_string()->to_utf8();
  return platform::current_directory() + "/";
}

std::string attribute(Value attributes, std::string_view name) {
  auto* list = attributes.is_undefined() ? nullptr : attributes.as_if<ValueArray>();
  if (list == nullptr) return {};
  for (uint32_t i = 0; i + 1 < list->capacity(); i += 2)
    if (list->get(i).is_string() && list->get(i).as_string()->to_utf8() == name && list->get(i + 1).is_string())
      return list->get(i + 1).as_string()->to_utf8();
  return {};
}

}  // namespace

void register_builtin_module(std::string_view name, BuiltinModuleFactory factory) { builtin_factories()[std::string(name)] = factory; }

BuiltinModuleFactory find_builtin_module(std::string_view name) {
  if (name.starts_with("node:")) name.remove_prefix(5);
  auto at = builtin_factories().find(name);
  return at == builtin_factories().end() ? nullptr : at->second;
}

ModuleLoader& ModuleLoader::of(Agent& agent) {
  AgentHost& host = AgentHost::of(agent);
  if (host.module_loader == nullptr) host.module_loader = host.attach(std::make_unique<ModuleLoader>());
  return *host.module_loader;
}

void ModuleLoader::trace(gc::Visitor& visitor) {
  for (auto& [key, module] : modules_) visitor.visit(module);
  for (auto& [path, value] : required_) visit_value(visitor, value);
  for (auto& [name, value] : builtin_modules_) visit_value(visitor, value);
}

Completion<Value> ModuleLoader::builtin_module(Agent& agent, const std::string& name) {
  std::string plain = name.starts_with("node:") ? name.substr(5) : name;
  auto at = builtin_modules_.find(plain);
  if (at != builtin_modules_.end()) return at->second;
  Value exports = Value(TRY(find_builtin_module(plain)(agent)));
  builtin_modules_[plain] = exports;
  return exports;
}

// --- Resolution -------------------------------------------------------------------------------------------

Completion<std::string> ModuleLoader::resolve_import(Agent& agent, const std::string& specifier, const std::string& from) {
  if (!is_path_like(specifier)) return throw_not_found(agent, specifier, from, "ERR_MODULE_NOT_FOUND");
  std::string path = path_of(specifier, from);
  if (path.empty() || !platform::file_exists(path)) return throw_not_found(agent, specifier, from, "ERR_MODULE_NOT_FOUND");
  auto real = platform::real_path(path);
  return real.ok() ? real.value() : path;
}

Completion<std::string> ModuleLoader::resolve_require(Agent& agent, const std::string& specifier, const std::string& from) {
  std::string path = is_path_like(specifier) ? path_of(specifier, from) : "";
  if (!path.empty()) {
    for (const char* suffix : {"", ".js", ".json", ".cjs", ".mjs", "/index.js"}) {
      std::string candidate = path + suffix;
      if (!platform::file_exists(candidate) || platform::is_directory(candidate)) continue;
      auto real = platform::real_path(candidate);
      return real.ok() ? real.value() : candidate;
    }
  }
  return throw_not_found(agent, specifier, "", "MODULE_NOT_FOUND");
}

// --- ECMAScript modules --------------------------------------------------------------------------------------

namespace {

Completion<Module*> make_default_module(Agent& agent, Value value) {
  FlatString* names[] = {agent.names().default_};
  Value values[] = {value};
  return make_synthetic_module(agent, agent.realm(), names, values);
}

// Every own string property of the exports object, and the object as the default export. What a getter gives is left
// out until an import names it: it may load a good deal.
Completion<Module*> module_of_object(Agent& agent, Object* exports) {
  Root<Object*> object(agent, exports);
  RootVector keys(agent), values(agent);
  TRY(own_property_keys(agent, object, keys));
  std::vector<FlatString*> names;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (!keys[i].is_string()) continue;
    FlatString* name = agent.atoms().atomize(keys[i].as_string());
    if (name == agent.names().default_) continue;
    keys[i] = name;
    names.push_back(name);
    PropertyDescriptor property;
    TRY(get_own_property(agent, object, PropertyKey(name), property));
    values.push_back(property.is_accessor() ? Value::empty() : property.value);
  }
  names.push_back(agent.names().default_);
  values.push_back(object.get());
  return make_synthetic_module(agent, agent.realm(), names, std::span<const Value>(values.data(), values.size()));
}

// Whether a declaration of `importer` has to do with that export of the module `specifier`.
bool names_export(Module* importer, const std::string& specifier, FlatString* name) {
  const bytecode::ModuleMetadata& metadata = importer->metadata();
  auto is_meant = [&](uint32_t request) { return importer->atom(metadata.requests[request].specifier)->to_utf8() == specifier; };
  auto names_it = [&](const auto& entry) {
    return is_meant(entry.request) && (entry.import_name == bytecode::kNoIndex || importer->atom(entry.import_name) == name);
  };
  return std::ranges::any_of(metadata.imports, names_it) || std::ranges::any_of(metadata.indirect_exports, names_it) ||
         std::ranges::any_of(metadata.star_exports, [&](const auto& entry) { return is_meant(entry.request); });
}

// Gives those exports their values that have none yet. `importer` null: all of them.
Completion<void> fill_exports(Agent& agent, Module* module, Object* exports, const std::string& specifier, Module* importer) {
  Root<Module*> kept(agent, module), kept_importer(agent, importer);
  Root<Object*> object(agent, exports);
  for (uint32_t i = 0; i < module->synthetic_names->capacity(); ++i) {
    auto* name = static_cast<FlatString*>(module->synthetic_names->get(i).as_string());
    if (!module->environment->get(i).is_empty() || (importer != nullptr && !names_export(importer, specifier, name))) continue;
    module->environment->set(i, TRY(get(agent, object, PropertyKey(name))));
  }
  return {};
}

// A Uint8Array over an immutable buffer. https://tc39.es/proposal-import-bytes/#sec-create-bytes-module
Completion<Module*> make_bytes_module(Agent& agent, const std::string& bytes) {
  ArrayBuffer* buffer = make_array_buffer(agent, bytes.size());
  if (buffer == nullptr) return throw_out_of_memory(agent);
  std::copy(bytes.begin(), bytes.end(), buffer->data());
  buffer->set_immutable();
  return make_default_module(agent, make_typed_array(agent, ElementType::kUint8, buffer, 0, bytes.size()));
}

// A SyntaxError names the file.
Completion<Value> parse_json(Agent& agent, const std::string& path, const std::string& text) {
  auto parsed = call(agent, agent.realm()->intrinsic(Intrinsic::kJSONParse), Value::undefined(), {to_string(agent, text)});
  if (!parsed.is_thrown() || agent.is_terminating()) return parsed;
  Root<Value> exception(agent, agent.take_exception());
  auto* error = exception->as_if<ErrorObject>();
  PropertyLocation message = error == nullptr ? PropertyLocation{} : error->lookup(agent.names().message);
  if (!message || !error->slot(message.slot).is_string()) return agent.throw_value(exception);
  return throw_syntax_error(agent, {path, ": ", error->slot(message.slot).as_string()->to_utf8()});
}

Completion<Module*> make_json_module(Agent& agent, const std::string& path, const std::string& text) {
  return make_default_module(agent, TRY(parse_json(agent, path, text)));
}

}  // namespace

const char* module_source_kind(Agent& agent, Object* object) {
  ModuleLoader& loader = ModuleLoader::of(agent);
  auto at = loader.source_kinds_.find(object);
  return at == loader.source_kinds_.end() ? nullptr : at->second;
}

void ModuleLoader::add_module_source(Agent& agent, const std::string& specifier, Object* source, const char* kind) {
  Module* module = make_synthetic_module(agent, agent.realm(), {}, {});
  module->module_source.set(module, source);
  modules_[{agent.realm(), specifier, ""}] = module;
  source_kinds_[source] = kind;
}

Completion<Module*> ModuleLoader::load_builtin(Agent& agent, const std::string& specifier, Module* importer) {
  Realm* realm = agent.realm();
  // Its exports are objects of the agent's first realm.
  if (realm->is_shadow_realm) return throw_type_error(agent, {"Builtin module '", specifier, "' is not available in a ShadowRealm"});
  Root<Object*> exports(agent, TRY(builtin_module(agent, specifier)).as_object());
  auto known = modules_.find({realm, specifier, ""});
  Root<Module*> module(agent, known != modules_.end() ? known->second : TRY(module_of_object(agent, exports)));
  modules_[{realm, specifier, ""}] = module;
  TRY(fill_exports(agent, module, exports, specifier, importer));
  return module.get();
}

Completion<Module*> ModuleLoader::load(Agent& agent, const std::string& specifier, const std::string& from, const std::string& type,
                                       Module* importer) {
  Realm* realm = agent.realm();
  if (!is_path_like(specifier)) {
    if (find_builtin_module(specifier) != nullptr) return load_builtin(agent, specifier, importer);
    auto known = modules_.find({realm, specifier, type});
    if (known != modules_.end()) return known->second;
  }
  std::string path = TRY(resolve_import(agent, specifier, from));
  auto at = modules_.find({realm, path, type});
  if (at != modules_.end()) return at->second;
  std::string text = TRY(read(agent, path));
  Module* module;
  if (type == "json" || (type.empty() && path.ends_with(".json"))) {
    if (type.empty()) return throw_type_error(agent, {"Module \"", path, "\" needs an import attribute of \"type: json\""});
    module = TRY(make_json_module(agent, path, text));
  } else if (type == "text") {
    module = TRY(make_default_module(agent, to_string(agent, text)));
  } else if (type == "bytes") {
    module = TRY(make_bytes_module(agent, text));
  } else if (!type.empty()) {
    return throw_type_error(agent, {"Import attribute \"type\" with value \"", type, "\" is not supported"});
  } else if (path.ends_with(".cjs")) {
    if (realm->is_shadow_realm) return throw_type_error(agent, {"CommonJS module '", path, "' is not available in a ShadowRealm"});
    module = TRY(make_default_module(agent, TRY(require_file(agent, path))));
  } else {
    module = TRY(parse_module(agent, agent.realm(), TRY(make_source(agent, text, path)), to_string(agent, path), CodeSharing::kShared));
  }
  modules_[{realm, path, type}] = module;
  return module;
}

Completion<void> load_imported_module(Agent& agent, Value referrer, String* specifier, Value attributes, Value payload) {
  Root<Value> kept_referrer(agent, referrer), kept_specifier(agent, specifier), kept_attributes(agent, attributes), kept_payload(agent, payload);
  Completion<Module*> module = Thrown{};
  {
    // The importing code's realm, which need not be running any more.
    Realm* saved = agent.realm();
    if (auto* importer = referrer.as_if<Module>()) agent.set_realm(importer->realm);
    if (auto* realm = referrer.as_if<Realm>()) agent.set_realm(realm);
    Module* importer = is_import_call(payload) ? nullptr : referrer.as_if<Module>();
    module = ModuleLoader::of(agent).load(agent, specifier->to_utf8(), referrer_path(agent, referrer), attribute(attributes, "type"), importer);
    agent.set_realm(saved);
  }
  return finish_loading_imported_module(agent, kept_referrer, specifier, kept_attributes, kept_payload, module);
}

namespace {

// import.meta.resolve
Completion<Value> meta_resolve(Agent& agent, const CallInfo& info) {
  std::string specifier = TRY(skein::to_string(agent, info[0]))->to_utf8();
  if (find_builtin_module(specifier) != nullptr && !is_path_like(specifier))
    return Value(to_string(agent, specifier.starts_with("node:") ? specifier : "node:" + specifier));
  std::string path = path_of(specifier, info.callee()->internal_slot(0).as_string()->to_utf8());
  if (!is_path_like(specifier) || path.empty()) return throw_not_found(agent, specifier, "", "ERR_MODULE_NOT_FOUND");
  return Value(to_string(agent, platform::file_url_from_path(path)));
}

// https://html.spec.whatwg.org/multipage/webappapis.html#hostgetimportmetaproperties, with Node's additions
Completion<void> fill_import_meta(Agent& agent, Object* meta, Module* module) {
  if (!module->host_defined.get().is_string()) return {};
  Value path = module->host_defined;
  std::string text = path.as_string()->to_utf8();
  auto put = [&](const char* name, Value value) { define_value(agent, meta, name, value, kDefaultAttributes); };
  put("url", to_string(agent, platform::is_absolute_path(text) ? platform::file_url_from_path(text) : text));
  put("filename", path);
  put("dirname", to_string(agent, platform::directory_name(text)));
  NativeFunction* resolve = make_native_function(agent, agent.realm(), meta_resolve, 1, resolve_key(agent, "resolve"));
  resolve->set_internal_slot(0, path);
  put("resolve", resolve);
  return {};
}

}  // namespace

void ModuleLoader::install_hooks(HostHooks& hooks) {
  hooks.load_imported_module = load_imported_module;
  hooks.import_meta = fill_import_meta;
  hooks.module_source_kind = module_source_kind;
}

namespace {

// `this`: the promise to settle as the evaluation's is. (Resolving one with the other would call a `then`
// that scripts may have replaced.)
Completion<Value> evaluated(Agent& agent, const CallInfo& info) {
  g_promise_hooks.resolve(agent, info.this_value().as_object(), info[0]);
  return Value::undefined();
}
Completion<Value> evaluation_failed(Agent& agent, const CallInfo& info) {
  g_promise_hooks.reject(agent, info.this_value().as_object(), info[0]);
  return Value::undefined();
}

// Continues with linking and evaluation once the graph is loaded. `this`: an array of the module and the
// promise to resolve.
Completion<Value> after_loading(Agent& agent, const CallInfo& info) {
  Root<ValueArray*> state(agent, info.this_value().as<ValueArray>());
  auto* module = static_cast<Module*>(state->get(0).as_cell());
  auto link_and_evaluate = [&]() -> Completion<Object*> {
    TRY(link_module(agent, module));
    return evaluate_module(agent, module);
  };
  auto evaluation = link_and_evaluate();
  Object* promise = state->get(1).as_object();
  if (evaluation.is_thrown()) {
    if (agent.is_terminating()) return Thrown{};
    g_promise_hooks.reject(agent, promise, agent.take_exception());
  } else {
    g_promise_hooks.then(agent, evaluation.value(), evaluated, evaluation_failed, promise);
  }
  return Value::undefined();
}

Completion<Value> loading_failed(Agent& agent, const CallInfo& info) {
  g_promise_hooks.reject(agent, info.this_value().as<ValueArray>()->get(1).as_object(), info[0]);
  return Value::undefined();
}

}  // namespace

Completion<Object*> ModuleLoader::run_module(Agent& agent, const std::string& file, const std::string* source) {
  // Under the name by which an import would find it.
  auto real = platform::real_path(file);
  const std::string path = real.ok() ? real.value() : file;
  auto text = TRY(make_source(agent, source != nullptr ? *source : TRY(read(agent, path)), path));
  Root<Module*> module(agent, TRY(parse_module(agent, agent.realm(), std::move(text), to_string(agent, path), CodeSharing::kShared)));
  modules_[{agent.realm(), path, ""}] = module;
  Root<Object*> result(agent, TRY(g_promise_hooks.new_promise(agent)));
  Object* loading = TRY(load_requested_modules(agent, module, Value::undefined()));
  ValueArray* state = ValueArray::make(agent.heap(), 2);
  state->set(0, Value::cell(module.get()));
  state->set(1, result.get());
  g_promise_hooks.then(agent, loading, after_loading, loading_failed, Value::cell(state));
  return result.get();
}

// --- CommonJS: https://nodejs.org/api/modules.html ------------------------------------------------------------

namespace {

Completion<Value> require(Agent& agent, const CallInfo& info) {
  if (!info[0].is_string())
    return throw_type_error(agent, {"The \"id\" argument must be of type string. Received ", to_display_string(agent, info[0])});
  std::string specifier = info[0].as_string()->to_utf8();
  std::string from = info.callee()->internal_slot(0).as_string()->to_utf8();
  ModuleLoader& loader = ModuleLoader::of(agent);
  if (find_builtin_module(specifier) != nullptr && !is_path_like(specifier)) return loader.require_builtin(agent, specifier);
  return loader.require_file(agent, TRY(loader.resolve_require(agent, specifier, from)));
}

Completion<Value> require_resolve(Agent& agent, const CallInfo& info) {
  std::string specifier = TRY(skein::to_string(agent, info[0]))->to_utf8();
  if (find_builtin_module(specifier) != nullptr && !is_path_like(specifier)) return info[0];
  return Value(to_string(agent, TRY(ModuleLoader::of(agent).resolve_require(agent, specifier, info.callee()->internal_slot(0).as_string()->to_utf8()))));
}

}  // namespace

Completion<Value> ModuleLoader::require_builtin(Agent& agent, const std::string& name) { return builtin_module(agent, name); }

NativeFunction* ModuleLoader::make_require(Agent& agent, const std::string& path) {
  Value from = to_string(agent, path);
  NativeFunction* function = make_native_function(agent, agent.realm(), require, 1, resolve_key(agent, "require"));
  function->set_internal_slot(0, from);
  NativeFunction* resolve = make_native_function(agent, agent.realm(), require_resolve, 1, resolve_key(agent, "resolve"));
  resolve->set_internal_slot(0, from);
  define_value(agent, function, "resolve", resolve, kDefaultAttributes);
  return function;
}

Completion<Value> ModuleLoader::require_file(Agent& agent, const std::string& path) {
  auto at = required_.find(path);
  if (at != required_.end()) return get(agent, at->second.as_object(), agent.names().exports);
  std::string text = TRY(read(agent, path));
  if (path.ends_with(".json"))
    return parse_json(agent, path, text);
  if (path.ends_with(".mjs")) return throw_coded(agent, "ERR_REQUIRE_ESM", "require() of the ES module " + path + " is not supported; use import()");
  if (text.starts_with("#!")) text = "//" + text;
  // One line with the source, so that lines keep their numbers.
  constexpr std::string_view kPrefix = "(function (exports, require, module, __filename, __dirname) { ";
  auto source = syntax::SourceText::from_utf8(std::string(kPrefix) + text + "\n})", path, kPrefix.size());
  if (source == nullptr) return throw_range_error(agent, {path, " is too long"});
  Root<Object*> module(agent, make_object(agent));
  Root<Object*> exports(agent, make_object(agent));
  define_value(agent, module, "id", to_string(agent, path), kDefaultAttributes);
  define_value(agent, module, "filename", to_string(agent, path), kDefaultAttributes);
  define_value(agent, module, "exports", exports.get(), kDefaultAttributes);
  required_[path] = module.get();  // cycles see what there is so far
  auto run = [&]() -> Completion<void> {
    Root<Value> name(agent, to_string(agent, path));
    auto program = TRY(compile_shared_script(agent, source));
    Value function = TRY(run_script(agent, agent.realm(), std::move(program), name.get().as_cell()));
    Root<Value> kept(agent, function);
    Value arguments[] = {exports.get(), make_require(agent, path), module.get(), name, to_string(agent, platform::directory_name(path))};
    TRY(call(agent, kept, Value(exports.get()), arguments));
    return {};
  };
  if (run().is_thrown()) {
    required_.erase(path);
    return Thrown{};
  }
  return get(agent, module, agent.names().exports);
}

}  // namespace skein
