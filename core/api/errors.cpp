// Errors: what the API says went wrong, and what script sees of the embedder's.
#include <cstdio>
#include <cstdlib>

#include "core/api/context_state.h"
#include "core/host/inspect.h"
#include "core/runtime/errors.h"

namespace skein::api {

const char* describe(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kException: return "exception";
    case ErrorKind::kSyntax: return "syntax error";
    case ErrorKind::kStack: return "stack limit";
    case ErrorKind::kTerminated: return "terminated";
    case ErrorKind::kHeapLimit: return "heap limit";
    case ErrorKind::kTimeLimit: return "time limit";
    case ErrorKind::kCpuLimit: return "CPU limit";
    case ErrorKind::kInstructionLimit: return "instruction limit";
    case ErrorKind::kQueueLimit: return "queue limit";
    case ErrorKind::kWorkerLimit: return "worker limit";
    case ErrorKind::kExit: return "exit";
    case ErrorKind::kWrongThread: return "wrong thread";
    case ErrorKind::kWrongContext: return "wrong context";
    case ErrorKind::kClosed: return "closed";
    case ErrorKind::kWrongType: return "wrong type";
    case ErrorKind::kInvalid: return "invalid";
  }
  return "unknown";
}

Error::Error(ErrorKind kind, std::string message) {
  auto data = std::make_shared<Data>();
  data->kind = kind;
  if (kind == ErrorKind::kWrongType) data->error_class = ErrorClass::kTypeError;
  if (kind == ErrorKind::kSyntax) data->error_class = ErrorClass::kSyntaxError;
  data->message = std::move(message);
  data_ = std::move(data);
}

Error Error::of_class(ErrorClass error_class, std::string message) {
  auto data = std::make_shared<Data>();
  data->error_class = error_class;
  data->message = std::move(message);
  return Error(std::move(data));
}

Error Error::of_value(Value value) {
  auto data = std::make_shared<Data>();
  data->message = "A value was thrown";
  data->value = std::move(value);
  data->has_value = true;
  return Error(std::move(data));
}

namespace detail {

void bad_access(const Error* error) {
  if (error == nullptr) std::fprintf(stderr, "skein: Result::error() of a result that has none\n");
  else std::fprintf(stderr, "skein: Result::value() of a failed result: %s: %s\n", describe(error->kind()), error->stack().c_str());
  std::abort();
}

Error wrong_type(std::string_view expected, const Value& value) {
  std::string found = describe(value.type());
  if (value.is_number()) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", value.as_number());
    if (std::strtod(text, nullptr) == value.as_number()) std::snprintf(text, sizeof text, "%g", value.as_number());
    found = std::string("the number ") + text;
  }
  return Error(ErrorKind::kWrongType, "expected " + std::string(expected) + ", not " + found);
}

namespace {

Error ending(Agent& agent) {
  auto data = std::make_shared<Error::Data>();
  switch (agent.termination()) {
    case TerminationReason::kMemoryLimit:
      data->kind = ErrorKind::kHeapLimit;
      data->message = "The heap limit is exceeded";
      break;
    case TerminationReason::kTimeLimit:
      data->kind = ErrorKind::kTimeLimit;
      data->message = "The time limit is exceeded";
      break;
    case TerminationReason::kCpuLimit:
      data->kind = ErrorKind::kCpuLimit;
      data->message = "The CPU time limit is exceeded";
      break;
    case TerminationReason::kInstructionLimit:
      data->kind = ErrorKind::kInstructionLimit;
      data->message = "The instruction limit is exceeded";
      break;
    case TerminationReason::kExit:
      data->kind = ErrorKind::kExit;
      data->exit_code = AgentHost::of(agent).exit_code();
      data->message = "The script has ended its program with code " + std::to_string(data->exit_code);
      break;
    default:
      data->kind = ErrorKind::kTerminated;
      data->message = "The script was terminated";
  }
  return Error(std::move(data));
}

ErrorType type_of(ErrorClass error_class) {
  switch (error_class) {
    case ErrorClass::kError: return ErrorType::kError;
    case ErrorClass::kTypeError: return ErrorType::kTypeError;
    case ErrorClass::kRangeError: return ErrorType::kRangeError;
    case ErrorClass::kReferenceError: return ErrorType::kReferenceError;
    case ErrorClass::kSyntaxError: return ErrorType::kSyntaxError;
  }
  return ErrorType::kError;
}

ErrorClass class_of(Agent& agent, Object* error) {
  Object* prototype = error->prototype();
  Realm& realm = *agent.realm();
  if (prototype == realm.intrinsic(Intrinsic::kTypeErrorPrototype)) return ErrorClass::kTypeError;
  if (prototype == realm.intrinsic(Intrinsic::kRangeErrorPrototype)) return ErrorClass::kRangeError;
  if (prototype == realm.intrinsic(Intrinsic::kReferenceErrorPrototype)) return ErrorClass::kReferenceError;
  if (prototype == realm.intrinsic(Intrinsic::kSyntaxErrorPrototype)) return ErrorClass::kSyntaxError;
  return ErrorClass::kError;
}

// An uncaught error's. What is used up without a limit is the system's, and an exception like others.
ErrorKind kind_of(Exhausted exhausted, const Limits& limits) {
  switch (exhausted) {
    case Exhausted::kNothing: break;
    case Exhausted::kStack: return ErrorKind::kStack;
    case Exhausted::kMemory: return limits.heap_bytes == 0 ? ErrorKind::kException : ErrorKind::kHeapLimit;
    case Exhausted::kMessages: return ErrorKind::kQueueLimit;
    case Exhausted::kWorkers: return ErrorKind::kWorkerLimit;
  }
  return ErrorKind::kException;
}

}  // namespace

// Runs no script.
Error ContextState::describe_exception(VmValue exception) {
  Agent& agent = *agent_;
  auto data = std::make_shared<Error::Data>();
  data->value = to_handle(exception);
  data->has_value = true;
  auto* error = exception.as_if<ErrorObject>();
  if (error == nullptr) {
    data->message = exception.is_string() ? exception.as_string()->to_utf8() : inspect(agent, exception);
    return Error(std::move(data));
  }
  data->message = error_header(agent, error);
  // A DOMException's message is an accessor; what it was made with is not.
  if (data->message == "Error" && error->stack_header.get().is_string()) data->message = error->stack_header.get().as_string()->to_utf8();
  data->error_class = class_of(agent, error);
  data->stack = error_stack(agent, error)->to_utf8();
  if (error->frames != nullptr) {
    for (const StackFrame& frame : *error->frames) {
      if (frame.line == 0) continue;
      data->file = frame.source;
      data->line = frame.line;
      data->column = frame.column;
      break;
    }
  }
  data->kind = kind_of(error->exhausted, options_.limits);
  return Error(std::move(data));
}

Error ContextState::take_error(bool in_parse) {
  if (agent_->is_terminating()) return ending(*agent_);
  VmValue exception = agent_->take_exception();
  Error error = describe_exception(exception);
  if (!in_parse || error.error_class() != ErrorClass::kSyntaxError) return error;
  auto data = std::make_shared<Error::Data>(error.data());
  data->kind = ErrorKind::kSyntax;
  return Error(std::move(data));
}

VmValue ContextState::make_error_value(const Error& error) {
  VmValue value;
  if (error.data().has_value && !from_handle(error.value(), value)) return value;
  return skein::make_error(*agent_, type_of(error.error_class()), error.message());
}

Thrown ContextState::throw_error(const Error& error) {
  if (agent_->is_terminating()) return Thrown{};
  return agent_->throw_value(make_error_value(error));
}

}  // namespace detail
}  // namespace skein::api
