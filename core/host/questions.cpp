#include "core/host/questions.h"

#include "core/concurrency/structured_clone.h"
#include "core/host/natives.h"

namespace skein {

namespace {

struct Answer {
  double number;
  std::string status;
  std::unique_ptr<SerializedMessage> value;
};

// In the agent that asked.
void settle(Agent& agent, Answer& answer) {
  AgentHost& host = AgentHost::of(agent);
  host.drop_reference();
  auto tell = [&]() -> Completion<void> {
    Root<Value> value(agent);
    if (answer.value != nullptr) value = TRY(deserialize(agent, *answer.value));
    Root<Value> function(agent, TRY(WorkerScope::of(agent).scripts().exported(agent, "node_worker", "settle")));
    TRY(call(agent, function, Value::undefined(), {Value::number(answer.number), new_text(agent, answer.status), value}));
    return {};
  };
  if (tell().is_thrown() && !agent.is_terminating()) host.report_exception(agent.take_exception());
}

class Question final : public threading::Task {
 public:
  Question(QuestionKind kind, uint32_t source, Ref<threading::EventQueue> asker, double number, std::unique_ptr<SerializedMessage> message)
      : kind_(kind), source_(source), asker_(std::move(asker)), number_(number), message_(std::move(message)) {}
  ~Question() override {
    if (!answered_) reply("gone", nullptr);
  }
  void run(Agent& agent) override {
    std::unique_ptr<SerializedMessage> value;
    auto status = kind_ == QuestionKind::kMessage ? pass_message(agent) : describe_heap(agent, value);
    if (!status.is_thrown()) return reply(status.value(), std::move(value));
    if (agent.is_terminating()) return;
    (void)agent.take_exception();
    reply("failed", nullptr);
  }

 private:
  Completion<std::string> pass_message(Agent& agent) {
    Root<Value> value(agent, TRY(deserialize(agent, *message_)));
    Root<Value> function(agent, TRY(WorkerScope::of(agent).scripts().exported(agent, "node_worker", "answer")));
    return text_of(TRY(call(agent, function, Value::undefined(), {value, Value::number(source_)})));
  }
  Completion<std::string> describe_heap(Agent& agent, std::unique_ptr<SerializedMessage>& value) {
    Object* statistics = TRY(heap_statistics(agent));
    value = TRY(serialize(agent, statistics));
    return std::string("done");
  }
  // An asker that has ended does not take it.
  void reply(std::string status, std::unique_ptr<SerializedMessage> value) {
    answered_ = true;
    auto answer = std::make_shared<Answer>(Answer{number_, std::move(status), std::move(value)});
    (void)asker_->post(threading::make_task([answer](Agent& agent) { settle(agent, *answer); }));
  }

  const QuestionKind kind_;
  const uint32_t source_;
  const Ref<threading::EventQueue> asker_;
  const double number_;
  std::unique_ptr<SerializedMessage> message_;
  bool answered_ = false;
};

}  // namespace

bool ask(Agent& agent, uint32_t thread_id, QuestionKind kind, double number, std::unique_ptr<SerializedMessage> message) {
  AgentHost& host = AgentHost::of(agent);
  WorkerScope& scope = WorkerScope::of(agent);
  Ref<threading::EventQueue> queue = scope.cluster()->queue_of(thread_id);
  if (!queue) return false;
  host.add_reference();
  // A queue that is closed destroys the question, which answers itself.
  (void)queue->post(std::make_unique<Question>(kind, scope.thread_id(), host.queue_reference(), number, std::move(message)));
  return true;
}

Completion<Object*> heap_statistics(Agent& agent) {
  const gc::HeapStatistics& heap = agent.heap().statistics();
  Object* result = make_object(agent);
  auto put = [&](const char* name, double value) { define_value(agent, result, name, Value::number(value), kDefaultAttributes); };
  const double used = static_cast<double>(agent.heap().used_bytes()), blocks = static_cast<double>(heap.block_bytes);
  put("total_heap_size", blocks);
  put("total_heap_size_executable", 0);
  put("total_physical_size", blocks);
  put("total_available_size", agent.heap().limit() == 0 ? 9007199254740991.0 : static_cast<double>(agent.heap().limit()) - used);
  put("used_heap_size", blocks);
  put("heap_size_limit", agent.heap().limit() == 0 ? 9007199254740991.0 : static_cast<double>(agent.heap().limit()));
  put("malloced_memory", static_cast<double>(heap.external_bytes));
  put("peak_malloced_memory", static_cast<double>(heap.external_bytes));
  put("does_zap_garbage", 0);
  put("number_of_native_contexts", 1);
  put("number_of_detached_contexts", 0);
  put("external_memory", static_cast<double>(heap.external_bytes));
  return result;
}

}  // namespace skein
