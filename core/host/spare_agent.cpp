#include "core/host/spare_agent.h"

#include <utility>

#include "core/host/worker_scope.h"
#include "core/host/worker_thread.h"
#include "core/threading/thread_pool.h"
#include "platform/mutex.h"
#include "platform/parker.h"
#include "platform/thread.h"

namespace skein::spare_agent {

namespace {

struct Spare {
  platform::Parker parker;
  Job job;  // set before the one token that the parker gets
};

platform::Mutex mutex;
Spare* present SKEIN_GUARDED_BY(mutex) = nullptr;  // its thread's, which frees it
bool is_starting SKEIN_GUARDED_BY(mutex) = false;  // somebody asks for its thread
size_t interested SKEIN_GUARDED_BY(mutex) = 0;     // programs

// The scripts that workers of all kinds need; none of them looks at whose they are.
Completion<void> load_scripts(Agent& agent) {
  for (const char* name : {"ports", "initial"}) TRY(WorkerScope::of(agent).scripts().use(agent, name));
  return {};
}

void be_spare(Spare* spare) {
  auto hosted = std::make_unique<HostedAgent>(HostOptions{});
  SKEIN_CHECK(!load_scripts(hosted->agent()).is_thrown());
  while (spare->parker.park() != platform::ParkResult::kToken) {}
  Job job = std::move(spare->job);
  delete spare;
  job(std::move(hosted));
}

}  // namespace

void take_interest() {
  platform::MutexLock lock(mutex);
  ++interested;
}

void lose_interest() {
  {
    platform::MutexLock lock(mutex);
    if (--interested != 0) return;
  }
  platform::Parker ended;
  const bool was_there = run([&ended](std::unique_ptr<HostedAgent> hosted) {
    hosted.reset();
    ended.unpark();
  });
  if (!was_there) return;
  while (ended.park() != platform::ParkResult::kToken) {}
}

void prepare() {
  if (!platform::threads_may_end()) return;
  {
    platform::MutexLock lock(mutex);
    if (present != nullptr || is_starting) return;
    is_starting = true;
  }
  auto* spare = new Spare;
  auto job = threading::make_job([spare] { be_spare(spare); });
  const bool has_thread = threading::ThreadPool::process().run(std::move(job), WorkerThread::kStack, "worker") == nullptr;
  platform::MutexLock lock(mutex);
  is_starting = false;
  if (has_thread) present = spare;
  else delete spare;
}

bool fits(const HostOptions& options) {
  const AgentOptions standard, &wanted = options.agent;
  return wanted.heap_limit == standard.heap_limit && wanted.native_stack == standard.native_stack && wanted.can_block == standard.can_block &&
         wanted.random_seed == standard.random_seed && options.queue_limit == 0;
}

bool run(Job job) {
  platform::MutexLock lock(mutex);
  if (present == nullptr) return false;
  Spare* spare = std::exchange(present, nullptr);
  spare->job = std::move(job);
  spare->parker.unpark();
  return true;
}

}  // namespace skein::spare_agent
