// Context: scripts, values and settings.
#include "core/api/context_state.h"
#include "core/interpreter/interpreter.h"
#include "core/runtime/array.h"
#include "core/runtime/array_buffer.h"
#include "core/runtime/bigint.h"
#include "core/syntax/source_text.h"

namespace skein::api {

using detail::ContextState;
using detail::perform;
using detail::VmValue;

Context::Context(const Context& other) : state_(other.state_) {
  if (state_ != nullptr) state_->add_handle();
}

Context::~Context() {
  if (state_ != nullptr) state_->drop_handle();
}

namespace {
Error no_context() { return Error(ErrorKind::kClosed, "No context: the handle is empty"); }

Error not_entered(ContextState& state) {
  return Error(ErrorKind::kWrongThread, "Thread " + std::to_string(current_thread_id()) + " is not in context " + state.name());
}
}  // namespace

uint64_t Context::id() const { return state_ == nullptr ? 0 : state_->id(); }
const std::string& Context::name() const {
  static const std::string kNone = "none";
  return state_ == nullptr ? kNone : state_->name();
}
bool Context::is_entered() const { return state_ != nullptr && state_->is_entered(); }
bool Context::is_closed() const { return state_ == nullptr || state_->is_closed(); }

Result<Scope> Context::enter() const {
  if (state_ == nullptr) return no_context();
  if (auto error = state_->enter()) return *error;
  return Scope(state_);
}

Result<Scope> Context::enter_when_free(std::optional<std::chrono::nanoseconds> timeout) const {
  if (state_ == nullptr) return no_context();
  if (auto error = state_->enter_when_free(timeout)) return *error;
  return Scope(state_);
}

Result<Suspension> Context::suspend() const {
  if (state_ == nullptr) return no_context();
  if (!state_->is_entered()) return not_entered(*state_);
  state_->add_handle();
  ContextState::Suspended suspended = state_->suspend();
  return Suspension(state_, suspended.token, suspended.thread, suspended.depth);
}

Result<void> Context::yield() const {
  if (state_ == nullptr) return no_context();
  if (!state_->is_entered()) return not_entered(*state_);
  if (state_->somebody_waits()) state_->resume(state_->suspend());
  return {};
}

Result<void> Context::safepoint() const {
  return perform<void>(state_, [](Agent& agent) { return agent.poll(); });
}

Result<void> Context::close(Cancel cancel) const {
  if (state_ == nullptr) return no_context();
  if (auto error = state_->close(cancel)) return *error;
  return {};
}

void Context::terminate() const {
  if (state_ != nullptr) state_->waker().request(threading::Interrupt::kTerminate);
}

void Context::request_interrupt() const {
  if (state_ != nullptr) state_->waker().request(threading::Interrupt::kUserCallback);
}

// --- Scripts ------------------------------------------------------------------------------------------------------

namespace detail {
struct CompiledScript {
  Ref<const bytecode::Executable> code;
  std::string name;
};
}  // namespace detail

namespace {

Completion<Ref<const bytecode::Executable>> compile_cached(ContextState& state, std::string_view source, std::string_view name) {
  Agent& agent = state.agent();
  if (auto code = state.engine().cache().find(name, source)) return code;
  auto text = syntax::SourceText::from_utf8(source, std::string(name));
  if (text == nullptr) return throw_range_error(agent, {name, " is too long"});
  auto code = TRY(compile_script(agent, std::move(text)));
  state.engine().cache().insert(name, source, code);
  return code;
}

// A SyntaxError that came before script ran is one of the text.
Error in_parse(const Error& error) {
  if (error.error_class() != ErrorClass::kSyntaxError || error.kind() != ErrorKind::kException) return error;
  auto data = std::make_shared<Error::Data>(error.data());
  data->kind = ErrorKind::kSyntax;
  return Error(std::move(data));
}

Completion<VmValue> run_code(Agent& agent, Ref<const bytecode::Executable> code, std::string_view name) {
  String* referrer = new_string_from_utf8(agent.heap(), name);
  return run_script(agent, agent.realm(), std::move(code), referrer);
}

}  // namespace

Result<Value> Context::evaluate(std::string_view source, std::string_view name) const {
  bool parsing = false;
  auto result = perform<Value>(state_, [&](Agent& agent) -> Completion<VmValue> {
    parsing = true;
    auto code = TRY(compile_cached(*state_, source, name));
    parsing = false;
    return run_code(agent, std::move(code), name);
  });
  if (!result && parsing) return in_parse(result.error());
  return result;
}

Result<Script> Context::compile(std::string_view source, std::string_view name) const {
  using Code = Ref<const bytecode::Executable>;
  auto code = perform<Code>(state_, [&](Agent&) { return compile_cached(*state_, source, name); });
  if (!code) return in_parse(code.error());
  Script script;
  script.code_ = std::make_shared<const detail::CompiledScript>(detail::CompiledScript{*std::move(code), std::string(name)});
  return script;
}

Result<Value> Context::run(const Script& script) const {
  if (!script) return Error(ErrorKind::kInvalid, "The script is empty");
  return perform<Value>(state_, [&](Agent& agent) { return run_code(agent, script.code_->code, script.code_->name); });
}

Result<Value> Context::evaluate_module(std::string_view source, std::string_view name) const {
  return perform<Value>(state_, [&](Agent&) -> Completion<VmValue> { return VmValue(TRY(state_->evaluate_module(source, std::string(name)))); });
}

Result<Value> Context::import_module(std::string_view specifier, std::string_view referrer) const {
  return perform<Value>(state_, [&](Agent&) -> Completion<VmValue> {
    return VmValue(TRY(state_->import_module(std::string(specifier), std::string(referrer))));
  });
}

Result<Value> Context::global() const {
  return detail::inspect_in<Value>(state_, [&](Agent& agent) -> Result<Value> { return state_->to_handle(agent.realm()->global_this()); });
}

Result<void> Context::set_global(std::string_view name, const Value& value) const {
  auto object = global();
  if (!object) return object.error();
  return object->set(name, value);
}

// --- Values -------------------------------------------------------------------------------------------------------

Result<Value> Context::string(std::string_view utf8) const {
  return detail::inspect_in<Value>(state_, [&](Agent& agent) -> Result<Value> {
    String* text = new_string_from_utf8(agent.heap(), utf8);
    if (text == nullptr) return Error::range_error("Invalid string length");
    return state_->to_handle(VmValue(text));
  });
}

Result<Value> Context::bigint(int64_t value) const {
  return detail::inspect_in<Value>(state_, [&](Agent& agent) -> Result<Value> { return state_->to_handle(bigint_from_int64(agent, value)); });
}
Result<Value> Context::bigint(uint64_t value) const {
  return detail::inspect_in<Value>(state_, [&](Agent& agent) -> Result<Value> { return state_->to_handle(bigint_from_uint64(agent, value)); });
}

Result<Value> Context::object() const {
  return detail::inspect_in<Value>(state_, [&](Agent& agent) -> Result<Value> { return state_->to_handle(make_object(agent)); });
}

Result<Value> Context::array(std::span<const Value> elements) const {
  return detail::inspect_in<Value>(state_, [&](Agent& agent) -> Result<Value> {
    std::vector<VmValue> raw(elements.size());
    for (size_t i = 0; i < elements.size(); ++i)
      if (auto error = state_->from_handle(elements[i], raw[i])) return *error;
    return state_->to_handle(make_array(agent, raw));
  });
}

Result<Value> Context::error(const Error& error) const {
  return detail::inspect_in<Value>(state_, [&](Agent&) -> Result<Value> { return state_->to_handle(state_->make_error_value(error)); });
}

Result<Value> Context::parse_json(std::string_view json) const {
  return perform<Value>(state_, [&](Agent& agent) -> Completion<VmValue> {
    String* text = new_string_from_utf8(agent.heap(), json);
    if (text == nullptr) return throw_out_of_memory(agent);
    return skein::call(agent, agent.realm()->intrinsic(Intrinsic::kJSONParse), VmValue::undefined(), {VmValue(text)});
  });
}

Result<std::string> Context::to_json(const Value& value) const {
  if (state_ == nullptr) return no_context();
  if (auto error = state_->refuse_foreign(value)) return *error;
  return perform<std::string>(state_, [&](Agent& agent) -> Completion<std::string> {
    VmValue raw;
    if (auto error = state_->from_handle(value, raw)) return state_->throw_error(*error);
    VmValue text = TRY(skein::call(agent, agent.realm()->intrinsic(Intrinsic::kJSONStringify), VmValue::undefined(), {raw}));
    return text.is_string() ? text.as_string()->to_utf8() : std::string("undefined");
  });
}

Result<Value> Context::array_buffer(std::span<const uint8_t> bytes) const {
  return detail::inspect_in<Value>(state_, [&](Agent& agent) -> Result<Value> {
    ArrayBuffer* buffer = make_array_buffer(agent, bytes.size());
    if (buffer == nullptr) return Error::range_error("Array buffer allocation failed");
    if (!bytes.empty()) std::memcpy(buffer->data(), bytes.data(), bytes.size());
    return state_->to_handle(buffer);
  });
}

Result<Value> Context::external_array_buffer(std::span<uint8_t> bytes, std::function<void()> release) const {
  auto made = detail::inspect_in<Value>(state_, [&](Agent& agent) -> Result<Value> {
    ArrayBuffer* buffer = make_array_buffer(agent, 0);
    buffer->adopt_external(bytes.data(), bytes.size(), std::exchange(release, nullptr));
    return state_->to_handle(buffer);
  });
  if (!made && release) release();
  return made;
}

// --- Binding ------------------------------------------------------------------------------------------------------

Result<Value> Context::make_function(std::string_view name, detail::Function function) const {
  return detail::inspect_in<Value>(state_, [&](Agent&) -> Result<Value> { return state_->to_handle(state_->make_function(name, std::move(function))); });
}

Result<Value> Context::bind_class(std::shared_ptr<const detail::ClassDefinition> definition) const {
  auto constructor = detail::inspect_in<Value>(state_, [&](Agent&) -> Result<Value> { return state_->to_handle(state_->bind_class(definition)); });
  if (!constructor) return constructor;
  if (auto set = set_global(definition->name, *constructor); !set) return set.error();
  return constructor;
}

Result<Value> Context::wrap_object(const void* tag, std::shared_ptr<void> object) const {
  return detail::inspect_in<Value>(state_, [&](Agent&) -> Result<Value> {
    VmValue wrapped = state_->wrap(tag, std::move(object));
    if (wrapped.is_empty()) return Error(ErrorKind::kInvalid, "No class is bound in context " + state_->name() + " for the type of this object");
    return state_->to_handle(wrapped);
  });
}

// --- Memory -------------------------------------------------------------------------------------------------------

Result<Context::Statistics> Context::statistics() const {
  return detail::inspect_in<Statistics>(state_, [&](Agent& agent) -> Result<Statistics> {
    const gc::HeapStatistics& heap = agent.heap().statistics();
    return Statistics{agent.heap().used_bytes(), heap.external_bytes, heap.minor_collections + heap.full_collections, state_->handle_count()};
  });
}

Result<void> Context::collect_garbage() const {
  detail::Entered entered(state_);
  if (!entered) return entered.error();
  state_->agent().collect_garbage(gc::CollectionType::kFull);
  return {};
}

namespace detail {

Result<Value> make_string(const Context& context, std::string_view utf8) { return context.string(utf8); }
Result<Value> make_bigint(const Context& context, int64_t value) { return context.bigint(value); }
Result<Value> make_bigint(const Context& context, uint64_t value) { return context.bigint(value); }
Result<Value> make_array(const Context& context, std::span<const Value> elements) { return context.array(elements); }
Result<Value> make_object(const Context& context) { return context.object(); }
Result<Value> make_buffer(const Context& context, std::span<const uint8_t> bytes) { return context.array_buffer(bytes); }
Result<Value> wrap(const Context& context, const void* tag, std::shared_ptr<void> object) { return ContextState::wrap_in(context, tag, std::move(object)); }

Result<Value> ContextState::wrap_in(const Context& context, const void* tag, std::shared_ptr<void> object) {
  return context.wrap_object(tag, std::move(object));
}

}  // namespace detail
}  // namespace skein::api
