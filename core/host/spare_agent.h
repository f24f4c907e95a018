// The spare agent: one that has been made ahead, with its realm and the scripts that every worker needs, and
// waits on a thread of its own for a worker to become. It takes most of a start out of the way between
// `new Worker` and the worker's first line.
//
// A process has at most one, and only while some program that shows an interest in workers runs. Where threads are
// few (platform::threads_may_end() is false), it never has.
//
// Thread rule: any thread.
#pragma once

#include <functional>
#include <memory>

#include "core/host/program.h"

namespace skein::spare_agent {

// A program begins to use workers; it ends, and all its workers have. The last that loses interest waits for the
// end of the spare agent.
void take_interest();
void lose_interest();
// Has one made, unless there is one. REQUIRES: somebody is interested
void prepare();
// Agents with other options are made anew.
bool fits(const HostOptions& options);
// Runs the job on the spare agent's thread, as soon as it is ready; then there is none any more. False when
// there is none: the job has not been used.
using Job = std::function<void(std::unique_ptr<HostedAgent>)>;
bool run(Job job);

}  // namespace skein::spare_agent
