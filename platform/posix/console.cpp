#include "platform/console.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

#include "platform/mutex.h"

namespace skein::platform {

namespace {

// Output and error each have their own; input has one reader.
Mutex& writer_mutex(Stream stream) {
  static Mutex mutexes[3];
  return mutexes[static_cast<int>(stream)];
}

// A pipe or terminal that somebody has made non-blocking: wait until it takes or gives bytes.
void wait_until_ready(int descriptor, short events) {
  pollfd request{descriptor, events, 0};
  ::poll(&request, 1, -1);
}

}  // namespace

Error write_stream(Stream stream, std::string_view bytes) {
  const int descriptor = static_cast<int>(stream);
  MutexLock lock(writer_mutex(stream));
  while (!bytes.empty()) {
    ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<size_t>(count));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      wait_until_ready(descriptor, POLLOUT);
    } else if (errno != EINTR) {
      return Error::from_errno(errno);
    }
  }
  return Error{};
}

Result<size_t> read_stream(Stream stream, char* buffer, size_t size) {
  const int descriptor = static_cast<int>(stream);
  while (true) {
    ssize_t count = ::read(descriptor, buffer, size);
    if (count >= 0) {
      return static_cast<size_t>(count);
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      wait_until_ready(descriptor, POLLIN);
    } else if (errno != EINTR) {
      return Error::from_errno(errno);
    }
  }
}

void ignore_broken_pipes() {
  ::signal(SIGPIPE, SIG_IGN);
}

bool is_terminal(Stream stream) {
  return ::isatty(static_cast<int>(stream)) == 1;
}

unsigned terminal_width(Stream stream) {
  winsize size{};
  if (::ioctl(static_cast<int>(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return size.ws_col;
  }
  return 80;
}

}  // namespace skein::platform
