# Options, language level and warning flags, for every target of the project.

option(SKEIN_TESTS "Build the tests" ON)
option(SKEIN_BENCHMARKS "Build the benchmarks" OFF)
option(SKEIN_GC_STRESS "Collect at every point where a collection may happen, and poison what is freed" OFF)
option(SKEIN_TAGGED_VALUES "Use the wasm32 encoding of Value on a 64-bit target too" OFF)
option(SKEIN_THREADS "Agents run on threads of their own" ON)
set(SKEIN_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS ON)  # statement expressions (TRY) and computed goto
if(NOT EMSCRIPTEN)  # there it means dynamic linking, and every address through a table
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(SKEIN_CCACHE ccache)
if(SKEIN_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${SKEIN_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${SKEIN_CCACHE}")
endif()

if(NOT EMSCRIPTEN)
  find_program(SKEIN_LLD ld.lld)
  if(SKEIN_LLD)
    add_link_options(-fuse-ld=lld)
  endif()
  # So that the linker can put functions in order (native/CMakeLists.txt) and leave out what nobody uses.
  if(NOT SKEIN_SANITIZE)
    add_compile_options(-ffunction-sections -fdata-sections)
  endif()
endif()

if(EMSCRIPTEN)
  # The C stack lies in linear memory and has Emscripten's 64 KiB unless told otherwise. Wasm frames are
  # mostly on the host's own stack, of 1 to 4 MB (wasm/platform/thread.cpp), so more would not be used.
  add_link_options(-sALLOW_MEMORY_GROWTH -sSTACK_SIZE=2MB)
  # Vectors; and short copies by wasm/platform/memory.cpp instead of the engine's memory.copy.
  add_compile_options(-msimd128 -mno-bulk-memory-opt)
  if(SKEIN_THREADS)
    add_compile_options(-pthread)
    add_link_options(-pthread -sDEFAULT_PTHREAD_STACK_SIZE=2MB -Wno-pthreads-mem-growth)
  endif()
endif()

if(SKEIN_SANITIZE)
  add_compile_options(-fsanitize=${SKEIN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SKEIN_SANITIZE})
endif()

# Flags of our own code only; dependencies keep theirs.
set(SKEIN_COMPILE_OPTIONS
  -fno-exceptions -fno-rtti -fno-strict-aliasing
  -Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  list(APPEND SKEIN_COMPILE_OPTIONS -Wthread-safety -Wno-gnu-statement-expression)
else()
  list(APPEND SKEIN_COMPILE_OPTIONS -Wno-array-bounds)  # takes constant cell addresses for null pointers
endif()
