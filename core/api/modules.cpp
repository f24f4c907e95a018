// Modules of a context: the embedder's loader, and the promise of a module's namespace.
#include "core/api/context_state.h"
#include "core/runtime/builtin_spec.h"
#include "core/syntax/source_text.h"
#include "platform/path.h"

namespace skein::api::detail {

namespace {

String* make_text(Agent& agent, std::string_view text) {
  String* string = new_string_from_utf8(agent.heap(), text);
  return string == nullptr ? agent.names().empty_string : string;
}

// The [[HostDefined]] of scripts and modules is their name.
std::string referrer_name(VmValue referrer) {
  if (auto* module = referrer.as_if<Module>()) referrer = module->host_defined;
  return referrer.is_string() ? referrer.as_string()->to_utf8() : std::string();
}

std::string type_attribute(VmValue attributes) {
  auto* list = attributes.is_undefined() ? nullptr : attributes.as_if<ValueArray>();
  for (uint32_t i = 0; list != nullptr && i + 1 < list->capacity(); i += 2)
    if (list->get(i).is_string() && list->get(i).as_string()->to_utf8() == "type" && list->get(i + 1).is_string())
      return list->get(i + 1).as_string()->to_utf8();
  return {};
}

std::string resolve_by_name(const std::string& specifier, const std::string& referrer) {
  if (!specifier.starts_with("./") && !specifier.starts_with("../")) return specifier;
  std::string joined = platform::join_path(platform::directory_name(referrer), specifier);
  return joined.starts_with("./") ? joined.substr(2) : joined;
}

}  // namespace

Completion<Module*> ContextState::load_module(const std::string& specifier, const std::string& referrer, const std::string& type) {
  Agent& agent = *agent_;
  if (!options_.modules.load) return throw_type_error(agent, {"Cannot import \"", specifier, "\": context ", name(), " has no module loader"});
  std::string resolved;
  if (options_.modules.resolve) {
    auto result = options_.modules.resolve(specifier, referrer);
    if (!result) return throw_error(result.error());
    resolved = *std::move(result);
  } else {
    resolved = resolve_by_name(specifier, referrer);
  }
  if (auto at = modules_.find({resolved, type}); at != modules_.end()) return at->second;
  auto source = options_.modules.load(resolved);
  if (!source) return throw_error(source.error());
  Module* module;
  if (type == "json" || type == "text") {
    VmValue value = make_text(agent, *source);
    if (type == "json") value = TRY(skein::call(agent, agent.realm()->intrinsic(Intrinsic::kJSONParse), VmValue::undefined(), {value}));
    FlatString* names[] = {agent.names().default_};
    VmValue values[] = {value};
    module = make_synthetic_module(agent, agent.realm(), names, values);
  } else if (!type.empty()) {
    return throw_type_error(agent, {"Import attribute \"type\" with value \"", type, "\" is not supported"});
  } else {
    auto text = syntax::SourceText::from_utf8(*source, resolved);
    if (text == nullptr) return throw_range_error(agent, {resolved, " is too long"});
    module = TRY(parse_module(agent, agent.realm(), std::move(text), make_text(agent, resolved)));
  }
  modules_[{resolved, type}] = module;
  return module;
}

Completion<void> ContextState::load_imported_module(Agent& agent, VmValue referrer, String* specifier, VmValue attributes, VmValue payload) {
  Root<VmValue> kept_referrer(agent, referrer), kept_specifier(agent, specifier), kept_attributes(agent, attributes), kept_payload(agent, payload);
  Completion<Module*> module = of(agent).load_module(specifier->to_utf8(), referrer_name(referrer), type_attribute(attributes));
  return finish_loading_imported_module(agent, kept_referrer, specifier, kept_attributes, kept_payload, module);
}

Completion<void> ContextState::fill_import_meta(Agent& agent, Object* meta, Module* module) {
  if (module->host_defined.get().is_string()) define_value(agent, meta, "url", module->host_defined, kDefaultAttributes);
  return {};
}

namespace {

// The steps from a module to the promise of its namespace. `this`: an array of the module and the promise.
Module* module_in(const CallInfo& info) { return static_cast<Module*>(info.this_value().as<ValueArray>()->get(0).as_cell()); }
Object* promise_in(const CallInfo& info) { return info.this_value().as<ValueArray>()->get(1).as_object(); }

Completion<VmValue> failed(Agent& agent, const CallInfo& info) {
  g_promise_hooks.reject(agent, promise_in(info), info[0]);
  return VmValue::undefined();
}

Completion<VmValue> evaluated(Agent& agent, const CallInfo& info) {
  Root<VmValue> state(agent, info.this_value());
  g_promise_hooks.resolve(agent, promise_in(info), VmValue(get_module_namespace(agent, module_in(info))));
  return VmValue::undefined();
}

Completion<VmValue> loaded(Agent& agent, const CallInfo& info) {
  Root<VmValue> state(agent, info.this_value());
  auto link_and_evaluate = [&]() -> Completion<Object*> {
    TRY(link_module(agent, module_in(info)));
    return evaluate_module(agent, module_in(info));
  };
  auto evaluation = link_and_evaluate();
  if (evaluation.is_thrown()) {
    if (agent.is_terminating()) return Thrown{};
    g_promise_hooks.reject(agent, promise_in(info), agent.take_exception());
  } else {
    g_promise_hooks.then(agent, evaluation.value(), evaluated, failed, state);
  }
  return VmValue::undefined();
}

}  // namespace

Completion<Object*> ContextState::start_module(Module* module) {
  Agent& agent = *agent_;
  Root<Module*> kept(agent, module);
  Root<Object*> result(agent, TRY(g_promise_hooks.new_promise(agent)));
  Object* loading = TRY(load_requested_modules(agent, kept, VmValue::undefined()));
  ValueArray* state = ValueArray::make(agent.heap(), 2);
  state->set(0, VmValue::cell(kept.get()));
  state->set(1, result.get());
  g_promise_hooks.then(agent, loading, loaded, failed, VmValue::cell(state));
  return result.get();
}

Completion<Object*> ContextState::evaluate_module(std::string_view source, const std::string& name) {
  Agent& agent = *agent_;
  auto text = syntax::SourceText::from_utf8(source, name);
  if (text == nullptr) return throw_range_error(agent, {name, " is too long"});
  Module* module = TRY(parse_module(agent, agent.realm(), std::move(text), make_text(agent, name)));
  modules_[{name, ""}] = module;
  return start_module(module);
}

Completion<Object*> ContextState::import_module(const std::string& specifier, const std::string& referrer) {
  return start_module(TRY(load_module(specifier, referrer, "")));
}

}  // namespace skein::api::detail
