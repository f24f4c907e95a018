#include "core/host/cpu_profile.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/base/json_text.h"
#include "core/host/worker_scope.h"
#include "core/runtime/function.h"
#include "core/syntax/source_text.h"
#include "platform/file.h"
#include "platform/path.h"
#include "platform/process.h"
#include "platform/time_zone.h"

namespace skein {

namespace {

// Nodes by place; their numbers in the file are one more.
constexpr uint32_t kRoot = 0, kProgram = 1, kIdle = 2, kCollector = 3;

template <typename List, typename Show>
std::string joined(const List& list, Show&& show) {
  std::string text;
  for (const auto& item : list) {
    if (!text.empty()) text += ',';
    text += show(item);
  }
  return text;
}

}  // namespace

CpuProfile::CpuProfile(AgentHost& host, std::shared_ptr<const CpuProfileOptions> options)
    : host_(host), options_(std::move(options)), start_ns_(platform::monotonic_ns()), last_ns_(start_ns_),
      collected_ns_(host.agent().heap().statistics().pauses.total_ns()) {
  nodes_.emplace_back().function = "(root)";
  for (const char* name : {"(program)", "(idle)", "(garbage collector)"}) add_node(kRoot, name);
  arm();
}

void CpuProfile::arm() {
  timer_.arm(platform::Deadline::after_ns(options_->interval_ns), host_.agent().waker(), threading::Interrupt::kUserCallback);
}

uint32_t CpuProfile::add_node(uint32_t parent, std::string function) {
  const auto index = static_cast<uint32_t>(nodes_.size());
  nodes_[parent].children.push_back(index);
  nodes_.emplace_back().function = std::move(function);
  return index;
}

uint32_t CpuProfile::child_of(uint32_t parent, const ActiveFunction& active) {
  const auto [at, is_new] = children_.try_emplace({parent, active.identity()}, 0);
  if (!is_new) return at->second;
  const uint32_t child = add_node(parent, name_of(host_.agent(), active));
  at->second = child;
  if (active.executable == nullptr) return child;
  Node& node = nodes_[child];
  node.executable = Ref<const bytecode::Executable>(active.executable);
  if (const syntax::SourceText* source = active.executable->source.get()) {
    node.url = platform::is_absolute_path(source->name()) ? "file://" + std::string(source->name()) : source->name();
    const syntax::LineColumn place = source->line_column(active.executable->source_start);
    node.line = place.line - 1;
    node.column = place.column - 1;
  }
  return child;
}

void CpuProfile::take_sample() {
  stack_.clear();
  active_functions(host_.agent(), stack_);
  uint32_t node = stack_.empty() ? kProgram : kRoot;
  for (size_t i = stack_.size(); i-- > 0;) node = child_of(node, stack_[i]);
  if (!stack_.empty() && stack_.front().executable != nullptr && stack_.front().executable->source != nullptr)
    ++nodes_[node].ticks[line_of(stack_.front())];
  add_sample(node);
  arm();
}

void CpuProfile::add_sample(uint32_t node) {
  const int64_t collected = host_.agent().heap().statistics().pauses.total_ns(), now = platform::monotonic_ns();
  const int64_t in_collector = std::min(collected - collected_ns_, now - last_ns_);
  auto add = [this](uint32_t which, int64_t duration) {
    ++nodes_[which].hits;
    samples_.push_back({which, duration});
  };
  if (in_collector > 0) add(kCollector, in_collector);
  add(node, now - last_ns_ - in_collector);
  collected_ns_ = collected;
  last_ns_ = now;
}

void CpuProfile::begin_wait() {
  timer_.cancel();
  add_sample(kProgram);
}

void CpuProfile::end_wait() {
  add_sample(kIdle);
  arm();
}

std::string CpuProfile::to_json() const {
  auto number = [](auto value) { return std::to_string(value); };
  std::string nodes;
  for (uint32_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    nodes += (i == 0 ? "{\"id\":" : ",\n{\"id\":") + number(i + 1) + ",\"callFrame\":{\"functionName\":" + json_string(node.function) +
             ",\"scriptId\":\"0\",\"url\":" + json_string(node.url) + ",\"lineNumber\":" + number(node.url.empty() ? -1 : static_cast<int>(node.line)) +
             ",\"columnNumber\":" + number(node.url.empty() ? -1 : static_cast<int>(node.column)) + "},\"hitCount\":" + number(node.hits);
    if (!node.children.empty()) nodes += ",\"children\":[" + joined(node.children, [&](uint32_t child) { return number(child + 1); }) + "]";
    if (!node.ticks.empty())
      nodes += ",\"positionTicks\":[" +
               joined(node.ticks, [&](auto& tick) { return "{\"line\":" + number(tick.first) + ",\"ticks\":" + number(tick.second) + "}"; }) + "]";
    nodes += "}";
  }
  // A sample's delta is the time before it; what its node took comes after it.
  std::string deltas = "0";
  for (size_t i = 0; i + 1 < samples_.size(); ++i) deltas += "," + number(samples_[i].duration_ns / 1000);
  if (samples_.empty()) deltas.clear();
  return "{\"nodes\":[" + nodes + "],\n\"startTime\":" + number(start_ns_ / 1000) + ",\"endTime\":" + number(last_ns_ / 1000) +
         ",\n\"samples\":[" + joined(samples_, [&](const Sample& sample) { return number(sample.node + 1); }) + "],\n\"timeDeltas\":[" + deltas + "]}\n";
}

std::string CpuProfile::file_name() const {
  const uint32_t thread = WorkerScope::of(host_.agent()).thread_id();
  constexpr std::string_view kSuffix = ".cpuprofile";
  if (!options_->name.empty()) {
    if (thread == 0) return options_->name;
    std::string_view stem = options_->name;
    const bool has_suffix = stem.ends_with(kSuffix);
    if (has_suffix) stem.remove_suffix(kSuffix.size());
    return std::string(stem) + "." + std::to_string(thread) + (has_suffix ? std::string(kSuffix) : "");
  }
  // Node's: CPU.20261231.235959.PID.THREAD.000.cpuprofile
  namespace chrono = std::chrono;
  const int64_t utc = platform::wall_clock_ns() / 1'000'000'000;
  const chrono::sys_seconds now{chrono::seconds(utc + platform::local_utc_offset_seconds(utc))};
  const auto days = chrono::floor<chrono::days>(now);
  const chrono::year_month_day date(days);
  const chrono::hh_mm_ss time(now - days);
  char name[96];
  std::snprintf(name, sizeof name, "CPU.%04d%02u%02u.%02d%02d%02d.%d.%u.000.cpuprofile", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()), platform::process_id(), thread);
  return name;
}

std::string CpuProfile::write_file() {
  timer_.cancel();
  add_sample(kProgram);
  const std::string path = platform::join_path(platform::join_path(platform::current_directory(), options_->directory), file_name());
  const platform::Error error = platform::write_file(path, to_json());
  return !error ? std::string() : "cannot write " + path + ": " + error.message();
}

}  // namespace skein
