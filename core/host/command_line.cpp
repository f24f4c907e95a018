#include "core/host/command_line.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/host/cpu_profile.h"
#include "core/host/program.h"
#include "core/host/worker_scope.h"
#include "core/interpreter/opcode_statistics.h"
#include "core/threading/watchdog.h"
#include "platform/console.h"
#include "platform/file.h"
#include "platform/path.h"
#include "platform/process.h"

namespace skein {

namespace {

constexpr const char* kUsage =
    "Usage: skein [options] [FILE | -] [arguments]\n"
    "\n"
    "Runs a JavaScript program; standard input when FILE is - or missing and input is not a terminal.\n"
    "\n"
    "  -e, --eval CODE        evaluate CODE\n"
    "  -p, --print CODE       evaluate CODE and print its value\n"
    "  -m, --module           the program is a module (as .mjs files are)\n"
    "      --heap-limit SIZE  bytes of memory the program may use (suffixes k, m, g)\n"
    "      --time-limit S     seconds it may run\n"
    "      --worker-limit N   workers it may have at once\n"
    "      --cpu-prof         write what each thread spends its time on to a .cpuprofile file\n"
    "      --cpu-prof-dir DIR, --cpu-prof-name NAME, --cpu-prof-interval MICROSECONDS (1000)\n"
    "      --gc-stats         say at the end what collecting garbage has cost\n"
    "      --opcode-stats     say how often each instruction was executed (builds for debugging)\n"
    "      --no-deadlock-report\n"
    "                         wait for ever when every thread waits for another, instead of\n"
    "                         saying who waits where and ending with exit code 73\n"
    "      --                 end of options\n"
    "  -h, --help             this text\n"
    "  -v, --version          the version\n";

struct CommandLine {
  ProgramSource source;
  HostOptions host;
  double time_limit = 0;
  bool reports_deadlocks = true;
  bool reports_collections = false;
  CpuProfileOptions profile;
  bool is_profiled = false;
  bool has_source = false;
  bool is_module = false;
  std::string file;
};

[[noreturn]] void fail(int code, const std::string& message) {
  std::fprintf(stderr, "skein: %s\n", message.c_str());
  std::exit(code);
}

size_t parse_count(std::string_view option, const std::string& text) {
  char* end = nullptr;
  unsigned long long number = std::strtoull(text.c_str(), &end, 10);
  if (end == text.c_str() || *end != 0 || number == 0) fail(kExitBadOption, std::string(option) + ": \"" + text + "\" is not a number from 1 on");
  return static_cast<size_t>(number);
}

size_t parse_size(std::string_view option, const std::string& text) {
  char* end = nullptr;
  double number = std::strtod(text.c_str(), &end);
  std::string_view suffix = end;
  double unit = suffix == "k" ? 1 << 10 : suffix == "m" ? 1 << 20 : suffix == "g" ? 1 << 30 : suffix.empty() ? 1 : 0;
  if (end == text.c_str() || unit == 0 || !(number > 0)) fail(kExitBadOption, std::string(option) + ": \"" + text + "\" is not a size");
  return static_cast<size_t>(number * unit);
}

double parse_seconds(std::string_view option, const std::string& text) {
  char* end = nullptr;
  double number = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || *end != '\0' || !(number > 0)) fail(kExitBadOption, std::string(option) + ": \"" + text + "\" is not a number of seconds");
  return number;
}

// Options come first; what follows the program is its own.
CommandLine parse(int argc, char** argv) {
  CommandLine line;
  int i = 1;
  auto value = [&](std::string_view option, std::string_view& inline_value) -> std::string {
    if (!inline_value.empty()) return std::string(inline_value);
    if (i + 1 >= argc) fail(kExitBadOption, std::string(option) + " requires an argument");
    return argv[++i];
  };
  auto set_source = [&](const std::string& text, bool print) {
    line.source.name = "[eval]";
    line.source.text = text;
    line.source.print_result = print;
    line.has_source = true;
  };
  for (; i < argc; ++i) {
    std::string_view argument = argv[i];
    if (argument == "-" || argument.empty() || argument[0] != '-') break;
    if (argument == "--") {
      ++i;
      break;
    }
    std::string_view inline_value;
    if (size_t equals = argument.find('='); argument.starts_with("--") && equals != std::string_view::npos) {
      inline_value = argument.substr(equals + 1);
      argument = argument.substr(0, equals);
    }
    if (argument == "-h" || argument == "--help") {
      std::fputs(kUsage, stdout);
      std::exit(0);
    } else if (argument == "-v" || argument == "--version") {
      std::puts("skein " SKEIN_VERSION);
      std::exit(0);
    } else if (argument == "-e" || argument == "--eval") {
      set_source(value(argument, inline_value), false);
    } else if (argument == "-p" || argument == "--print" || argument == "-pe") {
      set_source(value(argument, inline_value), true);
    } else if (argument == "-m" || argument == "--module") {
      line.is_module = true;
    } else if (argument == "--heap-limit") {
      line.host.agent.heap_limit = parse_size(argument, value(argument, inline_value));
    } else if (argument == "--worker-limit") {
      line.host.worker_limit = parse_count(argument, value(argument, inline_value));
    } else if (argument == "--cpu-prof") {
      line.is_profiled = true;
    } else if (argument == "--cpu-prof-dir") {
      line.profile.directory = value(argument, inline_value);
    } else if (argument == "--cpu-prof-name") {
      line.profile.name = value(argument, inline_value);
    } else if (argument == "--cpu-prof-interval") {
      line.profile.interval_ns = static_cast<int64_t>(parse_count(argument, value(argument, inline_value))) * 1000;
    } else if (argument == "--gc-stats") {
      line.reports_collections = true;
    } else if (argument == "--opcode-stats") {
      if (!OpcodeStatistics::kAvailable) fail(kExitBadOption, "--opcode-stats: this build does not count instructions; builds for debugging do");
      OpcodeStatistics::enable();
    } else if (argument == "--no-deadlock-report") {
      line.reports_deadlocks = false;
    } else if (argument == "--time-limit") {
      line.time_limit = parse_seconds(argument, value(argument, inline_value));
    } else {
      fail(kExitBadOption, "bad option: " + std::string(argument) + " (see skein --help)");
    }
  }
  if (line.is_profiled) line.host.cpu_profile = std::make_shared<const CpuProfileOptions>(line.profile);
  line.host.argv.push_back(platform::executable_path());
  if (!line.has_source && i < argc) line.file = argv[i++];
  for (; i < argc; ++i) line.host.argv.push_back(argv[i]);
  return line;
}

std::string read_standard_input() {
  std::string text;
  char buffer[64 * 1024];
  for (;;) {
    auto count = platform::read_stream(platform::Stream::kInput, buffer, sizeof buffer);
    if (!count.ok() || count.value() == 0) return text;
    text.append(buffer, count.value());
  }
}

// Fills in the program's text; where it comes from decides what it is called.
void load(CommandLine& line) {
  ProgramSource& source = line.source;
  if (line.has_source) {
    source.kind = SourceKind::kScript;
  } else if (line.file.empty() || line.file == "-") {
    if (line.file.empty() && platform::is_terminal(platform::Stream::kInput)) {
      std::fputs(kUsage, stderr);
      std::exit(kExitBadOption);
    }
    source.name = "[stdin]";
    source.text = read_standard_input();
  } else {
    std::string path = platform::join_path(platform::current_directory(), line.file);
    auto text = platform::read_file(path);
    if (!text.ok()) fail(kExitUncaught, "cannot read " + line.file + ": " + text.error().message());
    if (auto real = platform::real_path(path); real.ok()) path = real.value();
    source.name = path;
    source.text = std::move(text.value());
    source.kind = kind_of_file(path);
    line.host.argv.insert(line.host.argv.begin() + 1, path);
  }
  if (line.is_module) source.kind = SourceKind::kModule;
}

void report_collections(const gc::HeapStatistics& statistics) {
  const gc::PauseStatistics& pauses = statistics.pauses;
  auto ms = [](int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; };
  std::fprintf(stderr,
               "gc: %llu minor collections, %llu full ones, %llu slices of these; pauses: %.2f ms median, %.2f ms for 99 %%, %.2f ms the longest, "
               "%.1f ms together; %.1f MB at most\n",
               static_cast<unsigned long long>(statistics.minor_collections), static_cast<unsigned long long>(statistics.full_collections),
               static_cast<unsigned long long>(statistics.full_slices), ms(pauses.quantile_ns(0.5)), ms(pauses.quantile_ns(0.99)), ms(pauses.longest_ns()),
               ms(pauses.total_ns()), static_cast<double>(statistics.peak_bytes) / (1 << 20));
}

}  // namespace

int run_command_line(int argc, char** argv) {
  platform::ignore_broken_pipes();
  CommandLine line = parse(argc, argv);
  load(line);
  line.host.env = platform::environment_variables();
  line.host.colors = platform::is_terminal(platform::Stream::kOutput) && !platform::environment_variable("NO_COLOR");
  int code;
  {
    HostedAgent hosted(std::move(line.host));
    if (line.reports_deadlocks) report_deadlocks(hosted.agent());
    threading::WatchdogTimer time_limit;
    if (line.time_limit > 0)
      time_limit.arm(platform::Deadline::after_ms(line.time_limit * 1000), hosted.agent().waker(), threading::Interrupt::kDeadline);
    if (line.source.kind == SourceKind::kScript) {
      bool is_file = platform::is_absolute_path(line.source.name);
      install_commonjs_globals(hosted.agent(), is_file ? line.source.name : platform::current_directory() + "/" + line.source.name);
    }
    code = run_program(hosted, std::move(line.source));
    if (line.reports_collections) report_collections(hosted.agent().heap().statistics());
  }
  if (OpcodeStatistics::is_enabled()) OpcodeStatistics::print(stderr);
  std::fflush(nullptr);
  return code;
}

}  // namespace skein
