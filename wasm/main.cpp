// The command line under Node. main() runs on a pthread (PROXY_TO_PTHREAD), so that it may block.
#include "core/host/command_line.h"
#include "platform/process.h"

int main(int argc, char** argv) { skein::platform::exit_process(skein::run_command_line(argc, argv)); }
