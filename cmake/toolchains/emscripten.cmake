# Emscripten's own toolchain file, from wherever tools/dev/emscripten.sh finds or puts an Emscripten
# that is new enough.
if(NOT SKEIN_EMSCRIPTEN_ROOT)
  set(SKEIN_EMSCRIPTEN_ROOT "$ENV{SKEIN_EMSCRIPTEN_ROOT}")  # try_compile's projects start afresh
endif()
if(NOT SKEIN_EMSCRIPTEN_ROOT)
  execute_process(
    COMMAND bash "${CMAKE_CURRENT_LIST_DIR}/../../tools/dev/emscripten.sh"
    OUTPUT_VARIABLE SKEIN_EMSCRIPTEN_ROOT OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "There is no Emscripten to build with; see docs/building.md.")
  endif()
endif()
set(SKEIN_EMSCRIPTEN_ROOT "${SKEIN_EMSCRIPTEN_ROOT}" CACHE PATH "The folder that holds emcc")
set(ENV{SKEIN_EMSCRIPTEN_ROOT} "${SKEIN_EMSCRIPTEN_ROOT}")
include("${SKEIN_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake")
