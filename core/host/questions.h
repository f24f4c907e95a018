// Questions that one agent asks another, answered by a task of the other's.
//
// Who asks gets an answer in any case: when the other agent ends first, that is the answer.
#pragma once

#include <memory>

#include "core/concurrency/serialized_message.h"
#include "core/runtime/agent.h"

namespace skein {

enum class QuestionKind : uint8_t {
  kMessage,         // process's event workerMessage; carries the message
  kHeapStatistics,
};

// `number` is the script side's, which gets the answer by settle() of scripts/worker_threads.js. The asker's
// event loop is kept alive until then. False when there is no such agent.
bool ask(Agent& agent, uint32_t thread_id, QuestionKind kind, double number, std::unique_ptr<SerializedMessage> message);

// https://nodejs.org/api/v8.html#v8getheapstatistics
Completion<Object*> heap_statistics(Agent& agent);

}  // namespace skein
