// skein-test262: runs test262 in several processes and reports what passes.
//
//   skein-test262 --test262 DIR [--json FILE] [--sample N] [--filter TEXT] [--jobs N] [--timeout SECONDS]
//                 [--compare FILE] [--write FILE] [--host COMMAND] [--verbose] [PATH...]
//
// Every process runs many tests, one after the other, each in an agent of its own. A crash or a hang
// costs the test that did it, and the process, which is replaced. There are two processes per core and
// neighbours in the suite run far apart in time, because whole folders of it (Atomics) mostly sleep.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/json_text.h"
#include "tests/test262/execution.h"

namespace skein::test262 {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

struct Options {
  std::string root;
  std::string json;
  std::string compare;
  std::string write;
  std::string filter;
  std::string host;
  std::vector<std::string> paths;
  int sample = 1;
  int jobs = 0;
  double timeout = 20;
  bool verbose = false;
};

int usage(const char* problem) {
  std::fprintf(stderr,
               "skein-test262: %s\n"
               "usage: skein-test262 [--test262 DIR] [--json FILE] [--sample N] [--filter TEXT] [--jobs N]\n"
               "                     [--timeout SECONDS] [--compare FILE] [--write FILE]\n"
               "                     [--host COMMAND] [--verbose] [PATH...]\n"
               "  --test262 DIR   the checkout; else $TEST262_DIR, else ~/.cache/skein/test262\n"
               "  --sample N      only every Nth test\n"
               "  --filter TEXT   only tests whose path contains TEXT\n"
               "  --json FILE     totals, totals per folder and the failures\n"
               "  --compare FILE  fail when a test got worse than FILE says, twice; the last line counts those as failed\n"
               "  --host COMMAND  run the tests in processes of this command: skein-test262-host of another build\n"
               "  --write FILE    write what --compare reads: every test that does not pass, with its verdict\n"
               "Exit codes: 0; 1: something got worse; 2: cannot run; 9: usage; 77: there is no checkout\n",
               problem);
  return 9;
}

// --- The processes ----------------------------------------------------------------------------------------

struct Worker {
  pid_t pid = -1;
  int paths = -1;     // what it is to run goes in here
  int verdicts = -1;  // and what became of it comes out here
  std::string test;  // what it is running; empty: idle
  std::string received;
  Clock::time_point started;
};

// The child's side: the engine in this process, or the host that was named, over its standard streams.
[[noreturn]] void become_host(const Options& options, int paths, int verdicts) {
  // A runaway test must not take the machine's disk; its stray output must not mix with ours.
  struct rlimit limit = {};
  setrlimit(RLIMIT_CORE, &limit);
  int null = open("/dev/null", O_RDWR);
  if (options.host.empty()) {
    dup2(null, 1);
    serve(fdopen(paths, "r"), verdicts);
    _exit(0);
  }
  dup2(paths, 0);
  dup2(verdicts, 1);
  if (!options.verbose) dup2(null, 2);
  std::string command = "exec " + options.host + " \"$0\"";
  execl("/bin/sh", "sh", "-c", command.c_str(), options.root.c_str(), static_cast<char*>(nullptr));
  _exit(127);
}

Worker start_worker(const Options& options) {
  // Two pipes and not one socket: Node makes what it writes to non-blocking, and a read then finds nothing
  // where the next path has not come yet.
  int paths[2], verdicts[2];
  if (pipe2(paths, O_CLOEXEC) != 0 || pipe2(verdicts, O_CLOEXEC) != 0) {
    std::perror("skein-test262: pipe");
    std::exit(2);
  }
  std::fflush(nullptr);
  pid_t pid = fork();
  if (pid < 0) {
    std::perror("skein-test262: fork");
    std::exit(2);
  }
  if (pid == 0) {
    close(paths[1]);
    close(verdicts[0]);
    become_host(options, paths[0], verdicts[1]);
  }
  close(paths[0]);
  close(verdicts[1]);
  Worker worker;
  worker.pid = pid;
  worker.paths = paths[1];
  worker.verdicts = verdicts[0];
  return worker;
}

void close_pipes(Worker& worker) {
  close(worker.paths);
  close(worker.verdicts);
}

void stop_worker(Worker& worker) {
  kill(worker.pid, SIGKILL);
  close_pipes(worker);
  waitpid(worker.pid, nullptr, 0);
}

std::string describe_death(pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  if (WIFSIGNALED(status)) return std::string("crashed: ") + strsignal(WTERMSIG(status));
  return "the process ended with code " + std::to_string(WEXITSTATUS(status));
}

using Results = std::map<std::string, Outcome>;

class Pool {
 public:
  Pool(const Options& options, std::vector<std::string> tests) : options_(options), tests_(std::move(tests)) {}

  Results run() {
    signal(SIGPIPE, SIG_IGN);  // a host that has died is noticed by what it no longer says
    int jobs = options_.jobs > 0 ? options_.jobs : 2 * static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
    for (int i = 0; i < jobs; ++i) workers_.push_back(start_worker(options_));
    for (Worker& worker : workers_) assign(worker);
    while (results_.size() < tests_.size()) turn();
    for (Worker& worker : workers_) stop_worker(worker);
    if (isatty(2)) std::fputs("\r\x1b[K", stderr);
    return std::move(results_);
  }

 private:
  void assign(Worker& worker) {
    worker.test.clear();
    if (next_ >= tests_.size()) return;
    worker.test = tests_[next_++];
    worker.started = Clock::now();
    std::string line = worker.test + "\n";
    if (write(worker.paths, line.data(), line.size()) != static_cast<ssize_t>(line.size())) replace(worker, Verdict::kCrash);
  }

  void record(Worker& worker, Verdict verdict, std::string message) {
    if (options_.verbose && verdict != Verdict::kPass)
      std::fprintf(stderr, "%c %s: %s\n", static_cast<char>(verdict), worker.test.c_str(), message.c_str());
    results_[worker.test] = {verdict, std::move(message)};
    if (isatty(2) && results_.size() % 100 == 0) std::fprintf(stderr, "\r%zu/%zu", results_.size(), tests_.size());
    assign(worker);
  }

  void replace(Worker& worker, Verdict verdict) {
    std::string message = verdict == Verdict::kTimeout ? "timed out" : "";
    if (verdict == Verdict::kTimeout) {
      stop_worker(worker);
    } else {
      close_pipes(worker);
      message = describe_death(worker.pid);
    }
    std::string test = worker.test;
    worker = start_worker(options_);
    worker.test = test;
    record(worker, verdict, message);
  }

  void turn() {
    std::vector<pollfd> polled;
    for (Worker& worker : workers_) polled.push_back({worker.test.empty() ? -1 : worker.verdicts, POLLIN, 0});
    poll(polled.data(), polled.size(), 200);
    for (size_t i = 0; i < workers_.size(); ++i) {
      Worker& worker = workers_[i];
      if (worker.test.empty()) continue;
      if (polled[i].revents & (POLLIN | POLLHUP)) {
        char buffer[4096];
        ssize_t length = read(worker.verdicts, buffer, sizeof buffer);
        if (length <= 0) {
          replace(worker, Verdict::kCrash);
          continue;
        }
        worker.received.append(buffer, static_cast<size_t>(length));
        size_t newline = worker.received.find('\n');
        if (newline == std::string::npos) continue;
        std::string line = worker.received.substr(0, newline);
        worker.received.erase(0, newline + 1);
        record(worker, static_cast<Verdict>(line[0]), line.substr(1));
      } else if (std::chrono::duration<double>(Clock::now() - worker.started).count() > options_.timeout) {
        replace(worker, Verdict::kTimeout);
      }
    }
  }

  const Options& options_;
  std::vector<std::string> tests_;
  size_t next_ = 0;
  std::vector<Worker> workers_;
  Results results_;
};

// --- What to run -------------------------------------------------------------------------------------------

// The same order every time, with neighbours far apart.
void spread(std::vector<std::string>& tests) {
  constexpr size_t kStride = 61;
  std::vector<std::string> order;
  order.reserve(tests.size());
  for (size_t first = 0; first < kStride; ++first)
    for (size_t i = first; i < tests.size(); i += kStride) order.push_back(std::move(tests[i]));
  tests = std::move(order);
}

std::vector<std::string> find_tests(const Options& options) {
  std::vector<std::string> tests;
  auto add = [&](const fs::path& file) {
    std::string path = fs::relative(file, options.root).generic_string();
    if (!path.ends_with(".js") || path.find("_FIXTURE") != std::string::npos) return;
    if (path.find(options.filter) != std::string::npos) tests.push_back(path);
  };
  std::vector<std::string> roots = options.paths;
  if (roots.empty()) roots.push_back("test");
  for (const std::string& start : roots) {
    fs::path path = fs::path(options.root) / start;
    if (fs::is_regular_file(path)) add(path);
    else if (fs::is_directory(path))
      for (const auto& entry : fs::recursive_directory_iterator(path))
        if (entry.is_regular_file()) add(entry.path());
  }
  std::sort(tests.begin(), tests.end());
  if (options.sample > 1) {
    std::vector<std::string> sampled;
    for (size_t i = 0; i < tests.size(); i += static_cast<size_t>(options.sample)) sampled.push_back(tests[i]);
    tests = std::move(sampled);
  }
  spread(tests);
  return tests;
}

// --- Reports ------------------------------------------------------------------------------------------------

struct Totals {
  size_t total = 0, passed = 0, failed = 0, skipped = 0;
  void add(Verdict verdict) {
    ++total;
    if (verdict == Verdict::kPass) ++passed;
    else if (verdict == Verdict::kSkip) ++skipped;
    else ++failed;
  }
};

// "test/built-ins/Array/from/x.js" → "built-ins/Array"
std::string folder_of(const std::string& path) {
  std::string rest = path.starts_with("test/") ? path.substr(5) : path;
  size_t first = rest.find('/');
  size_t second = first == std::string::npos ? first : rest.find('/', first + 1);
  return rest.substr(0, second);
}

void write_totals(std::ostream& out, const Totals& totals) {
  out << "\"total\": " << totals.total << ", \"passed\": " << totals.passed << ", \"failed\": " << totals.failed
      << ", \"skipped\": " << totals.skipped;
}

bool write_json(const std::string& file, const Results& results, const Totals& all, const std::map<std::string, Totals>& folders) {
  std::ofstream out(file);
  out << "{\n  ";
  write_totals(out, all);
  out << ",\n  \"folders\": {";
  const char* separator = "\n";
  for (const auto& [folder, totals] : folders) {
    out << separator << "    " << json_string(folder) << ": {";
    write_totals(out, totals);
    out << "}";
    separator = ",\n";
  }
  out << "\n  },\n  \"failures\": [";
  separator = "\n";
  for (const auto& [path, outcome] : results) {
    if (outcome.verdict == Verdict::kPass || outcome.verdict == Verdict::kSkip) continue;
    out << separator << "    {\"test\": " << json_string(path) << ", \"verdict\": \"" << static_cast<char>(outcome.verdict)
        << "\", \"reason\": " << json_string(outcome.message) << "}";
    separator = ",\n";
  }
  out << "\n  ]\n}\n";
  return static_cast<bool>(out.flush());
}

// The committed result: under a line with the reason, a verdict and a path per test that does not pass. What is
// not listed passes.
struct Expectation {
  Verdict verdict;
  std::string reason;
};
using Expectations = std::map<std::string, Expectation>;
constexpr std::string_view kNoReason = "(reason to be given)";

Expectations read_expectations(const std::string& file) {
  Expectations expected;
  std::string reason(kNoReason);
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.size() <= 2) continue;
    if (line[0] == '#') reason = line.substr(2);
    else expected[line.substr(2)] = {static_cast<Verdict>(line[0]), reason};
  }
  return expected;
}

// Keeps the reasons that the file gives.
bool write_expectations(const std::string& file, const Results& results) {
  const Expectations before = read_expectations(file);
  std::map<std::string, std::vector<std::string>> by_reason;
  for (const auto& [path, outcome] : results) {
    if (outcome.verdict == Verdict::kPass) continue;
    auto at = before.find(path);
    by_reason[at == before.end() ? std::string(kNoReason) : at->second.reason].push_back(
        std::string{static_cast<char>(outcome.verdict), ' '} + path);
  }
  std::ofstream out(file);
  for (const auto& [reason, lines] : by_reason) {
    out << "# " << reason << "\n";
    for (const std::string& line : lines) out << line << "\n";
  }
  return static_cast<bool>(out.flush());
}

// A test that is known to fail may not crash or hang instead; one that is to pass must pass.
bool is_worse(const Expectations& expected, const std::string& path, Verdict verdict) {
  auto at = expected.find(path);
  if (at == expected.end()) return verdict != Verdict::kPass;
  bool is_bad = verdict == Verdict::kCrash || verdict == Verdict::kTimeout;
  return is_bad && at->second.verdict != verdict;
}

// Runs what got worse once more, alone: on a busy machine a test that waits for another agent may miss its time.
// When it is more than a few, something is broken, and it is told at once. Returns how many stay worse.
size_t compare(const Options& options, const Results& results, const Totals& all) {
  Expectations expected = read_expectations(options.compare);
  std::vector<std::string> again;
  size_t better = 0;
  for (const auto& [path, outcome] : results) {
    if (is_worse(expected, path, outcome.verdict)) again.push_back(path);
    else if (outcome.verdict == Verdict::kPass && expected.contains(path)) ++better;
  }
  constexpr size_t kSecondChances = 50;
  Results second;
  Options alone = options;
  alone.jobs = 1;
  size_t worse = 0, passed = all.passed;
  if (!again.empty() && again.size() <= kSecondChances) second = Pool(alone, again).run();
  for (const std::string& path : again) {
    const Outcome& outcome = second.contains(path) ? second.at(path) : results.at(path);
    const bool stays = is_worse(expected, path, outcome.verdict);
    const Outcome& shown = stays ? outcome : results.at(path);
    std::printf("%s: %c %s: %s\n", stays ? "worse" : "unsteady, worse only at first", static_cast<char>(shown.verdict),
                path.c_str(), shown.message.c_str());
    worse += stays;
    passed += !stays && outcome.verdict == Verdict::kPass;
  }
  const auto unexplained = static_cast<size_t>(
      std::count_if(expected.begin(), expected.end(), [](const auto& entry) { return entry.second.reason == kNoReason; }));
  if (unexplained > 0) std::printf("%zu tests are listed without a reason\n", unexplained);
  std::printf("compared with %s: %zu worse, %zu better\n", options.compare.c_str(), worse, better);
  std::printf("%zu passed, %zu failed, %zu known not to pass\n", passed, worse, all.total - passed - worse);
  return worse + unexplained;
}

int run(const Options& options) {
  std::vector<std::string> tests = find_tests(options);
  if (tests.empty()) {
    std::fprintf(stderr, "skein-test262: no test matches\n");
    return 2;
  }
  initialize(options.root);
  auto start = Clock::now();
  Results results = Pool(options, tests).run();
  double seconds = std::chrono::duration<double>(Clock::now() - start).count();

  Totals all;
  std::map<std::string, Totals> folders;
  size_t crashes = 0, timeouts = 0;
  for (const auto& [path, outcome] : results) {
    all.add(outcome.verdict);
    folders[folder_of(path)].add(outcome.verdict);
    crashes += outcome.verdict == Verdict::kCrash;
    timeouts += outcome.verdict == Verdict::kTimeout;
  }
  for (const auto& [folder, totals] : folders)
    std::printf("%-44s %6zu of %6zu  %5.1f%%\n", folder.c_str(), totals.passed, totals.total,
                100.0 * static_cast<double>(totals.passed) / static_cast<double>(totals.total));
  std::printf("test262: %zu of %zu passed (%.2f%%), %zu failed (%zu crashes, %zu time-outs), %zu skipped, %.1f s\n", all.passed,
              all.total, 100.0 * static_cast<double>(all.passed) / static_cast<double>(all.total), all.failed, crashes, timeouts,
              all.skipped, seconds);
  if (!options.json.empty() && !write_json(options.json, results, all, folders)) {
    std::fprintf(stderr, "skein-test262: cannot write %s\n", options.json.c_str());
    return 2;
  }
  if (!options.write.empty() && !write_expectations(options.write, results)) {
    std::fprintf(stderr, "skein-test262: cannot write %s\n", options.write.c_str());
    return 2;
  }
  if (!options.compare.empty()) return compare(options, results, all) == 0 ? 0 : 1;
  return 0;
}

std::string default_root() {
  if (const char* given = std::getenv("TEST262_DIR"); given != nullptr && *given != '\0') return given;
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  std::string base = cache != nullptr && *cache != '\0' ? cache : std::string(home != nullptr ? home : "") + "/.cache";
  return base + "/skein/test262";
}

}  // namespace
}  // namespace skein::test262

int main(int argc, char** argv) {
  using namespace skein::test262;
  Options options;
  options.root = default_root();
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    auto value = [&]() -> const char* { return i + 1 < argc ? argv[++i] : nullptr; };
    const char* text = nullptr;
    if (argument == "--verbose") {
      options.verbose = true;
    } else if (!argument.starts_with("--")) {
      options.paths.emplace_back(argument);
    } else if ((text = value()) == nullptr) {
      return usage((std::string(argument) + " is unknown or lacks its value").c_str());
    } else if (argument == "--test262") {
      options.root = text;
    } else if (argument == "--json") {
      options.json = text;
    } else if (argument == "--compare") {
      options.compare = text;
    } else if (argument == "--write") {
      options.write = text;
    } else if (argument == "--host") {
      options.host = text;
    } else if (argument == "--filter") {
      options.filter = text;
    } else if (argument == "--sample") {
      options.sample = std::max(1, std::atoi(text));
    } else if (argument == "--jobs") {
      options.jobs = std::atoi(text);
    } else if (argument == "--timeout") {
      options.timeout = std::atof(text);
    } else {
      return usage((std::string(argument) + " is unknown").c_str());
    }
  }
  if (!fs::is_directory(fs::path(options.root) / "test")) {
    std::printf("there is no test262 at %s (set TEST262_DIR or --test262)\n", options.root.c_str());
    return 77;
  }
  if (!options.compare.empty() && !fs::is_regular_file(options.compare)) {
    std::fprintf(stderr, "skein-test262: cannot read %s\n", options.compare.c_str());
    return 2;
  }
  return run(options);
}
