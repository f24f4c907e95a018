// The parts of the host that are written in JavaScript: core/host/scripts.
//
// Each script is a function (native, use) that returns its exports; `native` are the functions of
// natives*.cpp, and use("name") gives another script's exports. A script is compiled once per process
// and evaluated once per agent, when something of it is first asked for.
//
// Thread rule: an InternalScripts belongs to its agent.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/runtime/operations.h"

namespace skein {

struct InternalScript {
  const char* name;
  const char* text;
};
extern const InternalScript kInternalScripts[];
extern const int kInternalScriptCount;

class InternalScripts {
 public:
  // Makes the object with the natives, for the first script.
  using MakeNatives = Completion<Object*> (*)(Agent& agent);
  explicit InternalScripts(MakeNatives make_natives) : make_natives_(make_natives) {}

  // The exports of a script. Ours do not throw: a Thrown means that the agent is ending or out of memory.
  // REQUIRES: there is such a script
  Completion<Object*> use(Agent& agent, std::string_view name);
  // Something that a script exports. REQUIRES: it does
  Completion<Value> exported(Agent& agent, std::string_view script, const char* name);
  // Nothing of the script has been asked for so far.
  bool is_loaded(std::string_view name) const { return exports_.contains(name); }

  void trace(gc::Visitor& visitor);

 private:
  const MakeNatives make_natives_;
  Value natives_, use_;
  std::map<std::string, Value, std::less<>> exports_;
};

}  // namespace skein
