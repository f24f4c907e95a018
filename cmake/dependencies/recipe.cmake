# What all recipes share: the language level and the flags that change the binary interface. They are
# those of Skein itself; see SkeinOptions.cmake.
#   SOURCE_DIR      the unpacked sources
#   SKEIN_SANITIZE  as in the main build
#   SKEIN_THREADS   as in the main build

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
if(NOT EMSCRIPTEN)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
add_compile_options(-fno-exceptions -ffunction-sections -fdata-sections -w)
if(SKEIN_SANITIZE)
  add_compile_options(-fsanitize=${SKEIN_SANITIZE} -fno-omit-frame-pointer)
endif()
if(EMSCRIPTEN AND SKEIN_THREADS)
  add_compile_options(-pthread)
endif()
