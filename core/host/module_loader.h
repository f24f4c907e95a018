// Loading modules from files: resolution, the module map, JSON and text modules, builtin modules
// (node:…), and CommonJS.
//
// Specifiers: "./x", "../x", "/x" and file: URLs name files; "node:name" and the bare names of builtin
// modules name those. require() also tries the extensions .js, .json, .cjs and folders' index.js.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "core/host/agent_host.h"
#include "core/runtime/builtin_spec.h"

namespace skein {

class Module;

class ModuleLoader final : public HostAttachment {
 public:
  static ModuleLoader& of(Agent& agent);
  static void install_hooks(HostHooks& hooks);

  // Loads and evaluates a module; the promise of its evaluation. `source` null: from the file.
  Completion<Object*> run_module(Agent& agent, const std::string& file, const std::string* source = nullptr);
  // require() for code of the file `path` (or of a folder's, ending in /): an object with the usual
  // properties of Node's require.
  NativeFunction* make_require(Agent& agent, const std::string& path);
  // module.exports of a file.
  Completion<Value> require_builtin(Agent& agent, const std::string& name);
  Completion<Value> require_file(Agent& agent, const std::string& path);
  // Makes a bare specifier name a module that is nothing but a module source object (import source).
  // `kind` is what its @@toStringTag says; a literal.
  void add_module_source(Agent& agent, const std::string& specifier, Object* source, const char* kind);
  // The file that a specifier means, for referrer file `from`; throws when there is none.
  Completion<std::string> resolve_import(Agent& agent, const std::string& specifier, const std::string& from);
  Completion<std::string> resolve_require(Agent& agent, const std::string& specifier, const std::string& from);

  void trace(gc::Visitor& visitor) override;

 private:
  friend Completion<void> load_imported_module(Agent&, Value, String*, Value, Value);
  friend const char* module_source_kind(Agent&, Object*);
  // `importer`: the module whose declarations ask; null: anything else does.
  Completion<Module*> load(Agent& agent, const std::string& specifier, const std::string& from, const std::string& type, Module* importer);
  Completion<Module*> load_builtin(Agent& agent, const std::string& specifier, Module* importer);

  // By realm, path and type. A module keeps its realm.
  std::map<std::tuple<Realm*, std::string, std::string>, Module*> modules_;
  std::map<std::string, Value> required_;                           // CommonJS modules by path
  std::map<std::string, Value> builtin_modules_;
  std::map<Object*, const char*> source_kinds_;  // of module source objects, which modules_ keeps
  Completion<Value> builtin_module(Agent& agent, const std::string& name);
};

// Modules that the engine itself brings: name without "node:", and the function that makes the exports
// object. Registered before the first agent.
using BuiltinModuleFactory = Completion<Object*> (*)(Agent&);
void register_builtin_module(std::string_view name, BuiltinModuleFactory factory);
BuiltinModuleFactory find_builtin_module(std::string_view name);  // with or without "node:"

}  // namespace skein
